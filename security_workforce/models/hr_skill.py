from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class HrSkill(models.Model):
    """What the law says of a qualification: how long it is good for, after what."""

    _name = "hr.skill"
    _inherit = ["hr.skill", "security.regulated"]
    _regulated_by = ("skill_type_id",)
    _rec_names_search = ["name", "security_code"]

    is_regulated = fields.Boolean(related="skill_type_id.is_regulated")
    security_code = fields.Char(
        string="Code",
        index="btree_not_null",
        copy=False,
        help="Short name used by posts, rules and imports, e.g. SSIAP1 or SST.",
    )
    validity_months = fields.Integer(
        string="Valid for (months)",
        help="From the day it was obtained or last refreshed. 0: without end.",
    )
    initial_hours = fields.Float(
        string="Initial hours",
        help="Least duration of the first training, in hours. 0: not set by a text.",
    )
    refresher_hours = fields.Float(
        string="Refresher hours",
        help="Duration of the refresher course, in hours. 0: none.",
    )
    legal_source = fields.Char(
        string="Legal source", help="The text that the figures come from."
    )
    covers_ids = fields.Many2many(
        "hr.skill",
        "security_skill_cover_rel",
        "skill_id",
        "covered_id",
        string="Also good for",
        domain="[('skill_type_id.is_regulated', '=', True), ('id', '!=', id)]",
        help="Qualifications that the holder has too. A fire-safety team leader "
        "(SSIAP 2) may hold a post of fire-safety agent (SSIAP 1); a head of "
        "service (SSIAP 3) may not.",
    )

    _security_code_uniq = models.UniqueIndex(
        "(security_code) WHERE security_code IS NOT NULL",
        "Another qualification already has this code: choose another one.",
    )
    _figures_check = models.Constraint(
        "CHECK(validity_months >= 0 AND initial_hours >= 0 AND refresher_hours >= 0)",
        "Months and hours of a qualification cannot be negative.",
    )

    @api.constrains("covers_ids")
    def _check_covers(self):
        if looped := self.filtered(lambda skill: skill in skill.covers_ids):
            raise ValidationError(
                self.env._(
                    "%s cannot be good for itself: take it out of its own list.",
                    looped[0].name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._tidy_code(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._tidy_code(vals))

    def _tidy_code(self, vals):
        """The code as it is compared: capitals, no space around."""
        if "security_code" not in vals:
            return vals
        code = (vals["security_code"] or "").strip().upper()
        return {**vals, "security_code": code or False}

    def _last_day(self, first_day):
        """Last day of validity of what was obtained on a day; False without end."""
        if not (first_day and self.validity_months):
            return False
        months = relativedelta(months=self.validity_months)
        return first_day + months - relativedelta(days=1)
