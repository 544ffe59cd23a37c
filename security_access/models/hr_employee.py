from odoo import models


class HrEmployee(models.Model):
    """Issues badges from the list of employees."""

    _inherit = "hr.employee"

    def _action_issue_badges(self):
        """Issue a badge to each of these guards who has none, and show them."""
        badges = self.env["security.badge"]._issue(self)
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_access.security_badge_action"
        )
        return {**action, "domain": [("id", "in", badges.ids)], "context": {}}
