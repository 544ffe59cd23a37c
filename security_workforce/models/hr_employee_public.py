from odoo import fields, models

from .hr_employee import CARD_READERS


class HrEmployeePublic(models.Model):
    """What a planner without HR rights sees of a guard."""

    _inherit = "hr.employee.public"

    card_count = fields.Integer(
        string="Cards", compute="_compute_card_count", groups=CARD_READERS
    )

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
