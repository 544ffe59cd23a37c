from odoo import api, fields, models


class SecuritySite(models.Model):
    _inherit = "security.site"

    patrol_ids = fields.Many2many("security.patrol", string="Rounds", readonly=True)
    patrol_count = fields.Integer("Number of Rounds", compute="_compute_patrol_count")

    @api.depends("patrol_ids")
    def _compute_patrol_count(self):
        """Of those that the user may read."""
        counts = dict(
            self.env["security.patrol"]._read_group(
                [("site_ids", "in", self.ids)], ["site_ids"], ["__count"]
            )
        )
        for site in self:
            site.patrol_count = counts.get(site._origin, 0)

    def action_open_patrols(self):
        """Rounds of this site."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_missions.security_patrol_action"
        )
        return {**action, "domain": [("site_ids", "in", self.ids)], "context": {}}
