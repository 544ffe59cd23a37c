"""The search: a first plan, the relaxation with its bound, then neighbourhoods."""

import random
import time
from collections.abc import Callable
from contextlib import suppress

import numpy as np

from .annealing import HOT, WARM, Annealing
from .exchange import Helper, cores
from .generation import LEVELS, Generation, Stopped
from .master import Master
from .model import Problem, Progress, Solution
from .plan import FORBIDDEN, Incumbent
from .prepare import Prepared
from .pricing import Pricing
from .score import score

QUICK = LEVELS[1]
DIVE_ROUNDS = 4
MOST_PLACES = 8000
# Gap to the bound above which too many columns stay open to choose among them.
WIDE = 0.1
# Columns of each guard that a neighbourhood begins with, the latest ones.
POOL = 200
# Shares of the time: a first relaxation, which is enough for small problems, then
# annealing where no second process does it, then the relaxation to its end.
QUICK_SHARE, ANNEAL_SHARE, RELAX_SHARE = 0.1, 0.15, 0.4
# A second process costs a second to begin; shorter searches stay alone.
ASIDE_AFTER, ASIDE_LEFT = 0.4, 4.0
# Seconds of the first cooling, and how much longer each one is than that before.
COOLING, LONGER = 4.0, 1.7


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
        self.seed, self.bound = seed, None
        self.best = Incumbent(self.prepared, self.pricing)
        self.pool, self.master, self.size = {}, None, 0
        self.other = None
        self.generation = Generation(self.pricing, self._check, self._left, self._keep)

    def run(self) -> Solution:
        """Search until optimal, the time is over or the caller stops it."""
        try:
            with suppress(Stopped):
                self._check("start")
                self._first_plan()
                if not self._relax(QUICK_SHARE):
                    if cores() < 2:
                        self._anneal(ANNEAL_SHARE * self.seconds)
                    self._relax(RELAX_SHARE)
                self._decide()
                self._improve()
        finally:
            if self.other is not None:
                self.other.end()
        return self._solution()

    def run_aside(self, other):
        """Anneal for the search of another process, until it is gone."""
        self.other = other
        with suppress(Stopped):
            self._first_plan()
            seconds = COOLING
            while self._anneal(seconds):
                seconds *= LONGER

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
        self._exchange()
        if self._left() <= 0 or self._optimal():
            raise Stopped

    def _exchange(self):
        """Give and take better plans, once a second process is worth it."""
        if self.other is None:
            if self._elapsed() < ASIDE_AFTER or self._left() < ASIDE_LEFT:
                return
            if self.master is None or cores() < 2:
                return  # the first plan is quicker alone
            self.other = Helper(self.problem, self._left(), self.seed + 1)
        columns = self.other.swap(self.best)
        if columns and self.best.offer(columns):
            for column in columns.values():
                self._keep(column)

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

    def _relax(self, share):
        """Columns until none is worth more: the bound, and a pool to choose from.

        :return: True when it came to its end
        """
        prepared = self.prepared
        everybody = range(len(prepared.guards))
        if self.master is None:
            self.master = Master(
                everybody, prepared.heads, prepared.under, prepared.over
            )
        for number in everybody:
            self.master.add(self.best.columns[number])
            for column in list(self.pool.get(number, {}).values())[-POOL:]:
                self.master.add(column)
        until = self._elapsed() + share * self.seconds
        self.generation.run(
            self.master,
            "relaxation",
            bound=self._better_bound,
            enough=lambda: self._elapsed() > until,
        )
        return self._elapsed() <= until

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

    def _decide(self):
        """Whole plans of the columns of the relaxation."""
        self._dive()
        self._choose()

    def _improve(self):
        """Anneal, then free a few guards at a time, and again, for ever."""
        seconds = COOLING
        while True:
            self._anneal(seconds, WARM)
            self._neighbourhoods(self._elapsed() + seconds)
            seconds *= LONGER

    def _anneal(self, seconds, hot=HOT):
        """Cool once; ``seconds`` of processor: on a busy machine it takes longer.

        :return: False when there is nothing to anneal
        """
        start = time.process_time()
        self.seed += 2  # the other process counts between
        annealing = Annealing(
            self.best, self.pricing, self._check, self._keep, self.seed
        )
        return annealing.run(lambda: (time.process_time() - start) / seconds, hot)

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
        if gap > WIDE * self.best.cost:
            return
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

    def _neighbourhoods(self, until):
        """Free some guards at a time, more of them when that finds nothing."""
        everybody = len(self.prepared.guards)
        smallest = min(everybody, max(6, min(12, everybody // 2)))
        failed = 0
        while self._elapsed() < until:
            self._check("neighbourhoods")
            self.size = max(smallest, self.size)
            if self._neighbourhood(self.size):
                failed = 0
                continue
            failed += 1
            if failed >= max(4, everybody // self.size):
                failed = 0
                grown = self.size < min(everybody, 2 * smallest)
                self.size = self.size + 1 if grown else smallest

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
