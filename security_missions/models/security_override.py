from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SecurityOverride(models.Model):
    """A derogation for one guard on one shift."""

    _inherit = "security.override"

    shift_id = fields.Many2one(
        "security.shift", index="btree_not_null", ondelete="restrict", readonly=False
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_what_was_said(vals) for vals in vals_list])

    def _with_what_was_said(self, vals):
        """The values with the sentence of the rule, which is not the caller's to write.

        The one he was shown when it still stands, else the first of that rule.
        """
        # The form gives the shift and the rule as defaults.
        given = {**self.default_get(["shift_id", "rule_code", "message"]), **vals}
        shift = self.env["security.shift"].sudo().browse(given.get("shift_id"))
        rows = [
            row
            for row in (shift.eligibility_findings or [] if shift else [])
            if (row["rule"], row["severity"]) == (given.get("rule_code"), "override")
        ]
        if not rows:
            return vals
        shown = given.get("message")
        row = next(
            (r for r in rows if shown in [w["text"] for w in r["words"].values()]),
            rows[0],
        )
        return {**vals, "message": row["text"]}

    @api.constrains("shift_id", "rule_code", "employee_id")
    def _check_overridable(self):
        """Only what may be answered for, and only while it stands."""
        for override in self.filtered("shift_id"):
            shift = override.shift_id.sudo()
            rows = shift.eligibility_findings or []
            found = [row for row in rows if row["rule"] == override.rule_code]
            if override.employee_id != shift.employee_id or not found:
                raise ValidationError(
                    self.env._(
                        "Rule %(rule)s has nothing to say of %(guard)s on “%(shift)s”: "
                        "reload the shift to see what changed.",
                        rule=override.rule_code,
                        guard=override.employee_id.name,
                        shift=shift.display_name,
                    )
                )
            if any(row["severity"] == "block" for row in found):
                raise ValidationError(
                    self.env._(
                        "Rule %(rule)s is of public order: nobody can answer for it.",
                        rule=override.rule_code,
                    )
                )
