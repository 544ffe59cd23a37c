from datetime import date
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import fields, models

from .security_training_attendee import EXPECTED
from .security_training_session import OPEN_STATES

# How far ahead a refresher is looked for, when no text says it.
AHEAD = relativedelta(months=6)


class Candidate(NamedTuple):
    """A guard whose title a session would renew; ``note`` says why not him, if so."""

    employee: object
    title_end: date
    note: str = ""
    ready: bool = True


class SecurityTrainingSession(models.Model):
    """Whom a session is for: those whose title ends soonest."""

    _inherit = "security.training.session"

    def action_propose(self):
        """Open the list of the guards whose title ends soonest."""
        self.ensure_one()
        self.check_access("write")
        self._check_attendees_open()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Propose attendees"),
            "res_model": "security.training.proposal",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_session_id": self.id},
        }

    # ------------------------------------------------------------
    # Dates
    # ------------------------------------------------------------

    def _reference_days(self):
        """(first, last) day of the session; the first day wished, or today, for one
        without half-days yet."""
        if self.slot_ids:
            return self._days()
        day = self.date_first or fields.Date.context_today(self)
        return day, day

    def _figure(self, code):
        """A legal figure of the firm on the first day, or None."""
        first = self._reference_days()[0]
        figures = self.env["security.parameter"].sudo()._for(company=self.company_id)
        return figures.value(code, first) if figures.has(code, first) else None

    def _last_title_end(self):
        """Last day of a title that it makes sense to renew by this session.

        A card renewal course counts in the months before the expiry that the law
        gives; done earlier, it is lost.
        """
        last = self._reference_days()[1]
        months = self.course_id.mac and self._figure("mac_within_months")
        return last + (relativedelta(months=int(months)) if months else AHEAD)

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------

    def _candidates(self, until):
        """Candidates by soonest end of title, in a fixed number of queries.

        :param until: last day of the titles looked at
        :return: list of ``Candidate``
        """
        self.ensure_one()
        # sudo: the guards of the firm, whatever part of their file the user may read.
        guards = (
            self.env["hr.employee"]
            .sudo()
            .search([("company_id", "=", self.company_id.id)])
        )
        ends = self._ends_in_question(guards, until)
        guards = guards.filtered(lambda guard: guard.id in ends)
        if self.course_id.dispense_skill_id:
            guards = guards & self._holders(guards, self.course_id.dispense_skill_id)
        notes = self._reasons_against(guards, ends)
        found = [
            Candidate(
                guard,
                ends[guard.id],
                *notes.get(guard.id, (self._said_of_end(ends[guard.id]), True)),
            )
            for guard in guards.sudo(False)
        ]
        return sorted(found, key=lambda c: (c.title_end, c.employee.id))

    def _ends_in_question(self, guards, until):
        """``{employee id: last day}`` of the titles that this course is for."""
        course = self.course_id
        first, _last = self._reference_days()
        until = min(until, self._last_title_end()) if course.mac else until
        years = course.mac and self._figure("renewal_late_years")
        since = first - relativedelta(years=int(years)) if years else date.min
        taken = self._already_in(guards) | self._already_renewed(guards)
        return {
            guard_id: end
            for guard_id, end in guards._training_title_ends(course).items()
            if guard_id not in taken
            and since <= end <= until
            and (course.accepts_expired or (end >= first) == course.refresher)
        }

    def _same_purpose(self):
        """The courses that renew the same card, or this one."""
        if not self.course_id.mac:
            return self.course_id
        return self.course_id.search(
            [("mac", "=", True), ("activity_id", "=", self.course_id.activity_id.id)]
        )

    def _already_in(self, guards):
        """Ids of those who are in an open session of that course, or wait for one."""
        groups = (
            self.env["security.training.attendee"]
            .sudo()
            ._read_group(
                [
                    ("employee_id", "in", guards.ids),
                    ("course_id", "in", self._same_purpose().ids),
                    ("session_id.state", "in", OPEN_STATES),
                    "|",
                    ("state", "in", (*EXPECTED, "waiting", "present")),
                    ("session_id", "=", self.id),
                ],
                ["employee_id"],
            )
        )
        return {guard.id for (guard,) in groups}

    def _already_renewed(self, guards):
        """Ids of those who passed it already for the card they hold."""
        course = self.course_id
        months = course.mac and self._figure("mac_within_months")
        if not months:
            return set()
        window = relativedelta(months=int(months))
        passed = guards._security_mac_obtained(course.activity_id.id, date.min)
        ends = guards._training_title_ends(course)
        return {
            guard_id
            for guard_id, day in passed.items()
            if guard_id in ends and day >= ends[guard_id] - window
        }

    def _holders(self, guards, skill):
        """Those of them who hold a qualification on the first day."""
        first = self._reference_days()[0]
        groups = (
            self.env["hr.employee.skill"]
            .sudo()
            ._read_group(
                [
                    ("employee_id", "in", guards.ids),
                    ("skill_id", "=", skill.id),
                    ("valid_from", "<=", first),
                    "|",
                    ("valid_to", "=", False),
                    ("valid_to", ">=", first),
                ],
                [],
                ["employee_id:recordset"],
            )
        )
        return groups[0][0]

    def _reasons_against(self, guards, ends):
        """``{employee id: (why, False)}`` of those who are not proposed at once."""
        reasons = {}
        for shorter in self.course_id._shorter_ones()[self.course_id]:
            for guard in self._holders(guards, shorter.dispense_skill_id):
                why = self.env._("%(code)s is enough", code=shorter.code)
                reasons[guard.id] = (why, False)
        attendees = self.env["security.training.attendee"]
        for guard_id, busy in self._busy(guards).items():
            reasons[guard_id] = (attendees._busy_with(busy), False)
        return reasons

    def _busy(self, guards):
        """``{employee id: Busy}`` of those who are somewhere else during it."""
        slots = self.slot_ids
        if not slots:
            return {}
        times = guards._training_busy_times(self.date_start, self.date_stop)
        return {
            guard_id: busy
            for guard_id, rows in times.items()
            for busy in rows
            if any(
                busy.start < slot.date_stop and slot.date_start < busy.stop
                for slot in slots
            )
        }

    def _said_of_end(self, end):
        first = self._reference_days()[0]
        if end >= first:
            return ""
        if self.course_id.mac:
            return self.env._("Card over by then: needs a prior authorisation")
        return self.env._("Over by then")
