from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    security_late_tolerance = fields.Integer(
        "Late After (min)",
        default=5,
        help="A guard is late, missing or gone early beyond these minutes.",
    )
    # Premiums billed when the contract says nothing else: those of the branch
    # (IDCC 1351: night and Sunday 10 %, public holiday 100 %).
    security_night_percent = fields.Float("Night Premium (%)", default=10.0)
    security_sunday_percent = fields.Float("Sunday Premium (%)", default=10.0)
    security_holiday_percent = fields.Float("Public Holiday Premium (%)", default=100.0)

    security_charges_percent = fields.Float(
        "Employer Charges (%)",
        default=42.0,
        help="Paid by the employer on top of gross pay, in the cost of a shift.",
    )
    security_km_cost = fields.Float(
        "Travel Cost (per km)",
        help="Paid for each kilometre of the way to a shift and back; 0: none.",
    )
    # How much each point counts in the order of candidates; 0 leaves it out.
    security_rank_site = fields.Integer("Knows the Site", default=25)
    security_rank_hours_due = fields.Integer("Hours of the Contract Due", default=25)
    security_rank_fairness = fields.Integer("Fair Nights and Weekends", default=15)
    security_rank_cost = fields.Integer("Low Cost", default=15)
    security_rank_distance = fields.Integer("Lives Near", default=10)
    security_rank_rest = fields.Integer("Well Rested", default=10)
    security_rank_wish = fields.Integer("Wishes", default=10)

    _security_late_tolerance_range = models.Constraint(
        "CHECK (security_late_tolerance BETWEEN 0 AND 120)",
        "The tolerance for being late goes from 0 to 120 minutes.",
    )
    _security_ranks_positive = models.Constraint(
        "CHECK (LEAST(security_rank_site, security_rank_hours_due,"
        " security_rank_fairness, security_rank_cost, security_rank_distance,"
        " security_rank_rest, security_rank_wish, security_charges_percent,"
        " security_km_cost) >= 0)",
        "Weights, charges and travel costs are 0 or more.",
    )
    _security_percents_positive = models.Constraint(
        "CHECK (security_night_percent >= 0 AND security_sunday_percent >= 0"
        " AND security_holiday_percent >= 0)",
        "A premium is a percentage of 0 or more.",
    )
