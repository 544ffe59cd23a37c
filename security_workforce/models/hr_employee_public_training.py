from odoo import models


class HrEmployeePublic(models.Model):
    """The way to the trainings for those without HR rights."""

    _inherit = "hr.employee.public"

    def action_open_trainings(self):
        """Open the training sessions of this guard."""
        return self.env["security.training.attendee"]._action_of_guard(
            self.id, self.name
        )
