"""What the head of a row says of a guard: his month of planned shifts, counted.

Hours are real hours, cut at local midnight of the place of work; a night is a shift
half of which at least is in the night band; a Sunday is off when no minute of it is
planned.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from .demand import to_utc

ONE_DAY = timedelta(days=1)
MONTHS_A_YEAR, WEEKS_A_YEAR = 12, 52
SUNDAY = 6
EVENING, MORNING = 21 * 60, 6 * 60
AVERAGE_WEEKS = 12


@dataclass(frozen=True, slots=True)
class RowTotals:
    """Hours planned and due in the month, nights, Sundays off out of all of them, and
    the average of hours a week over twelve weeks."""

    planned: float
    contract: float
    nights: int
    sundays_off: int
    sundays: int
    average: float


def row_totals(shifts, first, last, terms, before) -> RowTotals:
    """The totals of one guard.

    :param shifts: (start, stop, tz) of his shifts, naive UTC; may go beyond the month
    :param first, last: days of the month
    :param terms: (first day or None, last day or None, hours a week) of his contracts
    :param before: hours planned in the twelve weeks of ``average_weeks``
    """
    planned, nights, worked = 0.0, 0, set()
    sundays = sundays_of(first, last)
    for start, stop, tz in shifts:
        begin, end = span_of(first, last, tz)
        hours = _overlap(start, stop, begin, end)
        if not hours:
            continue
        planned += hours
        if begin <= start and _is_night(start, stop, tz):
            nights += 1
        worked.update(s for s in sundays if _overlap(start, stop, *span_of(s, s, tz)))
    return RowTotals(
        planned=planned,
        contract=contract_hours(terms, first, last),
        nights=nights,
        sundays_off=len(sundays) - len(worked),
        sundays=len(sundays),
        average=before / AVERAGE_WEEKS,
    )


def contract_hours(terms, first, last) -> float:
    """Hours of the contract from ``first`` to ``last``, a month: a twelfth of 52 weeks,
    by calendar days when it is not in force all along."""
    days = (last - first).days + 1
    hours = 0.0
    for since, until, weekly in terms:
        begin, end = max(first, since or first), min(last, until or last)
        share = max(0, (end - begin).days + 1) / days
        hours += share * weekly * WEEKS_A_YEAR / MONTHS_A_YEAR
    return hours


def average_weeks(last) -> tuple[date, date]:
    """First and last day of the twelve weeks, Monday to Sunday, that end with the
    month's last full one."""
    end = last - timedelta(days=(last.weekday() + 1) % 7)
    return end - timedelta(weeks=AVERAGE_WEEKS) + ONE_DAY, end


def night_of(start, stop, tz) -> float:
    """Hours of night of a shift, really lived."""
    day, hours = start.date() - ONE_DAY, 0.0
    while day <= stop.date() + ONE_DAY:
        hours += _overlap(start, stop, *_night_after(day, tz))
        day += ONE_DAY
    return hours


@lru_cache(maxsize=4096)
def span_of(first, last, tz) -> tuple[datetime, datetime]:
    """``[start, stop)`` of local days, both included, in naive UTC."""
    zone = ZoneInfo(tz)
    return to_utc(first, 0, zone), to_utc(last + ONE_DAY, 0, zone)


@lru_cache(maxsize=512)
def sundays_of(first, last) -> tuple[date, ...]:
    """The Sundays from ``first`` to ``last``."""
    days = (last - first).days + 1
    every = (first + timedelta(days=number) for number in range(days))
    return tuple(day for day in every if day.weekday() == SUNDAY)


def _is_night(start, stop, tz):
    length = (stop - start).total_seconds() / 3600
    return night_of(start, stop, tz) >= length / 2


@lru_cache(maxsize=4096)
def _night_after(day, tz):
    """The night that begins on the evening of a local day, in naive UTC."""
    zone = ZoneInfo(tz)
    return to_utc(day, EVENING, zone), to_utc(day + ONE_DAY, MORNING, zone)


def _overlap(start, stop, begin, end):
    """Hours common to two spans."""
    seconds = (min(stop, end) - max(start, begin)).total_seconds()
    return max(0.0, seconds / 3600)
