from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SecurityTrainingCourse(models.Model):
    """A course a guard may have to follow, with the hours the law asks."""

    _name = "security.training.course"
    _description = "Security Training Course"
    _order = "code, id"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True, copy=False)
    name = fields.Char(required=True, translate=True)
    hours = fields.Float(help="Shortest duration the text allows.")
    validity_months = fields.Integer(
        string="Valid for (months)", help="Zero: what it gives has no end date."
    )
    mac = fields.Boolean(
        string="Renews a Card", help="Course asked before a card is renewed."
    )
    activity_id = fields.Many2one("security.activity", index="btree_not_null")
    legal_reference = fields.Char("Legal reference")
    active = fields.Boolean(default=True)
    # === Who follows it, and what he gets ===
    seats = fields.Integer(
        string="Most trainees",
        help="Most trainees that the text allows in a session. Zero: not limited.",
    )
    skill_id = fields.Many2one(
        "hr.skill",
        string="Gives the qualification",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('skill_type_id.is_regulated', '=', True)]",
        help="Recorded, and verified, for whoever passes. Empty: the attestation of "
        "the session is the proof.",
    )
    skill_level_id = fields.Many2one(
        "hr.skill.level",
        string="Level",
        compute="_compute_skill_level_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('skill_type_id.skill_ids', '=', skill_id)]",
    )
    refresher = fields.Boolean(
        help="It prolongs a title that is held. Otherwise it gives it for the first "
        "time, or back after its end.",
    )
    accepts_expired = fields.Boolean(
        string="Also after the end",
        help="A refresher that whoever let his title run out may still follow.",
    )
    dispense_skill_id = fields.Many2one(
        "hr.skill",
        string="Shorter for holders of",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('skill_type_id.is_regulated', '=', True)]",
        help="Only for guards who hold this qualification on the first day: what it "
        "teaches is left out.",
    )

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "Another course already has this code."
    )
    _positive = models.Constraint(
        "CHECK(hours >= 0 AND validity_months >= 0)",
        "Hours and months of validity cannot be negative: type zero or more.",
    )
    _mac_activity = models.Constraint(
        "CHECK(mac IS NOT TRUE OR activity_id IS NOT NULL)",
        "Choose the activity whose card this course renews.",
    )
    _seats_check = models.Constraint(
        "CHECK(seats >= 0)", "Seats cannot be negative: type zero or more."
    )

    @api.depends("skill_id")
    def _compute_skill_level_id(self):
        for course in self:
            levels = course.skill_id.skill_type_id.skill_level_ids
            if course.skill_level_id not in levels:
                chosen = levels.filtered("default_level") or levels
                course.skill_level_id = chosen[:1]

    @api.constrains("skill_id", "skill_level_id")
    def _check_skill(self):
        for course in self:
            skill_type = course.skill_id.skill_type_id
            if course.skill_id and not skill_type.is_regulated:
                raise ValidationError(
                    self.env._(
                        "%s is not a regulated qualification: choose one that is.",
                        course.skill_id.name,
                    )
                )
            if course.skill_level_id - skill_type.skill_level_ids:
                raise ValidationError(
                    self.env._(
                        "%(level)s is not a level of %(skill)s: choose one of its "
                        "own levels.",
                        level=course.skill_level_id.name,
                        skill=course.skill_id.name or self.env._("no qualification"),
                    )
                )
            if course.skill_id and not course.skill_level_id:
                raise ValidationError(
                    self.env._("Choose the level that “%s” gives.", course.name)
                )

    def _shorter_ones(self):
        """``{course: courses}`` that say the same in fewer hours, to some guards."""
        variants = self.search(
            [
                ("mac", "=", True),
                ("activity_id", "in", self.activity_id.ids),
                ("dispense_skill_id", "!=", False),
            ]
        )
        return {
            course: variants.filtered(
                lambda other, course=course: (
                    course.mac
                    and not course.dispense_skill_id
                    and other.activity_id == course.activity_id
                    and other.hours < course.hours
                )
            )
            for course in self
        }
