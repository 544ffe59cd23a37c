from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

RECEIPT_MONTHS = "receipt_validity_months"


class SecurityCardReceipt(models.TransientModel):
    """Asks for the last day of the receipt of a renewal application."""

    _name = "security.card.receipt"
    _description = "Record a Renewal Receipt"

    card_id = fields.Many2one("security.card", required=True, readonly=True)
    date_expiry = fields.Date(
        string="Receipt until",
        required=True,
        compute="_compute_date_expiry",
        store=True,
        readonly=False,
        precompute=True,
        help="Last day written on the receipt; the CNAPS gives three months.",
    )

    @api.depends("card_id")
    def _compute_date_expiry(self):
        """As long as the law says from today, or from the day the card ends when that
        comes later: a receipt is for the days that the card does not cover."""
        today = fields.Date.context_today(self)
        for wizard in self:
            card = wizard.card_id
            figures = self.env["security.parameter"]._for(company=card.company_id)
            if not figures.has(RECEIPT_MONTHS, today):
                wizard.date_expiry = wizard.date_expiry
                continue
            length = relativedelta(months=int(figures.value(RECEIPT_MONTHS, today)))
            last = card.date_last_day or today
            end = today + length
            wizard.date_expiry = end if end > last else last + length

    def action_confirm(self):
        """Record the receipt on the card."""
        for wizard in self:
            wizard.card_id._record_receipt(wizard.date_expiry)
        return {"type": "ir.actions.act_window_close"}
