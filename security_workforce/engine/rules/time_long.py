"""The longest windows: the average of some weeks, the Sundays of some months."""

from collections import defaultdict
from datetime import date, timedelta

from ..plan import ONE_DAY, ONE_WEEK
from .base import Rule, crossing, take_off

SUNDAY = 6


class AverageHours(Rule):
    """The average over any run of weeks is above the limit, lower for night workers."""

    id = "TPS-05"
    severity = "override"
    source = "CCN 7.09; Code du travail L3121-23, L3122-18"
    texts = {
        "en": "%(guard)s works %(value)s h a week on average over the %(weeks)s weeks "
        "from %(week)s, %(limit)s h at most.",
        "fr": "%(guard)s travaille %(value)s h par semaine en moyenne sur les "
        "%(weeks)s "
        "semaines à partir du %(week)s, %(limit)s h au plus.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        totals = {
            monday: sum(hours for _item, hours in pairs)
            for monday, pairs in plan.weeks.items()
        }
        code = "avg_weeks_night_h" if person.night_worker else "avg_weeks_h"
        for last in sorted(totals):
            figure = self.figure(person, code, last)
            number = self.figure(person, "avg_weeks", last)
            if not figure or not number:
                continue
            weeks = [last - ONE_WEEK * back for back in range(int(number.value))]
            hours = sum(totals.get(monday, 0.0) for monday in weeks)
            allowed = figure.value * number.value
            if hours > allowed + 1e-9:
                pairs = [
                    p for monday in reversed(weeks) for p in plan.weeks.get(monday, ())
                ]
                yield from self.find(
                    crossing(pairs, allowed),
                    [item for item, _hours in pairs],
                    figure=figure,
                    value=hours / number.value,
                    unit="h",
                    guard=person.name,
                    weeks=int(number.value),
                    week=weeks[-1],
                    remedies=[take_off(hours - allowed, last)],
                )


class YearlyOvertime(Rule):
    """Overtime of the civil year above its quota; a week counts in the year of its
    Monday. The weeks before the plan come as one figure with the person."""

    id = "TPS-15"
    source = "CCN 7.10; accord du 18 mai 1993, art. 6"
    texts = {
        "en": "%(guard)s reaches %(value)s h of overtime in %(year)s with the week of "
        "%(week)s, %(limit)s h at most.",
        "fr": "%(guard)s atteint %(value)s h supplémentaires en %(year)s avec la "
        "semaine du %(week)s, %(limit)s h au plus.",
    }

    def check(self, person, plan):
        """See ``Rule``. A part-timer has no overtime, see ``PartTimeHours``."""
        if not person.full_time:
            return
        since, before = person.overtime or (date.min, 0.0)
        totals = defaultdict(float, {since.year: before})
        for monday in sorted(plan.weeks):
            full = self.figure(person, "full_time_week_h", monday)
            quota = self.figure(person, "overtime_quota_h", monday)
            if monday < since or not full or not quota:
                continue
            pairs, done = plan.weeks[monday], totals[monday.year]
            over = max(0.0, sum(hours for _item, hours in pairs) - full.value)
            totals[monday.year] = done + over
            if over and done + over > quota.value + 1e-9:
                left = max(0.0, quota.value - done)
                yield from self.find(
                    crossing(pairs, full.value + left),
                    [item for item, _hours in pairs],
                    figure=quota,
                    value=done + over,
                    unit="h",
                    guard=person.name,
                    year=monday.year,
                    week=monday,
                    remedies=[take_off(over - left, monday)],
                )


class SundaysOff(Rule):
    """Full time: too few Sundays off, each beside a free Saturday or Monday."""

    id = "TPS-10"
    source = "CCN 7.01"
    texts = {
        "en": "%(guard)s has %(value)s Sundays off a month on average over the "
        "%(months)s months to %(month)s, %(limit)s at least.",
        "fr": "%(guard)s a %(value)s dimanches de repos par mois en moyenne sur les "
        "%(months)s mois jusqu'à %(month)s, %(limit)s au moins.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        if not person.full_time or not plan.items:
            return
        worked = {
            item.first_day + ONE_DAY * n
            for item in plan.items
            for n in range((item.last_day - item.first_day).days + 1)
        }
        for month, on in _sundays_worked(plan).items():
            figure = self.figure(person, "sundays_off_per_month", month)
            number = self.figure(person, "sundays_off_months", month)
            if not figure or not number:
                continue
            free = _free_sundays(_month(month, 1 - int(number.value)), month, worked)
            if free < figure.value * number.value:
                yield from self.find(
                    on,
                    figure=figure,
                    value=free / number.value,
                    guard=person.name,
                    months=int(number.value),
                    month=month.strftime("%m/%Y"),
                )


def _sundays_worked(plan):
    """``{first day of a month: [Item that touches a Sunday]}``, in order."""
    months = defaultdict(list)
    for item in plan.items:
        if SUNDAY in (item.first_day.weekday(), item.last_day.weekday()):
            months[item.first_day.replace(day=1)].append(item)
    return months


def _month(month, offset):
    """The first day of the month ``offset`` months away."""
    total = month.year * 12 + month.month - 1 + offset
    return date(total // 12, total % 12 + 1, 1)


def _free_sundays(first, last_month, worked):
    """Sundays free with the day before or after, from ``first`` to the month's end."""
    day = first + timedelta(days=(SUNDAY - first.weekday()) % 7)
    end, free = _month(last_month, 1), 0
    while day < end:
        beside = day - ONE_DAY not in worked or day + ONE_DAY not in worked
        free += day not in worked and beside
        day += ONE_WEEK
    return free


RULES = (AverageHours(), YearlyOvertime(), SundaysOff())
