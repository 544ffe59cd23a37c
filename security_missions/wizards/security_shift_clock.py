from odoo import api, fields, models
from odoo.exceptions import UserError


class SecurityShiftClock(models.TransientModel):
    """The planner enters or corrects the times of a guard who did not clock."""

    _name = "security.shift.clock"
    _description = "Enter Times Worked"

    shift_id = fields.Many2one("security.shift", required=True, ondelete="cascade")
    check_in = fields.Datetime("Clocked In", required=True)
    check_out = fields.Datetime("Clocked Out")
    reason = fields.Char(required=True, help="Kept with the attendance.")

    @api.model
    def default_get(self, fields):
        """The times recorded so far, else those that were planned."""
        values = super().default_get(fields)
        shift = self.env["security.shift"].browse(values.get("shift_id"))
        recorded = shift.sudo().attendance_ids
        if shift:
            values.setdefault(
                "check_in", min(recorded.mapped("check_in"), default=shift.date_start)
            )
            last = recorded.sorted("check_in")[-1:]
            values.setdefault("check_out", last.check_out or shift.date_stop)
        return values

    def action_record(self):
        """Replace what was recorded for the shift by these times."""
        self.ensure_one()
        # The control room enters what a guard tells it by telephone.
        operator = self.env.user.has_group("security_workforce.group_security_operator")
        self.shift_id.check_access("read" if operator else "write")
        if self.check_out and self.check_out <= self.check_in:
            raise UserError(
                self.env._("The guard clocks out after clocking in: check both times.")
            )
        if max(self.check_in, self.check_out or self.check_in) > fields.Datetime.now():
            raise UserError(
                self.env._("These times are in the future: nobody has worked them yet.")
            )
        shift = self.shift_id
        attendances = shift.sudo().attendance_ids.sorted("check_in")
        if len(attendances) > 1:
            raise UserError(
                self.env._(
                    "The guard clocked several times on this shift: correct each one "
                    "in Attendances."
                )
            )
        if attendances:
            attendances.write(self._changed(attendances))
        else:
            methods = {"security_in_method": "operator"}
            if self.check_out:
                methods["security_out_method"] = "operator"
            attendances = shift._record_times(self.check_in, self.check_out, methods)
        attendances.message_post(
            body=self.env._(
                "Times entered by %(user)s: %(reason)s",
                user=self.env.user.name,
                reason=self.reason,
            )
        )
        return {"type": "ir.actions.act_window_close"}

    def _changed(self, attendance):
        """The times that differ from those recorded, and who says so: the office."""
        values = {}
        for name, method in (
            ("check_in", "security_in_method"),
            ("check_out", "security_out_method"),
        ):
            if self[name] != attendance[name]:
                values |= {name: self[name], method: "operator"}
        return values
