from odoo import fields, models


class ResCompany(models.Model):
    """How a firm offers its vacant shifts."""

    _inherit = "res.company"

    security_offer_hours = fields.Integer(
        "Time for an Offer (h)",
        default=24,
        help="An offer is open for these hours, but never beyond the start of its shift.",
    )
    security_offer_minutes = fields.Integer(
        "Time for Each Guard (min)",
        default=30,
        help="When guards are asked one after the other, how long each may think.",
    )
    security_offer_publish = fields.Boolean(
        "Publish What Is Accepted",
        help="A draft that a guard accepts is published at once, if the rules allow it.",
    )
    security_swap_auto = fields.Boolean(
        "Swaps Without Approval",
        help="A swap that both guards want and no rule stops is done at once.",
    )

    _security_offer_times_positive = models.Constraint(
        "CHECK (security_offer_hours > 0 AND security_offer_minutes > 0)",
        "The time to answer an offer is at least one hour, that of each guard one minute.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

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
