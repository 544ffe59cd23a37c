from odoo import fields, models


class SecurityStaffRegister(models.TransientModel):
    """Asks for the firm and the day of the staff register."""

    _name = "security.staff.register"
    _description = "Staff Register"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    date = fields.Date(
        string="As it stands on", required=True, default=fields.Date.context_today
    )

    def action_print(self):
        """Draw the register as a workbook."""
        self.ensure_one()
        report = self.env.ref("security_workforce.security_staff_register_report")
        return report.report_action(self, config=False)
