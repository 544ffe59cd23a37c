from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The delays of the live board."""

    _inherit = "res.config.settings"

    security_watch_reminder = fields.Integer(
        related="company_id.security_watch_reminder", readonly=False
    )
    security_watch_on_my_way = fields.Integer(
        related="company_id.security_watch_on_my_way", readonly=False
    )
    security_watch_amber = fields.Integer(
        related="company_id.security_watch_amber", readonly=False
    )
    security_watch_red = fields.Integer(
        related="company_id.security_watch_red", readonly=False
    )
    security_watch_client = fields.Integer(
        related="company_id.security_watch_client", readonly=False
    )
    security_watch_user_id = fields.Many2one(
        related="company_id.security_watch_user_id", readonly=False
    )
