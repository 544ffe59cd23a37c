from odoo import fields, models


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
    employee_id = fields.Many2one(related="shift_id.employee_id")
    state = fields.Selection(related="shift_id.state")
    date_start = fields.Datetime(related="shift_id.date_start")
    date_stop = fields.Datetime(related="shift_id.date_stop")
    new_start = fields.Datetime()
    new_stop = fields.Datetime("New End")
