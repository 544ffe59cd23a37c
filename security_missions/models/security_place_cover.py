"""The cover of a site and of a mission: that of their posts.

Two models in one file: each only says which posts are its own.
"""

from odoo import fields, models


class SecuritySite(models.Model):
    _inherit = "security.site"

    cover_label = fields.Char(
        "Cover this Month",
        compute="_compute_cover_label",
        help="Hours held by a guard, of the hours that are needed this month.",
    )

    def _compute_cover_label(self):
        figures = self.post_ids._origin._month_cover()
        for site in self:
            site.cover_label = site.post_ids._cover_words(figures)

    def action_open_cover(self):
        """The map of the cover of this site."""
        self.ensure_one()
        return self.post_ids._action_cover_map(self.name, [("site_id", "=", self.id)])


class SecurityMission(models.Model):
    _inherit = "security.mission"

    cover_label = fields.Char(
        "Cover this Month",
        compute="_compute_cover_label",
        help="Hours held by a guard, of the hours that are needed this month.",
    )

    def _compute_cover_label(self):
        figures = self.post_ids._origin._month_cover()
        for mission in self:
            mission.cover_label = mission.post_ids._cover_words(figures)

    def action_open_cover(self):
        """The map of the cover of this mission."""
        self.ensure_one()
        return self.post_ids._action_cover_map(
            self.name, [("mission_id", "=", self.id)]
        )
