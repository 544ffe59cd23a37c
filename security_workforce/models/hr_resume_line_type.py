from odoo import fields, models


class HrResumeLineType(models.Model):
    """Kinds of résumé lines that prove a training to an inspector."""

    _name = "hr.resume.line.type"
    _inherit = ["hr.resume.line.type", "security.regulated"]
    _regulated_by = ("is_regulated",)

    is_regulated = fields.Boolean(
        string="Regulated",
        help="Trainings that the law asks for: only card officers record them.",
    )
