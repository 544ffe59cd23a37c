"""Needed against planned: how many are wanted and how many come, instant by instant."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from .demand import to_utc

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Stretch:
    """A time during which both numbers stay the same; naive UTC."""

    start: datetime
    stop: datetime
    needed: int
    planned: int

    @property
    def hours(self) -> float:
        """Length of the stretch in hours."""
        return (self.stop - self.start) / timedelta(hours=1)

    @property
    def gap_hours(self) -> float:
        """Hours of guards who are missing."""
        return max(self.needed - self.planned, 0) * self.hours

    @property
    def surplus_hours(self) -> float:
        """Hours of guards nobody asked for."""
        return max(self.planned - self.needed, 0) * self.hours


def cover(needed: Iterable[Span], planned: Iterable[Span]) -> list[Stretch]:
    """The stretches of one post, in order; times when nobody is needed nor planned
    are left out, and no two that touch say the same.

    :param needed: (start, stop) of each place to hold
    :param planned: (start, stop) of each guard who holds one
    """
    changes = {}
    for kind, spans in enumerate((needed, planned)):
        for start, stop in spans:
            changes.setdefault(start, Counter())[kind] += 1
            changes.setdefault(stop, Counter())[kind] -= 1
    found, now, since = [], [0, 0], None
    for instant in sorted(changes):
        change = changes[instant]
        if not (change[0] or change[1]):
            continue
        if any(now):
            found.append(Stretch(since, instant, *now))
        now = [now[0] + change[0], now[1] + change[1]]
        since = instant
    return found


@dataclass(frozen=True)
class Day:
    """The cover of one local day: the most who are missing at once, the most too
    many at once, and the stretches that start on it."""

    missing: int
    surplus: int
    stretches: tuple[Stretch, ...]


def by_day(stretches: Iterable[Stretch], tz: str) -> dict[date, Day]:
    """``{local date: Day}``, in order; one that spans midnight counts where it starts,
    as the shift of a night does, unless it is longer than a day."""
    days = {}
    zone = ZoneInfo(tz)
    for stretch in stretches:
        for one in _within_a_day(stretch, zone):
            days.setdefault(_local_day(one.start, zone), []).append(one)
    return {
        day: Day(
            missing=max(0, *(one.needed - one.planned for one in those)),
            surplus=max(0, *(one.planned - one.needed for one in those)),
            stretches=tuple(those),
        )
        for day, those in days.items()
    }


def _local_day(instant, zone):
    return instant.replace(tzinfo=timezone.utc).astimezone(zone).date()


def _within_a_day(stretch, zone):
    """A post held day and night is one stretch: cut at each local midnight."""
    if stretch.stop - stretch.start <= timedelta(hours=24):
        return [stretch]
    pieces, start = [], stretch.start
    while start < stretch.stop:
        midnight = to_utc(_local_day(start, zone) + timedelta(days=1), 0, zone)
        pieces.append(replace(stretch, start=start, stop=min(midnight, stretch.stop)))
        start = midnight
    return pieces


def totals(stretches: Iterable[Stretch]) -> tuple[float, float]:
    """(hours needed, hours of these that somebody holds)."""
    needed = held = 0.0
    for one in stretches:
        needed += one.needed * one.hours
        held += min(one.needed, one.planned) * one.hours
    return needed, held


def percent(figures: Iterable[tuple[float, float]]) -> int | None:
    """Hours held of the hours needed; None when nobody is needed.

    Rounded down: 100 is said only when nothing is missing.

    :param figures: what ``totals`` says of each post
    """
    figures = list(figures)
    needed = sum(asked for asked, _held in figures)
    held = sum(held for _asked, held in figures)
    return int(100 * held / needed + 1e-9) if needed else None
