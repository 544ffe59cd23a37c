from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class HrAttendance(models.Model):
    _inherit = "hr.attendance"

    security_shift_id = fields.Many2one(
        "security.shift",
        "Shift",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('employee_id', '=', employee_id)]",
        help="The shift that was worked during this presence.",
    )

    @api.constrains("security_shift_id", "employee_id", "check_in", "check_out")
    def _check_security_shift(self):
        for attendance in self.filtered("security_shift_id"):
            shift = attendance.sudo().security_shift_id
            if shift.employee_id != attendance.employee_id:
                raise ValidationError(
                    self.env._(
                        "“%(shift)s” is the shift of %(guard)s, not of %(other)s.",
                        shift=shift.display_name,
                        guard=shift.employee_id.name or self.env._("nobody"),
                        other=attendance.employee_id.name,
                    )
                )
            left_before = (
                attendance.check_out and attendance.check_out <= shift.date_start
            )
            if attendance.check_in >= shift.date_stop or left_before:
                raise ValidationError(
                    self.env._(
                        "These times are outside “%(shift)s”: check the day.",
                        shift=shift.display_name,
                    )
                )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        attendances = super().create(vals_list)
        shifts = attendances.sudo().security_shift_id
        shifts._check_not_approved()
        shifts._sync_state_with_attendance()
        return attendances

    def write(self, vals):
        watched = {"check_in", "check_out", "employee_id", "security_shift_id"}
        if not watched & vals.keys():
            return super().write(vals)
        # First of all: the refusal below names the shift.
        self.check_access("write")
        before = self.sudo().security_shift_id
        before._check_not_approved()
        result = super().write(vals)
        shifts = before | self.sudo().security_shift_id
        shifts._check_not_approved()
        shifts._sync_state_with_attendance()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        if self.sudo().security_shift_id.filtered("approval_date"):
            raise UserError(
                self.env._(
                    "The hours of this presence are approved: reopen the shift first."
                )
            )

    def unlink(self):
        shifts = self.sudo().security_shift_id
        result = super().unlink()
        shifts._sync_state_with_attendance()
        return result
