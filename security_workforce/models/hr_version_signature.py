from odoo import fields, models

ENDS = {"contract_date_end", "departure_date"}
DAYS = {"contract_date_start", *ENDS}


class HrVersion(models.Model):
    """The signature of a contract, and the lists that its dates move or open."""

    _inherit = "hr.version"

    security_contract_signed_on = fields.Date(
        string="Contract signed on",
        groups="hr.group_hr_user",
        tracking=True,
        help="The day on which both parties had signed the contract.",
    )

    def write(self, vals):
        result = super().write(vals)
        if DAYS & vals.keys():
            lists = self.env["security.checklist"].sudo()
            lists._follow_contracts(self.sudo().employee_id)
            if ENDS & vals.keys():
                lists._open_leaving(self.sudo().employee_id)
        return result
