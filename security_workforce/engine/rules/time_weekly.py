"""The civil week, Monday to Sunday, and days in a row: hours, days, rest."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from ..plan import ONE_DAY, ONE_WEEK, hours_between
from .base import Rule, crossing, take_off

MIDNIGHT = time(0)
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
                    remedies=[take_off(total - figure.value, monday)],
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


RULES = (
    WeekHours(),
    WeeklyRest(),
    DaysPerWeek(),
    ConsecutiveDays(),
    RestAfterService(),
)
