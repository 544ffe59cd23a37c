from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.lone_worker import Band

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]
SHORTEST = 10


class SecurityLoneBand(models.Model):
    """Hours of the week in which a lone guard answers, on the clock of the site."""

    _name = "security.lone.band"
    _description = "Checks of a Lone Worker"
    _order = "post_id, weekday, hour_start, id"
    _check_company_auto = True

    post_id = fields.Many2one(
        "security.post", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="post_id.company_id", store=True, index=True, precompute=True
    )
    weekday = fields.Selection(
        WEEKDAYS, "Day", required=True, export_string_translation=False
    )
    hour_start = fields.Float("From", required=True, default=22)
    hour_stop = fields.Float(
        "To", required=True, default=6, help="Before the start: on the next day."
    )
    interval = fields.Integer("Every (min)", required=True, default=30)

    _hours_of_a_day = models.Constraint(
        "CHECK (hour_start >= 0 AND hour_start < 24 AND hour_stop >= 0"
        " AND hour_stop <= 24)",
        "Hours go from 0 to 24: to end on the next day, write an end before the start.",
    )
    _interval_bounds = models.Constraint(
        "CHECK (interval BETWEEN 10 AND 720)",
        "A check is asked every 10 minutes at most often, and every 12 hours at least.",
    )

    @api.depends("weekday", "hour_start", "hour_stop")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["weekday"]._description_selection(self.env))
        for band in self:
            start, stop = (
                f"{int(h):02}:{round(h % 1 * 60):02}"
                for h in (band.hour_start, band.hour_stop)
            )
            band.display_name = f"{labels.get(band.weekday, '')} {start}-{stop}"

    def action_copy_to_week(self):
        """Ask the same of the other days of the post that have nothing at that hour."""
        self.ensure_one()
        bands = self.post_id.lone_band_ids
        taken = set(
            bands.filtered(lambda b: b.hour_start == self.hour_start).mapped("weekday")
        )
        for day, _label in WEEKDAYS:
            if day not in taken:
                self.copy({"weekday": day})

    def _bands(self):
        """For the engine."""
        return [
            Band(
                weekday=int(band.weekday),
                start=round(band.hour_start * 60) % 1440,
                stop=round(band.hour_stop * 60) % 1440,
                interval=band.interval,
            )
            for band in self
        ]


class SecurityPost(models.Model):
    """A post where the guard is alone."""

    _inherit = "security.post"

    lone_worker = fields.Boolean(
        help="The guard answers checks; silence raises an alarm. A phone page is no "
        "certified lone-worker device (DATI): it can be put to sleep by the phone.",
    )
    lone_interval = fields.Integer(
        "Check Every (min)",
        default=60,
        help="From the clock-in on, when the week below is empty; 0: no check, contact "
        "alone is watched.",
    )
    lone_band_ids = fields.One2many(
        "security.lone.band", "post_id", "Week of Checks", copy=True
    )

    @api.constrains("lone_worker", "lone_interval")
    def _check_lone_interval(self):
        for post in self:
            if post.lone_interval and not SHORTEST <= post.lone_interval <= 720:
                raise ValidationError(
                    self.env._(
                        "%(post)s: checks are asked every 10 minutes to 12 hours; "
                        "write 0 for none.",
                        post=post.display_name,
                    )
                )
