from odoo import fields, models


class SecurityCoveredMixin(models.AbstractModel):
    """A place or a mission whose posts are covered, or not: its figure and its map."""

    _name = "security.covered.mixin"
    _description = "Covered by the Rota"

    # The field of a post that leads here.
    _cover_field = None

    cover_label = fields.Char(
        "Cover this Month",
        compute="_compute_cover_label",
        help="Hours held by a guard, of the hours that are needed this month.",
    )

    def _compute_cover_label(self):
        figures = self.post_ids._origin._month_cover()
        for record in self:
            record.cover_label = record.post_ids._cover_words(figures)

    def action_open_cover(self):
        """The map of the cover of these posts."""
        self.ensure_one()
        return self.post_ids._action_cover_map(
            self.display_name, [(self._cover_field, "=", self.id)]
        )
