"""From a problem to the arrays the pricing of each guard walks over."""

from dataclasses import dataclass
from functools import reduce
from math import gcd

import numpy as np

from . import kernel as k
from .costs import constant_parts, option_parts
from .model import Guard, Problem
from .period import DAY, Calendar, Shift

FAR = -(10**6)


@dataclass(slots=True)
class GuardArrays:
    """One guard as ``kernel.spread`` reads him; ``constant`` is paid in any case."""

    options: np.ndarray
    base: np.ndarray
    class_start: np.ndarray
    classes: np.ndarray
    days: np.ndarray
    must: np.ndarray
    figures: np.ndarray
    compat: np.ndarray
    crossing: np.ndarray
    caps: np.ndarray
    kinds: np.ndarray
    final: np.ndarray
    first: np.ndarray
    fair: np.ndarray
    constant: float
    frozen: tuple | None = None
    option_set: frozenset = frozenset()


class Prepared:
    """The problem, its shifts and a ``GuardArrays`` for each guard."""

    def __init__(self, problem: Problem):
        self.problem = problem
        self.calendar = Calendar(problem.first, problem.last, problem.tz)
        self.shifts = [self._shift(i, need) for i, need in enumerate(problem.needs)]
        self.index = {shift.need.key: shift.index for shift in self.shifts}
        if len(self.index) != len(self.shifts):
            raise ValueError("two needs have the same key")
        self.unit = reduce(gcd, self._lengths(), 0) or 1
        self.under, self.over = self._cover_costs()
        self.heads = np.array([n.headcount for n in problem.needs], dtype=float)
        self.guards = [_GuardBuilder(self, guard).build() for guard in problem.guards]

    def _lengths(self):
        for shift in self.shifts:
            yield shift.minutes
            yield shift.next_week

    def _cover_costs(self):
        weight = self.problem.weights.cover
        under, over = [], []
        for shift in self.shifts:
            cost, more = shift.need.under_cost, shift.need.over_cost
            under.append(shift.minutes / 60 * weight if cost is None else cost)
            over.append(np.inf if more is None else more)
        return np.array(under, dtype=float), np.array(over, dtype=float)

    def _shift(self, index, need):
        calendar = self.calendar
        start, stop = calendar.minute(need.start), calendar.minute(need.stop)
        day = calendar.day_of(need.start)
        if not 0 <= day < calendar.days:
            raise ValueError(f"the need {need.key} starts outside the period")
        if not start < stop <= start + DAY:
            raise ValueError(f"the need {need.key} lasts no time, or above a day")
        minutes = stop - start if need.minutes is None else need.minutes
        border = calendar.week_starts[calendar.week_of(day) + 1]
        weekday = (calendar.weekday + day) % 7
        crosses = stop > calendar.midnights[day + 1]
        midnight = calendar.midnights[day]
        return Shift(
            need,
            index,
            day,
            start,
            stop,
            minutes,
            min(minutes, max(0, int(stop - border))),
            weekday >= 5 or (weekday == 4 and crosses),
            crosses,
            start - midnight,
            stop - midnight,
        )


