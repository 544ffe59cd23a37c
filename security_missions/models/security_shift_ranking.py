from datetime import timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.tools import SQL

from odoo.addons.security_workforce.engine import verdict
from odoo.addons.security_workforce.engine.plan import hours_between, local_day
from odoo.addons.security_workforce.engine.rules.travel import kilometres
from odoo.addons.security_workforce.engine.worktime import local, named_zone

from ..engine import ranking
from .security_shift_margin import of_day

LATELY = timedelta(weeks=4)
# No two instants of one month are further apart, on whatever clocks.
A_MONTH = timedelta(days=33)
SATURDAY = 5
NIGHT_FROM, NIGHT_UNTIL = 21, 6
WEEKS_A_MONTH = 52 / 12


class SecurityShift(models.Model):
    """In which order those who may take a shift are asked."""

    _inherit = "security.shift"

    def _rank(self, rows, slot, persons, known, wishes=None):
        """Fill in the rows of ``_candidates``: score, reasons, cost, margin, hours due.

        :param persons, known: see ``hr.employee._security_plans``
        :param wishes: ``{employee id: 1, 0 or -1}``: wants to work then, or not
        """
        lang = (self.env.lang or "en")[:2]
        ways = self._ways(persons, slot)
        # What a guard whom the rules stop would cost is nobody's question.
        asked = {
            row["employee_id"]: persons[row["employee_id"]]
            for row in rows
            if row["eligibility"] != "blocked"
        }
        money = self._money(slot, asked, known, self._pays(asked, slot), ways)
        hours, day = self._site_hours(persons, slot), local_day(slot)
        for row in rows:
            key = row["employee_id"]
            row["cost"], row["margin"] = money.get(key, (None, None))
            row["hours_due"] = _hours_due(
                of_day(persons[key], day), slot, known.get(key, ())
            )
            row["score"], row["rank_reasons"] = None, ""
        able = {
            row["employee_id"]: row
            for row in rows
            if row["eligibility"] in ("ok", "warning")
        }
        burden = _is_burden(slot.start, slot.stop, slot.tz)
        candidates = [
            ranking.Candidate(
                key=key,
                site_hours=hours.get(key, 0.0),
                burdens=_burdens(slot, known.get(key, ())) if burden else 0,
                hours_due=row["hours_due"],
                km=ways.get(key),
                rest=_rest(slot, known.get(key, ())),
                cost=row["cost"],
                wish=(wishes or {}).get(key, 0),
            )
            for key, row in able.items()
        ]
        for ranked in ranking.rank(candidates, self._weights(), burden):
            row = able[ranked.key]
            row["score"] = ranked.score
            row["rank_reasons"] = ", ".join(
                verdict.sentence(ranking.TEXTS[name], facts, lang)
                for name, facts in ranked.reasons
            )

    def _weights(self):
        firm = self.company_id.sudo()
        names = ("site", "fairness", "hours_due", "distance", "rest", "cost", "wish")
        return ranking.Weights(
            **{name: firm[f"security_rank_{name}"] for name in names}
        )

    def _site_hours(self, persons, slot):
        """``{employee id: planned hours on the site in the 12 months before}``."""
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT employee_id,
                           EXTRACT(epoch FROM sum(date_stop - date_start))::float / 3600
                      FROM security_shift
                     WHERE site_id = %s AND employee_id IN %s AND state <> 'cancelled'
                       AND date_start >= %s AND date_start < %s
                     GROUP BY employee_id
                    """,
                    slot.site,
                    tuple(persons) or (0,),
                    slot.start - relativedelta(months=12),
                    slot.start,
                )
            )
        )

    def _ways(self, persons, slot):
        """``{employee id: km from his own address to the site}``, where both are known.

        sudo: the distance is told, never the address.
        """
        if slot.position is None:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT guard.id, home.partner_latitude::float,
                       home.partner_longitude::float
                  FROM hr_employee guard
                  JOIN res_partner home ON home.id = guard.work_contact_id
                 WHERE guard.id IN %s
                   AND (home.partner_latitude <> 0 OR home.partner_longitude <> 0)
                """,
                tuple(persons) or (0,),
            )
        )
        return {key: kilometres(slot.position, (lat, lon)) for key, lat, lon in rows}


# Guards relieve each other at the same hours: the clock is asked once for all of them.
@lru_cache(maxsize=4096)
def _is_burden(start, stop, tz):
    """A night, or a Saturday or Sunday, on the clock of the place."""
    start = local(start, named_zone(tz))
    stop = local(stop - timedelta(seconds=1), named_zone(tz))
    return (
        start.weekday() >= SATURDAY
        or stop.hour >= NIGHT_FROM
        or start.hour < NIGHT_UNTIL
        or start.date() < stop.date()
    )


def _burdens(slot, others):
    return sum(
        slot.start - LATELY <= one.start < slot.start
        and _is_burden(one.start, one.stop, one.tz)
        for one in others
    )


def _rest(slot, others):
    """The shorter rest before and after; None when there is no other shift."""
    left = [one.stop for one in others if one.stop <= slot.start]
    back = [one.start for one in others if one.start >= slot.stop]
    rests = [hours_between(max(left), slot.start)] if left else []
    rests += [hours_between(slot.stop, min(back))] if back else []
    return min(rests, default=None)


def _hours_due(person, slot, others):
    """Hours of the contract that the month of the slot still lacks without it.

    A month is that of the clock of each place.
    """
    if not person.weekly_hours:
        return None
    day = local_day(slot)
    planned = sum(
        hours_between(one.start, one.stop)
        for one in others
        if abs(one.start - slot.start) < A_MONTH and _same_month(local_day(one), day)
    )
    return round(person.weekly_hours * WEEKS_A_MONTH - planned, 1)


def _same_month(one, two):
    return one.month == two.month and one.year == two.year
