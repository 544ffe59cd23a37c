from odoo import api, models
from odoo.exceptions import UserError

# Two guards change places: the state in between is nobody's plan. An object cannot be
# sent through an API, so no caller from outside can skip the checks.
SWAPPING = object()


class SecurityShift(models.Model):
    """Two guards change places, in one go and under all the checks."""

    _inherit = "security.shift"

    def _swap_guards(self, other):
        """Give each of two shifts the guard of the other.

        :raises UserError: it is the same guard, or one of them may not take the shift
            of the other; then nothing is changed
        """
        guards = {self: other.employee_id, other: self.employee_id}
        if self.employee_id == other.employee_id:
            raise UserError(
                self.env._(
                    "“%(one)s” and “%(two)s” are held by the same guard: there is "
                    "nothing to swap.",
                    one=self.display_name,
                    two=other.display_name,
                )
            )
        pair = self | other
        told = pair._as_told()
        pair._check_overlap([(s, {"employee_id": g.id}) for s, g in guards.items()])
        # Both may be at the same time: for one statement one guard holds them both.
        self.env.cr.execute("SET CONSTRAINTS security_shift_no_overlap DEFERRED")
        for shift, guard in guards.items():
            swapping = shift.with_context(security_shift_swap=SWAPPING)
            swapping.employee_id = guard
        self.env.flush_all()
        self.env.cr.execute("SET CONSTRAINTS security_shift_no_overlap IMMEDIATE")
        pair._validate_fields(["employee_id"])
        pair._tell(*told)

    def _swaps(self):
        return self.env.context.get("security_shift_swap") is SWAPPING

    def _check_overlap(self, changes):
        if self._swaps():
            return None
        return super()._check_overlap(changes)

    @api.constrains("state", "employee_id", "post_id", "date_start", "date_stop")
    def _check_published(self):
        """Looked at when both have changed places."""
        if self._swaps():
            return None
        return super()._check_published()
