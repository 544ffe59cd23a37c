import random

from odoo import fields, models
from odoo.fields import Command

from ..engine.patrol_plan import drawn

# Nobody can guess what is drawn.
DICE = random.SystemRandom()


class SecurityPatrolRoute(models.Model):
    """The rounds that a route asks for."""

    _inherit = "security.patrol.route"

    def _round_vals(self, start=None, at=None):
        """Values of a round of this route.

        :param start: when it is planned, None for one that a guard begins by himself
        :param at: when he does
        """
        self.ensure_one()
        points = self._round_points(start or at)
        return {
            "route_id": self.id,
            "route_version": self.version,
            "planned_start": start or False,
            "planned_end": start and fields.Datetime.add(start, minutes=self.minutes),
            "is_vehicle": self.is_vehicle,
            "order": self.order,
            "minutes": self.minutes,
            "grace": self.grace,
            "gap_min": self.gap_min,
            "gap_max": self.gap_max,
            "point_count": len(points),
            "point_ids": [Command.create(vals) for vals in points],
            "site_ids": [
                Command.set((self.site_id | self.line_ids.checkpoint_id.site_id).ids)
            ],
        }

    def _round_points(self, start):
        """Values of the points of a round, in the order in which they are asked."""
        lines = self.line_ids.filtered("checkpoint_id.active")
        points = [
            {"checkpoint_id": line.checkpoint_id.id, "since": since, "until": until}
            for line in lines
            for since, until in line._windows(start, DICE)
        ]
        if self.order == "random":
            points = drawn(points, DICE)
        return [{**vals, "sequence": rank} for rank, vals in enumerate(points, start=1)]

    def _for_phone(self, shifts):
        """This route, with the shifts in which it is walked."""
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.name,
            "site": self.site_id.name,
            "tz": self.tz,
            "order": self.order,
            "minutes": self.minutes,
            "grace": self.grace,
            "vehicle": self.is_vehicle,
            "version": self.version,
            "note": self.note or "",
            "shifts": shifts.filtered(lambda s: s.post_id in self.post_ids).ids,
            "points": [
                {"place": line.checkpoint_id.id, "since": None, "until": None}
                for line in self.line_ids.filtered("checkpoint_id.active")
                for __ in range(line.visits)
            ],
        }
