"""What a guard declares of his time, and what the rules make of it."""

from datetime import date, datetime, timedelta

import pytest
from plans import person, slot

from security_workforce.engine.availability import Wish
from security_workforce.engine.limits import check

# A Monday of March, from 08:00 to 12:00 in Paris.
MORNING = (datetime(2026, 3, 2, 7), datetime(2026, 3, 2, 11))


def wish(kind="unavailable", **values):
    return Wish(kind, *MORNING, **values)


def told(declared, *slots):
    found = check(person(wishes=(declared,)), list(slots))
    return [(f.rule, f.severity) for f in found if f.rule.startswith("AVA")]


RUN_INTO = slot("2026-03-02 11:00", "18:00")
AFTER = slot("2026-03-02 12:00", "18:00")
BEFORE = slot("2026-03-02 04:00", "08:00")


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (wish(accepted=True), [("AVA-01", "override")]),
        (wish(), [("AVA-01", "warn")]),
        (wish("off"), [("AVA-02", "info")]),
        (wish("work"), []),
    ],
)
def test_both_sides_of_each_kind(declared, expected):
    assert told(declared, RUN_INTO) == expected
    assert told(declared, AFTER) == told(declared, BEFORE) == []


def test_what_was_worked_is_only_flagged():
    worked = slot("2026-03-02 11:00", "18:00", worked=True)
    assert told(wish(accepted=True), worked) == [("AVA-01", "warn")]


def test_the_words_have_the_times_of_the_place():
    [found] = [
        f
        for f in check(person(wishes=(wish(accepted=True),)), [RUN_INTO])
        if f.rule == "AVA-01"
    ]
    assert "02/03/2026 08:00" in found.text("en")
    assert "n'est pas disponible du 02/03/2026 08:00" in found.text("fr")


def test_every_week_on_the_clock_of_the_guard():
    """08:00 stays 08:00 when the clock goes forward on 29 March."""
    weekly = wish(weekly=True)
    spans = list(weekly.times(datetime(2026, 3, 1), datetime(2026, 4, 10)))
    assert [start.day for start, _stop in spans] == [2, 9, 16, 23, 30, 6]
    assert [start.hour for start, _stop in spans] == [7, 7, 7, 7, 6, 6]


def test_every_week_until_a_day_included():
    weekly = wish(weekly=True, until=date(2026, 3, 16))
    spans = list(weekly.times(datetime(2026, 1, 1), datetime(2027, 1, 1)))
    assert [start.day for start, _stop in spans] == [2, 9, 16]
    assert not list(weekly.times(datetime(2026, 3, 17), datetime(2027, 1, 1)))


def test_years_later_nothing_is_skipped():
    weekly = wish(weekly=True)
    monday = datetime(2031, 7, 7, 6)
    for hours, expected in ((0, 1), (3, 1), (4, 0), (-4, 0), (-1, 1)):
        start = monday + timedelta(hours=hours)
        found = list(weekly.times(start, start + timedelta(hours=2)))
        assert len(found) == expected, hours


def test_never_before_the_first_time():
    assert not list(wish(weekly=True).times(datetime(2026, 2, 1), MORNING[0]))
