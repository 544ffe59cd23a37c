from odoo import models


class HrResumeLine(models.Model):
    """A regulated training on the résumé is recorded by a card officer."""

    _name = "hr.resume.line"
    _inherit = ["hr.resume.line", "security.regulated"]
    _regulated_by = ("line_type_id", "employee_id")
