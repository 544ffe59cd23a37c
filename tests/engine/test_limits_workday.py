"""The day of work with its cuts, the civil day, the year, the last verification."""

from datetime import date, timedelta

from limit_cases import assert_found, each_of
from plans import days, figures, found, person, slot

from security_workforce.engine.limits import by_slot, check, check_dated

TODAY = date(2026, 3, 2)
WEEK = timedelta(weeks=1)


def overtime(weeks, **values):
    """Weeks of 5 days of 9 h from Monday 5 January 2026 on: 10 h over each week."""
    return [
        one
        for week in range(weeks)
        for one in days(f"{date(2026, 1, 5) + week * WEEK}", 5, hours=9, **values)
    ]


# (what, rule, slots, findings expected, values of the person)
CASES = [
    # A day of work with a long cut
    (
        "a cut of 3 h within 13 h is no rest",
        "TPS-02",
        [slot("2026-03-02 08:00", "12:00"), slot("2026-03-02 15:00", "21:00")],
        0,
        {},
    ),
    (
        "a cut that stretches the day over 13 h",
        "TPS-02",
        [slot("2026-03-02 08:00", "12:00"), slot("2026-03-02 15:00", "21:15")],
        1,
        {},
    ),
    (
        "two cuts within 13 h",
        "TPS-02",
        [
            slot("2026-03-02 06:00", "09:00"),
            slot("2026-03-02 11:30", "14:00"),
            slot("2026-03-02 16:30", "19:00"),
        ],
        0,
        {},
    ),
    (
        "the rest after a day with a cut counts from its end",
        "TPS-02",
        [
            slot("2026-03-02 08:00", "12:00"),
            slot("2026-03-02 15:00", "21:00"),
            slot("2026-03-03 07:00", "12:00"),
        ],
        1,
        {},
    ),
    (
        "a short cut that stretches the day over 13 h",
        "TPS-02",
        [slot("2026-03-02 07:00", "13:00"), slot("2026-03-02 15:00", "20:15")],
        1,
        {},
    ),
    (
        "a short cut, 13 h in all",
        "TPS-02",
        [slot("2026-03-02 07:00", "13:00"), slot("2026-03-02 15:00", "20:00")],
        0,
        {},
    ),
    (
        "a cut over midnight",
        "TPS-02",
        [slot("2026-03-02 20:00", "00:00"), slot("2026-03-03 03:00", "09:00")],
        0,
        {},
    ),
    # The civil day
    (
        "two nights, 12 h in the day between",
        "TPS-01",
        [slot("2026-03-02 20:00", "08:00"), slot("2026-03-03 20:00", "08:00")],
        0,
        {},
    ),
    (
        "a night and an evening, 13 h in one day",
        "TPS-01",
        [slot("2026-03-02 20:00", "08:00"), slot("2026-03-03 19:00", "06:00")],
        1,
        {},
    ),
    (
        "a firm whose agreement counts by service",
        "TPS-01",
        [slot("2026-03-02 20:00", "08:00"), slot("2026-03-03 19:00", "06:00")],
        0,
        {"parameters": figures("firm", max_civil_day_h=24)},
    ),
    (
        "a week earlier than the clock goes back",
        "TPS-01",
        [slot("2026-10-17 20:00", "07:00"), slot("2026-10-18 19:30", "06:00")],
        0,
        {},
    ),
    (
        "the clock goes back: an hour more in the day",
        "TPS-01",
        [slot("2026-10-24 20:00", "07:00"), slot("2026-10-25 19:30", "06:00")],
        1,
        {},
    ),
    # The year
    ("288 h of overtime", "TPS-15", overtime(28), 0, {}),
    ("290 h of overtime", "TPS-15", overtime(29), 1, {}),
    ("a part-timer has none", "TPS-15", overtime(29), 0, {"full_time": False}),
    (
        "280 h before, 10 h more",
        "TPS-15",
        overtime(1),
        1,
        {"overtime": (date(2026, 1, 5), 280.0)},
    ),
    (
        "278 h before, 10 h more",
        "TPS-15",
        overtime(1),
        0,
        {"overtime": (date(2026, 1, 5), 278.0)},
    ),
    (
        "weeks already counted are not counted twice",
        "TPS-15",
        overtime(2),
        0,
        {"overtime": (date(2026, 1, 12), 278.0)},
    ),
    (
        "the overtime of last year is over",
        "TPS-15",
        overtime(1),
        0,
        {"overtime": (date(2025, 12, 1), 280.0)},
    ),
    (
        "another quota for another regime",
        "TPS-15",
        overtime(29),
        0,
        {"parameters": figures("common", overtime_quota_h=329)},
    ),
    # The last verification
    ("today unknown", "PRO-06", days("2026-03-02", 1), 0, {}),
    (
        "verified 31 days ago",
        "PRO-06",
        days("2026-03-02", 1),
        0,
        {"today": TODAY, "last_check": date(2026, 1, 30)},
    ),
    (
        "verified 32 days ago",
        "PRO-06",
        days("2026-03-02", 1),
        1,
        {"today": TODAY, "last_check": date(2026, 1, 29)},
    ),
    ("never verified", "PRO-06", days("2026-03-02", 1), 1, {"today": TODAY}),
    (
        "no title at all",
        "PRO-06",
        days("2026-03-02", 1),
        0,
        {"today": TODAY, "titles": ()},
    ),
    (
        "a shift beyond the next verification",
        "PRO-06",
        days("2026-04-03", 1),
        0,
        {"today": TODAY},
    ),
    ("a shift of last month", "PRO-06", days("2026-03-01", 1), 0, {"today": TODAY}),
    # The permit
    (
        "a permit is needed, none is recorded",
        "TRA-01",
        days("2026-03-02", 1),
        1,
        {"needs_permit": True, "permit_recorded": False},
    ),
    (
        "a permit without end",
        "TRA-01",
        days("2026-03-02", 1),
        0,
        {"needs_permit": True},
    ),
    (
        "none is needed",
        "TRA-01",
        days("2026-03-02", 1),
        0,
        {"permit_recorded": False},
    ),
]


