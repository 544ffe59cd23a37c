from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SecurityOverride(models.Model):
    """A derogation for one guard on one shift."""

    _inherit = "security.override"

    shift_id = fields.Many2one(
        "security.shift", index="btree_not_null", ondelete="restrict", readonly=False
    )

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
