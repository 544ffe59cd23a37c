"""The days of a period on the clock of the site, and its needs measured on them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy as np

from .model import Need

DAY = 24 * 60


@dataclass(slots=True)
class Shift:
    """A need with what the rules measure of it; instants in minutes of UTC from the
    first local midnight of the period."""

    need: Need
    index: int
    day: int
    start: int
    stop: int
    minutes: int
    next_week: int
    weekend: bool
    crosses: bool
    start_offset: int
    stop_offset: int


class Calendar:
    """Local days of a period as minutes of UTC from its first midnight."""

    def __init__(self, first: date, last: date, tz: str):
        if last < first:
            raise ValueError(f"the period ends on {last}, before it starts on {first}")
        self.first, self.zone = first, ZoneInfo(tz)
        self.days = (last - first).days + 1
        self.weekday = first.weekday()
        self.weeks = (self.weekday + self.days - 1) // 7 + 1
        self.origin = self._midnight(first)
        self.midnights = [
            self.minute(self._midnight(first + timedelta(days=n)))
            for n in range(self.days + 2)
        ]
        monday = first - timedelta(days=self.weekday)
        self.week_starts = np.array(
            [
                self.minute(self._midnight(monday + timedelta(days=7 * n)))
                for n in range(self.weeks + 2)
            ]
        )

    def _midnight(self, day):
        local = datetime.combine(day, time(0), self.zone)
        return local.astimezone(timezone.utc).replace(tzinfo=None)

    def minute(self, instant: datetime) -> int:
        """Minutes of a naive UTC instant."""
        return int((instant - self.origin).total_seconds() // 60)

    def day_of(self, instant: datetime) -> int:
        """Index of the local day, 0 for the first."""
        local = instant.replace(tzinfo=timezone.utc).astimezone(self.zone)
        return (local.date() - self.first).days

    def week_of(self, day: int) -> int:
        """Index of the civil week of a day."""
        return (self.weekday + day) // 7
