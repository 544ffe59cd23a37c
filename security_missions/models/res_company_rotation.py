from odoo import fields, models


class ResCompany(models.Model):
    """How far ahead the rotations of a firm are rolled by themselves."""

    _inherit = "res.company"

    security_rotation_weeks = fields.Integer(
        "Rotations Rolled Ahead (weeks)",
        default=8,
        help="Each night the teams are rolled that far ahead. 0: by hand only.",
    )

    _security_rotation_weeks_range = models.Constraint(
        "CHECK (security_rotation_weeks BETWEEN 0 AND 52)",
        "Rotations are rolled from 0 to 52 weeks ahead.",
    )


class ResConfigSettings(models.TransientModel):
    """The horizon among the settings of the app."""

    _inherit = "res.config.settings"

    security_rotation_weeks = fields.Integer(
        related="company_id.security_rotation_weeks", readonly=False
    )
