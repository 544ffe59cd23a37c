from odoo import fields, models


class ResCompany(models.Model):
    """How a firm offers its vacant shifts."""

    _inherit = "res.company"

    security_offer_hours = fields.Integer(
        "Time for an Offer (h)",
        default=24,
        help="An offer is open for these hours, never beyond the start of its shift.",
    )
    security_offer_minutes = fields.Integer(
        "Time for Each Guard (min)",
        default=30,
        help="When guards are asked one after the other, how long each may think.",
    )
    security_offer_publish = fields.Boolean(
        "Publish What Is Accepted",
        help="A draft that a guard accepts is published at once when rules allow it.",
    )
    security_swap_auto = fields.Boolean(
        "Swaps Without Approval",
        help="A swap that both guards want and no rule stops is done at once.",
    )

    _security_offer_times_positive = models.Constraint(
        "CHECK (security_offer_hours > 0 AND security_offer_minutes > 0)",
        "An offer lasts one hour at least, and each guard has one minute at least.",
    )
