from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The delays of alarms, lone workers and bulletins."""

    _inherit = "res.config.settings"

    security_alert_first = fields.Integer(
        related="company_id.security_alert_first", readonly=False
    )
    security_alert_second = fields.Integer(
        related="company_id.security_alert_second", readonly=False
    )
    security_alert_third = fields.Integer(
        related="company_id.security_alert_third", readonly=False
    )
    security_alert_phone = fields.Char(
        related="company_id.security_alert_phone", readonly=False
    )
    security_check_late = fields.Integer(
        related="company_id.security_check_late", readonly=False
    )
    security_check_early = fields.Integer(
        related="company_id.security_check_early", readonly=False
    )
    security_link_lost = fields.Integer(
        related="company_id.security_link_lost", readonly=False
    )
    security_bulletin_reminder = fields.Integer(
        related="company_id.security_bulletin_reminder", readonly=False
    )
