"""The levels of a shift, at the borders of each delay."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from security_missions.engine import watch
from security_missions.engine.watch import Delays, Step, Watched

START = datetime(2027, 4, 15, 20)
SHIFT = Watched(START, START + timedelta(hours=12), tell_client=True)
DELAYS = Delays()
MINUTE = timedelta(minutes=1)
PARIS = ZoneInfo("Europe/Paris")


def at(minutes):
    """An instant, in minutes after the planned start."""
    return START + minutes * MINUTE


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (-61, "later"),
        (-60, "reminder"),
        (-31, "reminder"),
        (-30, "expected"),
        (0, "expected"),
        (4, "expected"),
        (5, "amber"),
        (9, "amber"),
        (10, "red"),
        (19, "red"),
        (20, "client"),
        (719, "client"),
        (720, "missed"),
    ],
)
def test_a_guard_of_whom_nothing_is_heard(minutes, expected):
    assert watch.level(SHIFT, at(minutes), DELAYS) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(-90, "on_time"), (-30, "on_time"), (4, "on_time"), (5, "amber"), (10, "red")],
)
def test_on_my_way_lasts_until_he_is_late(minutes, expected):
    said = replace(SHIFT, on_my_way=at(-90))
    assert watch.level(said, at(minutes), DELAYS) == expected


@pytest.mark.parametrize(
    ("facts", "minutes", "expected"),
    [
        ({"entered": at(30)}, 30, "on_post"),
        ({"entered": at(0)}, 719, "on_post"),
        ({"entered": at(0)}, 720, "over"),
        ({"entered": at(0), "left": at(725)}, 730, "done"),
        ({"entered": at(0), "left": at(60)}, 90, "done"),
        ({"guarded": False}, 60, "open"),
        ({"guarded": False}, 720, "missed"),
        ({"tell_client": False}, 60, "red"),
    ],
)
def test_level_of_what_is_known(facts, minutes, expected):
    assert watch.level(replace(SHIFT, **facts), at(minutes), DELAYS) == expected


def test_the_levels_follow_each_other_at_the_instants_told():
    now, told = at(-600), []
    while (now := watch.next_change(SHIFT, now, DELAYS)) is not None:
        told.append(
            ((now - START) // MINUTE, watch.level(SHIFT, now, DELAYS)),
        )
    assert told == [
        (-60, "reminder"),
        (-30, "expected"),
        (5, "amber"),
        (10, "red"),
        (20, "client"),
        (720, "missed"),
    ]


def test_a_guard_on_post_changes_at_his_end_only():
    held = replace(SHIFT, entered=at(0))
    assert watch.next_change(held, at(1), DELAYS) == SHIFT.stop
    assert watch.next_change(replace(held, left=at(9)), at(9), DELAYS) is None


@pytest.mark.parametrize(
    ("minutes", "kinds"),
    [
        (-61, []),
        (-60, ["reminder"]),
        (-1, ["reminder"]),
        (0, []),
        (5, ["amber"]),
        (12, ["amber", "red"]),
        (45, ["amber", "red", "client"]),
        (720, ["missed"]),
    ],
)
def test_steps_that_are_due(minutes, kinds):
    steps = watch.due_steps(SHIFT, at(minutes), DELAYS)
    assert [step.kind for step in steps] == kinds


def test_no_step_for_whoever_is_there_or_on_his_way():
    assert not watch.due_steps(replace(SHIFT, entered=at(6)), at(30), DELAYS)
    assert not watch.due_steps(replace(SHIFT, guarded=False), at(30), DELAYS)
    assert not watch.due_steps(replace(SHIFT, on_my_way=at(-70)), at(-30), DELAYS)
    unsaid = replace(SHIFT, tell_client=False)
    kinds = [step.kind for step in watch.due_steps(unsaid, at(45), DELAYS)]
    assert kinds == ["amber", "red"]


def test_late_minutes_are_whole_and_never_negative():
    step = Step("red", at(10))
    assert step.late_minutes(at(10) + timedelta(seconds=59)) == 0
    assert step.late_minutes(at(37)) == 27
    assert step.late_minutes(at(0)) == 0


def test_the_limit_counts_from_the_clock_in():
    assert watch.limit_at(SHIFT, 12) is None
    held = replace(SHIFT, entered=at(-15))
    assert watch.limit_at(held, 12) == at(705)
    assert watch.limit_at(held, None) is None
    assert watch.limit_at(replace(held, left=at(700)), 12) is None


def test_real_hours_in_the_night_the_clock_goes_back():
    """From 19:00 to 07:00 the guard is there for 13 hours: the limit is at 06:00."""
    entered = datetime(2026, 10, 24, 19, tzinfo=PARIS).astimezone(timezone.utc)
    entered = entered.replace(tzinfo=None)
    night = Watched(entered, entered + timedelta(hours=13), entered=entered)
    limit = watch.limit_at(night, 12).replace(tzinfo=timezone.utc).astimezone(PARIS)
    assert limit.strftime("%d %H:%M") == "25 06:00"
    assert (
        watch.level(night, limit.astimezone(timezone.utc).replace(tzinfo=None), DELAYS)
        == "on_post"
    )


def test_delays_across_midnight_and_the_hour_that_does_not_exist():
    """A shift of 03:00 on the last Sunday of March: T-60 is 01:00, an hour before."""
    start = datetime(2027, 3, 28, 3, tzinfo=PARIS).astimezone(timezone.utc)
    start = start.replace(tzinfo=None)
    shift = Watched(start, start + timedelta(hours=6))
    before = datetime(2027, 3, 28, 1, tzinfo=PARIS).astimezone(timezone.utc)
    before = before.replace(tzinfo=None)
    assert watch.level(shift, before, DELAYS) == "reminder"
    assert watch.level(shift, before - MINUTE, DELAYS) == "later"
    midnight = Watched(datetime(2027, 4, 15, 23, 55), datetime(2027, 4, 16, 6))
    assert watch.level(midnight, datetime(2027, 4, 16, 0, 5), DELAYS) == "red"


def test_who_has_been_there_longest_is_relieved_first():
    waiting = {1: at(0), 2: at(-30), 3: at(5)}
    assert watch.relieved(waiting, 0) == set()
    assert watch.relieved(waiting, 1) == {2}
    assert watch.relieved(waiting, 2) == {1, 2}
    assert watch.relieved(waiting, 9) == {1, 2, 3}


@pytest.mark.parametrize(
    ("facts", "minutes", "barred", "held", "expected"),
    [
        ({"entered": at(0)}, 60, False, False, "covered"),
        ({"entered": at(0)}, 60, True, False, "ineligible"),
        ({"entered": at(0)}, 800, False, False, "covered"),
        ({}, 0, False, False, "uncovered"),
        ({}, 60, False, True, "covered"),
        ({}, 720, False, False, ""),
        ({}, -20, False, False, "soon"),
        ({}, -60, False, False, ""),
        ({}, -60, True, False, "soon"),
        ({"guarded": False}, -120, False, False, "soon"),
        ({"guarded": False}, -121, False, False, ""),
        ({"on_my_way": at(-40)}, -20, False, False, ""),
    ],
)
def test_cover_of_a_post(facts, minutes, barred, held, expected):
    shift = replace(SHIFT, **facts)
    assert watch.cover(shift, at(minutes), DELAYS, barred, held) == expected
