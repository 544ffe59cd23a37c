from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.security_workforce.engine.worktime import named_zone

from ..engine import lone_worker
from .security_alert import OPEN

ABSENT = ("red", "client")
# A check is looked at for as long as the service, and a little after its end.
LONGEST = timedelta(hours=26)


class SecurityShift(models.Model):
    """The alarms of a shift: silence of a lone guard, nobody there."""

    _inherit = "security.shift"

    alert_ids = fields.One2many(
        "security.alert",
        "shift_id",
        "Alarms",
        groups="security_workforce.group_security_user",
    )
    lone_check_ids = fields.One2many(
        "security.lone.check",
        "shift_id",
        "Answers",
        groups="security_workforce.group_security_user",
    )
    alert_count = fields.Integer(
        "Alarm Count",
        compute="_compute_alert_count",
        groups="security_workforce.group_security_user",
    )

    def _compute_alert_count(self):
        counts = dict(
            self.env["security.alert"]._read_group(
                [("shift_id", "in", self.ids)], ["shift_id"], ["__count"]
            )
        )
        for shift in self:
            shift.alert_count = counts.get(shift._origin, 0)

    def action_open_alerts(self):
        """Alarms of this shift."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_incidents.security_alert_action"
        )
        return {**action, "domain": [("shift_id", "=", self.id)], "context": {}}

    # ------------------------------------------------------------
    # RELIEF
    # ------------------------------------------------------------

    def _store_levels(self, now):
        """A guard who is red on the live board is an alarm; his coming ends it."""
        changed = super()._store_levels(now)
        Alert = self.env["security.alert"]
        for shift in changed.filtered(lambda s: s.watch_level in ABSENT):
            Alert._raise_alert(
                "relief_missing",
                shift=shift,
                raised_at=shift.date_start,
                key=f"{shift.id}/{shift.employee_id.id}/{shift.date_start}",
                details=shift._firm_env()._(
                    "%(guard)s has not taken the post; whoever is there waits for "
                    "relief.",
                    guard=shift.employee_id.name,
                ),
            )
        settled = changed.filtered(lambda s: s.watch_level not in ABSENT)
        held = settled._firm_env()._("The post is held.")
        settled._end_alerts("relief_missing", now, held)
        return changed

    def _firm_env(self):
        """Words that are kept are in the language of the firm, whoever makes them."""
        lang = self[:1].company_id.partner_id.lang or self.env.lang
        return self.with_context(lang=lang).env

    def _end_alerts(self, kind, at, note):
        """The cause of the open alarms of that kind is over."""
        if self:
            self.env["security.alert"].sudo().search(
                [
                    ("shift_id", "in", self.ids),
                    ("kind", "=", kind),
                    ("state", "in", OPEN),
                    ("normal_at", "=", False),
                ]
            )._back_to_normal(at, note)

    # ------------------------------------------------------------
    # LONE WORKERS
    # ------------------------------------------------------------

    @api.model
    def _raise_silences(self):
        """Raise what lone guards do not say: a check, or a sign of life.

        In a fixed number of queries for those who are on post; derived from instants,
        so a server that was stopped raises what it missed as soon as it runs.
        """
        now = fields.Datetime.now()
        # sudo: the server watches over every firm.
        shifts = self.sudo().search(
            [
                ("state", "=", "started"),
                ("post_id.lone_worker", "=", True),
                ("date_start", ">", now - LONGEST),
            ]
        )
        if not shifts:
            return
        watched = shifts._lone_facts()
        standing = shifts._standing_silences()
        for shift in shifts:
            facts = watched[shift]
            if facts is None:
                continue
            shift._raise_missed(facts["checks"], now, standing)
            shift._raise_lost(facts["last_at"], now, standing)

    def _lone_facts(self):
        """{shift: {"checks": [Check], "last_at": instant, "heard": instant or None,
        "battery": percent}}; None for whoever is not on post."""
        signs = {
            sign.shift_id: sign
            for sign in self.env["security.life.sign"]
            .sudo()
            .search([("shift_id", "in", self.ids)])
        }
        answers = dict(
            self.env["security.lone.check"]
            .sudo()
            ._read_group(
                [("shift_id", "in", self.ids)], ["shift_id"], ["date:array_agg"]
            )
        )
        return {
            shift: shift._lone_facts_of(signs.get(shift), answers.get(shift, []))
            for shift in self
        }

    def _lone_facts_of(self, sign, answers):
        entered = self.attendance_ids.filtered(lambda a: not a.check_out)
        if not entered:
            return None
        rules = self.company_id._lone_worker_rules()
        heard = [max(entered.mapped("check_in")), *answers]
        if sign:
            heard.append(sign.last_at)
        return {
            "checks": lone_worker.checks(self._check_times(), answers, rules),
            "last_at": max(heard),
            # What the phone itself said; a clock-in may have been typed by somebody.
            "heard": sign.last_at if sign else None,
            "battery": sign.battery if sign else -1,
        }

    def _checks(self):
        """The checks of this shift, with what was answered."""
        return lone_worker.checks(
            self._check_times(),
            self.lone_check_ids.mapped("date"),
            self.company_id._lone_worker_rules(),
        )

    def _check_times(self):
        """When this guard is asked: from his clock-in, planned until he has come."""
        return lone_worker.due_times(
            min(self.attendance_ids.mapped("check_in"), default=self.date_start),
            self.date_stop,
            self.post_id.lone_band_ids._bands(),
            self.post_id.lone_interval,
            named_zone(self.tz),
        )

    def _standing_silences(self):
        """{(shift id, kind)} that have an alarm nobody has closed."""
        groups = (
            self.env["security.alert"]
            .sudo()
            ._read_group(
                [("shift_id", "in", self.ids), ("state", "in", OPEN)],
                ["shift_id", "kind"],
            )
        )
        return {(shift.id, kind) for shift, kind in groups}

    def _raise_missed(self, checks, now, standing):
        """One alarm for a silence, however many checks it lasts."""
        missed = lone_worker.missed(checks, now)
        if not missed or (self.id, "check_missed") in standing:
            return
        last = missed[-1]
        if any(c.answered and c.answered > last.due for c in checks):
            return
        self.env["security.alert"]._raise_alert(
            "check_missed",
            shift=self,
            raised_at=last.ends,
            key=f"{self.id}/{last.due}",
            details=self._firm_env()._(
                "No answer to the check of %(time)s. Call the guard; if nobody "
                "answers, send somebody.",
                time=self._clock_text(last.due),
            ),
        )

    def _raise_lost(self, last_at, now, standing):
        rules = self.company_id._lone_worker_rules()
        known = (self.id, "lost_contact") in standing
        if known or not lone_worker.link_lost(last_at, now, rules):
            return
        self.env["security.alert"]._raise_alert(
            "lost_contact",
            shift=self,
            raised_at=lone_worker.link_lost_at(last_at, rules),
            key=f"{self.id}/{last_at}",
            details=self._firm_env()._(
                "The phone was heard last at %(time)s. That is not “all is well”: it "
                "may be asleep, without network, or in trouble. Call the guard.",
                time=self._clock_text(last_at),
            ),
        )

    def _clock_text(self, instant):
        return fields.Datetime.context_timestamp(
            self.with_context(tz=self.tz), instant
        ).strftime("%H:%M")
