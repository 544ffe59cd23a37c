from odoo import api, fields, models
from odoo.fields import Domain

from .hr_employee import CARD_READERS


class HrEmployeePublic(models.Model):
    """What a planner without HR rights sees of a guard."""

    _inherit = "hr.employee.public"

    card_count = fields.Integer(
        string="Cards", compute="_compute_card_count", groups=CARD_READERS
    )

    has_card = fields.Boolean(
        compute="_compute_has_card", search="_search_has_card", groups=CARD_READERS
    )

    def _compute_has_card(self):
        for employee in self:
            employee.has_card = bool(employee.card_count)

    def _search_has_card(self, operator, value):
        if operator != "in":
            return NotImplemented
        holders = self.env["security.card"]._search([]).subselect("employee_id")
        with_card = Domain("id", "in", holders)
        return Domain.OR(with_card if wanted else ~with_card for wanted in value)

    def _compute_card_count(self):
        # The public profile has the id of its employee.
        counts = dict(
            self.env["security.card"]._read_group(
                [("employee_id", "in", self.ids)], ["employee_id"], ["__count"]
            )
        )
        by_id = {employee.id: count for employee, count in counts.items()}
        for employee in self:
            employee.card_count = by_id.get(employee.id, 0)

    def action_open_cards(self):
        """Open the professional cards of these guards."""
        return self.env["security.card"]._action_of_guards(self.ids, self[:1].name)

    @api.model
    def _action_guards(self):
        """The guards, as complete as the user may see them."""
        name = (
            "hr_employee_action_guards"
            if self.env["hr.employee"].has_access("read")
            else "hr_employee_public_action_guards"
        )
        return self.env["ir.actions.act_window"]._for_xml_id(
            f"security_workforce.{name}"
        )
