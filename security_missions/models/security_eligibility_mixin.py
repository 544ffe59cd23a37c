from odoo import api, models


class SecurityEligibilityMixin(models.AbstractModel):
    """Judge the shifts to come again when a fact about a guard changes.

    In the same transaction: a card that is suspended stops its holder at once.
    """

    _name = "security.eligibility.mixin"
    _description = "Fact that Decides Who May Work"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._judge_guards()
        return records

    def write(self, vals):
        if not self._eligibility_concerns(vals):
            return super().write(vals)
        # Those of before too: a card may pass from one guard to another.
        before = self._eligibility_guards()
        result = super().write(vals)
        self._judge_guards(before)
        return result

    def unlink(self):
        before = self._eligibility_guards()
        result = super().unlink()
        self.browse()._judge_guards(before)
        return result

    def _judge_guards(self, others=()):
        guards = self._eligibility_guards()
        guard_ids = {*guards.ids, *(others.ids if others else ())}
        self.env["security.shift"]._judge_again(guard_ids)

    def _eligibility_concerns(self, vals):
        """Whether writing these values may change a verdict."""
        return True

    def _eligibility_guards(self):
        """The guards whose shifts depend on these records.

        sudo: the fact may be written by somebody who sees less than it decides.
        """
        return self.sudo().employee_id
