"""What a schedule costs, by name of the weight: contract hours and fairness apart."""

from datetime import timedelta

from .model import Guard, Problem
from .period import Shift


def constant_parts(problem: Problem, guard: Guard) -> dict:
    """What a guard without any shift pays, contract apart."""
    weights = problem.weights
    lost = sum(1 for who, _need in problem.previous if who == guard.id)
    wanted = sum(wish.weight for wish in guard.wishes if wish.wanted)
    return {"wishes": weights.wishes * wanted, "moved": weights.moved * lost}


def option_parts(problem: Problem, guard: Guard, shift: Shift, calendar) -> dict:
    """What one shift adds, by name of the weight; negative when it keeps a wish."""
    weights, need = problem.weights, shift.need
    day = calendar.first + timedelta(days=shift.day)
    wishes = 0.0
    for wish in guard.wishes:
        if (wish.need is not None and wish.need == need.key) or wish.day == day:
            wishes += -wish.weight if wish.wanted else wish.weight
    unknown = guard.known_posts is not None and need.post not in guard.known_posts
    wage = guard.rate * shift.minutes / 60 * (1 + need.premium)
    kept = (guard.id, need.key) in problem.previous
    return {
        "wishes": weights.wishes * wishes,
        "continuity": weights.continuity * unknown,
        "distance": weights.distance * guard.distances.get(need.post, 0.0),
        "cost": weights.cost * wage,
        "moved": -weights.moved * kept,
    }
