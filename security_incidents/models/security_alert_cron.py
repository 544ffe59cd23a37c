import time
from datetime import timedelta

from odoo import api, fields, models

from ..engine import alert as engine
from .security_alert import OPERATOR, PLANNER

MANAGER = "security_workforce.group_security_manager"
# Whom each step of the escalation tells.
TOLD = {1: (OPERATOR,), 2: (OPERATOR, PLANNER), 3: (OPERATOR, PLANNER, MANAGER)}
# How long one run of the cron waits for what is due soon. A trigger of Odoo is as
# precise as a minute only; two seconds are asked for.
PATIENCE = timedelta(seconds=65)


class SecurityAlert(models.Model):
    """What happens to an alarm by itself: more people told, end of a shelving."""

    _inherit = "security.alert"

    @api.model
    def _cron_alerts(self):
        """Silences first, then the escalation, by the second while one is near."""
        self.env["security.shift"]._raise_silences()
        until = fields.Datetime.now() + PATIENCE
        while True:
            self._escalate()
            self.env["ir.cron"]._commit_progress(1)
            due = self._next_due(until)
            if due is None:
                return
            time.sleep(max(0.2, (due - fields.Datetime.now()).total_seconds()))

    @api.model
    def _next_due(self, until):
        """When the next alarm changes, None when that is after ``until``."""
        alert = self.sudo().search(
            [("next_change", "!=", False), ("next_change", "<=", until)],
            order="next_change",
            limit=1,
        )
        return alert.next_change if alert else None

    @api.model
    def _escalate(self):
        """Do all that is due by now; how late, when it is, goes to the log."""
        now = fields.Datetime.now()
        due = self.sudo().search([("next_change", "<=", now)], order="next_change")
        if not due:
            return due
        due._lock()
        # What another process has done meanwhile is not done again.
        due = due.filtered(lambda a: a.next_change and a.next_change <= now)
        for alert in due:
            alert._escalate_one(now)
        due._tell()
        return due

    def _escalate_one(self, now):
        delays = self.company_id._alert_delays()
        facts = self._facts()
        if self.state == "shelved" and not engine.is_shelved(facts, now):
            self._set({"state": engine.state(facts, now), "level": 0})
            self._log("unshelved", note=self.shelved_reason)
        reached = engine.level(facts, now, delays)
        for step in range(self.level + 1, reached + 1):
            late = now - engine.due_at(facts, step, delays)
            told = self._tell_people(step)
            self._log(
                "escalated",
                level=step,
                late_seconds=int(late.total_seconds()),
                told_to=", ".join(told.mapped("name")),
            )
        if reached > self.level:
            self._set({"level": reached})
        self._plan()

    def _tell_people(self, step):
        """Write to whoever this step tells; at the last one, an activity as well."""
        users = self._users_of(*TOLD.get(step, TOLD[3]))
        on_call = self.company_id.security_watch_user_id
        if step > 1:
            users |= on_call
        for lang, readers in users.grouped("lang").items():
            alert = self.with_context(lang=lang)
            alert.env["mail.thread"].message_notify(
                model=self._name,
                res_id=self.id,
                subject=alert._headline(),
                body=alert._advice(),
                partner_ids=readers.partner_id.ids,
                force_send=False,
            )
        return users

    def _headline(self):
        return self.env._(
            "Nobody has taken this alarm: %(alert)s", alert=self.display_name
        )

    def _advice(self):
        return self.env._(
            "Raised at %(time)s, %(seconds)s seconds ago, and nobody has taken it. "
            "Open the control list, take the alarm and reach the guard.",
            time=self._at(self.raised_at),
            seconds=int((fields.Datetime.now() - self.received_at).total_seconds()),
        )

    def _users_of(self, *groups):
        """Those of these groups who work for the firm of the alarm."""
        users = self.env["res.users"].union(
            *(self.env.ref(group).sudo().all_user_ids for group in groups)
        )
        root = self.env.ref("base.user_root")
        return users.filtered(
            lambda u: (
                u.active
                and not u.share
                and u != root
                and self.company_id in u.company_ids
            )
        )
