from odoo import fields, models


class SecurityChecklistWaive(models.TransientModel):
    """Asks why a step of a list is set aside."""

    _name = "security.checklist.waive"
    _description = "Waive a Step of a List"

    line_id = fields.Many2one(
        "security.checklist.line", string="Step", required=True, readonly=True
    )
    mandatory = fields.Boolean(related="line_id.mandatory")
    reason = fields.Text(
        required=True,
        help="Written once: an inspector will read it.",
    )

    def action_confirm(self):
        """Waive the step."""
        for wizard in self:
            wizard.line_id._waive(wizard.reason)
        return {"type": "ir.actions.act_window_close"}
