"""The rest between two days of work, and between night and day."""

from datetime import timedelta

from ..plan import HOURS_A_DAY, hours_between
from .base import Rule, is_night, remedy, wall


def starts_at_the_earliest(item, previous, hours):
    """The remedy of a rest too short."""
    return remedy(
        "move",
        "Start at %(time)s at the earliest.",
        "Commencez au plus tôt le %(time)s.",
        time=wall(previous.slot.stop + timedelta(hours=hours), item),
    )


class DailyRest(Rule):
    """Rest between two shifts below the branch's figure, or below the law's floor."""

    id = "TPS-02"
    severity = "warn"
    source = "Accord du 18 mai 1993, art. 2; accord du 15 juillet 2014, art. 6"
    texts = {
        "en": "%(guard)s rests %(value)s h before %(start)s, %(limit)s h at least.",
        "fr": "%(guard)s se repose %(value)s h avant le %(start)s, %(limit)s h au "
        "moins.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for one, two, rest in plan.rests:
            day = two.first.first_day
            floor = self.figure(person, "min_rest_floor_h", day)
            branch = self.figure(person, "min_rest_h", day)
            if floor and rest < floor.value - 1e-9:
                yield from self._short(person, one, two, rest, floor, "override")
            elif branch and rest < branch.value - 1e-9:
                yield from self._short(person, one, two, rest, branch, "warn")

    def _short(self, person, one, two, rest, figure, severity):
        return self.find(
            two.items,
            [*one.items, *two.items],
            figure=figure,
            severity=severity,
            value=rest,
            unit="h",
            guard=person.name,
            start=two.first.start,
            remedies=[starts_at_the_earliest(two.first, one.last, figure.value)],
        )


class Amplitude(Rule):
    """A day of work with a cut too long to leave the daily rest in its 24 hours."""

    id = "TPS-02"
    source = "Code du travail L3131-1"
    texts = {
        "en": "The day of %(guard)s that starts on %(start)s lasts %(value)s h with "
        "its cuts, %(limit)s h at most.",
        "fr": "La journée de %(guard)s commencée le %(start)s dure %(value)s h "
        "coupures comprises, %(limit)s h au plus.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for vacation in plan.vacations:
            floor = self.figure(person, "min_rest_floor_h", vacation.first.first_day)
            span = hours_between(vacation.first.slot.start, vacation.last.slot.stop)
            # Without a cut it is a shift too long, which ``LongestShift`` tells.
            if floor and vacation.hours < span > HOURS_A_DAY - floor.value + 1e-9:
                yield from self.find(
                    vacation.items,
                    source=floor.source,
                    limit=HOURS_A_DAY - floor.value,
                    value=span,
                    unit="h",
                    guard=person.name,
                    start=vacation.first.start,
                )


class NightDaySwitch(Rule):
    """Too little rest when going from night to day work, or back."""

    id = "TPS-03"
    source = "CCN 7.01; accord du 15 juillet 2014, art. 7"
    texts = {
        "en": "%(guard)s goes between night and day work with %(value)s h of rest "
        "before "
        "%(start)s, %(limit)s h at least.",
        "fr": "%(guard)s passe du travail de nuit au travail de jour ou l'inverse avec "
        "%(value)s h de repos avant le %(start)s, %(limit)s h au moins.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for one, two, rest in plan.rests:
            airport = one.last.slot.airport or two.first.slot.airport
            code = "min_rest_airport_switch_h" if airport else "min_rest_switch_h"
            figure = self.figure(person, code, two.first.first_day)
            if not figure or rest >= figure.value - 1e-9:
                continue
            if is_night(person, one.last) != is_night(person, two.first):
                yield from self.find(
                    two.items,
                    [*one.items, *two.items],
                    figure=figure,
                    severity="override" if airport else "warn",
                    value=rest,
                    unit="h",
                    guard=person.name,
                    start=two.first.start,
                    remedies=[
                        starts_at_the_earliest(two.first, one.last, figure.value)
                    ],
                )


class NightWorkerRest(Rule):
    """A night worker beyond his daily hours, without as much more rest afterwards."""

    id = "TPS-16"
    source = "Code du travail R3122-3; avenant du 25 septembre 2001, art. 2.1"
    texts = {
        "en": "%(guard)s, a night worker, rests %(value)s h after %(hours)s h of work: "
        "%(limit)s h at least.",
        "fr": "%(guard)s, travailleur de nuit, se repose %(value)s h après %(hours)s h "
        "de travail : %(limit)s h au moins.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        if not person.night_worker:
            return
        for one, two, rest in plan.rests:
            daily = self.figure(person, "night_worker_day_h", one.first.first_day)
            floor = self.figure(person, "min_rest_floor_h", one.first.first_day)
            if not daily or not floor or one.hours <= daily.value:
                continue
            needed = floor.value + one.hours - daily.value
            if rest < needed - 1e-9:
                yield from self.find(
                    two.items,
                    [*one.items, *two.items],
                    source=daily.source,
                    limit=needed,
                    value=rest,
                    unit="h",
                    guard=person.name,
                    hours=one.hours,
                    remedies=[starts_at_the_earliest(two.first, one.last, needed)],
                )


RULES = (DailyRest(), Amplitude(), NightDaySwitch(), NightWorkerRest())
