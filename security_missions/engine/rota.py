"""From what the rules know of a guard to the figures of the rota solver.

Nothing of Odoo, no law of its own: figures come from the guard's parameters.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from math import ceil
from zoneinfo import ZoneInfo

from .roster.model import History, Limits

ONE_DAY = timedelta(days=1)
WEEK = 7
HOUR = 60


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """The day of a naive UTC instant on the clock of ``zone``."""
    return instant.replace(tzinfo=timezone.utc).astimezone(zone).date()


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The naive UTC instant at which a local day begins."""
    local = datetime.combine(day, datetime.min.time(), zone)
    return local.astimezone(timezone.utc).replace(tzinfo=None)


def whole_weeks(first: date, last: date) -> tuple[date, date]:
    """The Monday before and the Sunday after a period: weeks are limited whole."""
    monday = first - timedelta(days=first.weekday())
    return monday, last + timedelta(days=WEEK - 1 - last.weekday())


def limits_of(person, figure: Callable) -> Limits:
    """What no schedule of this guard may break.

    :param person: ``night_worker``, ``cycle``, ``full_time`` and ``weekly_hours`` of
        ``engine.facts.Person`` are read
    :param figure: code of a legal figure to its number, None when there is none
    """
    week = figure("max_week_h")
    extra, full = figure("part_time_extra_max_pct"), figure("full_time_week_h")
    if person.weekly_hours and not person.full_time:
        # A part-timer stays below full time, and within his share of extra hours.
        most = [week, full and full - 1 / HOUR]
        if extra is not None:
            most.append(person.weekly_hours * (1 + extra / 100))
        week = min(each for each in most if each is not None)
    average = "avg_weeks_night_h" if person.night_worker else "avg_weeks_h"
    rest = "weekly_rest_cycle_h" if person.cycle else "weekly_rest_h"
    return Limits(
        min_rest=_minutes(_longest(figure("min_rest_h"), figure("min_rest_floor_h"))),
        min_rest_switch=_minutes(figure("min_rest_switch_h")),
        max_day=_minutes(figure("max_vacation_h")),
        max_week=_minutes(week),
        max_average=_minutes(figure(average)),
        average_weeks=int(figure("avg_weeks") or Limits().average_weeks),
        max_days_week=_whole(figure("max_days_per_week")),
        max_consecutive_days=_whole(figure("max_consecutive_days")),
        weekly_rest=_minutes(figure(rest)),
    )


def history_of(slots, first: date, zone: ZoneInfo, weeks: int, night) -> History:
    """What a guard did before the local day ``first``, a Monday.

    :param slots: objects with ``start`` and ``stop``, naive UTC, all before or around
    :param weeks: how many weeks back are counted
    :param night: ``night(slot)`` says whether it is one of night
    """
    border = midnight(first, zone)
    past = [slot for slot in slots if slot.start < border]
    if not past:
        return History(weeks=(0,) * weeks)
    latest = max(past, key=lambda slot: slot.stop)
    days = {local_date(slot.start, zone) for slot in past}
    row, day = 0, first - ONE_DAY
    while day in days:
        row, day = row + 1, day - ONE_DAY
    return History(
        last_stop=latest.stop,
        last_night=night(latest),
        days_in_row=row,
        weeks=_weeks_before(past, first, zone, weeks),
        week_minutes=sum(_between(s, border, s.stop) for s in past if s.stop > border),
    )


def _weeks_before(past, first, zone, weeks):
    totals = []
    for back in range(weeks, 0, -1):
        begin = midnight(first - timedelta(days=WEEK * back), zone)
        end = midnight(first - timedelta(days=WEEK * (back - 1)), zone)
        totals.append(sum(_between(slot, begin, end) for slot in past))
    return tuple(totals)


def contract_minutes(weekly_hours: float, days: int, away: int) -> int:
    """Minutes of contract of a period of ``days``, ``away`` of them not worked."""
    return round(weekly_hours * HOUR * max(0, days - away) / WEEK)


def shares(slots, wanted: Callable, guards: int) -> int | None:
    """The share of one of ``guards`` of the slots for which ``wanted`` is true."""
    return ceil(sum(map(wanted, slots)) / guards) if guards else None


def spread(counts) -> int:
    """The most minus the least; 0 of nobody."""
    counts = list(counts)
    return max(counts) - min(counts) if counts else 0


def days_within(intervals, first: date, last: date, zone: ZoneInfo) -> int:
    """Days of a period that these (start, stop) intervals, naive UTC, touch."""
    days = set()
    for start, stop in intervals:
        day = max(first, local_date(start, zone))
        end = min(last, local_date(stop - timedelta(seconds=1), zone))
        while day <= end:
            days.add(day)
            day += ONE_DAY
    return len(days)


def by_reason(reasons: dict) -> list[tuple[tuple, list]]:
    """``[(codes, [guard id])]`` of ``Uncovered.reasons``, the most frequent first."""
    groups = defaultdict(list)
    for who, codes in reasons.items():
        groups[codes].append(who)
    return sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def _between(slot, begin, end):
    inside = min(slot.stop, end) - max(slot.start, begin)
    return max(0, int(inside.total_seconds() // 60))


def _minutes(hours):
    return None if hours is None else round(hours * HOUR)


def _whole(number):
    return None if number is None else int(number)


def _longest(*hours):
    return max((each for each in hours if each is not None), default=None)
