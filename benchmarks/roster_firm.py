"""A French security firm, generated: posts held by day and by night, guards with
contracts, qualifications, absences and weeks behind them. The same seed gives the same
firm."""

import random
from datetime import date, datetime, timedelta

import highspy
import numpy as np

from security_missions.engine.roster import (
    Guard,
    History,
    Limits,
    Need,
    Problem,
    Weights,
)

FIRST = date(2026, 3, 1)
HOUR = 60
LIMITS = Limits(
    min_rest=12 * HOUR,
    max_day=12 * HOUR,
    max_week=48 * HOUR,
    max_average=46 * HOUR,
    max_days_week=6,
    max_consecutive_days=6,
    weekly_rest=35 * HOUR,
    min_sundays_off=2,
)
# Shifts of a day at a post: (start, hours, at weekends too)
BANDS = (
    ((7, 12, True), (19, 12, True)),
    ((7, 12, True), (19, 12, True)),
    ((5, 8, True), (13, 8, True), (21, 8, True)),
    ((8, 10, False),),
)
WEIGHTS = Weights(
    contract_hours=2.0, fairness_nights=1.0, fairness_weekends=1.0, continuity=5.0
)


def firm(guards: int, days: int, seed: int = 1) -> Problem:
    """A firm whose posts want about nine tenths of the hours of its contracts."""
    dice = random.Random(seed)
    last = FIRST + timedelta(days=days - 1)
    wanted = 0.9 * guards * 35 * HOUR * days / 7
    needs, minutes, post = [], 0, 0
    while minutes < wanted:
        more = list(_post(dice, post, days))
        needs += more
        minutes += sum((n.stop - n.start).total_seconds() / 60 for n in more)
        post += 1
    staff = tuple(_guard(dice, n, needs, post, days) for n in range(guards))
    return Problem(FIRST, last, tuple(needs), staff, LIMITS, WEIGHTS, tz="Europe/Paris")


def _post(dice, post, days):
    for day in range(days):
        date_ = FIRST + timedelta(days=day)
        for start, hours, weekends in BANDS[post % len(BANDS)]:
            if date_.weekday() > 4 and not weekends:
                continue
            begin = datetime.combine(date_, datetime.min.time())
            begin += timedelta(hours=start - 1)
            yield Need(
                f"{post}:{day}:{start}",
                begin,
                begin + timedelta(hours=hours),
                post=post,
                night=start >= 19,
            )


def _guard(dice, number, needs, posts, days):
    known = frozenset(dice.sample(range(posts), min(posts, 6)))
    able = known | frozenset(dice.sample(range(posts), min(posts, posts // 3)))
    contract = dice.choice((35, 35, 35, 24)) * HOUR * days // 7
    away = ()
    if dice.random() < 0.25:
        day = FIRST + timedelta(days=dice.randrange(days))
        begin = datetime.combine(day, datetime.min.time())
        away = ((begin, begin + timedelta(days=dice.randint(1, 7))),)
    weeks = tuple(dice.randint(28, 47) * HOUR for _week in range(11))
    return Guard(
        number,
        contract_min=contract,
        contract_max=contract + 8 * HOUR,
        eligible=frozenset(n.key for n in needs if n.post in able),
        unavailable=away,
        known_posts=known,
        share_nights=days // 4,
        share_weekends=days // 6,
        history=History(weeks=weeks),
    )


def most_covered(problem: Problem) -> int:
    """No plan covers more: each day alone, a guard takes one of the shifts he may."""
    days = {}
    for need in problem.needs:
        days.setdefault((need.start + timedelta(hours=1)).date(), []).append(need)
    return sum(_most_of_day(problem, needs) for needs in days.values())


def _most_of_day(problem, needs):
    lp = highspy.Highs()
    lp.setOptionValue("output_flag", False)
    nothing = (0, np.array([], np.int32), np.array([]))
    for _guard in problem.guards:
        lp.addRow(0.0, 1.0, *nothing)
    for need in needs:
        lp.addRow(0.0, float(need.headcount), *nothing)
    for row, guard in enumerate(problem.guards):
        for place, need in enumerate(needs):
            away = any(a < need.stop and need.start < b for a, b in guard.unavailable)
            if need.key in guard.eligible and not away:
                rows = np.array([row, len(problem.guards) + place], np.int32)
                lp.addCol(-1.0, 0.0, 1.0, 2, rows, np.ones(2))
    lp.run()
    return round(-lp.getInfo().objective_function_value)
