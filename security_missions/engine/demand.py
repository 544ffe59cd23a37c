"""From the needs of a post to the shifts they ask for.

A need is local ("every Monday at 19:00, 12 hours, 2 guards"); a slot is an instant
in UTC. The key of a slot is stable, so that generating twice adds nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Need:
    """One band of need.

    :param ref: stable reference of the need (its database id)
    :param weekday: 0 (Monday) to 6, or None when ``day`` is set
    :param day: one local date, or None when ``weekday`` is set
    :param start_minute: minutes after local midnight, 0 to 1439
    :param minutes: length on the clock of a normal day, more than 0
    :param headcount: guards wanted at the same time, at least 1
    """

    ref: int
    weekday: int | None
    day: date | None
    start_minute: int
    minutes: int
    headcount: int

    def falls_on(self, day: date) -> bool:
        """Whether the band starts on that local date."""
        return day == self.day if self.day else day.weekday() == self.weekday


@dataclass(frozen=True)
class Slot:
    """A shift somebody has to take; ``start`` and ``stop`` are naive UTC."""

    key: str
    ref: int
    start: datetime
    stop: datetime


def to_utc(day: date, minute: int, tz: ZoneInfo) -> datetime:
    """Naive UTC instant of a local wall time, ``minute`` minutes after midnight.

    A wall time that does not exist (clock goes forward) is read with the offset
    before the change, one that exists twice is read as the first.
    """
    midnight = datetime.combine(day, datetime.min.time())
    local = (midnight + timedelta(minutes=minute)).replace(tzinfo=tz)
    return local.astimezone(timezone.utc).replace(tzinfo=None)


def expand(needs: Iterable[Need], first: date, last: date, tz: str) -> list[Slot]:
    """Slots of all needs that start on a local date from ``first`` to ``last``.

    Start and stop are wall times: a post held from 19:00 to 07:00 is held until
    07:00 in the night of the clock change too, and lasts 11 or 13 hours then.

    :raises ValueError: when ``last`` is before ``first``
    """
    if last < first:
        raise ValueError(f"the period ends on {last}, before it starts on {first}")
    zone = ZoneInfo(tz)
    slots = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        for need in needs:
            if not need.falls_on(day):
                continue
            start = to_utc(day, need.start_minute, zone)
            stop = to_utc(day, need.start_minute + need.minutes, zone)
            slots += [
                Slot(f"{need.ref}:{day.isoformat()}:{place}", need.ref, start, stop)
                for place in range(1, need.headcount + 1)
            ]
    return slots


def summarise(needs: Iterable[Need]) -> list[tuple[list[list[int]], Need]]:
    """Needs that differ by their weekday only, told together.

    :return: [(runs of consecutive weekdays, a need of the group)], in the order of
        the needs; a need for one date has no run
    """
    groups = {}
    for need in needs:
        band = (need.day, need.start_minute, need.minutes, need.headcount)
        groups.setdefault(band, []).append(need)
    return [(_runs({n.weekday for n in group}), group[0]) for group in groups.values()]


def _runs(weekdays: set) -> list[list[int]]:
    runs = []
    for day in sorted(day for day in weekdays if day is not None):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs
