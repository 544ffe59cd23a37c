from odoo import api, fields, models
from odoo.fields import Domain


class HrEmployeePublic(models.Model):
    """What the access officer sees of a guard: whether he carries a badge."""

    _inherit = "hr.employee.public"

    has_badge = fields.Boolean(
        compute="_compute_has_badge",
        search="_search_has_badge",
        groups="security_workforce.group_security_access_officer",
    )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends_context("uid")
    def _compute_has_badge(self):
        # The public profile has the id of its employee.
        live = self.env["security.badge"].search_fetch(
            [("employee_id", "in", self.ids), ("state", "=", "issued")],
            ["employee_id"],
        )
        holders = set(live.employee_id.ids)
        for employee in self:
            employee.has_badge = employee.id in holders

    def _search_has_badge(self, operator, value):
        if operator != "in":
            return NotImplemented
        holders = (
            self.env["security.badge"]
            ._search([("state", "=", "issued")])
            .subselect("employee_id")
        )
        domains = {
            True: Domain("id", "in", holders),
            False: Domain("id", "not in", holders),
        }
        return Domain.OR(domains[bool(wanted)] for wanted in value)

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_issue_badges(self):
        """Issue a badge to each of these guards who has none, and show them."""
        return self.env["hr.employee"].browse(self.ids)._action_issue_badges()
