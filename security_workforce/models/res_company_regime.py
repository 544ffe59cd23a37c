from odoo import fields, models


class ResCompany(models.Model):
    """The working-time regime of contracts that name none."""

    _inherit = "res.company"

    security_regime_id = fields.Many2one(
        "security.regime",
        string="Working-time regime",
        ondelete="restrict",
        domain="[('company_id', 'in', [id, False])]",
        help="Followed by the contracts that name none; empty: the strictest figures.",
    )


class ResConfigSettings(models.TransientModel):
    """The default regime among the settings of the app."""

    _inherit = "res.config.settings"

    security_regime_id = fields.Many2one(
        related="company_id.security_regime_id", readonly=False
    )
