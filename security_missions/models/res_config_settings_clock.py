from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The clock, the post orders and the relief."""

    _inherit = "res.config.settings"

    security_clock_justify = fields.Integer(
        related="company_id.security_clock_justify", readonly=False
    )
    security_clock_skew = fields.Integer(
        related="company_id.security_clock_skew", readonly=False
    )
    security_clock_prompt = fields.Integer(
        related="company_id.security_clock_prompt", readonly=False
    )
    security_clock_force = fields.Integer(
        related="company_id.security_clock_force", readonly=False
    )
    security_clock_user_id = fields.Many2one(
        related="company_id.security_clock_user_id", readonly=False
    )
    security_order_gate = fields.Selection(
        related="company_id.security_order_gate", readonly=False, required=True
    )
    security_handover_gate = fields.Selection(
        related="company_id.security_handover_gate", readonly=False, required=True
    )
