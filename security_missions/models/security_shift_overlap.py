from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .security_shift import LONGEST

WATCHED = {"employee_id", "date_start", "date_stop", "state"}


class Presence(NamedTuple):
    """Where a guard is expected; ``values`` are those about to be written."""

    start: object
    stop: object
    shift: object
    values: dict


class SecurityShift(models.Model):
    """Nobody is in two places at once.

    The database refuses it whatever happens (``_no_overlap``), but before any
    constraint in Python has a word to say and without naming the shifts: they are
    looked at before they are written.
    """

    _inherit = "security.shift"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_overlap([(self.browse(), vals) for vals in vals_list])
        return super().create(vals_list)

    def write(self, vals):
        if WATCHED & vals.keys():
            self._check_overlap([(shift, vals) for shift in self])
        return super().write(vals)

    def _check_overlap(self, changes):
        """Refuse the changes that would put a guard in two places.

        :param changes: [(shift or empty, values about to be written)]
        """
        planned = defaultdict(list)
        for shift, values in changes:
            employee_id, presence = shift._planned_presence(values)
            if presence:
                planned[employee_id].append(presence)
        if not planned:
            return
        for shift in self._colliding_candidates(planned):
            presence = Presence(shift.date_start, shift.date_stop, shift, {})
            planned[shift.employee_id.id].append(presence)
        for employee_id, presences in planned.items():
            presences.sort(key=lambda presence: presence.start)
            for one, two in zip(presences, presences[1:], strict=False):
                if two.start < one.stop:
                    self._refuse_overlap(employee_id, one, two)

    def _planned_presence(self, values):
        """(employee id, Presence) once these values are written, or (None, None)."""

        def planned(name):
            return values[name] if name in values else self[name]

        unchanged = self and values.keys() & WATCHED == {"state"}
        employee = planned("employee_id")
        start = fields.Datetime.to_datetime(planned("date_start"))
        stop = fields.Datetime.to_datetime(planned("date_stop"))
        if (
            not employee
            or planned("state") == "cancelled"
            # Out of order or missing: another constraint says so.
            or not (start and stop and start < stop)
            # Only a cancelled shift comes back by its state.
            or (unchanged and self.state != "cancelled")
        ):
            return None, None
        employee_id = employee if isinstance(employee, int) else employee.id
        return employee_id, Presence(start, stop, self, values)

    def _colliding_candidates(self, planned):
        """The other shifts of these guards around that time, in one query."""
        presences = [each for group in planned.values() for each in group]
        # sudo: a shift out of the user's sight keeps the guard busy all the same.
        return self.sudo().search_fetch(
            [
                ("id", "not in", self.ids),
                ("employee_id", "in", list(planned)),
                ("state", "!=", "cancelled"),
                ("date_start", "<", max(each.stop for each in presences)),
                # No shift is longer than that: history is never scanned.
                ("date_start", ">", min(each.start for each in presences) - LONGEST),
            ],
            ["employee_id", "date_start", "date_stop"],
        )

    def _refuse_overlap(self, employee_id, one, two):
        raise ValidationError(
            self.env._(
                "%(guard)s cannot be in two places at once: “%(one)s” and “%(two)s” "
                "overlap. Choose another guard or other times.",
                guard=self.env["hr.employee"].sudo().browse(employee_id).name,
                one=self._presence_name(one),
                two=self._presence_name(two),
            )
        )

    def _presence_name(self, presence):
        values = {**presence.values, "date_start": presence.start}
        values["date_stop"] = presence.stop
        if not presence.shift:
            return self.new(values).display_name
        if not presence.values:
            return presence.shift.display_name
        return self.new(values, origin=presence.shift).display_name
