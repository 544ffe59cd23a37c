from odoo import fields, models


class HrSkillType(models.Model):
    """Types of qualifications that a post may ask for by law."""

    _name = "hr.skill.type"
    _inherit = ["hr.skill.type", "security.regulated"]
    _regulated_by = ("is_regulated",)

    is_regulated = fields.Boolean(
        string="Regulated",
        index=True,
        help="Qualifications that decide who may hold a post: only card officers "
        "record, verify and change them.",
    )
