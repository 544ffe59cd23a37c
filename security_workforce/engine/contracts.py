"""The terms of somebody's contracts, and since when he has been employed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Terms:
    """What a contract says from the day ``since`` on; ``start`` and ``stop`` are its
    own days. Hours are a week, those of the schedule count when it names none."""

    since: date
    start: date | None = None
    stop: date | None = None
    permit_required: bool = False
    regime: object = None
    annex: str | None = None
    company: object = None
    contract_hours: float | None = None
    schedule_hours: float | None = None
    night_worker: bool = False
    cycle: bool = True
    coefficient: int = 0

    @property
    def weekly_hours(self) -> float:
        """Hours a week; 0 when nothing says them."""
        return self.contract_hours or self.schedule_hours or 0.0


def spans(terms: Iterable[Terms], first: date, last: date) -> list[tuple]:
    """[(``Terms``, first day or None, last day or None)] of the terms in force from
    ``first`` to ``last``, in order; the oldest hold for the time before them too."""
    ordered = sorted(terms, key=lambda one: one.since)
    found = []
    for position, one in enumerate(ordered):
        following = ordered[position + 1 : position + 2]
        end = following[0].since - timedelta(days=1) if following else None
        if (end is None or end >= first) and (one.since <= last or not position):
            found.append((one, one.since if position else None, end))
    return found


def in_force(terms: Iterable[Terms], day: date) -> Terms | None:
    """The terms of that day, those of the first contract before it."""
    return next((one for one, _from, _to in spans(terms, day, day)), None)


def periods(terms: Iterable[Terms]) -> list[tuple]:
    """(first day, last day or None) of each contract."""
    return [(one.start, one.stop) for one in terms if one.start]


def employed_since(periods: Iterable[tuple], day: date | None = None) -> date | None:
    """First day of the unbroken series of contracts in force on ``day``.

    :param periods: (first day, last day or None) of each contract, in any order; a
        change of contract repeats its first day
    :param day: the series that started on that day at the latest; the last one of all
        when None, or when all start later

    Two contracts that follow each other without a free day are one service: the first
    visit and the declaration are those of its start.
    """
    series = []
    for start, stop in sorted(periods, key=lambda p: (p[0], p[1] or date.max)):
        end = stop or date.max
        if series and start <= _day_after(series[-1][1]):
            series[-1][1] = max(series[-1][1], end)
        else:
            series.append([start, end])
    begun = [start for start, _end in series if day is None or start <= day]
    if begun:
        return begun[-1]
    return series[0][0] if series else None


def _day_after(day):
    return day if day == date.max else day + timedelta(days=1)


def employed_until(periods: Iterable[tuple]) -> date | None:
    """Last day of the last contract; None without contract, or when one has no end.

    :param periods: (first day, last day or None) of each contract, in any order
    """
    ends = [stop or date.max for _start, stop in periods]
    last = max(ends, default=date.max)
    return None if last == date.max else last
