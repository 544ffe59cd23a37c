from odoo import models


class HrEmployee(models.Model):
    """The phone of a guard."""

    _inherit = "hr.employee"

    def action_enrol_phone(self):
        """Show the code with which this guard enrols his phone."""
        return self.env["security.device.code"]._open_for(self)


class HrEmployeePublic(models.Model):
    """The same for planners and operators, who read no HR file."""

    _inherit = "hr.employee.public"

    def action_enrol_phone(self):
        self.check_access("read")
        guard = self.env["hr.employee"].browse(self.ids)
        return self.env["security.device.code"]._open_for(guard)
