from odoo import fields, models

from ..engine.patrol_plan import GridRow

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class SecurityPatrolRouteStart(models.Model):
    """When a route is walked: a time of a weekday, once or over and over."""

    _name = "security.patrol.route.start"
    _description = "Planned Start of a Route"
    _inherit = ["security.patrol.route.part"]
    _order = "route_id, weekday, hour_start, id"

    weekday = fields.Selection(WEEKDAYS, help="Every day when empty.")
    hour_start = fields.Float("Start", required=True)
    every = fields.Integer("Again Every (min)", help="0 for once.")
    hour_until = fields.Float("Until", help="On the next day when not after the start.")

    _hours_on_the_clock = models.Constraint(
        "CHECK (hour_start >= 0 AND hour_start < 24"
        " AND hour_until >= 0 AND hour_until <= 24"
        " AND (every = 0 OR every BETWEEN 5 AND 1440))",
        "Give hours of the clock, and 5 minutes at least between two rounds.",
    )

    def _grid_row(self):
        """This row as the engine reads it."""
        return GridRow(
            start=round(self.hour_start * 60),
            weekday=int(self.weekday) if self.weekday else None,
            every=self.every,
            until=round(self.hour_until * 60),
        )
