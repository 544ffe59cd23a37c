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

    _security_late_tolerance_range = models.Constraint(
        "CHECK (security_late_tolerance BETWEEN 0 AND 120)",
        "The tolerance for being late goes from 0 to 120 minutes.",
    )
    _security_percents_positive = models.Constraint(
        "CHECK (security_night_percent >= 0 AND security_sunday_percent >= 0"
        " AND security_holiday_percent >= 0)",
        "A premium is a percentage of 0 or more.",
    )
