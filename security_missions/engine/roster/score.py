"""The score sheet of any plan, by name of the weight."""

from collections import Counter, defaultdict

from .costs import constant_parts, option_parts
from .model import Problem
from .prepare import Prepared


def score(problem: Problem, assignments, prepared: Prepared | None = None):
    """(cost, ``{name: cost}``) of ``assignments``, pairs (guard id, need key)."""
    prepared = prepared or Prepared(problem)
    parts = Counter()
    by_guard = defaultdict(list)
    heads = Counter()
    for who, key in assignments:
        by_guard[who].append(prepared.shifts[prepared.index[key]])
        heads[key] += 1
    for guard in problem.guards:
        parts.update(_guard_parts(prepared, guard, by_guard[guard.id]))
    parts["cover"] = _cover(prepared, heads)
    return sum(parts.values()), dict(parts)


def _guard_parts(prepared, guard, shifts):
    parts = Counter(constant_parts(prepared.problem, guard))
    for shift in shifts:
        parts.update(option_parts(prepared.problem, guard, shift, prepared.calendar))
    weights = prepared.problem.weights
    minutes = sum(shift.minutes for shift in shifts)
    off = max(0, guard.contract_min - minutes)
    if guard.contract_max is not None:
        off += max(0, minutes - guard.contract_max)
    parts["contract_hours"] += weights.contract_hours * off / 60
    nights = sum(shift.need.night for shift in shifts)
    weekends = sum(shift.weekend for shift in shifts)
    parts["fairness_nights"] += _above(
        weights.fairness_nights, nights, guard.share_nights
    )
    parts["fairness_weekends"] += _above(
        weights.fairness_weekends, weekends, guard.share_weekends
    )
    return parts


def _above(weight, count, share):
    above = 0 if share is None else max(0, count - share)
    return weight * above * (above + 1) / 2


def _cover(prepared, heads):
    cost = 0.0
    for shift in prepared.shifts:
        above = heads[shift.need.key] - shift.need.headcount
        if above < 0:
            cost -= above * prepared.under[shift.index]
        elif above > 0:
            over = shift.need.over_cost
            cost += above * (1e6 if over is None else over)
    return cost
