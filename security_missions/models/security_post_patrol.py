from odoo import api, fields, models


class SecurityPost(models.Model):
    _inherit = "security.post"

    patrol_route_ids = fields.Many2many(
        "security.patrol.route", string="Routes of Rounds"
    )
    patrol_route_count = fields.Integer(
        "Number of Routes", compute="_compute_patrol_route_count"
    )

    @api.depends("patrol_route_ids")
    def _compute_patrol_route_count(self):
        for post in self:
            post.patrol_route_count = len(post.patrol_route_ids)

    def action_open_patrol_routes(self):
        """Routes that the guards of this post walk."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_missions.security_patrol_route_action"
        )
        return {
            **action,
            "domain": [("post_ids", "in", self.ids)],
            "context": {
                "default_site_id": self.site_id[:1].id,
                "default_post_ids": self.ids,
            },
        }
