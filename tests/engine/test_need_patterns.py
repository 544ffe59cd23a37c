"""Needs that come back otherwise than every week."""

from datetime import date, timedelta

import pytest

from security_missions.engine.demand import Need, expand, need_of, summarise

PARIS = "Europe/Paris"
FIRST, LAST = date(2026, 12, 1), date(2027, 1, 31)
NEW_YEAR = date(2027, 1, 1)
HOLIDAYS = {date(2026, 12, 25), NEW_YEAR}
# FIRST and the Sunday after it are in the same week.
TUESDAY, FRIDAY = 1, 4


def days(**pattern):
    need = Need(7, TUESDAY, None, 480, 60, 1, **pattern)
    slots = expand([need], FIRST, LAST, PARIS)
    return [date.fromisoformat(slot.key.split(":")[1]) for slot in slots]


def test_every_other_week_over_the_new_year():
    """Week 53 is odd and so is week 1: counted from a day, the rhythm holds."""
    found = days(every=2, anchor=date(2026, 12, 6))
    assert found[0] == FIRST
    assert {b - a for a, b in zip(found, found[1:], strict=False)} == {
        timedelta(days=14)
    }
    others = days(every=2, anchor=date(2026, 12, 7))
    assert sorted(found + others) == days()


def test_an_anchor_to_come_counts_backwards():
    assert days(every=3, anchor=date(2027, 1, 12)) == [
        date(2026, 12, 1),
        date(2026, 12, 22),
        date(2027, 1, 12),
    ]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (1, [date(2026, 12, 1), date(2027, 1, 5)]),
        (2, [date(2026, 12, 8), date(2027, 1, 12)]),
        (4, [date(2026, 12, 22), date(2027, 1, 26)]),
        (-1, [date(2026, 12, 29), date(2027, 1, 26)]),
    ],
)
def test_place_in_the_month(place, expected):
    assert days(month_week=place) == expected


def asked(weekday, rule, day=None):
    need = Need(7, weekday, day, 480, 60, 1, holidays=rule)
    slots = expand([need], FIRST, LAST, PARIS, holidays=HOLIDAYS)
    return {date.fromisoformat(slot.key.split(":")[1]) for slot in slots}


def test_only_or_not_on_public_holidays():
    assert asked(None, "only") == HOLIDAYS
    assert asked(FRIDAY, "only") == HOLIDAYS
    assert asked(TUESDAY, "only") == set()
    assert asked(FRIDAY, "not") == asked(FRIDAY, "") - HOLIDAYS
    assert asked(None, "not", NEW_YEAR) == set()


def test_the_keys_are_those_of_a_weekly_need():
    """What was made stays answered when a need gets a pattern."""
    weekly = {s.key for s in expand([Need(7, 1, None, 480, 60, 2)], FIRST, LAST, PARIS)}
    first = Need(7, 1, None, 480, 60, 2, month_week=1)
    some = {s.key for s in expand([first], FIRST, LAST, PARIS)}
    assert some < weekly
    assert {need_of(key) for key in some} == {7}


def test_another_pattern_is_another_line():
    weekly = Need(1, 0, None, 480, 60, 1)
    first = Need(2, 1, None, 480, 60, 1, month_week=1)
    holidays = Need(3, 2, None, 480, 60, 1, holidays="not")
    assert len(summarise([weekly, first, holidays])) == 3
