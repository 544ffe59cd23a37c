from odoo import fields, models

CARD_READERS = (
    "security_workforce.group_security_planner,"
    "security_workforce.group_security_operator,"
    "security_workforce.group_security_credential_officer,"
    "security_workforce.group_security_compliance_officer,"
    "hr.group_hr_user"
)


class HrEmployee(models.Model):
    """The guard's file: his professional cards, for those who may read them."""

    _inherit = "hr.employee"

    card_ids = fields.One2many(
        "security.card",
        "employee_id",
        string="Professional cards",
        groups="hr.group_hr_user",
    )
    card_count = fields.Integer(
        string="Cards", compute="_compute_card_count", groups="hr.group_hr_user"
    )

    def _compute_card_count(self):
        counts = dict(
            self.env["security.card"]._read_group(
                [("employee_id", "in", self.ids)], ["employee_id"], ["__count"]
            )
        )
        for employee in self:
            employee.card_count = counts.get(employee._origin, 0)

    def action_open_cards(self):
        """Open the professional cards of these employees."""
        return self.env["security.card"]._action_of_guards(self.ids, self[:1].name)
