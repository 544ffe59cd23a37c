"""The solver in a process of its own: followed, stopped, killed."""

import pickle
import sys
import threading
import time

import pytest
from roster_cases import need, problem, violations

from security_missions.engine.roster import Guard, Limits
from security_missions.engine.roster.client import Run, SolverFailed, solve_apart
from security_missions.engine.roster.worker import decode, encode

SMALL = problem([need(day) for day in range(5)], [Guard("a"), Guard("b")])


def endless():
    """A problem nobody solves to the end in seconds."""
    needs = [
        need(day, start, 12, post, headcount=2)
        for day in range(28)
        for start in (7, 19)
        for post in "ABC"
    ]
    guards = [Guard((n, "x"), contract_min=9000 + 37 * n) for n in range(30)]
    limits = Limits(min_rest=660, max_week=2880, weekly_rest=2100, min_sundays_off=2)
    return problem(needs, guards, 28, limits=limits)


def test_same_answer_as_here():
    seen = []
    found = solve_apart(SMALL, 10.0, lambda progress: seen.append(progress))
    assert len(found.assignments) == 5
    assert found.cost == pytest.approx(found.bound)
    assert found.cost == pytest.approx(sum(found.parts.values()))
    assert seen


def test_stop_keeps_the_best():
    case = endless()
    began = time.monotonic()
    found = solve_apart(case, 60.0, lambda progress: progress.seconds > 1.0)
    assert time.monotonic() - began < 30
    assert violations(case, found.assignments) == []
    assert found.cost == pytest.approx(sum(found.parts.values()))


def test_killed_keeps_the_last_plan_received():
    case = endless()
    run = Run(case, 60.0).start()
    waiter = threading.Thread(target=lambda: setattr(run, "answer", run.wait()))
    waiter.start()
    until = time.monotonic() + 30
    while not (run.best and run.best.assignments) and time.monotonic() < until:
        time.sleep(0.05)
    run.kill()
    waiter.join(20)
    assert run.answer.assignments
    assert violations(case, run.answer.assignments) == []


def test_the_limits_of_a_server_process_do_not_end_it(tmp_path):
    """Odoo ends its own processes after a minute of computing, and caps their memory:
    here one that may compute for a second starts the worker."""
    limited = tmp_path / "python"
    limited.write_text(f'#!/bin/sh\nulimit -S -t 1\nexec {sys.executable} "$@"\n')
    limited.chmod(0o755)
    run = Run(endless(), 6.0, python=str(limited)).start()
    assert run.wait().assignments
    assert run.finished


def test_an_error_is_told():
    with pytest.raises(SolverFailed, match="same key"):
        solve_apart(problem([need(0), need(0)], [Guard("a")]), 5.0)


def test_only_plain_data_is_read():
    assert decode(encode(SMALL)) == SMALL
    with pytest.raises(pickle.UnpicklingError):
        decode(encode(time.sleep))
