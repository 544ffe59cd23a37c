from dateutil.relativedelta import relativedelta

from odoo import fields, models


class SecurityCardReceipt(models.TransientModel):
    """Asks for the last day of the receipt of a renewal application."""

    _name = "security.card.receipt"
    _description = "Record a Renewal Receipt"

    card_id = fields.Many2one("security.card", required=True, readonly=True)
    date_expiry = fields.Date(
        string="Receipt until",
        required=True,
        default=lambda self: fields.Date.context_today(self) + relativedelta(months=3),
        help="Last day written on the receipt; the CNAPS gives three months.",
    )

    def action_confirm(self):
        """Record the receipt on the card."""
        for wizard in self:
            wizard.card_id._record_receipt(wizard.date_expiry)
        return {"type": "ir.actions.act_window_close"}
