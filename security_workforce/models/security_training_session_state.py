from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from .security_training_session import TRANSITION, in_hours

TRANSITIONS = {
    "draft": {"confirmed", "cancelled"},
    "confirmed": {"done", "cancelled"},
    "done": set(),
    "cancelled": {"draft"},
}


class SecurityTrainingSession(models.Model):
    """The life of a session: who may move it from one state to the next, and when."""

    _inherit = "security.training.session"

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_confirm(self):
        """Book the guards proposed, and tell each of them where and when."""
        self._require_move("confirmed")
        self._check_dated()
        self._check_declaration()
        # Again: leaves and shifts may have come since they were proposed.
        self.attendee_ids._check_free()
        self._move("confirmed")
        self._send_convocations()

    def action_done(self):
        """Close the session: every attendee has his result, the hours are all there."""
        self._require_move("done")
        self._check_over()
        self._check_hours()
        self._check_results()
        self._move("done")

    def action_cancel(self):
        """Call the session off: the guards are free again, and are told."""
        self._require_move("cancelled")
        self._check_no_success()
        self._move("cancelled")
        self._send_cancellations()

    def action_draft(self):
        """Take a cancelled session up again: its guards are to be convoked anew."""
        self._require_move("draft")
        self._move("draft")
        self.attendee_ids._start_again()
        self.attendee_ids._check_free()

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    def _check_dated(self):
        for session in self:
            if not session.slot_ids:
                raise UserError(
                    self.env._(
                        "“%s” has no half-day: enter them, or have them proposed, "
                        "before you confirm it.",
                        session.display_name,
                    )
                )

    def _check_over(self):
        today = fields.Date.context_today(self)
        for session in self:
            if session._days()[1] > today:
                raise UserError(
                    self.env._(
                        "“%s” is not over: close it after its last day.",
                        session.display_name,
                    )
                )

    def _check_hours(self):
        """A course cut short is not the course (hours of the catalogue)."""
        for session in self:
            if session._is_short():
                raise UserError(
                    self.env._(
                        "“%(session)s” lasts %(hours)s, and %(course)s asks for "
                        "%(legal)s (%(text)s): add the missing half-days.",
                        session=session.display_name,
                        hours=in_hours(session.hours),
                        course=session.course_id.name,
                        legal=in_hours(session.legal_hours),
                        text=session.course_id.legal_reference or "",
                    )
                )

    def _check_results(self):
        for session in self:
            unsaid = session.attendee_ids.filtered(
                lambda a: a.state in ("proposed", "invited", "confirmed", "present")
            )
            if unsaid:
                raise UserError(
                    self.env._(
                        "Say first what became of %s: passed, failed, absent or "
                        "cancelled.",
                        ", ".join(unsaid.mapped("employee_id.name")),
                    )
                )

    def _check_no_success(self):
        for session in self:
            if passed := session.attendee_ids.filtered(lambda a: a.state == "passed"):
                raise UserError(
                    self.env._(
                        "%(guard)s passed “%(session)s”: a session that gave a result "
                        "took place.",
                        guard=passed[0].employee_id.name,
                        session=session.display_name,
                    )
                )

    # ------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------

    def _is_short(self):
        return float_compare(self.hours, self.legal_hours, precision_digits=2) < 0

    def _require_move(self, state):
        """Refuse a step that the table of transitions does not have."""
        self.check_access("write")
        names = dict(self._fields["state"]._description_selection(self.env))
        for session in self:
            if state not in TRANSITIONS[session.state]:
                raise UserError(
                    self.env._(
                        "“%(session)s” is “%(state)s”: it cannot become “%(wanted)s”.",
                        session=session.display_name,
                        state=names[session.state],
                        wanted=names[state],
                    )
                )

    def _move(self, state):
        sessions = self.with_context(security_training_transition=TRANSITION)
        sessions.write({"state": state})

    def _creation_message(self):
        # The words of the framework do not agree with a feminine name in French.
        return self.env._("Training session created")
