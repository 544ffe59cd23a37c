from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.rotation import Band


class SecurityRotationLine(models.Model):
    """Work on one day of a cycle."""

    _name = "security.rotation.line"
    _description = "Day of Work of a Rotation"
    _inherit = ["security.placed.mixin"]
    _order = "rotation_id, day, hour_start, id"
    _place_field = "rotation_id"

    rotation_id = fields.Many2one(
        "security.rotation", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="rotation_id.company_id", store=True, index=True
    )
    day = fields.Integer("Day of the Cycle", required=True, default=1)
    hour_start = fields.Float("Start", required=True, default=7.0)
    duration = fields.Float("Duration (h)", required=True, default=12.0)
    label = fields.Char(size=8, help="As on the rota: D, N, M…")

    _day_positive = models.Constraint(
        "CHECK (day >= 1)", "The days of a cycle are counted from 1."
    )

    @api.constrains("day")
    def _check_day(self):
        self.rotation_id._check_days()

    @api.constrains("hour_start", "duration")
    def _check_hours(self):
        for line in self:
            band = line._as_engine_band()
            if not 0 <= band.start_minute < 24 * 60:
                raise ValidationError(
                    self.env._("A day of work starts between 00:00 and 23:59.")
                )
            if not 0 < band.minutes <= 24 * 60:
                raise ValidationError(
                    self.env._("A day of work lasts from one minute to 24 hours.")
                )

    @api.depends("day", "label", "hour_start", "duration")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.day} {line._band_words()}"

    def _as_engine_band(self):
        """The band as the engine understands it."""
        self.ensure_one()
        return Band(
            day=self.day,
            start_minute=round(self.hour_start * 60),
            minutes=round(self.duration * 60),
            label=self.label or "",
        )

    def _band_words(self):
        """“07:00-19:00”."""
        return "-".join([self._clock(), self._clock(self.duration)])

    def _clock(self, later=0.0):
        minute = round((self.hour_start + later) * 60)
        return f"{minute // 60 % 24:02}:{minute % 60:02}"
