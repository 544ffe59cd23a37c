"""When rounds are due, and when each of their points is to be visited.

Pure Python. A grid speaks the wall clock of the site; what comes out is naive UTC,
right on the two nights a year on which the clock changes: a time that does not exist
is read with the offset of before, one that exists twice is due once, and a round every
hour is due every real hour.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from .demand import to_utc

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a weekly grid: minutes after midnight, on the site's clock.

    ``weekday`` is 0 for Monday, None for every day. With ``every`` (minutes) the
    round comes back until ``until``, which is on the next day when it is not after
    ``start``.
    """

    start: int
    weekday: int | None = None
    every: int = 0
    until: int | None = None


def next_starts(grid, since, until, tz) -> list[datetime]:
    """The planned starts within ``[since, until)``, in order, each once.

    :param grid: GridRow list
    :param since: naive UTC, like ``until``
    """
    zone = ZoneInfo(tz)
    # A row of the day before may still run after midnight.
    day, last = _day(since, zone) - ONE_DAY, _day(until, zone)
    found = set()
    while day <= last:
        for row in grid:
            if row.weekday in (None, day.weekday()):
                found.update(_of_row(row, day, zone))
        day += ONE_DAY
    return sorted(start for start in found if since <= start < until)


def clock_window(start, low, high, tz) -> tuple[datetime, datetime]:
    """The first window of two wall times that ends after ``start``.

    :param low: minutes after midnight; ``high`` too, on the next day when not after
    """
    zone = ZoneInfo(tz)
    day = _day(start, zone) - ONE_DAY
    while True:
        first, last = _span(day, low, high, zone)
        if last > start:
            return first, last
        day += ONE_DAY


def visit_windows(since, until, visits, spacing, dice=None):
    """``visits`` windows inside ``[since, until]``, ``spacing`` minutes apart at least.

    With dice (``random.Random``) each one is a half of its slot, drawn: whoever
    watches the place cannot learn when somebody comes.

    :return: list of (since, until)
    :raises ValueError: the visits do not fit
    """
    pause = timedelta(minutes=spacing)
    room = (until - since - pause * (visits - 1)) / max(visits, 1)
    if visits < 1 or room < timedelta(minutes=1):
        raise ValueError("The visits do not fit into their window.")
    windows = []
    for rank in range(visits):
        first = since + rank * (room + pause)
        last = first + room
        if dice:
            half = int(room.total_seconds() // 120) * 60
            first += timedelta(minutes=dice.randint(0, max(0, half // 60)))
            last = first + room / 2
        windows.append((_whole(first), _whole(last)))
    return windows


def drawn(keys, dice) -> list:
    """The keys in an order that nobody can guess."""
    keys = list(keys)
    dice.shuffle(keys)
    return keys


def _of_row(row, day, zone):
    if not row.every:
        yield to_utc(day, row.start, zone)
        return
    first, last = _span(day, row.start, row.until, zone)
    while first < last:
        yield first
        first += timedelta(minutes=row.every)


def _span(day, low, high, zone):
    """Two wall times as instants; the second one on the next day if it must be."""
    if high is None or high <= low:
        day_after = day + ONE_DAY
        return to_utc(day, low, zone), to_utc(day_after, high or 0, zone)
    return to_utc(day, low, zone), to_utc(day, high, zone)


def _day(instant, zone):
    return instant.replace(tzinfo=timezone.utc).astimezone(zone).date()


def _whole(moment):
    return moment.replace(second=0, microsecond=0)
