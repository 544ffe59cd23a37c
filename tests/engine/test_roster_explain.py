"""A need without guard is explained by rules none of which can be spared."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from roster_cases import HOUR, need, problem, problems

from security_missions.engine.roster import Guard, History, Limits
from security_missions.engine.roster.explain import _Case, explain
from security_missions.engine.roster.search import solve


def reasons(case, seconds=1.0):
    """``{guard: codes}`` of the only need without guard."""
    (gap,) = explain(case, solve(case, seconds)).uncovered
    return gap.reasons


def test_average_of_the_weeks_before():
    limits = Limits(max_average=46 * HOUR, max_week=48 * HOUR, max_day=12 * HOUR)
    guards = [Guard(n, history=History(weeks=(50 * HOUR,) * 11)) for n in "ab"]
    found = reasons(problem([need(0)], guards, limits=limits))
    assert found == {"a": ("max_average",), "b": ("max_average",)}


def test_each_guard_has_his_own_reason():
    shift = need(2)
    guards = [
        Guard("card", refused={shift.key: "TIT-01"}),
        Guard("skill", eligible=frozenset()),
        Guard("leave", unavailable=((shift.start, shift.stop),)),
        Guard("late", history=History(last_stop=shift.start)),
        Guard("full", max_minutes=0),
    ]
    limits = Limits(min_rest=11 * HOUR)
    assert reasons(problem([shift], guards, limits=limits)) == {
        "card": ("TIT-01",),
        "skill": ("eligible",),
        "leave": ("unavailable",),
        "late": ("min_rest",),
        "full": ("max_minutes",),
    }


def test_shifts_planned_elsewhere():
    needs = [need(0), need(0, 19, post="B")]
    found = explain(
        problem(needs, [Guard("a")], limits=Limits(min_rest=11 * HOUR)),
        solve(problem(needs, [Guard("a")], limits=Limits(min_rest=11 * HOUR)), 1.0),
    )
    (gap,) = found.uncovered
    assert gap.missing == 1
    assert gap.reasons == {"a": ("planned", "one_shift_a_day")}


def test_locked_shift_and_rest():
    needs = [need(0, 19), need(1, 9)]
    guard = Guard("a", locked=frozenset({"A0-19"}))
    limits = Limits(min_rest=11 * HOUR, max_week=48 * HOUR)
    assert reasons(problem(needs, [guard], limits=limits)) == {
        "a": ("locked", "min_rest")
    }


def test_too_dear_is_told_as_such():
    needs = [replace(need(0), under_cost=0.5)]
    guard = Guard("a", contract_max=0)
    assert reasons(problem(needs, [guard])) == {"a": ("cost",)}


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(problems(days=7, most_needs=10))
def test_no_rule_of_an_explanation_can_be_spared(case):
    found = explain(case, solve(case, 0.3))
    held = {}
    for who, key in found.assignments:
        held.setdefault(who, set()).add(key)
    for gap in found.uncovered:
        for guard in case.guards:
            codes = gap.reasons.get(guard.id, ("eligible",))
            if {"eligible", "cost"} & set(codes):
                continue
            kept = held.get(guard.id, set()) if codes[0] == "planned" else set()
            rules = [c for c in codes if c != "planned"]
            _irreducible(_Case(case, guard, {*kept, gap.need}), rules)


def _irreducible(asked, rules):
    if rules[0] in ("overlap", "one_shift_a_day"):
        assert not asked.possible(())
        return
    assert not asked.possible(rules)
    for rule in rules:
        assert asked.possible([other for other in rules if other != rule])
