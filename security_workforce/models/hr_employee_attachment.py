from odoo import fields, models
from odoo.tools import SQL


class HrEmployee(models.Model):
    """Whether a guard is on his employer's list, for the rule PRO-07."""

    _inherit = "hr.employee"

    security_attachment_ids = fields.One2many(
        "security.attachment",
        "employee_id",
        string="Attachments at the CNAPS",
        groups="hr.group_hr_user",
    )

    def _facts_models(self):
        return (*super()._facts_models(), "security.attachment")

    def _facts_readers(self):
        return {**super()._facts_readers(), "attached": bool}

    def _facts_parts(self, ours, period):
        parts = super()._facts_parts(ours, period)
        # Nothing is known of the guards of a firm that keeps no list here.
        parts["attached"] = SQL(
            """
            SELECT guard.id, jsonb_build_array(EXISTS (
                       SELECT FROM security_attachment line
                        WHERE line.employee_id = guard.id
                          AND line.company_id = guard.company_id
                          AND line.date_detached IS NULL
                   ))
              FROM hr_employee guard
             WHERE guard.id %s AND EXISTS (
                       SELECT FROM security_attachment line
                        WHERE line.company_id = guard.company_id
                   )
            """,
            ours,
        )
        return parts

    def _facts_known(self, parts, day):
        known = super()._facts_known(parts, day)
        return {**known, "attached": next(iter(parts["attached"]), None)}
