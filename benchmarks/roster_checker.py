"""Checks any plan against the rules of its problem, by other means than the solver.

Works on the calendar itself, shift by shift and day by day; shares no code with
``security_missions.engine.roster`` but the plain data it is given.
"""

from collections import Counter, defaultdict
from datetime import datetime, time, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def violations(problem, assignments) -> list[tuple]:
    """[(guard id, what is wrong)]; a need with too many guards is listed as None's."""
    needs = {need.key: need for need in problem.needs}
    held, heads = defaultdict(list), Counter()
    for who, key in assignments:
        held[who].append(needs[key])
        heads[key] += 1
    found = [
        (None, f"{key} has {count} guards")
        for key, count in heads.items()
        if needs[key].over_cost is None and count > needs[key].headcount
    ]
    for guard in problem.guards:
        own = sorted(held[guard.id], key=lambda need: need.start)
        checker = _Checker(problem, guard, own)
        found += [(guard.id, fault) for fault in checker.faults()]
    return found


class _Checker:
    """One guard and his shifts in order."""

    def __init__(self, problem, guard, needs):
        self.problem, self.guard, self.needs = problem, guard, needs
        self.limits = guard.limits or problem.limits
        self.zone = ZoneInfo(problem.tz)
        self.past = guard.history
        self.starts = {self._local(need.start).date() for need in needs}

    def faults(self):
        """Every breach, in words."""
        for check in (
            self._each,
            self._rests,
            self._totals,
            self._weeks,
            self._average,
            self._runs,
            self._weekly_rest,
            self._sundays,
            self._weekends,
        ):
            yield from check()

    def _local(self, instant):
        return instant.replace(tzinfo=timezone.utc).astimezone(self.zone)

    def _utc(self, day):
        wall = datetime.combine(day, time(0), self.zone)
        return wall.astimezone(timezone.utc).replace(tzinfo=None)

    def _minutes(self, need):
        if need.minutes is not None:
            return need.minutes
        return int((need.stop - need.start).total_seconds() / 60)

    def _each(self):
        guard, longest = self.guard, self.limits.max_day
        if not guard.locked <= {need.key for need in self.needs}:
            yield "a locked shift is gone"
        for need in self.needs:
            if need.key in guard.locked:
                continue
            if guard.eligible is not None and need.key not in guard.eligible:
                yield f"not eligible for {need.key}"
            if need.key in guard.refused:
                yield f"refused for {need.key}"
            if longest is not None and self._minutes(need) > longest:
                yield f"{need.key} is too long"
            if any(
                not (b <= need.start or need.stop <= a) for a, b in guard.unavailable
            ):
                yield f"away during {need.key}"

    def _rests(self):
        before = [(self.past.last_stop, self.past.last_night, None)]
        before = before if self.past.last_stop else []
        row = before + [(need.stop, need.night, need) for need in self.needs]
        for (stop, night, one), (_stop, next_night, two) in pairwise(row):
            rest = (two.start - stop).total_seconds() / 60
            wanted = max(0, self.limits.min_rest or 0)
            if night != next_night:
                wanted = max(wanted, self.limits.min_rest_switch or 0)
            if rest < wanted:
                yield f"{rest} minutes of rest before {two.key}"
            if one is None:
                continue
            days = self._local(two.start).date() - self._local(one.start).date()
            pair = (one.kind, two.kind)
            if days == ONE_DAY and pair in self.limits.forbidden_successions:
                yield f"{one.kind} then {two.kind} on {two.start}"

    def _totals(self):
        total = sum(map(self._minutes, self.needs))
        most = self.guard.max_minutes
        if total < self.guard.min_minutes or (most is not None and total > most):
            yield f"{total} minutes in the period"
        counts = Counter(need.kind for need in self.needs)
        for kind, most in self.guard.max_kinds.items():
            if counts[kind] > most:
                yield f"{counts[kind]} times {kind}"

    def _by_week(self):
        """``{Monday: minutes}``: a shift over the border counts on both sides."""
        weeks = defaultdict(int)
        for need in self.needs:
            day = self._local(need.start).date()
            monday = day - timedelta(days=day.weekday())
            after = (need.stop - self._utc(monday + WEEK)).total_seconds() / 60
            after = min(self._minutes(need), max(0, int(after)))
            weeks[monday] += self._minutes(need) - after
            weeks[monday + WEEK] += after
        return weeks

    def _weeks(self):
        first = self.problem.first - timedelta(days=self.problem.first.weekday())
        weeks = self._by_week()
        most, days = self.limits.max_week, self.limits.max_days_week
        for monday, minutes in weeks.items():
            minutes += self.past.week_minutes * (monday == first)
            if most is not None and minutes > most and weeks[monday]:
                yield f"{minutes} minutes in the week of {monday}"
            worked = sum(monday <= day < monday + WEEK for day in self.starts)
            worked += self.past.week_days * (monday == first and worked > 0)
            if days is not None and worked > days:
                yield f"{worked} days in the week of {monday}"

    def _average(self):
        limits = self.limits
        if limits.max_average is None:
            return
        first = self.problem.first - timedelta(days=self.problem.first.weekday())
        weeks = Counter(self._by_week())
        worked = [monday for monday, minutes in weeks.items() if minutes]
        weeks[first] += self.past.week_minutes
        for back, minutes in enumerate(reversed(self.past.weeks), 1):
            weeks[first - back * WEEK] += minutes
        for monday in worked:
            window = range(limits.average_weeks)
            total = sum(weeks[monday - back * WEEK] for back in window)
            if total > limits.max_average * limits.average_weeks:
                yield f"{total} minutes in the weeks up to {monday}"

    def _runs(self):
        limits, first, last = self.limits, self.problem.first, self.problem.last
        days = [first + n * ONE_DAY for n in range((last - first).days + 1)]
        before = [first - n * ONE_DAY for n in range(self.past.days_in_row, 0, -1)]
        works = dict.fromkeys(before, True) | {d: d in self.starts for d in days}
        runs = []
        for day, busy in works.items():
            if runs and runs[-1][0] == busy:
                runs[-1][1].append(day)
            else:
                runs.append((busy, [day]))
        for place, (busy, run) in enumerate(runs):
            inner = 0 < place < len(runs) - 1
            if busy:
                most, least = limits.max_consecutive_days, limits.min_consecutive_days
                if most is not None and len(run) > most and run[-1] >= first:
                    if any(day >= first for day in run):
                        yield f"{len(run)} days in a row from {run[0]}"
            else:
                least = limits.min_days_off
            if inner and len(run) < (least or 1):
                yield f"{len(run)} days only from {run[0]}"

    def _weekly_rest(self):
        wanted = self.limits.weekly_rest
        if not wanted or not self.needs:
            return
        spans = [(need.start, need.stop) for need in self.needs]
        if self.past.last_stop:
            spans.insert(0, (self.past.last_stop, self.past.last_stop))
        touched = set()
        for need in self.needs:
            for instant in (need.start, need.stop - timedelta(minutes=1)):
                day = self._local(instant).date()
                touched.add(day - timedelta(days=day.weekday()))
        first = self.problem.first - timedelta(days=self.problem.first.weekday())
        for monday in sorted(touched)[:-1]:
            if self.past.week_rested and monday == first:
                continue
            if not self._has_rest(monday, spans, wanted):
                yield f"no weekly rest in the week of {monday}"

    def _has_rest(self, monday, spans, wanted):
        """A rest is whole in the week it starts in, cut in the later ones."""
        begin, end = self._utc(monday), self._utc(monday + WEEK)
        length = timedelta(minutes=wanted)
        rests = [(None, spans[0][0]), *((a[1], b[0]) for a, b in pairwise(spans))]
        for start, stop in rests:
            if start is not None and begin < start <= end:
                if stop - start >= length and start <= end:
                    return True
            elif (start is None or start <= begin) and stop > begin:
                if min(stop, end) - begin >= length:
                    return True
        return False

    def _sundays(self):
        wanted = self.limits.min_sundays_off
        if wanted is None:
            return
        busy = set()
        for need in self.needs:
            day = self._local(need.start).date()
            last = self._local(need.stop - timedelta(minutes=1)).date()
            busy |= {day, last}
        day, free, all_of_them = self.problem.first, 0, 0
        while day <= self.problem.last:
            if day.weekday() == 6:
                all_of_them += 1
                beside = day - ONE_DAY not in busy or day + ONE_DAY not in busy
                free += day not in busy and beside
            day += ONE_DAY
        if free < min(wanted, all_of_them):
            yield f"{free} Sundays off"

    def _weekends(self):
        most = self.limits.max_weekends
        if most is None:
            return
        weekends = {
            d - timedelta(days=d.weekday()) for d in self.starts if d.weekday() > 4
        }
        if len(weekends) > most:
            yield f"{len(weekends)} weekends"
