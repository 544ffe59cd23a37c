from odoo import api, fields, models


class SecurityActivity(models.Model):
    """An activity that a professional card may carry (CSI L611-1, L612-20)."""

    _name = "security.activity"
    _description = "Regulated Security Activity"
    _order = "sequence, code, id"
    _rec_names_search = ["code", "name"]

    code = fields.Char(
        required=True,
        copy=False,
        help="As printed in the new form of card numbers (SH, 3P…).",
    )
    name = fields.Char(required=True, translate=True)
    legal_reference = fields.Char(
        help="Article that defines the activity, as quoted in refusals and registers."
    )
    covered_by_ids = fields.Many2many(
        "security.activity",
        "security_activity_cover_rel",
        "activity_id",
        "covering_id",
        string="Also covered by",
        help="A valid card for one of these activities is enough for this one.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "Another activity already has this code."
    )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create([self._tidy_code(vals) for vals in vals_list])
        self._forget()
        return activities

    def write(self, vals):
        result = super().write(self._tidy_code(vals))
        self._forget()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget()
        return result

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        for activity, vals in zip(self, vals_list, strict=True):
            vals.setdefault("code", f"{activity.code}-COPY")
        return vals_list

    # ------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------

    def _forget(self):
        # See ``_covered_activities``: every worker drops what it kept.
        self.env.registry.clear_cache()

    def _tidy_code(self, vals):
        """Codes are compared with those in card numbers: no space, capitals."""
        if vals.get("code"):
            return dict(vals, code=vals["code"].strip().upper())
        return vals

    def _covering(self):
        """The activities whose card allows this one, itself included."""
        self.ensure_one()
        return self | self.covered_by_ids
