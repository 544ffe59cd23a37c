from odoo import fields, models


class HrEmployee(models.Model):
    """The employer's cards of a guard."""

    _inherit = "hr.employee"

    security_employer_card_ids = fields.One2many(
        "security.employer.card",
        "employee_id",
        string="Employer's cards",
        groups="hr.group_hr_user",
    )

    def action_employer_card(self):
        """Make the employer's cards of these guards and print them."""
        self.check_access("read")
        return self.env["security.employer.card"]._action_issue(self.ids)


class SecurityCard(models.Model):
    """The way from a professional card to the employer's card that shows it."""

    _inherit = "security.card"

    def action_employer_card(self):
        """Make the employer's cards of the holders and print them."""
        self.check_access("read")
        return self.env["security.employer.card"]._action_issue(self.employee_id.ids)
