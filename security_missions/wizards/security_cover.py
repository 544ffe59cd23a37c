from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.security_workforce.engine.worktime import local, named_zone

from ..engine.cover import Stretch, cover
from ..engine.demand import to_utc

PLANNED = ("draft", "published", "started", "done")


class SecurityCover(models.TransientModel):
    """Compare the needs of a period with the guards who are planned."""

    _name = "security.cover"
    _description = "Cover of the Needs"

    date_from = fields.Date(
        "From", required=True, default=lambda self: fields.Date.context_today(self)
    )
    date_to = fields.Date(
        "To",
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=30),
    )
    post_ids = fields.Many2many(
        "security.post", string="Posts", help="Empty: all posts that need somebody."
    )
    line_ids = fields.One2many("security.cover.line", "cover_id")

    def action_show(self):
        """Open the stretches of the period, those with a gap first."""
        self.ensure_one()
        self.env["security.shift"]._check_period(self.date_from, self.date_to)
        posts = self.post_ids or self.env["security.post"].search(
            [("need_ids", "!=", False)]
        )
        lines = self._lines(posts)
        if not lines:
            raise UserError(
                self.env._(
                    "Nobody is needed nor planned on these posts in this period: "
                    "fill in the needs of the posts, or choose other days."
                )
            )
        self.line_ids = [Command.clear(), *(Command.create(line) for line in lines)]
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_missions.security_cover_line_action"
        )
        return {**action, "domain": [("cover_id", "=", self.id)]}

    def _lines(self, posts):
        needed, planned = self._needed(posts), self._planned(posts)
        return [
            self._line(post, stretch)
            for post in posts
            for stretch in cover(
                self._clip(post, needed[post.id]), self._clip(post, planned[post.id])
            )
        ]

    def _needed(self, posts):
        spans = {post.id: [] for post in posts}
        # A night that began the day before is held still.
        eve = self.date_from - timedelta(days=1)
        slots = self.env["security.shift"]._expand_needs(posts, eve, self.date_to)
        for post, slot in slots:
            spans[post.id].append((slot.start, slot.stop))
        return spans

    def _planned(self, posts):
        spans = {post.id: [] for post in posts}
        shifts = self.env["security.shift"].search_fetch(
            [
                ("post_id", "in", posts.ids),
                ("employee_id", "!=", False),
                ("state", "in", PLANNED),
                ("date_start", "<", self.date_to + timedelta(days=2)),
                ("date_stop", ">", self.date_from - timedelta(days=2)),
            ],
            ["post_id", "date_start", "date_stop"],
        )
        for shift in shifts:
            spans[shift.post_id.id].append((shift.date_start, shift.date_stop))
        return spans

    def _clip(self, post, spans):
        """These spans within the days of the period, on the clock of the site."""
        zone = named_zone(post.tz)
        first = to_utc(self.date_from, 0, zone)
        last = to_utc(self.date_to + timedelta(days=1), 0, zone)
        clipped = [(max(start, first), min(stop, last)) for start, stop in spans]
        return [(start, stop) for start, stop in clipped if start < stop]

    @api.model
    def _line(self, post, stretch: Stretch):
        kinds = {-1: "gap", 0: "covered", 1: "surplus"}
        more = (stretch.planned > stretch.needed) - (stretch.planned < stretch.needed)
        return {
            "post_id": post.id,
            "date": local(stretch.start, named_zone(post.tz)).date(),
            "date_start": stretch.start,
            "date_stop": stretch.stop,
            "needed": stretch.needed,
            "planned": stretch.planned,
            "needed_hours": stretch.needed * stretch.hours,
            "planned_hours": stretch.planned * stretch.hours,
            "gap_hours": stretch.gap_hours,
            "surplus_hours": stretch.surplus_hours,
            "kind": kinds[more],
        }
