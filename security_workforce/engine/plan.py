"""The slots of one person, in order, with what the rules measure computed once.

Hours are real hours (exact on the two nights the clock changes); days and weeks are
those of the wall clock of the place of work, a civil week running from Monday 0h to
Sunday 24h (Code du travail L3121-35).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise

from .card_cover import cover
from .facts import Person, Slot
from .worktime import UTC, named_zone

ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(days=7)
HOURS_A_DAY = 24


@dataclass(slots=True, eq=False)
class Item:
    """A slot with its wall times (naive, local) and hours. ``first_day`` and
    ``last_day`` are the local days it touches, ``last_day`` included."""

    slot: Slot
    start: datetime
    stop: datetime
    hours: float
    first_day: date
    last_day: date


@dataclass(slots=True, eq=False)
class Vacation:
    """Slots worked in a row, with cuts too short to be a rest in between."""

    items: list
    hours: float
    # The one that ends last: of two at once, not always the one that starts last.
    last: Item

    @property
    def first(self) -> Item:
        """The first slot."""
        return self.items[0]


class Plan:
    """All slots of a person; order of arrival does not matter."""

    def __init__(self, person: Person, slots):
        self.person = person
        ordered = sorted(slots, key=lambda s: (s.start, s.stop, str(s.key)))
        self.items = [_item(slot) for slot in ordered]

    def asked(self) -> "Plan":
        """The plan of the slots that want a verdict: itself when all of them do."""
        items = [item for item in self.items if item.slot.asked]
        if len(items) == len(self.items):
            return self
        plan = Plan(self.person, ())
        plan.items = items
        return plan

    @cached_property
    def rests(self) -> list[tuple]:
        """[(day of work, the next one, hours of rest between)], in order."""
        return [
            (one, two, _hours(one.last.slot.stop, two.first.slot.start))
            for one, two in pairwise(self.workdays)
        ]

    @cached_property
    def vacations(self) -> list[Vacation]:
        """Periods of work in order; a cut up to ``cut_merges_below_h`` is no rest."""
        found = []
        for item in self.items:
            cut = self._hours("cut_merges_below_h", item.first_day)
            if found and item.slot.start - found[-1].last.slot.stop <= cut:
                vacation = found[-1]
                vacation.items.append(item)
                vacation.hours += item.hours
                if item.slot.stop > vacation.last.slot.stop:
                    vacation.last = item
            else:
                found.append(Vacation([item], item.hours, item))
        return found

    @cached_property
    def workdays(self) -> list[Vacation]:
        """Days of work in order: periods of work with the longer cuts between them.

        A cut is no rest as long as the daily rest still fits into the 24 hours that
        the day of work starts (Code du travail L3131-1).
        """
        found = []
        for vacation in self.vacations:
            rest = self._hours("min_rest_floor_h", vacation.first.first_day)
            start, stop = vacation.first.slot.start, vacation.last.slot.stop
            if (
                found
                and start - found[-1].last.slot.stop < rest
                and stop - found[-1].first.slot.start <= ONE_DAY - rest
            ):
                day = found[-1]
                found[-1] = Vacation(
                    [*day.items, *vacation.items],
                    day.hours + vacation.hours,
                    vacation.last,
                )
            else:
                found.append(vacation)
        return found

    def _hours(self, code, day):
        """A figure of that day as a duration, none when it is not known."""
        figure = self.person.parameters.find(code, day)
        return _duration(figure.value if figure else 0)

    @cached_property
    def civil_days(self) -> dict:
        """``{local day: [(Item, hours of it from 0h to 24h)]}``, in order."""
        days = defaultdict(list)
        for item in self.items:
            start, day = item.slot.start, item.first_day
            while day < item.last_day:
                midnight = datetime.combine(day + ONE_DAY, datetime.min.time())
                midnight = _utc(midnight, item.slot.tz)
                days[day].append((item, _hours(start, midnight)))
                start, day = midnight, day + ONE_DAY
            days[day].append((item, _hours(start, item.slot.stop)))
        return days

    @cached_property
    def covers(self) -> list:
        """[(Item, ``card_cover.Cover``)] of the items that ask for an activity."""
        titles = self.person.titles
        return [
            (item, cover(titles, item.slot.activity, item.first_day, item.last_day))
            for item in self.items
            if item.slot.activity is not None
        ]

    @cached_property
    def weeks(self) -> dict:
        """``{Monday: [(Item, hours of it in that civil week)]}``, in order."""
        weeks = defaultdict(list)
        for item in self.items:
            monday = monday_of(item.first_day)
            border = datetime.combine(monday + ONE_WEEK, datetime.min.time())
            if item.stop <= border:
                weeks[monday].append((item, item.hours))
                continue
            # The night from Sunday to Monday: each week has its part.
            instant = _utc(border, item.slot.tz)
            weeks[monday].append((item, _hours(item.slot.start, instant)))
            weeks[monday + ONE_WEEK].append((item, _hours(instant, item.slot.stop)))
        return dict(weeks)

    @cached_property
    def days(self) -> dict:
        """``{local day of the start: [Item]}``: a night belongs to its evening."""
        days = defaultdict(list)
        for item in self.items:
            days[item.first_day].append(item)
        return dict(days)


def monday_of(day) -> date:
    """The Monday of the civil week of a day."""
    return day - timedelta(days=day.weekday())


def local_day(slot) -> date:
    """The local day that a slot starts on."""
    return _lived(slot.start, slot.stop, slot.tz)[3]


def hours_between(start, stop) -> float:
    """Real hours between two naive UTC instants."""
    return _hours(start, stop)


def _item(slot) -> Item:
    return Item(slot, *_lived(slot.start, slot.stop, slot.tz))


# Guards relieve each other at the same hours: the clock is asked once for all of them.
@lru_cache(maxsize=16384)
def _lived(start, stop, tz) -> tuple:
    """(wall start, wall stop, hours, first local day, last local day)."""
    zone = named_zone(tz)
    begin = start.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    end = stop.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    # Midnight belongs to the day that ends.
    last = (end - timedelta(microseconds=1)).date()
    return begin, end, _hours(start, stop), begin.date(), last


@lru_cache(maxsize=256)
def _duration(hours) -> timedelta:
    return timedelta(hours=hours)


def _hours(start, stop) -> float:
    return (stop - start).total_seconds() / 3600


def _utc(wall, tz) -> datetime:
    return wall.replace(tzinfo=named_zone(tz)).astimezone(UTC).replace(tzinfo=None)
