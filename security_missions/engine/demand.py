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
    :param first: first local date it is valid on, None since always
    :param last: last local date it is valid on, None until further notice
    """

    ref: int
    weekday: int | None
    day: date | None
    start_minute: int
    minutes: int
    headcount: int
    first: date | None = None
    last: date | None = None

    def falls_on(self, day: date) -> bool:
        """Whether the band starts on that local date."""
        if (self.first and day < self.first) or (self.last and day > self.last):
            return False
        return day == self.day if self.day else day.weekday() == self.weekday


@dataclass(frozen=True)
class Slot:
    """A shift somebody has to take; ``start`` and ``stop`` are naive UTC."""

    key: str
    ref: int
    start: datetime
    stop: datetime


@dataclass(frozen=True)
class Held:
    """A shift that answers a need already: ``asked`` are the times that the need had
    when it was made or last followed, naive UTC (start, stop)."""

    key: str
    ref: object
    asked: tuple[datetime, datetime]


@dataclass(frozen=True)
class Differences:
    """What the needs ask for and the rota has not, or the other way round.

    :param missing: slots without a shift
    :param surplus: shifts that nothing asks for any more
    :param changed: (shift, slot) whose need has other times than it had
    """

    missing: list[Slot]
    surplus: list[Held]
    changed: list[tuple[Held, Slot]]


def differences(slots: Iterable[Slot], held: Iterable[Held]) -> Differences:
    """Compare the slots of one post in a period with its shifts of that period.

    A shift the planner has moved is no difference: what counts is whether the need
    has changed since, not where the shift is now.
    """
    by_key = {one.key: one for one in held}
    wanted = {slot.key: slot for slot in slots}
    return Differences(
        missing=[slot for key, slot in wanted.items() if key not in by_key],
        surplus=[one for key, one in by_key.items() if key not in wanted],
        changed=[
            (by_key[key], slot)
            for key, slot in wanted.items()
            if key in by_key and by_key[key].asked != (slot.start, slot.stop)
        ],
    )


def day_of(key: str) -> date:
    """The local date a slot's key was made for."""
    return date.fromisoformat(key.split(":")[1])


def to_utc(day: date, minute: int, tz: ZoneInfo) -> datetime:
    """Naive UTC instant of a local wall time, ``minute`` minutes after midnight.

    A wall time that does not exist (clock goes forward) is read with the offset
    before the change, one that exists twice is read as the first.
    """
    midnight = datetime.combine(day, datetime.min.time())
    local = (midnight + timedelta(minutes=minute)).replace(tzinfo=tz)
    return local.astimezone(timezone.utc).replace(tzinfo=None)


def expand(
    needs: Iterable[Need],
    first: date,
    last: date,
    tz: str,
    closed: Iterable[tuple[date, date]] = (),
) -> list[Slot]:
    """Slots of all needs that start on a local date from ``first`` to ``last``.

    Nobody is needed on the days of ``closed``, (first, last) pairs of local dates.

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
        if any(start <= day <= stop for start, stop in closed):
            continue
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
        band = (
            *(need.day, need.start_minute, need.minutes, need.headcount),
            *(need.first, need.last),
        )
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
