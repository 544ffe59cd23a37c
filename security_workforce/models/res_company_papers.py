from odoo import fields, models


class ResCompany(models.Model):
    """How the firm is called on the papers that the law asks for."""

    _inherit = "res.company"

    security_trade_name = fields.Char(
        string="Trade name",
        help="Name under which the firm works, when it is not its registered one. "
        "Shown on the employer's card (CSI R612-18).",
    )


class ResConfigSettings(models.TransientModel):
    """The trade name among the settings of the app."""

    _inherit = "res.config.settings"

    security_trade_name = fields.Char(
        related="company_id.security_trade_name", readonly=False
    )
