"""What a guard declares about his time: when it is, and when it comes back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .worktime import UTC

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Wish:
    """A time declared: ``kind`` is ``unavailable``, ``work`` (he would like to) or
    ``off`` (he would like not to).

    ``accepted``: the employer agreed to it. ``weekly``: it comes back each week at the
    same wall times of ``tz``, until the local date ``until`` included (None: until
    further notice). ``start`` and ``stop`` are naive UTC, those of the first time.
    """

    kind: str
    start: datetime
    stop: datetime
    tz: str = "Europe/Paris"
    weekly: bool = False
    until: date | None = None
    accepted: bool = False

    def times(
        self, start: datetime, stop: datetime
    ) -> Iterator[tuple[datetime, datetime]]:
        """The (start, stop), naive UTC, that touch a time, in order."""
        zone = ZoneInfo(self.tz)
        first, last = _wall(self.start, zone), _wall(self.stop, zone)
        weeks = 0
        if self.weekly:
            # Two weeks early: no change of the clock shortens that to less than none.
            weeks = max(0, (start - self.stop) // WEEK - 1)
        while True:
            begin, end = first + weeks * WEEK, last + weeks * WEEK
            if self.weekly and self.until and begin.date() > self.until:
                return
            begin, end = _utc(begin, zone), _utc(end, zone)
            if begin >= stop:
                return
            if end > start:
                yield begin, end
            if not self.weekly:
                return
            weeks += 1


def _wall(instant, zone):
    return instant.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def _utc(wall, zone):
    return wall.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
