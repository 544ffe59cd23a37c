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