class _GuardBuilder:
    """Builds the arrays of one guard."""

    def __init__(self, prepared: Prepared, guard: Guard):
        self.prepared, self.guard = prepared, guard
        self.problem, self.calendar = prepared.problem, prepared.calendar
        self.limits = self.problem.limits_of(guard)
        self.weights = self.problem.weights
        self.kinds = {kind: i for i, kind in enumerate(guard.max_kinds)}
        self.locked = {}
        for key in guard.locked:
            shift = prepared.shifts[prepared.index[key]]
            self.locked.setdefault(shift.day, []).append(shift)

    def build(self) -> GuardArrays:
        """All arrays."""
        shifts = [s for s in self.prepared.shifts if self._allowed(s)]
        shifts.sort(key=lambda s: (s.day, self._class(s), s.index))
        lasts = self._lasts(shifts)
        classes, class_start, days = self._classes(shifts, lasts)
        base = np.array([self._base(s) for s in shifts], dtype=float)
        final = self._final()
        figures = self._figures(len(final) - 1)
        arrays = GuardArrays(
            np.array([s.index for s in shifts], dtype=np.int64),
            base,
            class_start,
            classes,
            days,
            np.array([d in self.locked for d in range(self.calendar.days)]),
            figures,
            self._compat(lasts),
            np.array([False] + [s.crosses for s in lasts.values()]),
            self._caps(),
            np.array(list(self.guard.max_kinds.values()) or [0], dtype=np.int64),
            final,
            self._first(),
            np.array([self.weights.fairness_nights, self.weights.fairness_weekends]),
            self._constant(),
        )
        arrays.option_set = frozenset(s.index for s in shifts)
        if any(len(found) > 1 for found in self.locked.values()):
            arrays.frozen = self._locked_column()
        return arrays

    def _locked_column(self):
        return tuple(sorted(s.index for f in self.locked.values() for s in f))

    def _allowed(self, shift):
        """Whether the schedule may hold it, seen alone."""
        if shift.day in self.locked:
            return shift in self.locked[shift.day]
        guard, limits = self.guard, self.limits
        if guard.eligible is not None and shift.need.key not in guard.eligible:
            return False
        if shift.need.key in guard.refused:
            return False
        if limits.max_day is not None and shift.minutes > limits.max_day:
            return False
        need = shift.need
        if any(a < need.stop and need.start < b for a, b in guard.unavailable):
            return False
        return self._rested_before(shift)

    def _rested_before(self, shift):
        history = self.guard.history
        if history.last_stop is None:
            return True
        rest = shift.start - self.calendar.minute(history.last_stop)
        return rest >= self._rest_wanted(history.last_night, shift.need.night)

    def _rest_wanted(self, night, next_night):
        wanted = self.limits.min_rest or 0
        if night != next_night:
            wanted = max(wanted, self.limits.min_rest_switch or 0)
        return wanted

    def _class(self, shift):
        need = shift.need
        return (
            shift.start_offset,
            shift.stop_offset,
            need.night,
            str(need.kind),
            shift.minutes,
        )

    def _lasts(self, shifts):
        """``{what decides which shift may follow: a shift of that sort}``."""
        return {self._class(shift)[:4]: shift for shift in shifts}

    def _classes(self, shifts, lasts):
        numbers = {key: i + 1 for i, key in enumerate(lasts)}
        rows, starts, days = [], [], [0]
        previous = None
        for at, shift in enumerate(shifts):
            key = (shift.day, self._class(shift))
            if key != previous:
                while len(days) <= shift.day:
                    days.append(len(rows))
                rows.append(self._row(shift, numbers[self._class(shift)[:4]]))
                starts.append(at)
                previous = key
        while len(days) <= self.calendar.days:
            days.append(len(rows))
        table = np.array(rows, dtype=np.int64).reshape(-1, 12)
        return table, np.array([*starts, len(shifts)]), np.array(days)

    def _row(self, shift, number):
        unit = self.prepared.unit
        week = self.calendar.week_of(shift.day)
        border = self.calendar.week_starts[week + 1]
        return (
            number,
            shift.minutes // unit,
            (shift.minutes - shift.next_week) // unit,
            shift.next_week // unit,
            self.kinds.get(shift.need.kind, -1),
            shift.need.night,
            shift.weekend,
            shift.start,
            shift.stop,
            week + (shift.stop > border),
            shift.crosses,
            shift.day in self.locked,
        )

    def _compat(self, lasts):
        """[last, days between, next]; index 0 is "nothing since long"."""
        sorts = list(lasts.values())
        table = np.ones(
            (len(sorts) + 1, k.LONG_OFF + 1, len(sorts) + 1), dtype=np.bool_
        )
        for i, one in enumerate(sorts):
            for j, two in enumerate(sorts):
                pair = (one.need.kind, two.need.kind)
                wanted = self._rest_wanted(one.need.night, two.need.night)
                for gap in range(1, k.LONG_OFF):
                    rest = gap * DAY + two.start_offset - one.stop_offset
                    table[i + 1, gap, j + 1] = rest >= wanted
                if pair in self.limits.forbidden_successions:
                    table[i + 1, 1, j + 1] = False
        return table

    def _figures(self, max_total):
        limits, unit = self.limits, self.prepared.unit
        history = self.guard.history
        sundays = sum(
            (self.calendar.weekday + d) % 7 == 6 for d in range(self.calendar.days)
        )
        off = limits.min_sundays_off
        fair = self.weights
        row = [k.NONE] * 14
        row[k.MAX_ON] = _figure(limits.max_consecutive_days)
        row[k.MIN_ON] = limits.min_consecutive_days or 1
        row[k.MIN_OFF] = limits.min_days_off or 1
        row[k.CAP_OFF] = max(k.LONG_OFF, row[k.MIN_OFF])
        row[k.MAX_WEEK] = _figure(limits.max_week, unit)
        row[k.MAX_DAYS] = _figure(limits.max_days_week)
        row[k.REST] = limits.weekly_rest or 0
        row[k.MAX_WEEKENDS] = _figure(limits.max_weekends)
        row[k.MAX_SUNDAYS] = k.NONE if off is None else max(0, sundays - off)
        row[k.SHARE_NIGHTS] = (
            _figure(self.guard.share_nights) if fair.fairness_nights else k.NONE
        )
        row[k.SHARE_WEEKENDS] = (
            _figure(self.guard.share_weekends) if fair.fairness_weekends else k.NONE
        )
        row[k.FIRST_WEEKDAY] = self.calendar.weekday
        row[k.HISTORY_ON] = history.days_in_row
        row[k.MAX_TOTAL] = max_total
        return np.array(row, dtype=np.int64)

    def _caps(self):
        """Units of the period allowed up to the end of each week (the average)."""
        weeks, limits = self.calendar.weeks, self.limits
        caps = np.full(weeks + 2, 10**6, dtype=np.int64)
        if limits.max_average is None:
            return caps
        if weeks > limits.average_weeks:
            raise ValueError("the period is longer than the weeks of the average")
        history = self.guard.history
        for week in range(min(weeks + 1, limits.average_weeks)):
            back = limits.average_weeks - 1 - week
            before = sum(history.weeks[-back:]) if back else 0
            allowed = limits.max_average * limits.average_weeks - before
            left = allowed - history.week_minutes
            caps[week] = max(0, left) // self.prepared.unit
        return caps

    def _final(self):
        """Cost of the contract by units of the period; infinite where not allowed."""
        guard, unit = self.guard, self.prepared.unit
        longest = [0] * self.calendar.days
        for shift in self.prepared.shifts:
            longest[shift.day] = max(longest[shift.day], shift.minutes)
        most = sum(longest)
        if guard.max_minutes is not None:
            most = min(most, guard.max_minutes)
        minutes = np.arange(most // unit + 1) * unit
        cost = np.maximum(0, guard.contract_min - minutes)
        if guard.contract_max is not None:
            cost = cost + np.maximum(0, minutes - guard.contract_max)
        cost = cost / 60 * self.weights.contract_hours
        return np.where(minutes < guard.min_minutes, np.inf, cost)

    def _first(self):
        """The label before the first day."""
        row = np.zeros(k.KINDS + max(1, len(self.kinds)), dtype=np.int64)
        history, calendar = self.guard.history, self.calendar
        row[k.STOP], row[k.STOP_WEEK] = FAR, -1
        row[k.ON] = history.days_in_row
        if not history.days_in_row:
            row[k.OFF] = max(k.LONG_OFF, self.limits.min_days_off or 1)
        row[k.WEEK_MINUTES] = -(-history.week_minutes // self.prepared.unit)
        row[k.WEEK_DAYS] = history.week_days
        if history.last_stop is not None:
            row[k.STOP] = calendar.minute(history.last_stop)
            row[k.STOP_WEEK] = 0 if row[k.STOP] > calendar.week_starts[0] else -1
            in_week = row[k.STOP_WEEK] == 0
            row[k.UNRESTED] = in_week and not history.week_rested
        return row

    def _base(self, shift):
        """Cost of that shift for this guard, need and contract apart."""
        return sum(
            option_parts(self.problem, self.guard, shift, self.calendar).values()
        )

    def _constant(self):
        """Paid unless earned back: wishes, shifts of the plan before."""
        return sum(constant_parts(self.problem, self.guard).values())


def _figure(value, unit=1):
    return k.NONE if value is None else value // unit
