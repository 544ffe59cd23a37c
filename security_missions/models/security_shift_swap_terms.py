from odoo import fields, models
from odoo.exceptions import UserError

from .security_shift_offers import OFFERED
from .security_shift_swap import OPEN

HELD = ("draft", "published")


class SecurityShift(models.Model):
    """A swap is of two shifts as both guards know them: a change of one ends it."""

    _inherit = "security.shift"

    def write(self, vals):
        if vals.keys().isdisjoint(OFFERED):
            return super().write(vals)
        before = {swap: swap._terms() for swap in self._open_swaps()}
        result = super().write(vals)
        for swap, terms in before.items():
            if swap._terms() != terms:
                swap._move(state="cancelled")
                swap._tell()
        return result

    def _open_swaps(self):
        """Those that still wait, whichever side these shifts are on."""
        # sudo: whoever changes the shift, both guards are told.
        return (
            self.env["security.shift.swap"]
            .sudo()
            .search(
                [
                    ("state", "in", OPEN),
                    "|",
                    ("shift_id", "in", self.ids),
                    ("other_shift_id", "in", self.ids),
                ]
            )
        )


class SecurityShiftSwap(models.Model):
    """What both guards agree on."""

    _inherit = "security.shift.swap"

    def _terms(self):
        """Who works where and when, of both shifts, and that they are still held."""
        return [
            (shift._offered_terms(), shift.state in HELD)
            for shift in (self.shift_id, self.other_shift_id)
        ]

    def _check_unchanged(self):
        """What both have agreed on still stands, and is still to come."""
        now = fields.Datetime.now()
        for shift, guard in (
            (self.shift_id, self.guard_id),
            (self.other_shift_id, self.other_guard_id),
        ):
            if not shift:
                continue
            if shift.employee_id != guard or shift.state not in HELD:
                raise UserError(
                    self.env._(
                        "“%(shift)s” has changed since the swap was asked: withdraw it "
                        "and ask again.",
                        shift=shift.display_name,
                    )
                )
            if shift.date_start <= now:
                raise UserError(
                    self.env._(
                        "“%(shift)s” has begun: it is not swapped any more.",
                        shift=shift.display_name,
                    )
                )
