from odoo import fields, models
from odoo.exceptions import UserError


class SecurityShiftGenerateLine(models.TransientModel):
    """A shift that no longer says what its need says, and whether to follow."""

    _name = "security.shift.generate.line"
    _description = "Shift that Differs from its Need"
    _order = "date_start, id"

    wizard_id = fields.Many2one(
        "security.shift.generate", required=True, ondelete="cascade"
    )
    chosen = fields.Boolean("Apply")
    shift_id = fields.Many2one("security.shift", required=True, ondelete="cascade")
    kind = fields.Selection(
        [("surplus", "No longer needed"), ("changed", "Other times")],
        string="Difference",
    )
    post_id = fields.Many2one(related="shift_id.post_id")
    # As the planner sees them: somebody else may give the shift away meanwhile.
    employee_id = fields.Many2one("hr.employee", "Guard", readonly=True)
    state = fields.Selection(
        lambda self: self.env["security.shift"]._fields["state"].selection,
        readonly=True,
    )
    date_start = fields.Datetime(related="shift_id.date_start")
    date_stop = fields.Datetime(related="shift_id.date_stop")
    new_start = fields.Datetime()
    new_stop = fields.Datetime("New End")

    def _check_as_shown(self):
        """A shift published or given to somebody since is nobody's to move unseen."""
        for line in self:
            shift = line.shift_id
            if (shift.employee_id, shift.state) != (line.employee_id, line.state):
                raise UserError(
                    self.env._(
                        "“%s” has changed since this list was made: open it again to "
                        "see who holds the shift now.",
                        shift.display_name,
                    )
                )
