"""Working time of a week and days in a row, both sides of each limit."""

from datetime import date

from limit_cases import MON, PART, assert_found, each_of
from plans import days, figures, found, person, slot

from security_workforce.engine.limits import check

MINOR = {"birth_date": date(2009, 6, 1)}
CASES = [
    # TPS-04: 48 hours a week
    ("48 h", "TPS-04", days(MON, 4, hours=12), 0, {}),
    (
        "48 h 30",
        "TPS-04",
        [*days(MON, 4, hours=12), slot("2026-03-06 08:00", "08:30")],
        1,
        {},
    ),
    (
        "49 h, Sunday night cut at midnight",
        "TPS-04",
        [*days(MON, 4, hours=11), slot("2026-03-08 19:00", "07:00")],
        1,
        {},
    ),
    (
        "44 h and 4 before midnight",
        "TPS-04",
        [*days(MON, 4, hours=11), slot("2026-03-08 20:00", "07:00")],
        0,
        {},
    ),
    (
        "two weeks of 48 h",
        "TPS-04",
        [*days(MON, 4, hours=12), *days("2026-03-09", 4, hours=12)],
        0,
        {},
    ),
    ("the week of new year", "TPS-04", days("2026-12-28", 5, hours=10), 1, {}),
    (
        "week of the October night: 48 h on the clock are 49",
        "TPS-04",
        [*days("2026-10-19", 3, hours=12), slot("2026-10-24 19:00", "07:00")],
        1,
        {},
    ),
    (
        "week of the March night: 49 h on the clock are 48",
        "TPS-04",
        [*days("2026-03-23", 3, hours=12), slot("2026-03-28 19:00", "08:00")],
        0,
        {},
    ),
    # TPS-06: weekly rest
    (
        "36 h before Monday",
        "TPS-06",
        [*days(MON, 6, hours=12), *days("2026-03-09", 6, hours=12)],
        0,
        {},
    ),
    (
        "34 h before Monday",
        "TPS-06",
        [
            *days(MON, 5, hours=12),
            slot("2026-03-07 14:00", "22:00"),
            *days("2026-03-09", 1),
        ],
        1,
        {},
    ),
    (
        "35 h, without cycle",
        "TPS-06",
        [
            *days(MON, 5, hours=8),
            slot("2026-03-07 13:00", "21:00"),
            *days("2026-03-09", 1),
        ],
        0,
        {"cycle": False},
    ),
    (
        "35 h, with cycle",
        "TPS-06",
        [
            *days(MON, 5, hours=8),
            slot("2026-03-07 13:00", "21:00"),
            *days("2026-03-09", 1),
        ],
        1,
        {"cycle": True},
    ),
    (
        "36 h on the clock of March are 35",
        "TPS-06",
        [
            *days("2026-03-23", 5, hours=8),
            slot("2026-03-28 12:00", "20:00"),
            *days("2026-03-30", 1),
        ],
        1,
        {},
    ),
    ("7 days of 8 h", "TPS-06", days(MON, 8), 1, {}),
    # TPS-07, TPS-08: days
    ("6 days", "TPS-07", days(MON, 6), 0, {}),
    ("7 days", "TPS-07", days(MON, 7), 1, {}),
    ("6 nights, the last into Sunday", "TPS-07", days(MON, 6, "19:00", 12), 0, {}),
    ("6 in a row over two weeks", "TPS-08", days("2026-03-05", 6), 0, {}),
    ("7 in a row over two weeks", "TPS-08", days("2026-03-05", 7), 1, {}),
    (
        "7 with a day between",
        "TPS-08",
        [*days("2026-03-05", 4), *days("2026-03-10", 3)],
        0,
        {},
    ),
    # TPS-09: 24 h after 48 h
    ("48 h in a row", "TPS-09", days(MON, 4, hours=12), 0, {}),
    ("60 h in a row", "TPS-09", days(MON, 5, hours=12), 1, {}),
    (
        "60 h with a day off",
        "TPS-09",
        [*days(MON, 4, hours=12), *days("2026-03-07", 1, hours=12)],
        0,
        {},
    ),
    # TPS-13: part-time
    ("22 h of 20", "TPS-13", days(MON, 2, hours=11), 0, PART),
    (
        "23 h of 20",
        "TPS-13",
        [*days(MON, 2, hours=9), slot("2026-03-04 08:00", "13:00")],
        1,
        PART,
    ),
    ("27 h of 20", "TPS-13", days(MON, 3, hours=9), 1, PART),
    ("35 h of 20", "TPS-13", days(MON, 5, hours=7), 1, PART),
    ("full time at 40 h", "TPS-13", days(MON, 5, hours=8), 0, {}),
    (
        "one cut of 2 h",
        "TPS-13",
        [slot(f"{MON} 08:00", "12:00"), slot(f"{MON} 14:00", "18:00")],
        0,
        PART,
    ),
    (
        "one cut of 3 h",
        "TPS-13",
        [slot(f"{MON} 08:00", "12:00"), slot(f"{MON} 15:00", "19:00")],
        1,
        PART,
    ),
    (
        "two cuts",
        "TPS-13",
        [
            slot(f"{MON} 08:00", "10:00"),
            slot(f"{MON} 11:00", "13:00"),
            slot(f"{MON} 14:00", "16:00"),
        ],
        1,
        PART,
    ),
    # TPS-17: minor
    ("8 h", "TPS-17", [slot(f"{MON} 08:00", "16:00")], 0, MINOR),
    ("8 h 30", "TPS-17", [slot(f"{MON} 08:00", "16:30")], 1, MINOR),
    ("35 h", "TPS-17", days(MON, 5, hours=7), 0, MINOR),
    ("40 h", "TPS-17", days(MON, 5, hours=8), 1, MINOR),
    ("till 22:00", "TPS-17", [slot(f"{MON} 16:00", "22:00")], 0, MINOR),
    ("till 22:30", "TPS-17", [slot(f"{MON} 16:00", "22:30")], 1, MINOR),
    (
        "11 h of rest",
        "TPS-17",
        [slot(f"{MON} 13:00", "21:00"), slot("2026-03-03 08:00", "14:00")],
        1,
        MINOR,
    ),
    ("18 on that day", "TPS-17", [slot("2027-06-01 08:00", "18:00")], 0, MINOR),
    ("18 the next day", "TPS-17", [slot("2027-05-31 08:00", "18:00")], 1, MINOR),
    # TPS-18: elsewhere
    ("40 h and 8 elsewhere", "TPS-18", days(MON, 5, hours=8), 0, {"other_hours": 8.0}),
    ("40 h and 9 elsewhere", "TPS-18", days(MON, 5, hours=8), 1, {"other_hours": 9.0}),
]


@each_of(CASES)
def test_both_sides_of_each_limit(rule, slots, expected, who):
    assert_found(rule, slots, expected, who)


def test_a_figure_that_is_unknown_silences_its_rule():
    empty = figures().__class__([])
    slots = days(MON, 7, hours=14)
    assert {f.rule for f in check(person(parameters=empty), slots)} <= {"TPS-19"}


def test_the_excess_of_a_week_is_shown_where_it_overflows():
    slots = days(MON, 5, hours=10)
    [finding] = found(slots, "TPS-04")
    assert finding.keys == (slots[4].key,)
    assert set(finding.involved) == {s.key for s in slots}
    assert (finding.limit, finding.value) == (48, 50)


def test_only_what_was_asked_is_answered():
    week = [*days(MON, 5, hours=10, asked=False), *days("2026-03-16", 1)]
    assert not found(week, "TPS-04")
