from odoo import fields, models
from odoo.tools import format_datetime

from .security_shift_watch_event import KEEPING
from .security_shift_watch_steps import ACTIVITY, MANAGERS, TELLERS


class SecurityShiftWatchEvent(models.Model):
    """Whom each step tells, and how."""

    _inherit = "security.shift.watch.event"

    def _carry_out(self):
        """Send what these steps ask for; mails leave with the mail queue, so that
        nothing is sent if the transaction fails."""
        for kind, events in self.grouped("kind").items():
            shifts = events.shift_id
            if kind == "reminder":
                shifts._write_watch({"reminded_date": fields.Datetime.now()})
                events._send("security_missions.mail_template_shift_reminder")
                shifts.employee_id._wake_phones(
                    lambda env: env._(
                        "Your shift begins soon: say that you are on your way."
                    ),
                    "home",
                )
            elif kind == "client":
                events._send("security_missions.mail_template_client_late")
                told = events.filtered("told_to").shift_id
                told._write_watch({"client_told_date": fields.Datetime.now()})
            elif kind in ("red", "missed"):
                events._alert_control_room()
            elif kind == "limit":
                events._alert_managers()

    def _send(self, template):
        written = self.filtered("told_to")
        if written:
            self.env.ref(template).sudo().send_mail_batch(written.ids)

    def _alert_control_room(self):
        """A message to operators and planners; an activity for whoever is on call."""
        for event in self:
            company = event.company_id
            users = event._users_of(*TELLERS)
            for lang, readers in users.grouped("lang").items():
                event.site_id.with_context(lang=lang).message_notify(
                    subject=event._headline(lang),
                    body=event._advice(lang),
                    partner_ids=readers.partner_id.ids,
                    force_send=False,
                )
            if company.security_watch_user_id:
                event._schedule(company.security_watch_user_id)

    def _alert_managers(self):
        for event in self:
            event._schedule(event._users_of(MANAGERS))

    def _users_of(self, *groups):
        """Those of these groups who work for the firm of the event."""
        users = self.env["res.users"].union(
            *(self.env.ref(group).sudo().all_user_ids for group in groups)
        )
        return users.filtered(
            lambda u: (
                u.active
                and not u.share
                and u != self.env.ref("base.user_root")
                and self.company_id in u.company_ids
            )
        )

    def _schedule(self, users):
        """An activity for each of these users, on the site, kept with the event."""
        activities = self.env["mail.activity"].create(
            [
                {
                    "activity_type_id": self.env.ref(ACTIVITY).id,
                    "automated": True,
                    "date_deadline": fields.Date.context_today(self),
                    "res_model_id": self.env["ir.model"]._get_id("security.site"),
                    "res_id": self.site_id.id,
                    "summary": self._headline(user.lang),
                    "note": self._advice(user.lang),
                    "user_id": user.id,
                }
                for user in users
            ]
        )
        # The only thing added to a line of the log: what it has asked for.
        self.with_context(security_watch_log=KEEPING).write(
            {"activity_ids": [fields.Command.link(a.id) for a in activities]}
        )

    def _facts(self, lang):
        shift = self.shift_id.with_context(lang=lang)
        return {
            "guard": self.employee_id.name or "",
            "post": shift.post_id.display_name,
            "start": format_datetime(
                shift.env, shift.date_start, tz=shift.tz, dt_format="HH:mm"
            ),
            "stop": format_datetime(
                shift.env, shift.date_stop, tz=shift.tz, dt_format="HH:mm"
            ),
            "minutes": self.late_minutes,
        }

    def _headline(self, lang):
        env, facts = self.with_context(lang=lang).env, self._facts(lang)
        if self.kind == "limit":
            return env._("%(guard)s is not relieved: %(post)s", **facts)
        if self.kind == "missed":
            return env._("Nobody came: %(post)s, %(start)s to %(stop)s", **facts)
        return env._("%(guard)s is not there: %(post)s, %(start)s", **facts)

    def _advice(self, lang):
        """What to do now; and how late this is said, when it is."""
        env, facts = self.with_context(lang=lang).env, self._facts(lang)
        if self.kind == "limit":
            advice = env._(
                "%(guard)s has reached the longest service allowed and nobody has "
                "relieved him. Send somebody, or decide by name and with a reason to "
                "keep him, on the board “Cover Now”.",
                **facts,
            )
        elif self.kind == "missed":
            advice = env._(
                "The shift is over and no time was recorded: enter the times if "
                "%(guard)s was there, else cancel the shift.",
                **facts,
            )
        else:
            advice = env._(
                "%(guard)s has not taken the post: call, then choose a replacement on "
                "the board “Cover Now”.",
                **facts,
            )
        if self.late_minutes:
            late = env._("This is told %(minutes)s minutes late.", **facts)
            advice = f"{advice} {late}"
        return advice
