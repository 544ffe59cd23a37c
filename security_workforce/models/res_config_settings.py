from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of the app "Security", those of the current company."""

    _inherit = "res.config.settings"

    security_authorisation_number = fields.Char(
        related="company_id.security_authorisation_number", readonly=False
    )
    security_authorisation_warning = fields.Char(
        related="company_id.security_authorisation_warning"
    )
    security_legal_notice = fields.Text(related="company_id.security_legal_notice")
    security_holiday_region = fields.Selection(
        related="company_id.security_holiday_region", readonly=False
    )
    security_card_renewal_months = fields.Integer(
        related="company_id.security_card_renewal_months", readonly=False
    )
