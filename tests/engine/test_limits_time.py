"""Working time, both sides of each limit."""

from datetime import date, timedelta

import pytest
from plans import days, figures, found, person, slot

from security_workforce.engine.limits import check

MON = "2026-03-02"
NIGHT = {"night_worker": True}
PART = {"full_time": False, "weekly_hours": 20.0}
MINOR = {"birth_date": date(2009, 6, 1)}
FAR = (48.85, 2.35)
FARTHER = (49.44, 1.10)


def weeks(number, hours, first="2026-01-05"):
    """That many weeks of that many hours, in five days."""
    monday = date.fromisoformat(first)
    return [
        s
        for week in range(number)
        for s in days(str(monday + timedelta(weeks=week)), 5, hours=hours / 5)
    ]


# (what, rule, slots, expected number of findings, person)
CASES = [
    # TPS-01: twelve hours
    ("12 h", "TPS-01", [slot(f"{MON} 07:00", "19:00")], 0, {}),
    ("12 h and a minute", "TPS-01", [slot(f"{MON} 07:00", "19:01")], 1, {}),
    ("12 h over midnight", "TPS-01", [slot(f"{MON} 19:00", "07:00")], 0, {}),
    ("13 h over midnight", "TPS-01", [slot(f"{MON} 19:00", "08:00")], 1, {}),
    ("19-7 in October: 13 h", "TPS-01", [slot("2026-10-24 19:00", "07:00")], 1, {}),
    ("19-7 in March: 11 h", "TPS-01", [slot("2026-03-28 19:00", "07:00")], 0, {}),
    ("19-8 in March: 12 h", "TPS-01", [slot("2026-03-28 19:00", "08:00")], 0, {}),
    ("over new year", "TPS-01", [slot("2026-12-31 19:00", "07:30")], 1, {}),
    (
        "two halves, touching",
        "TPS-01",
        [slot(f"{MON} 07:00", "13:00"), slot(f"{MON} 13:00", "20:00")],
        1,
        {},
    ),
    (
        "two halves, a cut of 2 h",
        "TPS-01",
        [slot(f"{MON} 07:00", "13:00"), slot(f"{MON} 15:00", "21:00")],
        0,
        {},
    ),
    (
        "two halves, 12 h 30 of work",
        "TPS-01",
        [slot(f"{MON} 07:00", "13:30"), slot(f"{MON} 15:00", "21:00")],
        1,
        {},
    ),
    (
        "regime with 10 h",
        "TPS-01",
        [slot(f"{MON} 07:00", "18:00")],
        1,
        {"parameters": figures("r", max_vacation_h=10)},
    ),
    (
        "regime with 15 h",
        "TPS-01",
        [slot(f"{MON} 07:00", "21:00")],
        0,
        {"parameters": figures("r", max_vacation_h=15)},
    ),
    # TPS-02: rest
    (
        "12 h of rest",
        "TPS-02",
        [slot(f"{MON} 08:00", "20:00"), slot("2026-03-03 08:00", "16:00")],
        0,
        {},
    ),
    (
        "11 h 59",
        "TPS-02",
        [slot(f"{MON} 08:00", "20:01"), slot("2026-03-03 08:00", "16:00")],
        1,
        {},
    ),
    (
        "10 h",
        "TPS-02",
        [slot(f"{MON} 14:00", "22:00"), slot("2026-03-03 08:00", "16:00")],
        1,
        {},
    ),
    (
        "12 h on the clock, 11 in March",
        "TPS-02",
        [slot("2026-03-28 12:00", "20:00"), slot("2026-03-29 08:00", "16:00")],
        1,
        {},
    ),
    (
        "11 h on the clock, 12 in October",
        "TPS-02",
        [slot("2026-10-24 13:00", "21:00"), slot("2026-10-25 08:00", "16:00")],
        0,
        {},
    ),
    (
        "over the month",
        "TPS-02",
        [slot("2026-03-31 12:00", "22:00"), slot("2026-04-01 08:00", "16:00")],
        1,
        {},
    ),
    (
        "a cut of 2 h is no rest",
        "TPS-02",
        [slot(f"{MON} 08:00", "12:00"), slot(f"{MON} 14:00", "18:00")],
        0,
        {},
    ),
    (
        "a cut of 3 h is one",
        "TPS-02",
        [slot(f"{MON} 08:00", "12:00"), slot(f"{MON} 15:00", "19:00")],
        1,
        {},
    ),
    (
        "regime with 11 h",
        "TPS-02",
        [slot(f"{MON} 08:00", "20:30"), slot("2026-03-03 08:00", "16:00")],
        0,
        {"parameters": figures("r", min_rest_h=11)},
    ),
    # TPS-03: night to day
    (
        "night to day, 9 h",
        "TPS-03",
        [slot(f"{MON} 20:00", "05:00"), slot("2026-03-03 14:00", "20:00")],
        1,
        {},
    ),
    (
        "night to day, 10 h",
        "TPS-03",
        [slot(f"{MON} 20:00", "04:00"), slot("2026-03-03 14:00", "20:00")],
        0,
        {},
    ),
    (
        "night to night, 9 h",
        "TPS-03",
        [
            slot(f"{MON} 18:00", "04:00"),
            slot("2026-03-03 13:00", "17:00"),
        ],
        1,
        {},
    ),
    (
        "airport, 23 h",
        "TPS-03",
        [
            slot(f"{MON} 21:00", "05:00", airport=True),
            slot("2026-03-04 04:00", "12:00", airport=True),
        ],
        1,
        {},
    ),
    (
        "airport, 24 h",
        "TPS-03",
        [
            slot(f"{MON} 21:00", "05:00", airport=True),
            slot("2026-03-04 05:00", "13:00", airport=True),
        ],
        0,
        {},
    ),
    (
        "airport, day to day",
        "TPS-03",
        [
            slot(f"{MON} 08:00", "16:00", airport=True),
            slot("2026-03-03 08:00", "16:00", airport=True),
        ],
        0,
        {},
    ),
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
    # TPS-11, TPS-12
    (
        "6 h without break",
        "TPS-11",
        [slot(f"{MON} 08:00", "14:00", paid_break=False)],
        1,
        {},
    ),
    ("5 h 59", "TPS-11", [slot(f"{MON} 08:00", "13:59", paid_break=False)], 0, {}),
    ("6 h, paid break", "TPS-11", [slot(f"{MON} 08:00", "14:00")], 0, {}),
    ("4 h", "TPS-12", [slot(f"{MON} 08:00", "12:00")], 0, {}),
    ("3 h 59", "TPS-12", [slot(f"{MON} 08:00", "11:59")], 1, {}),
    (
        "1 h and 1 h with 1 h 30 between",
        "TPS-12",
        [slot(f"{MON} 08:00", "09:00"), slot(f"{MON} 10:30", "11:30")],
        1,
        {},
    ),
    (
        "2 h and 2 h with 2 h between",
        "TPS-12",
        [slot(f"{MON} 08:00", "10:00"), slot(f"{MON} 12:00", "14:00")],
        0,
        {},
    ),
    (
        "1 h, then 4 h after 3 h",
        "TPS-12",
        [slot(f"{MON} 08:00", "09:00"), slot(f"{MON} 12:00", "16:00")],
        1,
        {},
    ),
    (
        "six hours from a date on",
        "TPS-12",
        [slot(f"{MON} 08:00", "13:00")],
        1,
        {"parameters": figures("r", min_work_period_h=6)},
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
    # TPS-16: night worker
    (
        "8 h, 11 h of rest",
        "TPS-16",
        [slot(f"{MON} 22:00", "06:00"), slot("2026-03-03 17:00", "23:00")],
        0,
        NIGHT,
    ),
    (
        "12 h, 15 h of rest",
        "TPS-16",
        [slot(f"{MON} 19:00", "07:00"), slot("2026-03-03 22:00", "06:00")],
        0,
        NIGHT,
    ),
    (
        "12 h, 14 h of rest",
        "TPS-16",
        [slot(f"{MON} 19:00", "07:00"), slot("2026-03-03 21:00", "05:00")],
        1,
        NIGHT,
    ),
    (
        "12 h, 14 h, by day",
        "TPS-16",
        [slot(f"{MON} 19:00", "07:00"), slot("2026-03-03 21:00", "05:00")],
        0,
        {},
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
    # TPS-19: two places
    (
        "overlap",
        "TPS-19",
        [slot(f"{MON} 08:00", "12:00"), slot(f"{MON} 11:59", "16:00", site=2)],
        1,
        {},
    ),
    (
        "touching, same site",
        "TPS-19",
        [slot(f"{MON} 08:00", "12:00"), slot(f"{MON} 12:00", "16:00")],
        0,
        {},
    ),
    (
        "113 km in an hour",
        "TPS-19",
        [
            slot(f"{MON} 08:00", "12:00", position=FAR),
            slot(f"{MON} 13:00", "17:00", site=2, position=FARTHER),
        ],
        1,
        {},
    ),
    (
        "113 km in three hours",
        "TPS-19",
        [
            slot(f"{MON} 08:00", "12:00", position=FAR),
            slot(f"{MON} 15:00", "19:00", site=2, position=FARTHER),
        ],
        0,
        {},
    ),
    (
        "unknown position",
        "TPS-19",
        [
            slot(f"{MON} 08:00", "12:00", position=FAR),
            slot(f"{MON} 12:00", "17:00", site=2),
        ],
        0,
        {},
    ),
    # LON-01
    (
        "alone, no plan",
        "LON-01",
        [slot(f"{MON} 08:00", "12:00", alone=True, lone_plan=False)],
        1,
        {},
    ),
    (
        "alone, with a plan",
        "LON-01",
        [slot(f"{MON} 08:00", "12:00", alone=True)],
        0,
        {},
    ),
]


@pytest.mark.parametrize(
    ("rule", "slots", "expected", "who"),
    [case[1:] for case in CASES],
    ids=[f"{case[1]} {case[0]}" for case in CASES],
)
def test_both_sides_of_each_limit(rule, slots, expected, who):
    findings = found(slots, rule, **who)
    assert len(findings) == expected, [f.text() for f in findings]
    for finding in findings:
        for lang in ("en", "fr"):
            assert finding.text(lang) and "%(" not in finding.text(lang)
        assert finding.source
        assert set(finding.keys) <= set(finding.involved)


def severities(rule, slots, **who):
    return [f.severity for f in found(slots, rule, **who)]


def test_rest_below_the_floor_is_worse_than_below_the_branch():
    eleven = [slot(f"{MON} 08:00", "21:00"), slot("2026-03-03 08:00", "16:00")]
    ten = [slot(f"{MON} 08:00", "22:00"), slot("2026-03-03 08:00", "16:00")]
    assert severities("TPS-02", eleven) == ["warn"]
    assert severities("TPS-02", ten) == ["override"]


def test_what_was_worked_is_a_fact():
    assert severities("TPS-01", [slot(f"{MON} 07:00", "20:00")]) == ["override"]
    worked = [slot(f"{MON} 07:00", "20:00", worked=True)]
    assert severities("TPS-01", worked) == ["warn"]


def test_remedies_are_times_that_heal():
    [finding] = found([slot(f"{MON} 07:00", "20:00")], "TPS-01")
    assert (
        finding.remedies[0].text("fr") == "Terminez au plus tard le 02/03/2026 19:00."
    )
    assert not found([slot(f"{MON} 07:00", "19:00")], "TPS-01")
    two = [slot(f"{MON} 14:00", "22:00"), slot("2026-03-03 08:00", "16:00")]
    [finding] = found(two, "TPS-02")
    assert finding.remedies[0].text() == "Start at 03/03/2026 09:00 at the earliest."
    later = [two[0], slot("2026-03-03 09:00", "17:00")]
    assert severities("TPS-02", later) == ["warn"]


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
