"""Working time of a day and the rest between two, both sides of each limit."""

from limit_cases import MON, NIGHT, assert_found, each_of, severities
from plans import figures, found, slot

FAR = (48.85, 2.35)
FARTHER = (49.44, 1.10)
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
        "a cut of 3 h within the day of work is none",
        "TPS-02",
        [slot(f"{MON} 08:00", "12:00"), slot(f"{MON} 15:00", "19:00")],
        0,
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


@each_of(CASES)
def test_both_sides_of_each_limit(rule, slots, expected, who):
    assert_found(rule, slots, expected, who)


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
