"""Lay the hours of a course out over half-days, on working days.

Days and hours are those of the clock of the place; the caller turns them into
instants. Nothing here is law: it is a proposal that the user changes as he likes.
"""

from datetime import date, timedelta
from typing import NamedTuple

# (start, length) in hours: 9:00 to 12:30 and 13:30 to 17:00, seven hours a day.
MORNING = (9.0, 3.5)
AFTERNOON = (13.5, 3.5)
SATURDAY = 5
# A quarter of an hour: no half-day is shorter.
SHORTEST = 0.25


class HalfDay(NamedTuple):
    """A piece of a session: its day, its first and last hour on the clock."""

    day: date
    start: float
    stop: float


def propose(first_day, hours, holidays=()):
    """Half-days from a day on that add up to the hours of a course.

    :param first_day: first date looked at; a weekend or a holiday is stepped over
    :param hours: length of the course, in hours
    :param holidays: dates on which nobody is taught
    :return: list of ``HalfDay`` in order; empty for a course without hours
    """
    halves, day, left = [], first_day, hours
    closed = frozenset(holidays)
    while left >= SHORTEST:
        if day.weekday() < SATURDAY and day not in closed:
            for start, length in (MORNING, AFTERNOON):
                taught = min(length, left)
                if taught >= SHORTEST:
                    halves.append(HalfDay(day, start, start + taught))
                    left -= taught
        day += timedelta(days=1)
    return halves
