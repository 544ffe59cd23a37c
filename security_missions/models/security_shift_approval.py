from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

from odoo.addons.security_workforce.engine.worktime import split

from .security_shift import APPROVING, LONGEST


class SecurityShift(models.Model):
    """From what was worked to what is billed and paid: approved once."""

    _inherit = "security.shift"

    work_line_ids = fields.One2many(
        "security.work.line", "shift_id", "Work Lines", readonly=True
    )
    worked_hours = fields.Float(
        compute="_compute_worked_hours", store=True, compute_sudo=True
    )
    approval_date = fields.Datetime(readonly=True, copy=False)
    approval_user_id = fields.Many2one(
        "res.users", "Approved By", readonly=True, copy=False
    )

    @api.depends("attendance_ids.check_in", "attendance_ids.check_out")
    def _compute_worked_hours(self):
        for shift in self:
            shift.worked_hours = sum(
                (stop - start).total_seconds() / 3600
                for start, stop in shift._worked_intervals()
            )

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_approve(self):
        """Write the work lines of done shifts, once; what is approved stays.

        Shifts that are approved already are left alone, so that a whole month can
        be selected. Refused as a whole when one shift has no complete attendance.
        """
        pending = self.filtered(lambda shift: not shift.approval_date)
        pending._lock_for_approval()
        pending._check_approvable()
        lines = pending._prepare_work_lines()
        # Nobody has the right to create work lines: this is their only door.
        self.env["security.work.line"].sudo().create(lines)
        pending._write_approval(fields.Datetime.now(), self.env.uid)

    def action_reopen(self):
        """Take an approval back: counter-lines are written, nothing is erased."""
        approved = self.filtered("approval_date")
        approved._lock_for_approval()
        lines = approved.sudo().work_line_ids.filtered(
            lambda line: line.state == "approved"
        )
        lines._reverse()
        approved._write_approval(False, False)

    # ------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------

    def _write_approval(self, date, user_id):
        self.with_context(security_shift_approval=APPROVING).write(
            {"approval_date": date, "approval_user_id": user_id}
        )

    def _lock_for_approval(self):
        self.check_access("write")
        try:
            self.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is approving these shifts right now: reload the "
                    "list in a moment."
                )
            ) from error

    def _check_approvable(self):
        for shift in self:
            entries = shift.sudo().attendance_ids
            if not entries:
                raise UserError(
                    self.env._(
                        "“%(shift)s” has no attendance: enter the times worked, or "
                        "cancel the shift.",
                        shift=shift.display_name,
                    )
                )
            if not all(entries.mapped("check_out")):
                raise UserError(
                    self.env._(
                        "%(guard)s has not clocked out of “%(shift)s”: enter when the "
                        "shift ended first.",
                        guard=shift.employee_id.name,
                        shift=shift.display_name,
                    )
                )
            if shift.worked_hours > LONGEST.total_seconds() / 3600:
                raise UserError(
                    self.env._(
                        "%(guard)s would have worked %(hours).1f hours on “%(shift)s”: "
                        "somebody forgot to clock out, correct the times first.",
                        guard=shift.employee_id.name,
                        hours=shift.worked_hours,
                        shift=shift.display_name,
                    )
                )
            if shift.state != "done":
                raise UserError(
                    self.env._(
                        "“%(shift)s” is %(state)s: only done shifts are approved.",
                        shift=shift.display_name,
                        state=self._state_label(shift.state).lower(),
                    )
                )

    def _check_not_approved(self):
        approved = self.filtered("approval_date")
        if approved:
            raise UserError(
                self.env._(
                    "The hours of “%(shift)s” are approved: reopen the shift before "
                    "changing it.",
                    shift=approved[0].display_name,
                )
            )

    def _worked_intervals(self):
        """[(start, stop)] in UTC, whole minutes, of the closed attendances."""
        self.ensure_one()
        closed = self.sudo().attendance_ids.filtered("check_out").sorted("check_in")
        intervals = [
            (
                attendance.check_in.replace(second=0, microsecond=0),
                attendance.check_out.replace(second=0, microsecond=0),
            )
            for attendance in closed
        ]
        return [(start, stop) for start, stop in intervals if stop > start]

    def _prepare_work_lines(self):
        """Values of the work lines: pieces of one kind (night, Sunday, holiday)."""
        worked = [
            (shift, *span) for shift in self for span in shift._worked_intervals()
        ]
        if not worked:
            return []
        first = min(start for __, start, __ in worked).date()
        last = max(stop for __, __, stop in worked).date()
        holidays = {
            company: company._security_holidays(first, last)
            for company in self.company_id
        }
        return [
            shift._prepare_work_line(piece)
            for shift, start, stop in worked
            for piece in split(start, stop, shift.tz, holidays[shift.company_id])
        ]

    def _prepare_work_line(self, piece):
        return {
            "shift_id": self.id,
            "employee_id": self.employee_id.id,
            "post_id": self.post_id.id,
            "company_id": self.company_id.id,
            "sale_line_id": self.post_id.sale_line_id.id,
            "date_start": piece.start,
            "date_stop": piece.stop,
            "hours": piece.hours,
            "is_night": piece.night,
            "is_sunday": piece.sunday,
            "is_holiday": piece.holiday,
        }
