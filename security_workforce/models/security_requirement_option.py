from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.facts import Option


class SecurityRequirementOption(models.Model):
    """One way to meet a requirement: a qualification, at a level or above."""

    _name = "security.requirement.option"
    _description = "Qualification That Meets a Requirement"
    _order = "requirement_id, sequence, id"

    requirement_id = fields.Many2one(
        "security.requirement", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    skill_type_id = fields.Many2one(
        "hr.skill.type",
        string="Type",
        required=True,
        index=True,
        ondelete="restrict",
    )
    skill_id = fields.Many2one(
        "hr.skill",
        string="Qualification",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('skill_type_id', '=', skill_type_id)]",
    )
    skill_level_id = fields.Many2one(
        "hr.skill.level",
        string="Minimum level",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('skill_type_id', '=', skill_type_id)]",
        help="Empty: any level.",
    )
    name = fields.Char(compute="_compute_name")

    @api.constrains("skill_type_id", "skill_id", "skill_level_id")
    def _check_type(self):
        for option in self:
            for chosen in (option.skill_id, option.skill_level_id):
                if chosen and chosen.skill_type_id != option.skill_type_id:
                    raise ValidationError(
                        self.env._(
                            "“%(chosen)s” is not of the type “%(type)s”: choose again.",
                            chosen=chosen.name,
                            type=option.skill_type_id.name,
                        )
                    )

    @api.depends("skill_id.name", "skill_level_id.level_progress")
    @api.depends_context("lang")
    def _compute_name(self):
        for option in self:
            option.name = option.skill_id.name
            # The lowest level is what everybody who holds it has: not worth saying.
            if option.skill_level_id.level_progress:
                option.name = self.env._(
                    "%(skill)s (%(level)s)",
                    skill=option.skill_id.name,
                    level=option.skill_level_id.name,
                )

    @api.onchange("skill_type_id")
    def _onchange_skill_type_id(self):
        if self.skill_id.skill_type_id != self.skill_type_id:
            self.skill_id = False
        if self.skill_level_id.skill_type_id != self.skill_type_id:
            self.skill_level_id = False

    def _engine_option(self):
        """This option as the rules read it."""
        self.ensure_one()
        skill = self.skill_id
        return Option(
            skill=skill.id,
            name=self.name or "",
            rank=self.skill_level_id.level_progress or 0,
            code=("security_code" in skill._fields and skill.security_code) or "",
        )
