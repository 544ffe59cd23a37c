"""The records that decide who may work, each with the fields that matter.

Several models in one file: each only says when it makes the rules run again.
"""

from odoo import models

OF_THE_FILE = {
    "birthday",
    "work_permit_expiration_date",
    "visa_expire",
    "security_permit_receipt_until",
    "security_permit_checked_on",
    "security_declared_on",
}
ASKED_BY_POST = {
    "site_id",
    "mission_id",
    "activity_id",
    "is_event",
    "is_airport",
    "is_lone",
    "has_lone_plan",
    "has_paid_break",
    "min_coefficient",
}


class SecurityCard(models.Model):
    _name = "security.card"
    _inherit = ["security.card", "security.eligibility.mixin"]

    def _eligibility_concerns(self, vals):
        return not vals.keys().isdisjoint(
            {
                "state",
                "employee_id",
                "activity_id",
                "kind",
                "date_issued",
                "date_expiry",
                "date_receipt_expiry",
            }
        )


class HrEmployee(models.Model):
    _name = "hr.employee"
    _inherit = ["hr.employee", "security.eligibility.mixin"]

    def _eligibility_concerns(self, vals):
        return any(name in OF_THE_FILE for name in vals)

    def _eligibility_guards(self):
        return self


class HrEmployeeSkill(models.Model):
    _name = "hr.employee.skill"
    _inherit = ["hr.employee.skill", "security.eligibility.mixin"]


class HrLeave(models.Model):
    _name = "hr.leave"
    _inherit = ["hr.leave", "security.eligibility.mixin"]

    def _eligibility_concerns(self, vals):
        return not vals.keys().isdisjoint(
            {"state", "employee_id", "date_from", "date_to"}
        )


class HrVersion(models.Model):
    _name = "hr.version"
    _inherit = ["hr.version", "security.eligibility.mixin"]

    def _eligibility_concerns(self, vals):
        return any(
            name.startswith(("security_", "contract_date_", "date_version"))
            for name in vals
        )


class SecurityAptitude(models.Model):
    _name = "security.aptitude"
    _inherit = ["security.aptitude", "security.eligibility.mixin"]


class SecurityDog(models.Model):
    _name = "security.dog"
    _inherit = ["security.dog", "security.eligibility.mixin"]


class SecurityAttachment(models.Model):
    """The first one says that the firm keeps its list: it decides for everybody."""

    _name = "security.attachment"
    _inherit = ["security.attachment", "security.eligibility.mixin"]

    def _eligibility_concerns(self, vals):
        return not vals.keys().isdisjoint(
            {"employee_id", "company_id", "date_attached", "date_detached"}
        )

    def _eligibility_guards(self):
        lines = self.sudo()
        others = lines.search(
            [("company_id", "in", lines.company_id.ids), ("id", "not in", self.ids)],
            limit=1,
        )
        if lines and not others:
            return self.env["security.shift"]._guards_to_come(lines.company_id)
        return lines.employee_id


class SecurityChecklist(models.Model):
    """A joining list stops its guard until it is cleared."""

    _name = "security.checklist"
    _inherit = ["security.checklist", "security.eligibility.mixin"]

    def _eligibility_concerns(self, vals):
        return "state" in vals


class SecurityChecklistLine(models.Model):
    _name = "security.checklist.line"
    _inherit = ["security.checklist.line", "security.eligibility.mixin"]

    def _eligibility_concerns(self, vals):
        return "state" in vals


class SecurityParameter(models.Model):
    """A figure of the law decides for everybody of its firm, or of all firms."""

    _name = "security.parameter"
    _inherit = ["security.parameter", "security.eligibility.mixin"]

    def _eligibility_guards(self):
        rows = self.sudo()
        everywhere = any(not row.company_id for row in rows)
        return self.env["security.shift"]._guards_to_come(
            None if everywhere else rows.company_id
        )


class SecurityRequirement(models.Model):
    _name = "security.requirement"
    _inherit = ["security.requirement", "security.eligibility.mixin"]

    def _eligibility_guards(self):
        return self.env["security.shift"]._guards_to_come(self.sudo().company_id)


class SecurityRequirementOption(models.Model):
    _name = "security.requirement.option"
    _inherit = ["security.requirement.option", "security.eligibility.mixin"]

    def _eligibility_guards(self):
        return self.requirement_id._eligibility_guards()


class SecurityMissionPhase(models.Model):
    _name = "security.mission.phase"
    _inherit = ["security.mission.phase", "security.eligibility.mixin"]

    def _eligibility_concerns(self, vals):
        return not vals.keys().isdisjoint({"mission_id", "date_start", "date_stop"})

    def _eligibility_guards(self):
        asking = self.sudo().filtered("requirement_ids")
        return self.env["security.shift"]._guards_to_come(
            posts=asking.mission_id.post_ids
        )


class SecurityPost(models.Model):
    _name = "security.post"
    _inherit = ["security.post", "security.eligibility.mixin"]

    def _eligibility_concerns(self, vals):
        return any(name.startswith("task_") or name in ASKED_BY_POST for name in vals)

    def _eligibility_guards(self):
        return self.env["security.shift"]._guards_to_come(posts=self)


class SecuritySite(models.Model):
    """Days, weeks and nights are those of its clock; the way is from its address."""

    _name = "security.site"
    _inherit = ["security.site", "security.eligibility.mixin"]

    def _eligibility_concerns(self, vals):
        return not vals.keys().isdisjoint({"tz", "address_id"})

    def _eligibility_guards(self):
        return self.env["security.shift"]._guards_to_come(posts=self.sudo().post_ids)


class ResCompany(models.Model):
    """The regime of the contracts that name none."""

    _name = "res.company"
    _inherit = ["res.company", "security.eligibility.mixin"]

    def _eligibility_concerns(self, vals):
        return "security_regime_id" in vals

    def _eligibility_guards(self):
        return self.env["security.shift"]._guards_to_come(self)
