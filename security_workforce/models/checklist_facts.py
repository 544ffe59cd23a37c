"""The records that meet the steps of a list, each with the fields that matter.

Several models in one file: each only says when the lists are judged again.
"""

from odoo import models

OF_THE_FILE = {
    "legal_name",
    "birthday",
    "permit_no",
    "work_permit_expiration_date",
    "visa_expire",
    "security_permit_receipt_until",
    "security_permit_checked_on",
    "security_declared_on",
    "security_deontology_on",
    "user_id",
}
OF_THE_CONTRACT = {
    "employee_id",
    "active",
    "date_version",
    "country_id",
    "identification_id",
    "passport_id",
    "contract_date_start",
    "contract_date_end",
    "departure_date",
    "security_contract_signed_on",
    "security_permit_required",
    "security_night_worker",
}


class HrEmployee(models.Model):
    _name = "hr.employee"
    _inherit = ["hr.employee", "security.checklist.mixin"]

    def _checklist_concerns(self, vals):
        return any(name in OF_THE_FILE for name in vals)

    def _checklist_guards(self):
        return self


class HrVersion(models.Model):
    _name = "hr.version"
    _inherit = ["hr.version", "security.checklist.mixin"]

    def _checklist_concerns(self, vals):
        return any(name in OF_THE_CONTRACT for name in vals)


class HrEmployeeSkill(models.Model):
    _name = "hr.employee.skill"
    _inherit = ["hr.employee.skill", "security.checklist.mixin"]


class SecurityCard(models.Model):
    _name = "security.card"
    _inherit = ["security.card", "security.checklist.mixin"]

    def _checklist_concerns(self, vals):
        return not vals.keys().isdisjoint(
            {
                "state",
                "employee_id",
                "kind",
                "date_issued",
                "date_expiry",
                "date_receipt_expiry",
            }
        )


class SecurityAptitude(models.Model):
    _name = "security.aptitude"
    _inherit = ["security.aptitude", "security.checklist.mixin"]


class SecurityKitItem(models.Model):
    _name = "security.kit.item"
    _inherit = ["security.kit.item", "security.checklist.mixin"]


class ResUsers(models.Model):
    """A login that is closed."""

    _name = "res.users"
    _inherit = ["res.users", "security.checklist.mixin"]

    def _checklist_concerns(self, vals):
        return "active" in vals

    def _checklist_guards(self):
        guards = self.env["hr.employee"].sudo().with_context(active_test=False)
        return guards.search([("user_id", "in", self.ids)])
