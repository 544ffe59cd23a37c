from odoo import api, models


class SecurityChecklistMixin(models.AbstractModel):
    """A fact that may turn a step green, or red again.

    The lists follow in the same transaction: a guard is free when his card is verified,
    not the morning after.
    """

    _name = "security.checklist.mixin"
    _description = "Fact that Meets a Step of a List"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._follow_lists(records._checklist_guards())
        return records

    def write(self, vals):
        if not self._checklist_concerns(vals):
            return super().write(vals)
        # Those of before too: a record may pass from one guard to another.
        before = self._checklist_guards()
        result = super().write(vals)
        self._follow_lists(before | self._checklist_guards())
        return result

    def unlink(self):
        before = self._checklist_guards()
        result = super().unlink()
        self._follow_lists(before.exists())
        return result

    @api.model
    def _follow_lists(self, guards):
        self.env["security.checklist"]._follow_guards(guards.ids)

    def _checklist_concerns(self, vals):
        """Whether writing these values may meet a step."""
        return True

    def _checklist_guards(self):
        """The guards whose lists depend on these records.

        sudo: the fact may be written by somebody who sees less than it decides.
        """
        return self.sudo().employee_id
