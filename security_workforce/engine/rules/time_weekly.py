"""The week and longer: hours, days, rest, Sundays. Weeks run from Monday to Sunday."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from ..plan import ONE_DAY, ONE_WEEK, hours_between
from .base import Rule, crossing, remedy

MIDNIGHT = time(0)
SATURDAY, SUNDAY = 5, 6
# As long as anybody's plan goes: before the first shift and after the last, he rests.
FOREVER = 10**6


class WeekHours(Rule):
    """More hours in a civil week than allowed."""

    id = "TPS-04"
    severity = "override"
    source = "CCN 7.09; Code du travail L3121-20"
    texts = {
        "en": "%(guard)s works %(value)s h in the week of %(week)s, %(limit)s h at "
        "most.",
        "fr": "%(guard)s travaille %(value)s h dans la semaine du %(week)s, %(limit)s "
        "h "
        "au plus.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for monday, pairs in plan.weeks.items():
            figure = self.figure(person, "max_week_h", monday)
            if not figure:
                continue
            if on := crossing(pairs, figure.value):
                total = sum(hours for _item, hours in pairs)
                yield from self.find(
                    on,
                    [item for item, _hours in pairs],
                    figure=figure,
                    value=total,
                    unit="h",
                    guard=person.name,
                    week=monday,
                    remedies=[_take_off(total - figure.value, monday)],
                )


def _take_off(hours, monday):
    return remedy(
        "remove",
        "Take %(hours)s h off the week of %(week)s.",
        "Retirez %(hours)s h de la semaine du %(week)s.",
        hours=float(hours),
        week=monday,
    )


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
                    remedies=[_take_off(hours - allowed, last)],
                )


class WeeklyRest(Rule):
    """No rest long enough in a civil week.

    A rest counts whole for the week it starts in, and for a later week as far as it
    reaches into it.
    """

    id = "TPS-06"
    severity = "override"
    source = "Code du travail L3132-2; accord du 15 juillet 2014, art. 6"
    texts = {
        "en": "The longest rest of %(guard)s in the week of %(week)s is %(value)s h, "
        "%(limit)s h at least.",
        "fr": "Le plus long repos de %(guard)s dans la semaine du %(week)s est de "
        "%(value)s h, %(limit)s h au moins.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        code = "weekly_rest_cycle_h" if person.cycle else "weekly_rest_h"
        rests = self._longest_rests(plan)
        for monday, pairs in plan.weeks.items():
            figure = self.figure(person, code, monday)
            longest = rests[monday]
            if figure and longest < figure.value - 1e-9:
                items = [item for item, _hours in pairs]
                yield from self.find(
                    items,
                    figure=figure,
                    value=longest,
                    unit="h",
                    guard=person.name,
                    week=monday,
                )

    def _longest_rests(self, plan):
        """``{Monday: hours}`` of the weeks that have work; in one walk of the plan."""
        rests = defaultdict(float)
        vacations = plan.vacations
        if not vacations:
            return rests
        # Rest before the first shift known, and after the last.
        weeks = sorted(plan.weeks)
        rests[weeks[-1]] = FOREVER
        first = vacations[0].first
        begin = datetime.combine(weeks[0], MIDNIGHT)
        rests[weeks[0]] = max(
            rests[weeks[0]], (first.start - begin).total_seconds() / 3600
        )
        for one, two in zip(vacations, vacations[1:], strict=False):
            stop, start = one.last.stop, two.first.start
            length = hours_between(one.last.slot.stop, two.first.slot.start)
            monday = stop.date() - timedelta(days=stop.weekday())
            rests[monday] = max(rests[monday], length)
            monday += ONE_WEEK
            while (border := datetime.combine(monday, MIDNIGHT)) < start:
                end = min(start, border + ONE_WEEK)
                inside = (end - border).total_seconds() / 3600
                rests[monday] = max(rests[monday], inside)
                monday += ONE_WEEK
        return rests


class DaysPerWeek(Rule):
    """Work starts on more days of a civil week than allowed."""

    id = "TPS-07"
    severity = "override"
    source = "Code du travail L3132-1"
    texts = {
        "en": "%(guard)s works %(value)s days in the week of %(week)s, %(limit)s at "
        "most.",
        "fr": "%(guard)s travaille %(value)s jours dans la semaine du %(week)s, "
        "%(limit)s au plus.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        weeks = defaultdict(list)
        for day in sorted(plan.days):
            weeks[day - timedelta(days=day.weekday())].append(day)
        for monday, days in weeks.items():
            figure = self.figure(person, "max_days_per_week", monday)
            if figure and len(days) > figure.value:
                kept = days[int(figure.value) :]
                yield from self.find(
                    [item for day in kept for item in plan.days[day]],
                    [item for day in days for item in plan.days[day]],
                    figure=figure,
                    value=len(days),
                    unit="d",
                    guard=person.name,
                    week=monday,
                )


class ConsecutiveDays(Rule):
    """Too many days in a row, across weeks."""

    id = "TPS-08"
    source = "Cass. soc. 13 novembre 2025, n° 24-10.733"
    texts = {
        "en": "%(guard)s works %(value)s days in a row from %(start)s, %(limit)s "
        "advised.",
        "fr": "%(guard)s travaille %(value)s jours d'affilée à partir du %(start)s, "
        "%(limit)s conseillés.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for run in _runs(sorted(plan.days)):
            figure = self.figure(person, "max_consecutive_days", run[0])
            if figure and len(run) > figure.value:
                yield from self.find(
                    [i for day in run[int(figure.value) :] for i in plan.days[day]],
                    [i for day in run for i in plan.days[day]],
                    figure=figure,
                    value=len(run),
                    unit="d",
                    guard=person.name,
                    start=run[0],
                )


def _runs(days):
    """Days in order, cut where one is missing."""
    runs = []
    for day in days:
        if runs and day - runs[-1][-1] == ONE_DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


class RestAfterService(Rule):
    """No day of rest after so many hours of service."""

    id = "TPS-09"
    source = "CCN 7.09; accord du 18 mai 1993, art. 2"
    texts = {
        "en": "%(guard)s works %(value)s h without %(rest)s h of rest, %(limit)s h at "
        "most.",
        "fr": "%(guard)s travaille %(value)s h sans %(rest)s h de repos, %(limit)s h "
        "au "
        "plus.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for block in self._blocks(person, plan):
            day = block[0].first_day
            figure = self.figure(person, "service_before_rest_h", day)
            rest = self.figure(person, "rest_after_service_h", day)
            if not figure or not rest:
                continue
            pairs = [(item, item.hours) for item in block]
            if on := crossing(pairs, figure.value):
                yield from self.find(
                    on,
                    block,
                    figure=figure,
                    value=sum(item.hours for item in block),
                    unit="h",
                    guard=person.name,
                    rest=rest.value,
                )

    def _blocks(self, person, plan):
        """Items between two rests of a day."""
        blocks = []
        for item in plan.items:
            rest = self.figure(person, "rest_after_service_h", item.first_day)
            if (
                blocks
                and rest
                and hours_between(blocks[-1][-1].slot.stop, item.slot.start)
                < rest.value
            ):
                blocks[-1].append(item)
            else:
                blocks.append([item])
        return blocks


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
        months = sorted({day.replace(day=1) for day in plan.days})
        for month in months:
            figure = self.figure(person, "sundays_off_per_month", month)
            number = self.figure(person, "sundays_off_months", month)
            on = [
                item
                for day, items in plan.days.items()
                if day.replace(day=1) == month
                for item in items
                if SUNDAY in (item.first_day.weekday(), item.last_day.weekday())
            ]
            if not figure or not number or not on:
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


RULES = (
    WeekHours(),
    AverageHours(),
    WeeklyRest(),
    DaysPerWeek(),
    ConsecutiveDays(),
    RestAfterService(),
    SundaysOff(),
)
