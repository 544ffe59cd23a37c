"""The day: length of a shift, rest between two, breaks, travel."""

from datetime import timedelta
from math import asin, cos, radians, sin, sqrt

from ..plan import hours_between
from ..worktime import split
from .base import Rule, remedy, wall

EARTH_KM = 6371.0


def _following(plan):
    """[(Vacation, next Vacation, hours of rest between)]."""
    return [
        (one, two, hours_between(one.last.slot.stop, two.first.slot.start))
        for one, two in zip(plan.vacations, plan.vacations[1:], strict=False)
    ]


def starts_at_the_earliest(item, previous, hours):
    """The remedy of a rest too short."""
    return remedy(
        "move",
        "Start at %(time)s at the earliest.",
        "Commencez au plus tôt le %(time)s.",
        time=wall(previous.slot.stop + timedelta(hours=hours), item),
    )


class LongestShift(Rule):
    """More hours of work in a day than allowed."""

    id = "TPS-01"
    severity = "override"
    source = "CCN 7.08; Code du travail L3121-18, L3121-19"
    texts = {
        "en": "%(guard)s works %(value)s h from %(start)s, %(limit)s h at most.",
        "fr": "%(guard)s travaille %(value)s h à partir du %(start)s, %(limit)s h au "
        "plus.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for vacation in plan.vacations:
            figure = self.figure(person, "max_vacation_h", vacation.first.first_day)
            if not figure or vacation.hours <= figure.value + 1e-9:
                continue
            last = vacation.last
            over = vacation.hours - figure.value
            remedies = []
            if last.hours > over:
                remedies = [
                    remedy(
                        "shorten",
                        "End at %(time)s at the latest.",
                        "Terminez au plus tard le %(time)s.",
                        time=wall(last.slot.stop - timedelta(hours=over), last),
                    )
                ]
            yield from self.find(
                vacation.items,
                figure=figure,
                value=vacation.hours,
                unit="h",
                remedies=remedies,
                guard=person.name,
                start=vacation.first.start,
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
        for one, two, rest in _following(plan):
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
        for one, two, rest in _following(plan):
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


def night_hours(person, item, codes=("night_start", "night_end")):
    """Hours of an item in the night band of that day; 0 when no band is known."""
    parameters, day = person.parameters, item.first_day
    if not all(parameters.has(code, day) for code in codes):
        return 0.0
    band = tuple(parameters.value(code, day) for code in codes)
    pieces = split(item.slot.start, item.slot.stop, item.slot.tz, (), band)
    return sum(piece.hours for piece in pieces if piece.night)


def is_night(person, item):
    """At least half of it is in the night."""
    return night_hours(person, item) * 2 >= item.hours


class BreakMissing(Rule):
    """A long shift on a post without a break."""

    id = "TPS-11"
    source = "Code du travail L3121-16"
    texts = {
        "en": "%(value)s h without a break of %(minutes)s minutes (from %(limit)s h "
        "on).",
        "fr": "%(value)s h sans pause de %(minutes)s minutes (due dès %(limit)s h).",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for run in self._without_break(person, plan):
            figure = self.figure(person, "break_after_h", run[0].first_day)
            length = self.figure(person, "break_min", run[0].first_day)
            hours = sum(item.hours for item in run)
            if figure and length and hours >= figure.value:
                yield from self.find(
                    run,
                    figure=figure,
                    value=hours,
                    unit="h",
                    minutes=length.value,
                )

    def _without_break(self, person, plan):
        """Items worked in a row, none with a break of its own or long enough
        between."""
        runs, previous = [], None
        for item in plan.items:
            if item.slot.paid_break:
                previous = None
                continue
            length = self.figure(person, "break_min", item.first_day)
            if previous and length and _minutes(previous, item) < length.value:
                runs[-1].append(item)
            else:
                runs.append([item])
            previous = item
        return runs


class ShortestPeriod(Rule):
    """A period of work shorter than the minimum that is paid."""

    id = "TPS-12"
    source = "CCN 7.12, 7.13; accord du 1er avril 2021"
    texts = {
        "en": "%(guard)s works %(value)s h in a row: %(limit)s h are paid at least.",
        "fr": "%(guard)s travaille %(value)s h d'affilée : %(limit)s h sont payées au "
        "moins.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for vacation in plan.vacations:
            figure = self.figure(person, "min_work_period_h", vacation.first.first_day)
            if figure and vacation.hours < figure.value - 1e-9:
                yield from self.find(
                    vacation.items,
                    figure=figure,
                    value=vacation.hours,
                    unit="h",
                    guard=person.name,
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
        for one, two, rest in _following(plan):
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


class TwoPlaces(Rule):
    """Two shifts at once, or no time to go from one site to the other."""

    id = "TPS-19"
    source = "Two places at once"
    texts = {
        "en": "%(guard)s has %(value)s min to go from %(one)s to %(two)s: %(limit)s "
        "min "
        "are needed.",
        "fr": "%(guard)s a %(value)s min pour aller de %(one)s à %(two)s : il faut "
        "%(limit)s min.",
    }
    overlap = {
        "en": "%(guard)s is on %(one)s and on %(two)s at the same time.",
        "fr": "%(guard)s est sur %(one)s et sur %(two)s en même temps.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        one = None
        for two in plan.items:
            if one:
                yield from self._pair(person, one, two)
            # The next one is held against whatever ends last so far.
            if one is None or two.slot.stop > one.slot.stop:
                one = two

    def _pair(self, person, one, two):
        names = {
            "guard": person.name,
            "one": one.slot.site_name,
            "two": two.slot.site_name,
        }
        minutes = _minutes(one, two)
        if minutes < 0:
            yield from self.find(
                [one, two], severity="block", texts=self.overlap, **names
            )
            return
        needed = self._travel(person, one, two)
        if needed is not None and minutes < needed:
            yield from self.find(
                [two],
                [one, two],
                limit=round(needed),
                value=round(minutes),
                unit="min",
                **names,
            )

    def _travel(self, person, one, two):
        """Minutes from one site to the next, None when unknown or the same."""
        if one.slot.site == two.slot.site or not one.slot.position:
            return None
        speed = self.figure(person, "travel_speed_kmh", two.first_day)
        margin = self.figure(person, "travel_margin_min", two.first_day)
        if not two.slot.position or not speed or not margin:
            return None
        distance = _kilometres(one.slot.position, two.slot.position)
        return distance / speed.value * 60 + margin.value


def _minutes(one, two):
    """From the end of one item to the start of the other."""
    return hours_between(one.slot.stop, two.slot.start) * 60


def _kilometres(one, two):
    """Great-circle distance of two (latitude, longitude) in degrees."""
    (lat, lon), (lat2, lon2) = (map(radians, one), map(radians, two))
    half = sin((lat2 - lat) / 2) ** 2
    half += cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


RULES = (
    LongestShift(),
    DailyRest(),
    NightDaySwitch(),
    BreakMissing(),
    ShortestPeriod(),
    NightWorkerRest(),
    TwoPlaces(),
)
