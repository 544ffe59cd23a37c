from odoo import fields, models


class ResCompany(models.Model):
    """What counts how much when the firm solves its rota."""

    _inherit = "res.company"

    security_roster_cover = fields.Float(
        "Rota: Cover", default=100.0, help="Points for an hour without a guard."
    )
    security_roster_contract_hours = fields.Float(
        "Rota: Contract Hours",
        default=1.0,
        help="Points for an hour above or below the contract of a guard.",
    )
    security_roster_fairness_nights = fields.Float(
        "Rota: Fair Share of Nights",
        default=5.0,
        help="Points for the first night above the share of a guard.",
    )
    security_roster_fairness_weekends = fields.Float(
        "Rota: Fair Share of Weekends",
        default=5.0,
        help="Points for the first weekend shift above the share of a guard.",
    )
    security_roster_continuity = fields.Float(
        "Rota: Guards Who Know the Post",
        default=2.0,
        help="Points for a shift on a post where the guard has not worked lately.",
    )
    security_roster_cost = fields.Float(
        "Rota: Wages", default=0.0, help="Points for one unit of money of wages."
    )
    security_roster_wishes = fields.Float(
        "Rota: Wishes",
        default=1.0,
        help="Points for a wish of a guard that is not met.",
    )
    security_roster_moved = fields.Float(
        "Rota: Shifts Moved",
        default=50.0,
        help="Points for a shift that a repair takes from its guard.",
    )
