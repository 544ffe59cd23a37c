"""The state of a round, and what is doubtful in it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from security_missions.engine import patrol_facts
from security_missions.engine.patrol import evaluate
from security_missions.engine.patrol_facts import Limits, Plan, Point, Scan

START = datetime(2027, 4, 15, 20)
MINUTE = timedelta(minutes=1)
# Two hundred metres apart, on the meridian.
STEP = 200 / 111_195
PLACES = [(48.0 + rank * STEP, 2.0) for rank in range(3)]
POINTS = tuple(
    Point(f"p{rank}", rank, position=place) for rank, place in enumerate(PLACES)
)
PLAN = Plan(POINTS, START, minutes=30)


def at(minutes):
    return START + timedelta(minutes=minutes)


def walk(*minutes, plan=PLAN, **values):
    """One scan at each point of the plan, at these minutes."""
    return [
        Scan(f"s{rank}", point.place, at(minute), position=point.position, **values)
        for rank, (point, minute) in enumerate(zip(plan.points, minutes, strict=False))
    ]


GOOD = walk(1, 8, 15)


@pytest.mark.parametrize(
    ("now", "state", "late"),
    [
        (-60, "planned", 0),
        (15, "planned", 0),
        (16, "late", 16),
        (44, "late", 44),
        (45, "missed", 45),
        (600, "missed", 600),
    ],
)
def test_nobody_starts(now, state, late):
    found = evaluate(PLAN, [], at(now))
    assert (found.state, found.late_start) == (state, late)
    assert found.count("missed") == 0 or state == "missed"


def test_without_grace_late_is_late_at_once():
    plan = replace(PLAN, grace=0)
    assert evaluate(plan, [], at(0)).state == "planned"
    assert evaluate(plan, [], at(1)).state == "late"


def test_done_is_every_point_and_the_end():
    assert evaluate(PLAN, GOOD, at(20)).state == "running"
    found = evaluate(PLAN, GOOD, at(20), ended=at(20))
    assert (found.state, found.flags, found.late_end) == ("done", {}, 0)
    part = evaluate(PLAN, GOOD[:2], at(20), ended=at(20))
    assert part.state == "incomplete"
    assert [visit.state for visit in part.visits] == ["done", "done", "missed"]


def test_a_round_without_word_is_closed_after_a_while():
    silent = 1 + 30 + 15 + 60
    assert evaluate(PLAN, GOOD[:2], at(silent - 1)).state == "running"
    assert evaluate(PLAN, GOOD[:2], at(silent)).state == "incomplete"
    assert evaluate(PLAN, GOOD, at(silent)).state == "done"


def test_a_phone_that_comes_back_is_not_cut_short():
    hours_later = at(300)
    assert evaluate(PLAN, GOOD[:1], hours_later).state == "incomplete"
    found = evaluate(PLAN, GOOD[:1], hours_later, heard=at(290))
    assert found.state == "running"
    assert evaluate(PLAN, GOOD[:1], at(350), heard=at(290)).state == "incomplete"


def test_late_at_both_ends():
    scans = walk(20, 30, 40)
    found = evaluate(PLAN, scans, at(90), ended=at(70))
    assert (found.late_start, found.late_end) == (20, 20)
    found = evaluate(PLAN, scans, at(90), started=at(14), ended=at(58))
    assert (found.late_start, found.late_end) == (0, 0)


def test_a_window_is_missed_while_the_round_runs():
    points = (replace(POINTS[0], since=at(0), until=at(10)), *POINTS[1:])
    plan = replace(PLAN, points=points)
    assert evaluate(plan, [], at(20), started=at(0)).visits[0].state == "due"
    assert evaluate(plan, [], at(26), started=at(0)).visits[0].state == "missed"
    late = evaluate(plan, walk(26), at(30)).visits[0]
    assert (late.state, late.late) == ("done", True)
    early = evaluate(
        replace(plan, points=(replace(points[0], since=at(60), until=at(70)),)),
        walk(44),
        at(45),
    )
    assert early.visits[0].early


@pytest.mark.parametrize(
    ("task", "bad", "good"),
    [
        ("yes_no", {"answer": "perhaps"}, {"answer": "no"}),
        ("value", {"answer": "warm"}, {"answer": "21,5"}),
        ("photo", {"answer": "yes"}, {"photos": 1}),
    ],
)
def test_a_point_passed_without_its_task_is_unfinished(task, bad, good):
    plan = replace(PLAN, points=(replace(POINTS[0], task=task),))
    first = Scan("a", 0, at(1), **bad)
    assert evaluate(plan, [first], at(2)).visits[0].unfinished
    again = Scan("b", 0, at(5), **good)
    assert not evaluate(plan, [first, again], at(6)).visits[0].unfinished
    assert evaluate(plan, [first, again], at(6), ended=at(6)).state == "done"


def test_a_figure_out_of_its_range_is_said():
    plan = replace(PLAN, points=(replace(POINTS[0], task="value", low=0, high=8),))
    for answer, said in (("8", False), ("8.1", True), ("-1", True), ("cold", False)):
        found = evaluate(plan, [Scan("a", 0, at(1), answer=answer)], at(2))
        assert ("out_of_range" in found.flags.get("a", ())) is said, answer


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"skew": 121}, "clock"),
        ({"skew": -121}, "clock"),
        ({"on_shift": False}, "no_shift"),
        ({"typed": True}, "typed"),
        ({"code_age": 91}, "stale_code"),
        ({"code_age": -600}, "stale_code"),
        ({"place": None}, "wrong_code"),
        ({"place": 99}, "off_route"),
        ({"position": (48.001, 2.0)}, "far"),
    ],
)
def test_what_one_scan_shows(changes, code):
    assert not evaluate(PLAN, GOOD, at(20)).flags
    scans = [replace(GOOD[0], **changes), *GOOD[1:]]
    assert code in evaluate(PLAN, scans, at(20)).flags["s0"]


def test_the_guard_has_the_benefit_of_a_bad_position():
    away = replace(GOOD[0], position=(48.001, 2.0))
    assert evaluate(PLAN, [away], at(2)).doubts == ("far",)
    blurred = replace(away, accuracy=95.0)
    assert evaluate(PLAN, [blurred], at(2)).doubts == ()


def test_a_place_without_a_tag_needs_a_position():
    plan = replace(PLAN, points=(replace(POINTS[0], technology="gps"),))
    assert evaluate(plan, [Scan("a", 0, at(1))], at(2)).doubts == ("no_position",)


def test_nobody_runs_that_fast():
    quick = walk(1, 1.5, 8)
    assert evaluate(PLAN, quick, at(9)).flags == {"s1": ("speed",)}
    # Without any position the places of the tags are what is claimed.
    bare = [replace(scan, position=None) for scan in quick]
    assert evaluate(PLAN, bare, at(9)).flags == {"s1": ("speed",)}
    assert evaluate(replace(PLAN, vehicle=True), quick, at(9)).flags == {}


def test_all_the_tags_in_the_hut():
    near = tuple(replace(point, position=None) for point in POINTS)
    plan = replace(PLAN, points=near)
    scans = walk(1, 1 + 5 / 60, 1 + 9 / 60, plan=plan)
    found = evaluate(plan, scans, at(3))
    assert found.flags == {key: ("burst",) for key in ("s0", "s1", "s2")}
    slow = walk(1, 1 + 5 / 60, 2, plan=plan)
    assert evaluate(plan, slow, at(3)).flags == {}


def test_the_same_tag_twice():
    twice = [Scan("a", 0, at(1)), Scan("b", 0, at(1.9)), Scan("c", 0, at(2.95))]
    assert evaluate(PLAN, twice, at(3)).flags == {"b": ("same_place",)}


@pytest.mark.parametrize(
    ("order", "said"), [("free", False), ("strict", True), ("random", True)]
)
def test_order(order, said):
    plan = replace(PLAN, order=order)
    scans = [Scan("a", 1, at(1)), Scan("b", 0, at(8)), Scan("c", 2, at(15))]
    flags = evaluate(plan, scans, at(16)).flags
    assert flags == ({"b": ("out_of_order",)} if said else {})


def test_pace():
    plan = replace(PLAN, gap_min=3, gap_max=10)
    assert evaluate(plan, walk(1, 5, 10), at(20)).flags == {}
    flags = evaluate(plan, walk(1, 5, 16), at(20)).flags
    assert flags == {"s2": ("too_slow",)}
    assert evaluate(plan, walk(1, 3.5, 10), at(20)).flags == {"s1": ("too_fast",)}


def test_each_visit_of_a_place_takes_the_scan_of_its_window():
    points = (
        Point("night-1", 7, since=at(0), until=at(60)),
        Point("night-2", 7, since=at(180), until=at(240)),
    )
    plan = Plan(points, START, minutes=480, vehicle=True)
    found = evaluate(plan, [Scan("only", 7, at(200))], at(300))
    assert [visit.state for visit in found.visits] == ["missed", "done"]


SCANS = st.lists(
    st.builds(
        Scan,
        key=st.uuids().map(str),
        place=st.sampled_from([0, 1, 2, 9, None]),
        at=st.integers(-30, 150).map(at),
        skew=st.integers(-300, 300),
        position=st.none() | st.sampled_from(PLACES),
        accuracy=st.floats(0, 500),
        answer=st.sampled_from(["", "yes", "4"]),
        on_shift=st.booleans(),
        code_age=st.none() | st.floats(-500, 500),
    ),
    max_size=9,
    unique_by=lambda scan: scan.key,
)
PLANS = st.builds(
    Plan,
    points=st.lists(st.sampled_from(POINTS), max_size=3, unique=True).map(tuple),
    start=st.none() | st.just(START),
    minutes=st.integers(1, 120),
    order=st.sampled_from(patrol_facts.ORDERS),
    grace=st.integers(0, 60),
    gap_min=st.integers(0, 5),
    gap_max=st.integers(0, 30),
)
NOWS = st.integers(-60, 600).map(at)


@given(PLANS, SCANS, NOWS, st.none() | NOWS, st.randoms())
@settings(deadline=None)
def test_any_round(plan, scans, now, ended, dice):
    found = evaluate(plan, scans, now, ended=ended)
    counts = [found.count(state) for state in ("due", "done", "missed")]
    assert sum(counts) == len(plan.points) == len(found.visits)
    used = [visit.scan.key for visit in found.visits if visit.scan]
    assert len(used) == len(set(used))
    assert set(found.flags) <= {scan.key for scan in scans}
    if found.state == "done":
        assert counts[1] == len(plan.points)
    if found.state in patrol_facts.CLOSED:
        assert not counts[0] or found.state == "missed"
    # The order in which the facts arrive changes nothing.
    mixed = list(scans)
    dice.shuffle(mixed)
    assert evaluate(plan, mixed, now, ended=ended) == found
    # Nor does the date.
    shift = timedelta(days=90)
    moved = evaluate(
        replace(plan, start=plan.start and plan.start + shift),
        [replace(scan, at=scan.at + shift) for scan in scans],
        now + shift,
        ended=ended and ended + shift,
    )
    assert (moved.state, moved.flags) == (found.state, found.flags)


@given(PLANS, SCANS, SCANS, NOWS)
@settings(deadline=None)
def test_a_late_fact_takes_no_point_away(plan, scans, late, now):
    known = {scan.key for scan in scans}
    more = scans + [scan for scan in late if scan.key not in known]
    before, after = evaluate(plan, scans, now), evaluate(plan, more, now)
    assert after.count("done") >= before.count("done")


def test_limits_are_those_that_are_given():
    scans = walk(1, 8, 15, skew=30)
    assert evaluate(PLAN, scans, at(20)).doubts == ()
    strict = Limits(skew=20)
    assert evaluate(PLAN, scans, at(20), limits=strict).doubts == ("clock",)


@pytest.mark.parametrize("text", ["", "a", "nan", "1e400", "--1"])
def test_no_figure(text):
    assert patrol_facts.number(text) is None
