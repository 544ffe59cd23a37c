"""From the needs of a post to the shifts they ask for.

A need is local ("every Monday at 19:00, 12 hours, 2 guards"); a slot is an instant
in UTC. The key of a slot is stable, so that generating twice adds nothing.
"""

from collections.abc import Collection, Iterable
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
    :param every: 1 every week, 2 every other week… counted from ``anchor``
    :param anchor: a day of a week it is asked in, when ``every`` is more than 1
    :param month_week: 1 the first such weekday of the month… 4, -1 the last; None any
    :param holidays: ``""`` whatever the day, ``only`` on public holidays, ``not`` on
        other days; with ``only`` both ``weekday`` and ``day`` may be None
    """

    ref: int
    weekday: int | None
    day: date | None
    start_minute: int
    minutes: int
    headcount: int
    first: date | None = None
    last: date | None = None
    every: int = 1
    anchor: date | None = None
    month_week: int | None = None
    holidays: str = ""

    def falls_on(self, day: date, holidays: Collection[date] = ()) -> bool:
        """Whether the band starts on that local date.

        :param holidays: the public holidays among the dates that are asked about
        """
        if (self.first and day < self.first) or (self.last and day > self.last):
            return False
        if self.holidays and (day in holidays) != (self.holidays == "only"):
            return False
        if self.day:
            return day == self.day
        return (
            self.weekday in (None, day.weekday())
            and self._in_its_week(day)
            and self._in_its_place(day)
        )

    def _in_its_week(self, day):
        if self.every == 1 or not self.anchor:
            return True
        return (_monday(day) - _monday(self.anchor)).days // 7 % self.every == 0

    def _in_its_place(self, day):
        """The seventh day of a month is still in its first week, the eighth is not."""
        if self.month_week == -1:
            return (day + timedelta(days=7)).month != day.month
        return self.month_week in (None, (day.day - 1) // 7 + 1)

    @property
    def pattern(self) -> tuple:
        """What says which of its days count, besides the weekday."""
        anchor = self.anchor if self.every > 1 else None
        return self.every, anchor, self.month_week, self.holidays


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


def _monday(day):
    return day - timedelta(days=day.weekday())


def day_of(key: str) -> date:
    """The local date a slot's key was made for."""
    return date.fromisoformat(key.split(":")[1])


def need_of(key: str) -> int:
    """The reference of the need a slot's key was made for."""
    return int(key.split(":")[0])


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
    holidays: Collection[date] = (),
) -> list[Slot]:
    """Slots of all needs that start on a local date from ``first`` to ``last``.

    Nobody is needed on the days of ``closed``, (first, last) pairs of local dates.
    ``holidays`` are the public holidays of the place, for the needs that ask.

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
            if not need.falls_on(day, holidays):
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
            *need.pattern,
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
