from odoo import models


class HrSkillLevel(models.Model):
    """Levels of a regulated type are as guarded as the type."""

    _name = "hr.skill.level"
    _inherit = ["hr.skill.level", "security.regulated"]
    _regulated_by = ("skill_type_id",)
