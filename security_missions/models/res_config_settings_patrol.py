from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    security_patrol_ahead = fields.Integer(
        related="company_id.security_patrol_ahead", readonly=False
    )
    security_patrol_grace = fields.Integer(
        related="company_id.security_patrol_grace", readonly=False
    )
    security_patrol_settle = fields.Integer(
        related="company_id.security_patrol_settle", readonly=False
    )
    security_patrol_same_place = fields.Integer(
        related="company_id.security_patrol_same_place", readonly=False
    )
    security_patrol_burst = fields.Integer(
        related="company_id.security_patrol_burst", readonly=False
    )
    security_patrol_skew = fields.Integer(
        related="company_id.security_patrol_skew", readonly=False
    )
    security_patrol_notify = fields.Boolean(
        related="company_id.security_patrol_notify", readonly=False
    )
    security_patrol_position_days = fields.Integer(
        related="company_id.security_patrol_position_days", readonly=False
    )
    security_patrol_name_days = fields.Integer(
        related="company_id.security_patrol_name_days", readonly=False
    )
