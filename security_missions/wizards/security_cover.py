from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.security_workforce.engine.worktime import local, named_zone

from ..engine.cover import Stretch


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

    def action_show_map(self):
        """Open the same posts and days as a map."""
        self.ensure_one()
        posts = self.env["security.post"]
        posts._check_map_period(self.date_from, self.date_to)
        domain = [("id", "in", self.post_ids.ids)] if self.post_ids else []
        action = posts._action_cover_map(self.env._("Cover of the Needs"), domain)
        period = {
            "date_from": fields.Date.to_string(self.date_from),
            "date_to": fields.Date.to_string(self.date_to),
        }
        return {**action, "params": {**action["params"], **period}}

    def _lines(self, posts):
        found = posts._cover(self.date_from, self.date_to)
        return [
            self._line(post, stretch) for post in posts for stretch in found[post.id]
        ]

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
