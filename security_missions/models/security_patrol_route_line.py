from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.patrol_plan import clock_window, visit_windows


class SecurityPatrolRouteLine(models.Model):
    """A point of a route; for a vehicle, the hours between which it is visited."""

    _name = "security.patrol.route.line"
    _description = "Point of a Route"
    _inherit = ["security.patrol.route.part"]
    _order = "route_id, sequence, id"

    sequence = fields.Integer(default=10)
    checkpoint_id = fields.Many2one(
        "security.checkpoint",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    has_window = fields.Boolean("Within Hours")
    hour_from = fields.Float("Earliest", help="On the clock of the site.")
    hour_to = fields.Float(
        "Latest", help="On the next day when not after the earliest."
    )
    visits = fields.Integer("Number of Visits", default=1, required=True)
    spacing = fields.Integer("Minutes Between Visits")
    is_random = fields.Boolean(
        "Drawn Times", help="Each visit has a window drawn anew for each round."
    )

    _window_on_the_clock = models.Constraint(
        "CHECK (hour_from >= 0 AND hour_from < 24 AND hour_to >= 0 AND hour_to <= 24)",
        "Give hours of the clock, between 0:00 and 24:00.",
    )
    _visits_positive = models.Constraint(
        "CHECK (visits BETWEEN 1 AND 24 AND spacing >= 0"
        " AND (visits = 1 OR has_window))",
        "A point is visited 1 to 24 times; several visits need hours.",
    )

    @api.constrains("has_window", "hour_from", "hour_to", "visits", "spacing")
    def _check_visits_fit(self):
        now = fields.Datetime.now()
        for line in self.filtered("has_window"):
            try:
                line._windows(now)
            except ValueError as refusal:
                raise ValidationError(
                    self.env._(
                        "%(count)s visits of “%(point)s”, %(spacing)s minutes apart, "
                        "do not fit into its hours: lower one or widen the hours.",
                        count=line.visits,
                        point=line.checkpoint_id.name,
                        spacing=line.spacing,
                    )
                ) from refusal

    @api.depends("checkpoint_id", "route_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.checkpoint_id.display_name

    def _windows(self, start, dice=None):
        """[(since, until)] of the visits of a round that starts at ``start``.

        (None, None) when the point is passed at any time of the round.
        """
        self.ensure_one()
        if not self.has_window:
            return [(None, None)]
        low, high = round(self.hour_from * 60), round(self.hour_to * 60)
        since, until = clock_window(start, low, high, self.route_id.tz)
        return visit_windows(
            since, until, self.visits, self.spacing, self.is_random and dice
        )
