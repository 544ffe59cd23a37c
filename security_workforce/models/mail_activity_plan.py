from odoo import api, fields, models

from .security_checklist_step import DIRECTIONS


class MailActivityPlan(models.Model):
    """A plan that opens a joining or leaving list: its steps are those of the firm."""

    _inherit = "mail.activity.plan"

    security_direction = fields.Selection(DIRECTIONS, string="Opens a security list")

    @api.depends("name", "security_direction")
    @api.depends_context("lang")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        # The core does not translate the name of a plan: ours as it was delivered is.
        for plan in self.filtered("security_direction"):
            match plan.name:
                case "Joining of a guard":
                    plan.display_name = self.env._("Joining of a guard")
                case "Departure of a guard":
                    plan.display_name = self.env._("Departure of a guard")
        return result
