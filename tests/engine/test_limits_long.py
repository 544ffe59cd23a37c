"""Averages of weeks and Sundays of months, both sides of each limit."""

from datetime import date, timedelta

from limit_cases import NIGHT, PART, assert_found, each_of
from plans import days, figures, slot


def weeks(number, hours, first="2026-01-05"):
    """That many weeks of that many hours, in five days."""
    monday = date.fromisoformat(first)
    return [
        s
        for week in range(number)
        for s in days(str(monday + timedelta(weeks=week)), 5, hours=hours / 5)
    ]


CASES = [
    # TPS-05: the average of twelve weeks
    ("12 weeks of 46 h", "TPS-05", weeks(12, 46), 0, {}),
    ("12 weeks of 46 h 30", "TPS-05", weeks(12, 46.5), 1, {}),
    ("11 weeks of 48 h, one of 24", "TPS-05", weeks(11, 48), 0, {}),
    ("12 weeks of 45 h, by night", "TPS-05", weeks(12, 45), 1, NIGHT),
    ("12 weeks of 44 h, by night", "TPS-05", weeks(12, 44), 0, NIGHT),
    ("over new year", "TPS-05", weeks(12, 47, first="2026-11-02"), 1, {}),
    ("13 weeks, two windows", "TPS-05", weeks(13, 47), 2, {}),
    (
        "regime with 44 h",
        "TPS-05",
        weeks(12, 45),
        1,
        {"parameters": figures("r", avg_weeks_h=44)},
    ),
    # TPS-10: Sundays
    ("every Sunday of three months", "TPS-10", days("2026-01-04", 13, every=7), 2, {}),
    ("one Sunday", "TPS-10", days("2026-01-04", 1), 0, {}),
    ("every Sunday, part-time", "TPS-10", days("2026-01-04", 13, every=7), 0, PART),
    (
        "Sundays off between a Saturday and a Monday",
        "TPS-10",
        [
            *days("2026-01-03", 13, every=7),
            *days("2026-01-05", 12, every=7),
            slot("2026-03-29 08:00", "12:00"),
        ],
        1,
        {},
    ),
]


@each_of(CASES)
def test_both_sides_of_each_limit(rule, slots, expected, who):
    assert_found(rule, slots, expected, who)
