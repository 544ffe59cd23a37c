"""Why a need stays uncovered: for each guard, a smallest set of rules that keeps him
from it. Codes are names of fields of ``Limits`` and ``Guard``, and:

* ``planned``: only together with the shifts the plan gives him already,
* ``locked``: only together with his locked shifts,
* ``one_shift_a_day``, ``overlap``: he cannot be twice at work at once,
* ``cost``: no rule, he may take it; the weights found it dearer than the gap,
* the code of ``Guard.refused`` when the caller gave one.
"""

from collections import Counter, defaultdict
from dataclasses import fields, replace
from itertools import islice

import numpy as np

from .model import Limits, Problem, Solution, Uncovered
from .prepare import Prepared
from .pricing import Pricing

OF_GUARD = {
    "unavailable": (),
    "min_minutes": 0,
    "max_minutes": None,
    "max_kinds": {},
}
OF_LIMITS = {f.name: f.default for f in fields(Limits) if f.name != "average_weeks"}
# Rules that may ask for more shifts than those looked at.
ASK_FOR_MORE = ("min_minutes", "min_consecutive_days")
WANTED = 1e6


def explain(problem: Problem, solution: Solution, most: int = 50) -> Solution:
    """The solution with ``uncovered`` filled, for ``most`` needs, largest gap first."""
    found = islice(gaps(problem, solution.assignments), most)
    return replace(solution, uncovered=tuple(found))


def gaps(problem: Problem, assignments):
    """Yield an ``Uncovered`` for each need that lacks guards, largest gap first.

    :param assignments: pairs (guard id, need key)
    """
    heads = Counter(key for _who, key in assignments)
    missing = [(n.headcount - heads[n.key], n) for n in problem.needs]
    missing = sorted((g for g in missing if g[0] > 0), key=lambda gap: -gap[0])
    held = defaultdict(set)
    for who, key in assignments:
        held[who].add(key)
    for number, need in missing:
        reasons = {
            guard.id: why_not(problem, guard, need, held[guard.id])
            for guard in problem.guards
            if need.key not in held[guard.id]
        }
        yield Uncovered(need.key, number, reasons)


def why_not(problem, guard, need, held) -> tuple[str, ...]:
    """A smallest set of codes that keeps ``guard`` from ``need``.

    :param held: keys of the needs the plan gives him
    """
    if need.key in guard.refused:
        return (guard.refused[need.key],)
    if guard.eligible is not None and need.key not in guard.eligible:
        return ("eligible",)
    for kept, code in (((), ()), (guard.locked, ("locked",)), (held, ("planned",))):
        case = _Case(problem, guard, {*kept, need.key})
        if not case.possible(case.rules):
            return (*code, *case.smallest())
    return ("cost",)


class _Case:
    """Whether a guard may have all of some shifts under a choice of his rules."""

    def __init__(self, problem, guard, wanted):
        self.limits = problem.limits_of(guard)
        self.problem, self.guard, self.wanted = problem, guard, wanted
        self.rules = [
            name for name, none in OF_GUARD.items() if getattr(guard, name) != none
        ] + [n for n, none in OF_LIMITS.items() if getattr(self.limits, n) != none]
        if not any(rule in ASK_FOR_MORE for rule in self.rules):
            needs = tuple(n for n in problem.needs if n.key in wanted)
            self.problem = replace(problem, needs=needs)

    def smallest(self):
        """Rules none of which can be spared (a deletion filter)."""
        if not self.possible(()):
            days = Counter(
                shift.day
                for shift in Prepared(self._only(())).shifts
                if shift.need.key in self.wanted
            )
            return ("one_shift_a_day" if max(days.values()) > 1 else "overlap",)
        kept = list(self.rules)
        for rule in self.rules:
            fewer = [other for other in kept if other != rule]
            if not self.possible(fewer):
                kept = fewer
        return tuple(kept)

    def _only(self, rules):
        """The problem of this guard alone, under these rules only."""
        limits = {n: v for n, v in OF_LIMITS.items() if n not in rules}
        guard = {n: v for n, v in OF_GUARD.items() if n not in rules}
        own = replace(
            self.guard,
            **guard,
            locked=frozenset(),
            limits=replace(self.limits, **limits),
        )
        return replace(self.problem, guards=(own,), previous=frozenset())

    def possible(self, rules) -> bool:
        """Whether some schedule under ``rules`` has all the wanted shifts."""
        prepared = Prepared(self._only(rules))
        worth = np.zeros(len(prepared.shifts))
        places = {prepared.index[key] for key in self.wanted}
        worth[list(places)] = WANTED
        found, _exact = Pricing(prepared).cheapest(0, worth)
        return bool(found) and places <= set(found[0][1].needs)
