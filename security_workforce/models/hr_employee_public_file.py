from odoo import models


class HrEmployeePublic(models.Model):
    """The way to the qualifications for those without HR rights."""

    _inherit = "hr.employee.public"

    def action_open_qualifications(self):
        """Open the regulated qualifications of this guard."""
        return self.env["hr.employee.skill"]._action_of_guard(self.id, self.name)
