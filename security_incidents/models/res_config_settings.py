from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    security_checkpoint_minutes = fields.Integer(
        related="company_id.security_checkpoint_minutes", readonly=False
    )
