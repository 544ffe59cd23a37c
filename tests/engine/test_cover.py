"""Needed against planned, held to an oracle that counts every quarter of an hour."""

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from security_missions.engine.cover import Stretch, by_day, cover, percent, totals

MONDAY = datetime(2027, 5, 3)
QUARTER = timedelta(minutes=15)


def at(hour):
    return MONDAY + timedelta(hours=hour)


def test_a_relief_that_comes_late_is_a_gap():
    found = cover([(at(7), at(19))], [(at(7), at(13)), (at(14), at(19))])
    assert [(s.needed, s.planned, s.hours) for s in found] == [
        (1, 1, 6),
        (1, 0, 1),
        (1, 1, 5),
    ]
    assert sum(s.gap_hours for s in found) == 1


def test_a_relief_on_time_changes_nothing():
    found = cover([(at(7), at(19))], [(at(7), at(13)), (at(13), at(19))])
    assert found == [Stretch(at(7), at(19), 1, 1)]


def test_nobody_asked_for_him():
    [found] = cover([], [(at(7), at(9))])
    assert (found.gap_hours, found.surplus_hours) == (0, 2)


spans = st.lists(
    st.builds(
        lambda first, length: (
            MONDAY + first * QUARTER,
            MONDAY + (first + length) * QUARTER,
        ),
        st.integers(0, 200),
        st.integers(1, 60),
    ),
    max_size=8,
)


def counted(held, instant):
    return sum(start <= instant < stop for start, stop in held)


@given(spans, spans)
@settings(max_examples=300)
def test_each_quarter_of_an_hour_agrees(needed, planned):
    found = cover(needed, planned)
    for number in range(270):
        instant = MONDAY + number * QUARTER
        expected = (counted(needed, instant), counted(planned, instant))
        told = [
            (s.needed, s.planned) for s in found if s.start <= instant < s.stop
        ] or [(0, 0)]
        assert told == [expected]
    for one, following in zip(found, found[1:], strict=False):
        assert one.stop <= following.start
        assert one.stop < following.start or (one.needed, one.planned) != (
            following.needed,
            following.planned,
        )


def test_a_night_belongs_to_the_day_it_starts():
    at = datetime(2026, 6, 1, 20)  # 22:00 in Paris
    night = Stretch(at, at + timedelta(hours=9), 3, 1)
    late = Stretch(at + timedelta(hours=3), at + timedelta(hours=4), 0, 2)
    days = by_day([night, late], "Europe/Paris")
    assert [(day.day, d.missing, d.surplus) for day, d in days.items()] == [
        (1, 2, 0),
        (2, 0, 2),
    ]
    assert days[date(2026, 6, 1)].stretches == (night,)


def test_percent_says_a_hundred_only_when_nothing_is_missing():
    at = datetime(2026, 6, 1)
    one = Stretch(at, at + timedelta(hours=4), 2, 5)
    assert totals([one]) == (8, 8)
    assert percent([totals([one])]) == 100
    assert percent([(1000, 999.9)]) == 99
    assert percent([(10, 0), (10, 10)]) == 50
    assert percent([(0, 0)]) is None
    assert percent([]) is None


def test_a_post_held_day_and_night_is_told_each_day():
    """Over the night of 28 March, that has 23 hours in Paris."""
    start = datetime(2027, 3, 26, 23)
    days = by_day([Stretch(start, datetime(2027, 3, 29, 4), 1, 0)], "Europe/Paris")
    assert [(d.day, one.stretches[0].hours) for d, one in days.items()] == [
        (27, 24),
        (28, 23),
        (29, 6),
    ]
