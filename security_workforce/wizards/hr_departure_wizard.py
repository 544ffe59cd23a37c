from odoo import api, fields, models


class HrDepartureWizard(models.TransientModel):
    """Recording a departure opens the leaving list of the guards among those."""

    _inherit = "hr.departure.wizard"

    security_leaving = fields.Boolean(
        string="Leaving list",
        compute="_compute_security_leaving",
        store=True,
        readonly=False,
        help="Follow what is to be given back and closed.",
    )

    @api.depends("employee_ids")
    def _compute_security_leaving(self):
        for wizard in self:
            wizard.security_leaving = bool(wizard.employee_ids.sudo().card_ids)

    def action_register_departure(self):
        action = super().action_register_departure()
        if self.security_leaving:
            lists = self.env["security.checklist"]._open(
                self.employee_ids, "leaving", self.departure_date
            )
            lists._follow()
        return action