@each_of(CASES)
def test_both_sides_of_each_limit(rule, slots, expected, who):
    assert_found(rule, slots, expected, who)


def test_the_week_that_crosses_the_quota_is_told_from_the_hour_on():
    slots = overtime(29)
    [finding] = found(slots, "TPS-15")
    # 280 h before: the eight first hours of the last week's ten are within.
    assert finding.keys == (slots[-1].key,)
    assert (finding.value, finding.limit) == (290, 288)
    assert "2 h" in finding.remedies[0].text()


def test_each_shift_is_judged_by_the_contract_of_its_day():
    """Part-time of 20 h until Wednesday, full time from Thursday on."""
    slots = days("2026-03-02", 5, hours=7)
    before = person(weekly_hours=20.0, full_time=False, terms_to=date(2026, 3, 4))
    after = person(weekly_hours=35.0, terms_from=date(2026, 3, 5))
    shown = by_slot(check_dated([before, after], slots))
    assert {key for key, found in shown.items() if "TPS-13" in rules(found)} == set()
    # With 35 h the week is full time for the part-timer: told on his days only.
    longer = days("2026-03-02", 5, hours=12)
    shown = by_slot(check_dated([before, after], longer))
    told = {key for key, found in shown.items() if "TPS-13" in rules(found)}
    assert told == {longer[2].key}
    assert {key for key, found in shown.items() if "TPS-04" in rules(found)} == {
        longer[4].key
    }


def test_one_contract_is_the_plain_check():
    slots = days("2026-03-02", 6, hours=10)
    assert check_dated([person()], slots) == check(person(), slots)


def rules(findings):
    return {finding.rule for finding in findings}
