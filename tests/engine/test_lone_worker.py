from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from security_incidents.engine.lone_worker import (
    Band,
    Rules,
    checks,
    due_times,
    link_lost,
    link_lost_at,
    missed,
    next_check,
)

PARIS = ZoneInfo("Europe/Paris")
RULES = Rules(late=5, early=10, link=90)


def utc(text):
    return datetime.fromisoformat(text)


def wall(moment):
    return moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(PARIS).strftime("%H:%M")


def night_grid(interval=60):
    return [Band(day, 22 * 60, 6 * 60, interval) for day in range(7)]


def test_every_half_hour_from_the_clock_in():
    dues = due_times(utc("2026-11-27 20:10"), utc("2026-11-27 22:00"), [], 30, PARIS)
    assert [wall(due) for due in dues] == ["21:40", "22:10", "22:40"]


def test_nothing_asked_nothing_due():
    start, stop = utc("2026-11-27 20:00"), utc("2026-11-28 05:00")
    assert due_times(start, stop, [], 0, PARIS) == []
    day_only = [Band(day, 8 * 60, 18 * 60, 60) for day in range(7)]
    assert due_times(start, stop, day_only, 30, PARIS) == []


def test_grid_goes_over_midnight_on_the_wall_clock():
    dues = due_times(
        utc("2026-11-27 19:00"), utc("2026-11-28 06:00"), night_grid(120), 0, PARIS
    )
    assert [wall(due) for due in dues] == ["22:00", "00:00", "02:00", "04:00"]


def test_a_guard_who_comes_in_the_middle_joins_the_grid():
    dues = due_times(
        utc("2026-11-28 00:30"), utc("2026-11-28 06:00"), night_grid(120), 0, PARIS
    )
    assert [wall(due) for due in dues] == ["02:00", "04:00"]


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2026-10-24", 9), ("2027-03-27", 7), ("2026-11-27", 8)],
)
def test_no_silence_is_longer_than_the_interval_when_the_clock_changes(day, hours):
    start = utc(f"{day} 19:00")
    dues = due_times(start, start + timedelta(hours=14), night_grid(), 0, PARIS)
    gaps = {b - a for a, b in zip(dues, dues[1:], strict=False)}
    assert gaps == {timedelta(hours=1)}
    assert len(dues) == hours
    assert wall(dues[0]) == "22:00"


def test_bands_that_meet_ask_once():
    bands = [Band(4, 20 * 60, 22 * 60, 60), Band(4, 22 * 60, 0, 30)]
    dues = due_times(utc("2026-11-27 18:00"), utc("2026-11-28 02:00"), bands, 0, PARIS)
    assert [wall(due) for due in dues] == [
        "20:00",
        "21:00",
        "22:00",
        "22:30",
        "23:00",
        "23:30",
    ]


def test_silence_is_an_alarm_five_minutes_after():
    due = utc("2026-11-27 22:00")
    found = checks([due], [], RULES)
    assert missed(found, due + timedelta(minutes=4, seconds=59)) == []
    assert [c.due for c in missed(found, due + timedelta(minutes=5))] == [due]


@pytest.mark.parametrize(
    ("minutes", "answered"), [(-11, False), (-10, True), (0, True), (5, False)]
)
def test_when_an_answer_counts(minutes, answered):
    due = utc("2026-11-27 22:00")
    found = checks([due], [due + timedelta(minutes=minutes)], RULES)
    assert bool(found[0].answered) is answered


def test_one_answer_never_stands_for_two_checks():
    first = utc("2026-11-27 22:00")
    dues = [first, first + timedelta(minutes=10)]
    found = checks(dues, [first + timedelta(minutes=4)], RULES)
    assert [bool(c.answered) for c in found] == [True, False]
    # Windows that would lie over each other: five minutes late, checks every six.
    close = [first, first + timedelta(minutes=6)]
    found = checks(close, [first + timedelta(minutes=4)], RULES)
    assert [bool(c.answered) for c in found] == [True, False]


def test_what_the_guard_answers_next():
    first = utc("2026-11-27 22:00")
    found = checks([first, first + timedelta(hours=1)], [first], RULES)
    assert next_check(found, first).due == first + timedelta(hours=1)
    assert next_check(found, first + timedelta(hours=2)) is None


def test_lost_contact_is_not_ok_and_a_clock_ahead_hides_nothing():
    now = utc("2026-11-27 22:00")
    assert not link_lost(now - timedelta(seconds=90), now, RULES)
    assert link_lost(now - timedelta(seconds=91), now, RULES)
    assert link_lost_at(now, RULES) == now + timedelta(seconds=90)
    ahead = now + timedelta(hours=3)
    assert not link_lost(ahead, now, RULES)
