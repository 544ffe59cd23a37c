"""The rota solver: optimal on small problems, never against a rule."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from roster_cases import FIRST, HOUR, brute_force, need, problem, problems, violations

from security_missions.engine.roster import Guard, Limits, Weights
from security_missions.engine.roster.score import score
from security_missions.engine.roster.search import solve

LONG = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@LONG
@given(problems(days=7, most_needs=5, most_guards=2))
def test_as_good_as_trying_everything(case):
    best = brute_force(case)
    found = solve(case, 1.0)
    assert found.violations == ()
    assert violations(case, found.assignments) == []
    assert found.cost == pytest.approx(best, abs=1e-4)
    if found.bound is not None:
        assert found.bound <= best + 1e-4


@LONG
@given(problems(), st.sampled_from((0.0, 0.3)))
def test_no_rule_is_broken(case, seconds):
    found = solve(case, seconds)
    assert found.violations == ()
    assert violations(case, found.assignments) == []
    cost, parts = score(case, found.assignments)
    assert found.cost == pytest.approx(cost)
    assert sum(found.parts.values()) == pytest.approx(found.cost)
    assert found.parts == parts
    if found.bound is not None:
        assert found.bound <= found.cost + 1e-6


@LONG
@given(problems())
def test_never_worse_than_the_plan_before(case):
    first = solve(case, 0.2)
    again = solve(replace(case, previous=first.assignments), 0.0)
    assert again.cost <= first.cost + 1e-6
    assert again.assignments == first.assignments or again.cost < first.cost


def test_a_plan_before_that_breaks_a_rule_is_not_kept():
    case = problem(
        [need(0), need(0, 19)], [Guard("a")], limits=Limits(min_rest=11 * HOUR)
    )
    case = replace(case, previous=frozenset({("a", "A0-7"), ("a", "A0-19")}))
    assert violations(case, solve(case, 1.0).assignments) == []


def test_locked_shifts_stay():
    needs = [need(day) for day in range(7)]
    guards = [Guard("a", locked=frozenset({"A2-7"})), Guard("b")]
    case = problem(
        needs, guards, limits=Limits(max_week=24 * HOUR), weights=Weights(continuity=5)
    )
    found = solve(case, 2.0)
    assert ("a", "A2-7") in found.assignments
    assert violations(case, found.assignments) == []
    assert len(found.assignments) == 4


def test_locked_shifts_that_break_a_rule_stay_and_are_told():
    needs = [need(0), need(0, 19), need(3)]
    guards = [Guard("a", locked=frozenset({"A0-7", "A0-19"})), Guard("b")]
    found = solve(problem(needs, guards, limits=Limits(min_rest=11 * HOUR)), 2.0)
    assert {("a", "A0-7"), ("a", "A0-19"), ("b", "A3-7")} == found.assignments
    assert found.violations == (("a", "locked"),)


def test_repair_moves_as_little_as_possible():
    needs = [need(day, post=post) for day in range(5) for post in "AB"]
    guards = [Guard(name) for name in "abc"]
    limits = Limits(max_week=48 * HOUR, min_rest=11 * HOUR)
    case = problem(needs, guards, 7, limits=limits)
    plan = solve(case, 2.0).assignments
    assert len(plan) == 10
    ill = replace(
        guards[0], unavailable=((needs[2].start, needs[5].stop),), contract_min=0
    )
    hit = {
        (who, key)
        for who, key in plan
        if who == "a" and key in {n.key for n in needs[2:6]}
    }
    weights = Weights(contract_hours=0, moved=50)
    case = replace(case, guards=(ill, *guards[1:]), previous=plan, weights=weights)
    found = solve(case, 5.0)
    assert violations(case, found.assignments) == []
    assert plan - found.assignments == hit
    assert found.parts["moved"] == pytest.approx(50 * len(hit))


def test_progress_may_stop_the_search_and_the_best_is_kept():
    needs = [
        need(day, start, post=p) for day in range(14) for start in (7, 19) for p in "AB"
    ]
    case = problem(needs, [Guard(n) for n in range(8)], 14, limits=Limits(min_rest=660))
    seen = []

    def stop(progress):
        seen.append(progress)
        return len(seen) > 12

    found = solve(case, 30.0, stop)
    assert len(seen) == 13
    assert found.cost <= seen[-1].cost + 1e-6
    costs = [progress.cost for progress in seen]
    assert costs == sorted(costs, reverse=True)


def test_what_contradicts_itself_is_refused():
    with pytest.raises(ValueError, match="same key"):
        solve(problem([need(0), need(0)], [Guard("a")]), 1.0)
    with pytest.raises(ValueError, match="outside"):
        solve(problem([need(9)], [Guard("a")]), 1.0)
    with pytest.raises(ValueError, match="before it starts"):
        solve(replace(problem([], []), last=date(2020, 1, 1)), 1.0)


def test_nothing_to_do():
    assert solve(problem([], []), 1.0).assignments == frozenset()
    assert solve(problem([need(0)], []), 1.0).assignments == frozenset()
    assert solve(problem([], [Guard("a")]), 1.0).assignments == frozenset()
    assert FIRST.weekday() == 0
