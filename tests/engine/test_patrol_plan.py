"""When rounds are due: the wall clock, midnight, the two nights of the clock."""

import random
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from security_missions.engine.patrol_plan import (
    GridRow,
    clock_window,
    drawn,
    next_starts,
    visit_windows,
)

PARIS = "Europe/Paris"


def due(grid, since, until, tz=PARIS):
    return [
        start.isoformat(" ", "minutes")
        for start in next_starts(
            grid, datetime.fromisoformat(since), datetime.fromisoformat(until), tz
        )
    ]


def test_a_weekday_of_the_site():
    monday = [GridRow(22 * 60, weekday=0)]
    # 15/04/2027 is a Thursday; summer time.
    assert due(monday, "2027-04-15 00:00", "2027-04-29 00:00") == [
        "2027-04-19 20:00",
        "2027-04-26 20:00",
    ]


def test_every_two_hours_across_midnight():
    grid = [GridRow(22 * 60, weekday=3, every=120, until=5 * 60)]
    assert due(grid, "2027-04-15 00:00", "2027-04-17 00:00") == [
        "2027-04-15 20:00",
        "2027-04-15 22:00",
        "2027-04-16 00:00",
        "2027-04-16 02:00",
    ]
    # Asked after midnight, the row of the day before still counts.
    assert due(grid, "2027-04-16 00:00", "2027-04-16 01:00") == ["2027-04-16 00:00"]


def test_the_night_of_thirteen_hours():
    hourly = [GridRow(0, every=60, until=6 * 60)]
    starts = due(hourly, "2027-10-30 22:00", "2027-10-31 05:00")
    assert len(starts) == 7
    # Half past two happens twice: the round is due once.
    half = [GridRow(2 * 60 + 30)]
    assert due(half, "2027-10-30 12:00", "2027-10-31 12:00") == ["2027-10-31 00:30"]


def test_the_night_of_eleven_hours():
    hourly = [GridRow(0, every=60, until=6 * 60)]
    assert len(due(hourly, "2027-03-27 23:00", "2027-03-28 04:00")) == 5
    half = [GridRow(2 * 60 + 30)]
    assert due(half, "2027-03-28 00:00", "2027-03-28 12:00") == ["2027-03-28 01:30"]


def test_a_visit_after_midnight():
    start = datetime(2027, 4, 15, 20)
    assert clock_window(start, 60, 180, PARIS) == (
        datetime(2027, 4, 15, 23),
        datetime(2027, 4, 16, 1),
    )
    # From eleven to one: the window that is running counts.
    late = datetime(2027, 4, 15, 22, 30)
    assert clock_window(late, 23 * 60, 60, PARIS)[0] == datetime(2027, 4, 15, 21)


ROWS = st.builds(
    GridRow,
    start=st.integers(0, 1439),
    weekday=st.none() | st.integers(0, 6),
    every=st.sampled_from([0, 15, 60, 90, 240]),
    until=st.none() | st.integers(0, 1439),
)
DAYS = st.integers(0, 400).map(lambda n: datetime(2027, 1, 1) + timedelta(days=n))
ZONES = st.sampled_from([PARIS, "America/Cayenne", "Indian/Reunion", "Asia/Tokyo"])


@given(st.lists(ROWS, max_size=4), DAYS, st.integers(1, 96), ZONES)
@settings(deadline=None, max_examples=60)
def test_windows_that_follow_each_other_find_each_start_once(grid, day, hours, tz):
    end = day + timedelta(hours=hours)
    middle = day + (end - day) / 3
    whole = next_starts(grid, day, end, tz)
    assert whole == sorted(set(whole))
    parts = next_starts(grid, day, middle, tz) + next_starts(grid, middle, end, tz)
    assert parts == whole


@given(
    st.integers(60, 720),
    st.integers(1, 6),
    st.integers(0, 30),
    st.none() | st.integers().map(random.Random),
)
def test_visits_keep_apart(minutes, visits, spacing, dice):
    since = datetime(2027, 4, 15, 20)
    until = since + timedelta(minutes=minutes)
    if minutes - spacing * (visits - 1) < visits:
        with pytest.raises(ValueError, match="do not fit"):
            visit_windows(since, until, visits, spacing, dice)
        return
    windows = visit_windows(since, until, visits, spacing, dice)
    assert len(windows) == visits
    assert since <= windows[0][0] and windows[-1][1] <= until
    for (first, last), (following, __) in zip(windows, windows[1:], strict=False):
        assert first <= last
        # Whole minutes may take one away.
        assert following - last >= timedelta(minutes=spacing - 1)


def test_an_order_is_drawn():
    keys = list(range(8))
    orders = {tuple(drawn(keys, random.Random(seed))) for seed in range(20)}
    assert len(orders) > 10
    assert all(sorted(order) == keys for order in orders)
