import logging

from odoo import api, fields, models
from odoo.fields import Domain

from ..engine import watch

_logger = logging.getLogger(__name__)
# One mail each at most: a batch is a second.
BATCH = 50
TELLERS = (
    "security_workforce.group_security_operator",
    "security_workforce.group_security_planner",
)
MANAGERS = "security_workforce.group_security_manager"
ACTIVITY = "security_missions.mail_activity_watch"


class SecurityShift(models.Model):
    """What the clock does: remind, warn, tell; each thing once."""

    _inherit = "security.shift"

    @api.model
    def _cron_watch(self):
        """Do what is due for the shifts of now, each batch with its record of it."""
        shifts = self._to_watch(fields.Datetime.now())
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(shifts))
        for first in range(0, len(shifts), BATCH):
            batch = shifts[first : first + BATCH]
            if not batch.exists()._watch_apart():
                for shift in batch.exists():
                    shift._watch_apart()
            if not cron._commit_progress(len(batch)):
                break

    def _watch_apart(self):
        """Do what is due for these, or nothing: what fails here stops no other.

        :return: whether nothing failed
        """
        try:
            with self.env.cr.savepoint():
                self._watch_now(fields.Datetime.now())
        except Exception:
            _logger.exception("The watch failed for the shifts %s.", self.ids)
            return False
        return True

    def _to_watch(self, now):
        """Those near their start, those without anybody, those whose guard is in."""
        companies = self.env["res.company"].search(
            [("security_watch_reminder", ">", 0)]
        )
        ahead = max(companies.mapped("security_watch_reminder"), default=0)
        near = (
            Domain("state", "in", ("draft", "published"))
            & Domain("date_start", "<=", fields.Datetime.add(now, minutes=ahead))
            & Domain("date_stop", ">=", fields.Datetime.subtract(now, days=1))
        )
        return self.search(near | Domain("state", "=", "started"), order="date_start")

    def _watch_now(self, now):
        """Do, once, all that is due for these shifts, and store where they stand."""
        steps = self._steps_to_do(now)
        events = self.env["security.shift.watch.event"].create(
            [
                shift._step_vals(step, now)
                for shift, todo in steps.items()
                for step in todo
            ]
        )
        events._carry_out()
        changed = self._store_levels(now)
        (changed | events.shift_id)._tell_cover_now()
        return events

    def _steps_to_do(self, now):
        """{shift: [engine.watch.Step]} of what is due and was not done.

        The number of queries does not depend on the number of shifts.
        """
        log = self.env["security.shift.watch.event"].search_fetch(
            [("shift_id", "in", self.ids), ("date_due", "!=", False)],
            ["shift_id", "kind", "date_due", "employee_id"],
        )
        done = {(e.shift_id.id, e.kind, e.date_due) for e in log}
        reminded = {
            (e.shift_id.id, e.date_due, e.employee_id.id)
            for e in log
            if e.kind == "reminder"
        }
        todo = {}
        for shift in self:
            delays = shift.company_id._watch_delays()
            for step in watch.due_steps(shift._watched(), now, delays):
                if step.kind == "reminder":
                    key, known = (shift.id, step.due, shift.employee_id.id), reminded
                else:
                    key, known = (shift.id, step.kind, step.due), done
                if key not in known:
                    todo.setdefault(shift, []).append(step)
        for shift, step in self._limit_steps(now).items():
            if (shift.id, step.kind, step.due) not in done:
                todo.setdefault(shift, []).append(step)
        return todo

    def _limit_steps(self, now):
        """{shift: Step} of the guards past their end whom nobody has relieved and who
        have reached the longest service, or the hour until which somebody kept them."""
        over = self.filtered(lambda s: s.state == "started" and s.date_stop <= now)
        waiting, __ = over._relief()
        over = over.filtered(lambda s: s.id in waiting)
        limits, decided = over._service_limits(), over._decided_until()
        steps = {}
        for shift in over:
            limit = watch.limit_at(shift._watched(), limits[shift])
            if limit and (due := max(limit, decided.get(shift.id, limit))) <= now:
                steps[shift] = watch.Step("limit", due)
        return steps

    def _decided_until(self):
        """{shift id: until when somebody decided to keep its guard}."""
        decisions = (
            self.env["security.shift.watch.event"]
            .sudo()
            ._read_group(
                [("shift_id", "in", self.ids), ("kind", "=", "decision")],
                ["shift_id"],
                ["date_until:max"],
            )
        )
        return {shift.id: until for shift, until in decisions}

    def _step_vals(self, step, now):
        self.ensure_one()
        vals = {
            "shift_id": self.id,
            "employee_id": self.employee_id.id,
            "kind": step.kind,
            "date": now,
            "date_due": step.due,
            "late_minutes": step.late_minutes(now),
        }
        if step.kind == "reminder":
            guard = self.employee_id.sudo()
            email = guard.private_email or guard.work_email or guard.user_id.email
            lang = self.env["security.card"]._alert_lang(guard)
            vals |= {"email": email, "lang": lang, "told_to": email and guard.name}
        elif step.kind == "client":
            contact = self.mission_id.late_contact_id or self.partner_id
            email = contact.email
            vals |= {
                "email": email,
                "lang": contact.lang or self.company_id.partner_id.lang,
                "told_to": email and contact.display_name,
            }
        return vals

    def _close_watch_activities(self, why):
        """End what somebody was asked to do about these shifts, and say why."""
        events = self.env["security.shift.watch.event"].sudo()
        activities = events.search(
            [("shift_id", "in", self.ids), ("activity_ids", "!=", False)]
        ).activity_ids
        if activities:
            activities.action_feedback(feedback=why)
