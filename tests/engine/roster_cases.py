"""Small rota problems, and their optimum by trying everything."""

import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path

from hypothesis import strategies as st

from security_missions.engine.roster import (
    Guard,
    History,
    Limits,
    Need,
    Problem,
    Weights,
    Wish,
)
from security_missions.engine.roster.score import score

sys.path.append(str(Path(__file__).resolve().parents[2]))

from benchmarks.roster_checker import violations  # noqa: E402, F401

FIRST = date(2026, 3, 23)  # a Monday; the clock changes in the night to the 29th
HOUR = 60


def need(day, start=7, hours=12, post="A", **values):
    """A need ``day`` days after ``FIRST``, by UTC hours."""
    begin = datetime.combine(FIRST, datetime.min.time())
    begin += timedelta(days=day, hours=start)
    values.setdefault("night", start >= 18)
    return Need(
        f"{post}{day}-{start}", begin, begin + timedelta(hours=hours), post, **values
    )


def problem(needs, guards, days=7, **values):
    """A problem of some days from ``FIRST``."""
    last = FIRST + timedelta(days=days - 1)
    return Problem(FIRST, last, tuple(needs), tuple(guards), **values)


def brute_force(case):
    """Least cost of all plans without violation."""
    choices = []
    for guard in case.guards:
        own = []
        for picked in product((False, True), repeat=len(case.needs)):
            plan = [
                (guard.id, n.key)
                for n, yes in zip(case.needs, picked, strict=True)
                if yes
            ]
            alone = replace(
                case,
                guards=(guard,),
                needs=tuple(replace(n, over_cost=0.0) for n in case.needs),
            )
            # one shift starts on a local day at most
            days = [k.split("-")[0][1:] for _who, k in plan]
            if len(set(days)) == len(days) and not violations(alone, plan):
                own.append(plan)
        choices.append(own)
    best = None
    for plans in product(*choices):
        plan = frozenset(pair for one in plans for pair in one)
        if any(who is None for who, _fault in violations(case, plan)):
            continue
        cost, _parts = score(case, plan)
        best = cost if best is None else min(best, cost)
    return best


def _maybe(*values):
    return st.none() | st.sampled_from(values)


limits = st.builds(
    Limits,
    min_rest=_maybe(11 * HOUR, 12 * HOUR),
    min_rest_switch=_maybe(24 * HOUR, 36 * HOUR),
    max_day=_maybe(8 * HOUR, 12 * HOUR),
    max_week=_maybe(24 * HOUR, 36 * HOUR, 48 * HOUR),
    max_average=_maybe(20 * HOUR, 40 * HOUR),
    max_days_week=_maybe(2, 4, 6),
    max_consecutive_days=_maybe(2, 3, 6),
    min_consecutive_days=_maybe(2),
    min_days_off=_maybe(2, 3),
    weekly_rest=_maybe(35 * HOUR, 60 * HOUR),
    min_sundays_off=_maybe(1, 2),
    max_weekends=_maybe(0, 1),
)
histories = st.builds(
    History,
    last_stop=_maybe(
        datetime(2026, 3, 22, 18), datetime(2026, 3, 21, 6), datetime(2026, 3, 23, 4)
    ),
    last_night=st.booleans(),
    weeks=st.just((44 * HOUR,) * 11) | st.just(()),
)


@st.composite
def problems(draw, days=14, most_needs=24, most_guards=4):
    """Random problems; rules may well contradict what is wanted."""
    wanted = draw(
        st.lists(
            st.tuples(
                st.integers(0, days - 1),
                st.sampled_from(((5, 8), (7, 12), (13, 8), (19, 12), (21, 8))),
                st.sampled_from("AB"),
            ),
            min_size=1,
            max_size=most_needs,
            unique_by=lambda row: (row[0], row[1][0], row[2]),
        )
    )
    needs = [
        need(
            day,
            start,
            hours,
            post,
            headcount=draw(st.integers(1, 2)),
            over_cost=draw(_maybe(1.0)),
        )
        for day, (start, hours), post in wanted
    ]
    guards = [
        _guard(draw, number, needs)
        for number in range(draw(st.integers(1, most_guards)))
    ]
    return problem(
        needs,
        guards,
        days,
        limits=draw(limits),
        weights=Weights(
            fairness_nights=draw(st.sampled_from((0.0, 3.0))),
            fairness_weekends=draw(st.sampled_from((0.0, 2.0))),
            continuity=draw(st.sampled_from((0.0, 4.0))),
        ),
        tz=draw(st.sampled_from(("UTC", "Europe/Paris"))),
    )


def _guard(draw, number, needs):
    away = draw(st.integers(0, 13))
    begin = datetime.combine(FIRST, datetime.min.time()) + timedelta(days=away)
    return Guard(
        f"g{number}",
        contract_min=draw(st.sampled_from((0, 24 * HOUR, 48 * HOUR))),
        max_minutes=draw(_maybe(30 * HOUR, 60 * HOUR)),
        eligible=draw(_maybe(frozenset(n.key for n in needs if n.post == "A"))),
        unavailable=draw(_maybe(((begin, begin + timedelta(days=1)),))) or (),
        wishes=(Wish(day=FIRST + timedelta(days=away % 7), weight=2.0),),
        known_posts=draw(_maybe(frozenset("A"))),
        share_nights=1,
        share_weekends=1,
        history=draw(histories),
    )
