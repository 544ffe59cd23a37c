from collections import defaultdict
from datetime import date, datetime, timedelta

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.security_workforce.engine.availability import Wish

HEARD = ("told", "accepted")
ONE_DAY = timedelta(days=1)
# What comes back each week lasts a week at most, and a night more by the clock.
TAIL = timedelta(days=9)


class HrEmployee(models.Model):
    """What the guard says of his own time, for the rules and for whoever plans."""

    _inherit = "hr.employee"

    def _security_wishes(self, first, last):
        """What these guards declared about a time, for a rota or a ranking.

        :param first, last: dates, both included, or naive UTC datetimes
        :return: ``{employee id: [(start, stop, kind)]}``, naive UTC, in order; kinds
            are ``unavailable`` (accepted: to be respected), ``off`` (a wish, or an
            unavailability not answered yet) and ``work`` (he would like to). What was
            refused or is a draft is not there. One query.
        """
        start = fields.Datetime.to_datetime(first) - ONE_DAY
        stop = fields.Datetime.to_datetime(last) + 2 * ONE_DAY
        found = defaultdict(list)
        # sudo: whoever plans needs it, whatever he may read of the file.
        declared = self.env["security.availability"].sudo()
        for one in declared.search(
            [
                ("employee_id", "in", self.ids),
                ("state", "in", HEARD),
                ("date_start", "<", stop),
                "|",
                ("date_stop", ">", start),
                ("is_weekly", "=", True),
            ]
        ):
            wish = one._as_wish()
            unanswered = wish.kind == "unavailable" and not wish.accepted
            kind = "off" if unanswered else wish.kind
            found[one.employee_id.id] += [
                (*times, kind) for times in wish.times(start, stop)
            ]
        return {key: sorted(found[key]) for key in self.ids}

    # ------------------------------------------------------------
    # Facts for the rules
    # ------------------------------------------------------------

    def _facts_models(self):
        return (*super()._facts_models(), "security.availability")

    def _facts_readers(self):
        return {**super()._facts_readers(), "wishes": _read_wish}

    def _facts_parts(self, ours, period):
        parts = super()._facts_parts(ours, period)
        if period:
            parts["wishes"] = self._fact_wishes(ours, *period)
        return parts

    def _fact_wishes(self, ours, start, stop):
        return SQL(
            """
            SELECT employee_id, jsonb_build_array(
                       kind, date_start, date_stop, tz,
                       COALESCE(is_weekly, FALSE), repeat_until, state = 'accepted'
                   )
              FROM security_availability
             WHERE state IN %s AND kind <> 'work' AND employee_id %s
               AND date_start < %s
               AND (date_stop > %s OR (
                       is_weekly AND (repeat_until IS NULL OR repeat_until > %s)
                   ))
            """,
            HEARD,
            ours,
            stop,
            start,
            start - TAIL,
        )

    def _facts_known(self, parts, day):
        known = super()._facts_known(parts, day)
        wishes = sorted(parts["wishes"], key=lambda wish: (wish.start, wish.stop))
        return {**known, "wishes": tuple(wishes)}


def _read_wish(kind, start, stop, tz, weekly, until, accepted):
    return Wish(
        kind,
        datetime.fromisoformat(start),
        datetime.fromisoformat(stop),
        tz,
        weekly,
        until and date.fromisoformat(until),
        accepted,
    )
