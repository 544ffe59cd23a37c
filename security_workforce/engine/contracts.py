"""Since when somebody has been employed without a break."""

from collections.abc import Iterable
from datetime import date, timedelta


def employed_since(periods: Iterable[tuple], day: date | None = None) -> date | None:
    """First day of the unbroken series of contracts in force on ``day``.

    :param periods: (first day, last day or None) of each contract, in any order; a
        change of contract repeats its first day
    :param day: the series that started on that day at the latest; the last one of all
        when None, or when all start later

    Two contracts that follow each other without a free day are one service: the first
    visit and the declaration are those of its start.
    """
    series = []
    for start, stop in sorted(periods, key=lambda p: (p[0], p[1] or date.max)):
        end = stop or date.max
        if series and start <= _day_after(series[-1][1]):
            series[-1][1] = max(series[-1][1], end)
        else:
            series.append([start, end])
    begun = [start for start, _end in series if day is None or start <= day]
    if begun:
        return begun[-1]
    return series[0][0] if series else None


def _day_after(day):
    return day if day == date.max else day + timedelta(days=1)


def employed_until(periods: Iterable[tuple]) -> date | None:
    """Last day of the last contract; None without contract, or when one has no end.

    :param periods: (first day, last day or None) of each contract, in any order
    """
    ends = [stop or date.max for _start, stop in periods]
    last = max(ends, default=date.max)
    return None if last == date.max else last
