from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings about cards that end."""

    _inherit = "res.config.settings"

    security_card_alert_days = fields.Char(
        related="company_id.security_card_alert_days", readonly=False
    )
    security_card_officer_id = fields.Many2one(
        related="company_id.security_card_officer_id", readonly=False
    )
