from odoo import fields, models
from odoo.fields import Domain


class HrEmployee(models.Model):
    """Whether a guard is on his employer's list, for the rule PRO-07."""

    _inherit = "hr.employee"

    security_attachment_ids = fields.One2many(
        "security.attachment",
        "employee_id",
        string="Attachments at the CNAPS",
        groups="hr.group_hr_user",
    )

    def _security_person_facts(self, date_from=None, date_to=None):
        facts = super()._security_person_facts(date_from, date_to)
        attached = self._facts_attached()
        for guard_id, told in facts.items():
            told["attached"] = attached.get(guard_id)
        return facts

    def _facts_attached(self):
        """``{employee id: on the list}``; absent when his firm keeps no list here.

        At most two queries, whatever the number of guards.
        """
        guards = self.sudo().with_context(active_test=False)
        Attachment = self.env["security.attachment"].sudo()
        companies = guards.company_id
        lists = Attachment._read_group(
            Domain("company_id", "in", companies.ids), ["company_id"]
        )
        keeping = {company for (company,) in lists}
        if not keeping:
            return {}
        on_list = {
            (guard.id, company)
            for guard, company in Attachment._read_group(
                Domain("employee_id", "in", self.ids)
                & Domain("date_detached", "=", False),
                ["employee_id", "company_id"],
            )
        }
        return {
            guard.id: (guard.id, guard.company_id) in on_list
            for guard in guards
            if guard.company_id in keeping
        }
