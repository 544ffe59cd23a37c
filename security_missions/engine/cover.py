"""Needed against planned: how many are wanted and how many come, instant by instant."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

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
