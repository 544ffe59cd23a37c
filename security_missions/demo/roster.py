"""A small honest planner for the demonstration: greedy, in order of time.

It keeps to the daily and weekly limits of the branch and leaves a hole rather than
break one. It looks for no optimum. No Odoo import here.
"""

from bisect import insort
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

REST = timedelta(hours=11)
DAY_HOURS = 12
WEEK_HOURS = 48
WEEK_DAYS = 6
# Hours of a full-time month, overtime within reason included.
MONTH_HOURS = 162
# How much a guard's own post and the preferred job weigh against hours done.
HABIT_BONUS = 14
JOB_PENALTY = 20


def _week(day):
    return day.isocalendar()[:2]


def _month(day):
    return day.year, day.month


@dataclass(frozen=True)
class Slot:
    """A shift to hold: naive UTC instants, ``jobs`` the first choice first."""

    ref: int
    post: int
    activity: int
    jobs: tuple
    start: datetime
    stop: datetime


@dataclass
class Guard:
    """A guard; ``cover`` is {activity: set of local days a card allows}."""

    ref: int
    job: str
    cover: dict
    spans: list = field(default_factory=list)
    day_hours: defaultdict = field(default_factory=lambda: defaultdict(float))
    week_hours: defaultdict = field(default_factory=lambda: defaultdict(float))
    week_days: defaultdict = field(default_factory=lambda: defaultdict(set))
    month_hours: defaultdict = field(default_factory=lambda: defaultdict(float))
    last_post: int = 0


class Planner:
    """Gives slots to guards; ``dice`` only settles what is equal.

    ``allowed(guard, slot)`` has the last word: the rules of the suite.
    """

    def __init__(self, guards, tz, dice, allowed):
        self.guards = guards
        self.allowed = allowed
        self.zone = ZoneInfo(tz)
        self.dice = dice

    def plan(self, slots):
        """{slot ref: guard ref}, the slots nobody can hold left out."""
        found = {}
        for slot in sorted(slots, key=lambda s: (s.start, s.post, s.ref)):
            fit = [guard for guard in self.guards if self.may_hold(guard, slot)]
            for guard in sorted(fit, key=lambda g: self._weight(g, slot)):
                if self.allowed(guard, slot):
                    self.take(guard, slot)
                    found[slot.ref] = guard.ref
                    break
        return found

    def take(self, guard, slot):
        """Book a slot for a guard, checked or not."""
        insort(guard.spans, (slot.start, slot.stop))
        for day, hours in self._by_day(slot):
            guard.day_hours[day] += hours
            guard.week_hours[_week(day)] += hours
            guard.week_days[_week(day)].add(day)
            guard.month_hours[_month(day)] += hours
        guard.last_post = slot.post

    def may_hold(self, guard, slot):
        """Card, rest, day, week and month of the guard allow it."""
        if guard.job not in slot.jobs:
            return False
        days = self._by_day(slot)
        cover = guard.cover.get(slot.activity, ())
        if not all(day in cover for day, __ in days):
            return False
        if any(
            start - REST < slot.stop and slot.start < stop + REST
            for start, stop in guard.spans[-4:]
        ):
            return False
        return self._has_room(guard, days)

    def _has_room(self, guard, days):
        """Whether the hours of a slot fit in each day, week and month they touch."""
        week_hours, month_hours, week_days = Counter(), Counter(), defaultdict(set)
        for day, hours in days:
            if guard.day_hours[day] + hours > DAY_HOURS:
                return False
            week_hours[_week(day)] += hours
            week_days[_week(day)].add(day)
            month_hours[_month(day)] += hours
        return (
            all(guard.week_hours[w] + h <= WEEK_HOURS for w, h in week_hours.items())
            and all(
                len(guard.week_days[week] | days_held) <= WEEK_DAYS
                for week, days_held in week_days.items()
            )
            and all(
                guard.month_hours[month] + hours <= MONTH_HOURS
                for month, hours in month_hours.items()
            )
        )

    def _weight(self, guard, slot):
        day = self._local(slot.start).date()
        return (
            guard.month_hours[_month(day)]
            + JOB_PENALTY * slot.jobs.index(guard.job)
            - HABIT_BONUS * (guard.last_post == slot.post)
            + self.dice.random() * 8
        )

    def _local(self, instant):
        return instant.replace(tzinfo=timezone.utc).astimezone(self.zone)

    def _by_day(self, slot):
        """[(local day, hours on it)] of a slot that lasts 24 hours at most."""
        start, stop = self._local(slot.start), self._local(slot.stop)
        if start.date() == stop.date():
            return [(start.date(), (slot.stop - slot.start).total_seconds() / 3600)]
        midnight = stop.replace(hour=0, minute=0, second=0, microsecond=0)
        midnight = midnight.astimezone(timezone.utc).replace(tzinfo=None)
        after = (slot.stop - midnight).total_seconds()
        before = (midnight - slot.start).total_seconds()
        days = [(start.date(), before / 3600), (stop.date(), after / 3600)]
        return [(day, hours) for day, hours in days if hours]
