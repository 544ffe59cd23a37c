from odoo import models

from odoo.addons.security_workforce.models.security_training_booking import Busy

from .security_shift import LONGEST

# What is only a draft gives way to a training; what the guard was told does not.
TOLD_STATES = ("published", "started")


class HrEmployee(models.Model):
    """A guard who was given a shift cannot follow a course meanwhile."""

    _inherit = "hr.employee"

    def _training_busy_times(self, start, stop):
        """Shifts that were published keep a guard busy too."""
        busy = super()._training_busy_times(start, stop)
        for shift in (
            self.env["security.shift"]
            .sudo()
            .search_fetch(
                [
                    ("employee_id", "in", self.ids),
                    ("state", "in", TOLD_STATES),
                    ("date_start", "<", stop),
                    # No shift is longer than that: history is never scanned.
                    ("date_start", ">", start - LONGEST),
                    ("date_stop", ">", start),
                ],
                ["employee_id", "date_start", "date_stop"],
            )
        ):
            busy[shift.employee_id.id].append(
                Busy(shift.date_start, shift.date_stop, shift)
            )
        return busy


class SecurityTrainingAttendee(models.Model):
    """Says which shift keeps a guard from a course."""

    _inherit = "security.training.attendee"

    def _busy_with(self, busy):
        """What keeps a guard, in words."""
        if busy.record._name == "security.shift":
            return self.env._("on the shift “%s”", busy.record.display_name)
        return super()._busy_with(busy)
