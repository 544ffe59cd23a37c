from collections import defaultdict
from datetime import date, datetime, time, timedelta

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.security_workforce.engine.plan import ONE_DAY, monday_of

WEEK = timedelta(weeks=1)


class SecurityShift(models.Model):
    """The hours of the year that lie before the windows of the other rules."""

    _inherit = "security.shift"

    @api.model
    def _overtime_before(self, persons, start):
        """The overtime of the year before the weeks that the rules are shown.

        :param persons: ``{employee id: [Person]}``
        :param start: naive UTC, from which on the shifts are shown
        :return: ``{employee id: (Monday, hours)}``: the first week that is shown whole,
            and the overtime of its year before it
        """
        shown = monday_of(start.date()) + WEEK
        first = monday_of(date(shown.year, 1, 1) + WEEK - ONE_DAY)
        hours = defaultdict(float)
        if persons and first < shown:
            for key, monday, worked in self._hours_by_week(
                tuple(persons), first, shown
            ):
                figures = persons[key][0].parameters
                if figures.has("full_time_week_h", monday):
                    full = figures.value("full_time_week_h", monday)
                    hours[key] += max(0.0, worked - full)
        return {key: (shown, hours[key]) for key in persons}

    def _hours_by_week(self, employee_ids, first, last):
        """[(employee id, Monday, hours)] of the civil weeks of the places of work, from
        the Monday ``first`` to the one before ``last``."""
        self._flush_held_times()
        # A day around: the Mondays are those of each place.
        start, stop = (datetime.combine(day, time.min) for day in (first, last))
        return self.env.execute_query(
            SQL(
                """
                WITH local AS (
                    SELECT held.*, site.tz, date_trunc(
                        'week', timezone(site.tz, timezone('UTC', held.start))
                    ) AS week
                      FROM (%(held)s) AS held
                      JOIN security_site site ON site.id = held.site_id
                ),
                cut AS (
                    SELECT *, timezone(
                        'UTC', timezone(tz, week + interval '7 days')
                    ) AS border FROM local
                ),
                parts AS (
                    SELECT employee_id, week::date AS monday,
                           LEAST(stop, border) - start AS length
                      FROM cut
                     UNION ALL
                    SELECT employee_id, week::date + 7, stop - border
                      FROM cut WHERE stop > border
                )
                SELECT employee_id, monday,
                       EXTRACT(epoch FROM sum(length))::float / 3600
                  FROM parts
                 WHERE monday >= %(first)s AND monday < %(last)s
                 GROUP BY employee_id, monday
                """,
                held=self._held_times(employee_ids, start - ONE_DAY, stop + ONE_DAY),
                first=first,
                last=last,
            )
        )
