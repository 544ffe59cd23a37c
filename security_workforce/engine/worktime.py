"""Split a worked interval into plain, night, Sunday and public-holiday pieces.

Pure Python: instants come in and go out as naive UTC datetimes, the law's clock
(night band, Sunday, public holiday) is the wall clock of the place of work. A civil
day runs from 0h to 24h local time (collective agreement IDCC 1351: avenant of
25 September 2001 for the night, accord of 29 October 2003 for the Sunday, art. 9.05
for the holiday), so the hours of the two nights a year when the clock changes come
out as really lived.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

UTC = timezone.utc
NIGHT = ("21:00", "06:00")
ONE_DAY = timedelta(days=1)
ONE_SECOND = timedelta(seconds=1)
MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of time of one kind: ``[start, stop)`` in naive UTC."""

    start: datetime
    stop: datetime
    night: bool
    sunday: bool
    holiday: bool

    @property
    def hours(self) -> float:
        """Duration in hours."""
        return (self.stop - self.start).total_seconds() / 3600


def split(start, stop, tz, holidays, night=NIGHT) -> list[Piece]:
    """Split ``[start, stop)`` where its kind changes on the local clock.

    :param start: first instant, naive UTC (an aware datetime is converted to UTC)
    :param stop: end, not included; same conventions as ``start``
    :param tz: name of a timezone ("Europe/Paris") or a ``zoneinfo.ZoneInfo``
    :param holidays: local dates that are public holidays (anything with ``in``)
    :param night: local ("HH:MM", "HH:MM") band, end not included; it may cross
        midnight or not
    :return: pieces in order, maximal, covering exactly ``[start, stop)``
    :raises ValueError: stop is not after start, unknown timezone, wrong night band
    """
    start, stop = naive_utc(start), naive_utc(stop)
    if stop <= start:
        raise ValueError(f"The end {stop} must be after the start {start}.")
    zone = named_zone(tz)
    begin, end = night_band(tuple(night))
    pieces = []
    marks = _marks(start, stop, zone, {MIDNIGHT, begin, end})
    for mark, following in zip(marks, [*marks[1:], stop], strict=True):
        kind = _kind(local(mark, zone), begin, end, holidays)
        if pieces and kind == pieces[-1][1]:
            pieces[-1][2] = following
        else:
            pieces.append([mark, kind, following])
    return [Piece(first, last, *kind) for first, kind, last in pieces]


def local(instant, zone) -> datetime:
    """Wall clock of a naive UTC instant, as an aware datetime of ``zone``."""
    return instant.replace(tzinfo=UTC).astimezone(zone)


def local_days(start, stop, tz) -> tuple[date, date]:
    """First and last local day touched by ``[start, stop)`` (naive UTC)."""
    zone = named_zone(tz)
    last = naive_utc(stop) - timedelta(microseconds=1)
    return local(naive_utc(start), zone).date(), local(last, zone).date()


def naive_utc(instant) -> datetime:
    """Naive UTC of a datetime; an aware one is converted first."""
    if instant.tzinfo is None:
        return instant
    return instant.astimezone(UTC).replace(tzinfo=None)


def named_zone(tz) -> tzinfo:
    """The timezone of a name; a ``tzinfo`` is given back as it is.

    :raises ValueError: no timezone has this name
    """
    if isinstance(tz, ZoneInfo) or tz is UTC:
        return tz
    try:
        # ZoneInfo refuses names that leave its folder with a plain ValueError, and
        # a folder name ("Europe") with an OSError.
        return ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError, OSError, TypeError):
        raise ValueError(f"Unknown timezone {tz!r}.") from None


@lru_cache(maxsize=64)
def night_band(band) -> tuple[time, time]:
    """The two clock times of a ("HH:MM", "HH:MM") band.

    :raises ValueError: not two different times of the day
    """
    try:
        begin, end = (time.fromisoformat("00:00" if t == "24:00" else t) for t in band)
    except (TypeError, ValueError):
        raise ValueError(
            f"Wrong night band {band!r}: give two times as ('21:00', '06:00')."
        ) from None
    if begin == end or begin.tzinfo or end.tzinfo:
        raise ValueError(f"Wrong night band {band!r}: its two times must differ.")
    return begin, end


def _kind(moment, begin, end, holidays) -> tuple[bool, bool, bool]:
    """(night, Sunday, holiday) of a local datetime."""
    clock, day = moment.time(), moment.date()
    if begin < end:
        night = begin <= clock < end
    else:
        night = clock >= begin or clock < end
    return night, day.weekday() == 6, day in holidays


def _marks(start, stop, zone, clocks) -> list[datetime]:
    """Instants of ``[start, stop)`` where the kind may change, ``start`` first.

    They are the moments when the wall clock shows one of ``clocks`` (twice when the
    clock goes back over it: both folds are taken) and the moments when the wall
    clock jumps. Between two of them the wall clock runs evenly inside one band of
    one day, so the kind is the same all along.
    """
    marks = {start}
    day, last = local(start, zone).date(), local(stop, zone).date()
    while day <= last:
        for clock in clocks:
            wall = datetime.combine(day, clock, zone)
            marks.add(naive_utc(wall))
            marks.add(naive_utc(wall.replace(fold=1)))
        day += ONE_DAY
    known = sorted(mark for mark in marks if start <= mark < stop)
    jumps = [
        _jump(first, following, zone)
        for first, following in zip(known, [*known[1:], stop], strict=True)
        if local(first, zone).utcoffset() != local(following, zone).utcoffset()
    ]
    return sorted({*known, *(jump for jump in jumps if jump < stop)})


def _jump(first, following, zone) -> datetime:
    """The instant in ``]first, following]`` from which the UTC offset is the later one.

    Timezone changes happen on whole seconds, so the search halves whole seconds.
    """
    low = first.replace(microsecond=0)
    before = local(first, zone).utcoffset()
    span = int((following - low).total_seconds()) + 1
    bottom, top = 0, span
    while top - bottom > 1:
        middle = (bottom + top) // 2
        if local(low + middle * ONE_SECOND, zone).utcoffset() == before:
            bottom = middle
        else:
            top = middle
    return low + top * ONE_SECOND
