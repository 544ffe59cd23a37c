from odoo import api, models
from odoo.exceptions import UserError

from ..engine.demand import day_of, need_of
from .security_shift_board import _seconds
from .security_shift_move import INSTANTS, LINKS, _instant

DEMAND = ("demand_start", "demand_stop")
TEXTS = ("note", "demand_key")
# All that the screen keeps of a shift it deletes; nothing else comes back.
KEPT = {*LINKS, *INSTANTS, *DEMAND, *TEXTS, "mission_id", "cancelled"}


class SecurityShift(models.Model):
    """A shift deleted on the rota board, made again when the planner undoes it."""

    _inherit = "security.shift"

    def _rota_kept(self):
        """``{shift id: values for rota_restore}``, instants in seconds since 1970."""
        return {
            shift.id: {
                **{name: shift[name].id for name in (*LINKS, "mission_id")},
                **{name: shift[name] for name in TEXTS},
                **{
                    name: shift[name] and _seconds(shift[name])
                    for name in (*INSTANTS, *DEMAND)
                },
                "cancelled": shift.state == "cancelled",
            }
            for shift in self
        }

    @api.model
    def rota_restore(self, values, period):
        """Make deleted shifts again, all or none, through the checks of new ones.

        :param values: list of what ``rota_state`` answered in ``deleted``
        :param period: [first, last] day of the screen
        :return: as ``rota_move``, and ``created``: [[shift id, what is now seen of it]]
        :raises UserError: refused, with the reason
        """
        self.browse().check_access("create")
        if not isinstance(values, list) or not values:
            self._refuse_call()
        shifts = self.browse()
        for each in values:
            shifts |= self._rota_again(each)
        answer = self._rota_answer(period, shifts.ids, shifts.employee_id, False)
        created = [[shift.id, shift._rota_seen()] for shift in shifts]
        return {**answer, "created": created}

    def _rota_again(self, kept):
        values = self._rota_restored(kept)
        cancelled = values.pop("cancelled")
        self._check_need_is_free(values)
        if not cancelled:
            return self.create(values)
        # Cancelled before its guard is back: he may well be elsewhere since.
        guard = values.pop("employee_id")
        shift = self.create(values)
        shift.action_cancel()
        shift.employee_id = guard
        return shift

    def _rota_restored(self, kept):
        """Values of a new shift, from those that the screen kept."""
        if not isinstance(kept, dict) or kept.keys() != KEPT:
            self._refuse_call()
        links = (*LINKS, "mission_id")
        values = {name: self._rota_id(kept[name]) for name in links}
        try:
            for name in (*INSTANTS, *DEMAND):
                needed = name in INSTANTS or kept[name] is not False
                values[name] = needed and _instant(kept[name])
            if kept["demand_key"] is not False:
                need_of(kept["demand_key"])
                day_of(kept["demand_key"])
        except (AttributeError, IndexError, TypeError, ValueError, OverflowError):
            self._refuse_call()
        texts = (kept[name] is False or isinstance(kept[name], str) for name in TEXTS)
        if not all(texts) or not isinstance(kept["cancelled"], bool):
            self._refuse_call()
        values.update({name: kept[name] for name in (*TEXTS, "cancelled")})
        return values

    def _check_need_is_free(self, values):
        post = self._rota_post(values["post_id"])
        key = values["demand_key"]
        # sudo: the key is taken whoever may read the shift that has it.
        if key and self.sudo().search_count(
            [("post_id", "=", post.id), ("demand_key", "=", key)], limit=1
        ):
            raise UserError(
                self.env._(
                    "The need of “%(post)s” that the deleted shift answered has "
                    "another shift since: plan with that one.",
                    post=post.display_name,
                )
            )
