from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# Today and tomorrow; the night that is about to end, too.
BACK = timedelta(hours=14)
AHEAD = timedelta(hours=36)
# A round may begin before the shift it belongs to has been clocked in.
MARGIN = timedelta(hours=1)


class SecurityPatrol(models.Model):
    """What a guard's phone keeps to walk whole rounds without network."""

    _inherit = "security.patrol"

    @api.model
    def _bundle_of(self, guard):
        """Routes, points and rounds of the shifts of a guard, JSON types only.

        ``{"routes": [...], "places": {id: ...}, "planned": [...]}``; a fixed number of
        queries.

        sudo: a guard has no right on routes; these are the ones of his own shifts.
        """
        now = fields.Datetime.now()
        shifts = (
            self.env["security.shift"]
            .sudo()
            .search(
                [
                    ("employee_id", "in", guard.ids),
                    ("state", "in", ("published", "started", "done")),
                    ("date_stop", ">=", now - BACK),
                    ("date_start", "<=", now + AHEAD),
                ]
            )
        )
        routes = (
            self.env["security.patrol.route"]
            .sudo()
            .search([("post_ids", "in", shifts.post_id.ids), ("line_ids", "!=", False)])
        )
        planned = self._bundle_rounds(guard, routes, shifts)
        places = planned.point_ids.checkpoint_id | routes.line_ids.checkpoint_id
        return {
            "routes": [route._for_phone(shifts) for route in routes],
            "places": places._public(),
            "planned": [patrol._for_phone() for patrol in planned],
        }

    def _bundle_rounds(self, guard, routes, shifts):
        """Rounds due in the shifts, not begun by others; and those he has begun."""
        if not routes:
            return self.sudo().browse()
        first = min(shifts.mapped("date_start")) - MARGIN
        last = max(shifts.mapped("date_stop")) + MARGIN
        free = Domain("uuid", "=", False) & Domain(
            "state", "in", ("planned", "late", "missed")
        )
        his = Domain("employee_id", "in", guard.ids) & Domain("uuid", "!=", False)
        found = self.sudo().search(
            Domain("route_id", "in", routes.ids)
            & (
                Domain("planned_start", ">=", first)
                & Domain("planned_start", "<=", last)
            )
            & (free | his),
            order="planned_start, id",
        )
        return found.filtered(
            lambda p: any(
                shift.post_id in p.route_id.post_ids
                and shift.date_start - MARGIN <= p.planned_start
                and p.planned_start <= shift.date_stop + MARGIN
                for shift in shifts
            )
        )

    def _for_phone(self):
        """A planned round: its windows, and the order that was drawn for it."""
        self.ensure_one()
        return {
            "id": self.id,
            "route": self.route_id.id,
            "round": self.uuid or "",
            "state": self.state,
            "start": _text(self.planned_start),
            "stop": _text(self.planned_end),
            "points": [
                {
                    "place": point.checkpoint_id.id,
                    "since": _text(point.since),
                    "until": _text(point.until),
                }
                for point in self.point_ids
            ],
        }


def _text(instant):
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}" if instant else None
