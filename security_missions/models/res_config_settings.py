from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    security_late_tolerance = fields.Integer(
        related="company_id.security_late_tolerance", readonly=False
    )
    security_night_percent = fields.Float(
        related="company_id.security_night_percent", readonly=False
    )
    security_sunday_percent = fields.Float(
        related="company_id.security_sunday_percent", readonly=False
    )
    security_holiday_percent = fields.Float(
        related="company_id.security_holiday_percent", readonly=False
    )
    security_offer_hours = fields.Integer(
        related="company_id.security_offer_hours", readonly=False
    )
    security_offer_minutes = fields.Integer(
        related="company_id.security_offer_minutes", readonly=False
    )
    security_offer_publish = fields.Boolean(
        related="company_id.security_offer_publish", readonly=False
    )
    security_swap_auto = fields.Boolean(
        related="company_id.security_swap_auto", readonly=False
    )
