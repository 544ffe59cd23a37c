"""The search: a first plan, the relaxation with its bound, then neighbourhoods."""

import random
import time
from collections.abc import Callable
from contextlib import suppress

import numpy as np

from .generation import LEVELS, Generation, Stopped
from .master import Master
from .model import Problem, Progress, Solution
from .plan import Incumbent
from .prepare import Prepared
from .pricing import Pricing
from .score import score

QUICK = LEVELS[1]
FORBIDDEN = 1e7
DIVE_ROUNDS = 4
MOST_PLACES = 8000
# Columns of each guard that a neighbourhood begins with, the latest ones.
POOL = 200
# Shares of the time: neighbourhoods at first, then columns for the relaxation.
FIRST_SHARE, RELAX_SHARE = 0.12, 0.45


class Search:
    """One run; ``best`` is always a plan that may be shown.

    :param report: called with ``Progress`` at each step; answers True to stop
    """

    def __init__(self, problem: Problem, seconds: float, report=None, seed: int = 1):
        self.started = time.monotonic()
        self.problem, self.seconds, self.report = problem, seconds, report
        self.prepared = Prepared(problem)
        self.pricing = Pricing(self.prepared)
        self.random = random.Random(seed)
        self.bound = None
        self.best = Incumbent(self.prepared, self.pricing)
        self.pool = {}
        self.generation = Generation(self.pricing, self._check, self._left, self._keep)

    def run(self) -> Solution:
        """Search until optimal, the time is over or the caller stops it."""
        with suppress(Stopped):
            self._check("start")
            self._first_plan()
            self._neighbourhoods(self._elapsed() + FIRST_SHARE * self.seconds)
            self._relax()
            self._improve()
        return self._solution()

    def _elapsed(self):
        return time.monotonic() - self.started

    def _left(self):
        return self.seconds - self._elapsed()

    def _check(self, phase):
        """Tell where we are; raise ``Stopped`` when it is enough."""
        if self.report is not None:
            progress = Progress(self.best.cost, self.bound, self._elapsed(), phase)
            if self.report(progress):
                raise Stopped
        if self._left() <= 0 or self._optimal():
            raise Stopped

    def _optimal(self):
        return self.bound is not None and self.best.cost <= self.bound + 1e-6

    # --- the first plan --------------------------------------------------------------

    def _first_plan(self):
        """Guard after guard takes what is best for all, until nobody moves."""
        for number in range(len(self.prepared.guards)):
            self._freeze_when_stuck(number)
        while self._polish("first plan"):
            pass

    def _freeze_when_stuck(self, number):
        """A guard whose locked shifts break the rules keeps those, and no more."""
        if number in self.pricing.frozen:
            return
        found, _exact = self.pricing.cheapest(
            number, self.best.worth(FORBIDDEN, number), **QUICK
        )
        if not found:
            found, _exact = self.pricing.cheapest(
                number, np.zeros(len(self.prepared.shifts))
            )
        if not found:
            guard = self.problem.guards[number]
            locked = tuple(sorted(self.prepared.index[key] for key in guard.locked))
            self.pricing.freeze(number, locked)
            self.best.stuck(number, self.pricing.frozen[number])
        elif not self.best.started(number):
            self.best.replace({number: found[0][1]})
            self._keep(found[0][1])

    def _polish(self, phase, numbers=None):
        """One pass of the guards, each optimal given the others; True when better."""
        before = self.best.cost
        numbers = list(
            numbers if numbers is not None else range(len(self.prepared.guards))
        )
        self.random.shuffle(numbers)
        for number in numbers:
            self._check(phase)
            worth = self.best.worth(FORBIDDEN, number)
            column = self.best.columns[number]
            now = column.cost - sum(worth[n] for n in column.needs)
            found, _exact = self.pricing.cheapest(
                number, worth, **QUICK, below=now - 1e-6
            )
            if found:
                self._keep(found[0][1])
                self.best.offer({number: found[0][1]})
        return self.best.cost < before - 1e-6

    def _keep(self, column):
        self.pool.setdefault(column.guard, {})[column.needs] = column

    # --- the relaxation --------------------------------------------------------------

    def _relax(self):
        """Columns until none is worth more: the bound, and a pool to choose from."""
        prepared = self.prepared
        everybody = range(len(prepared.guards))
        self.master = Master(everybody, prepared.heads, prepared.under, prepared.over)
        for number in everybody:
            self.master.add(self.best.columns[number])
            for column in self.pool.get(number, {}).values():
                self.master.add(column)
        until = self._elapsed() + RELAX_SHARE * self.seconds
        self.generation.run(
            self.master,
            "relaxation",
            bound=self._better_bound,
            enough=lambda: self._elapsed() > until,
        )

    def _better_bound(self, value):
        if self.bound is None or value > self.bound:
            self.bound = min(self._rounded(value), self.best.cost)

    def _rounded(self, value):
        """Costs of whole numbers only: the bound is the next whole number."""
        if not hasattr(self, "_whole"):
            prepared = self.prepared
            costs = [g.base for g in prepared.guards] + [prepared.under]
            costs += [prepared.over[np.isfinite(prepared.over)]]
            costs += [g.final[np.isfinite(g.final)] for g in prepared.guards]
            costs += [np.array([g.constant, *g.fair]) for g in prepared.guards]
            self._whole = all(np.allclose(c, np.round(c), atol=1e-9) for c in costs)
        return np.ceil(value - 1e-6) if self._whole else value

    # --- whole plans -----------------------------------------------------------------

    def _improve(self):
        """Choose among the columns, then free a few guards at a time, for ever."""
        self._dive()
        self._choose()
        self._neighbourhoods()

    def _dive(self):
        """Fix the schedules the relaxation likes best, ask for new ones, repeat."""
        master, fixed, places = self.master, {}, []
        while len(fixed) < len(master.guards):
            solved = self.generation.run(
                master, "dive", rounds=DIVE_ROUNDS, fixed=fixed
            )
            if solved is None:
                break
            if master.solve(self._left()) is None:
                break
            for place in self._likely(master.values(), fixed):
                column = master.columns[place]
                fixed[column.guard] = column
                places.append(place)
                master.fix(place)
        if len(fixed) == len(master.guards):
            self.best.offer(fixed)
        for place in places:
            master.free(place)
        self._check("dive")

    def _likely(self, values, fixed):
        """Places of the columns to fix next: the nearly whole ones, or the first."""
        columns = self.master.columns
        open_ones = [
            i for i in np.flatnonzero(values > 1e-6) if columns[i].guard not in fixed
        ]
        open_ones.sort(key=lambda i: -values[i])
        sure = [i for i in open_ones if values[i] > 0.99]
        most = max(1, len(self.master.guards) // 20)
        return [int(i) for i in sure[: 4 * most] or self._distinct(open_ones[:most])]

    def _distinct(self, places):
        guards = {}
        for place in places:
            guards.setdefault(self.master.columns[place].guard, place)
        return list(guards.values())

    def _choose(self):
        """The best whole choice among the columns that the bound leaves open."""
        gap = self.best.cost - (self.bound if self.bound is not None else -np.inf)
        reduced = self.master.reduced()
        places = [i for i, r in enumerate(reduced) if r <= gap + 1e-6]
        seconds = min(self._left(), max(1.0, 0.1 * self.seconds))
        places = sorted(places, key=lambda i: reduced[i])[:MOST_PLACES]
        taken = self.master.whole(
            seconds, self.best.cost, places, dict(enumerate(self.best.columns))
        )
        if taken:
            self.best.offer(taken)
        self._check("whole")

    def _neighbourhoods(self, until=np.inf):
        size, failed = 6, 0
        while self._elapsed() < until:
            self._check("neighbourhoods")
            if self._neighbourhood(size):
                failed = 0
                continue
            failed += 1
            if failed >= max(6, len(self.prepared.guards) // size):
                size, failed = min(size + 1, len(self.prepared.guards)), 0

    def _neighbourhood(self, size):
        """Free some guards and solve them together; True when the plan got better."""
        numbers = self.best.related(self.random, min(size, len(self.prepared.guards)))
        if not numbers:
            raise Stopped
        heads = self.best.left_without(numbers)
        master = Master(numbers, heads, self.prepared.under, self.prepared.over)
        start = {number: self.best.columns[number] for number in numbers}
        for number, column in start.items():
            master.add(column)
            for known in list(self.pool.get(number, {}).values())[-POOL:]:
                master.add(known)
        cost = self.generation.run(master, "neighbourhoods", rounds=40)
        now = self.best.cost_of(start, heads)
        if cost is None or cost > now - 1e-6:
            return False
        places = [i for i, r in enumerate(master.reduced()) if r <= now - cost + 1e-6]
        taken = master.whole(min(self._left(), 5.0), now, places, start)
        return bool(taken) and self.best.offer(taken)

    # --- the answer ------------------------------------------------------------------

    def _solution(self):
        assignments = self.best.assignments()
        cost, parts = score(self.problem, assignments)
        bound = None if self.bound is None else min(float(self.bound), cost)
        return Solution(
            assignments, cost, parts, bound, self._elapsed(), self.best.violations()
        )


def solve(
    problem: Problem,
    seconds: float = 60.0,
    report: Callable[[Progress], bool] | None = None,
    seed: int = 1,
) -> Solution:
    """Plan the period.

    :param seconds: longest time
    :param report: called with a ``Progress`` at each step, answers True to stop
    :raises ValueError: when the problem contradicts itself (dates, keys)
    """
    return Search(problem, seconds, report, seed).run()
