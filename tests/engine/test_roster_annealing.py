"""Annealing, and the second process that does it beside the search."""

import random
import time

import pytest
from hypothesis import given, settings
from roster_cases import need, problem, problems, violations

from security_missions.engine.roster import Guard, Weights
from security_missions.engine.roster.annealing import HOT, Annealing
from security_missions.engine.roster.exchange import Helper
from security_missions.engine.roster.search import Search


def moves(count):
    """The share done after each of so many moves."""
    steps = iter(range(count + 1))
    return lambda: next(steps) / count


def begun(case):
    """A search that has its first plan."""
    search = Search(case, 60.0)
    search._first_plan()
    return search


@settings(max_examples=25, deadline=None, derandomize=True)
@given(problems())
def test_keeps_the_rules_and_never_makes_the_plan_dearer(case):
    search = begun(case)
    before = search.best.cost
    annealing = Annealing(
        search.best, search.pricing, lambda phase: None, search._keep, 1
    )
    annealing.run(moves(60), HOT)
    assert search.best.cost <= before
    assert violations(case, search.best.assignments()) == []
    assert search.best.cost == pytest.approx(search.best._total())


def uneven():
    """Guards who each want days of their own: the first plan is not the best."""
    needs = [need(day, start, 8) for day in range(14) for start in (6, 14, 22)]
    draw = random.Random(3)
    wished = [{n.key for n in needs if draw.random() < 0.5} for _ in range(5)]
    guards = [
        Guard(name, eligible=frozenset(keys), contract_min=60 * 70)
        for name, keys in zip("abcde", wished, strict=True)
    ]
    return problem(needs, guards, 14, weights=Weights())


def test_finds_what_one_guard_after_another_does_not():
    search = begun(uneven())
    before = search.best.cost
    annealing = Annealing(
        search.best, search.pricing, lambda phase: None, search._keep, 1
    )
    annealing.run(moves(600), HOT)
    assert search.best.cost < before


def test_the_second_process_tells_its_plan_and_ends_with_its_caller():
    case = uneven()
    ours = Search(case, 60.0).best
    helper = Helper(case, 60.0, 2)
    try:
        until = time.monotonic() + 60
        columns = {}
        while not columns and time.monotonic() < until:
            columns = helper.swap(ours)
            time.sleep(0.02)
        assert ours.offer(columns)
        assert violations(case, ours.assignments()) == []
        helper.sink.close()  # as when this process is killed
        assert helper.process.wait(30) == 0
    finally:
        helper.end()


def test_ended_at_once():
    helper = Helper(uneven(), 60.0, 2)
    began = time.monotonic()
    helper.end()
    assert helper.process.returncode is not None
    assert time.monotonic() - began < 10
