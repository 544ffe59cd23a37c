from datetime import date, timedelta

import pytest

from security_workforce.engine.card_renewal import (
    Figures,
    Milestones,
    alert_days,
    due_alert,
    milestones,
    parse_days,
    phase,
    silence_ends,
    upkeep_from,
)

D = date
LAW = Figures(open=6, deadline=3, mac=24, mac_late=12, late=60, silence=2)
END = D(2029, 2, 28)
DAYS = Milestones(
    mac_from=D(2027, 2, 28),
    opens=D(2028, 8, 28),
    deadline=D(2028, 11, 28),
    last_day=END,
    late_until=D(2034, 2, 28),
)
THRESHOLDS = [180, 90, 60, 30, 7]


def test_the_days_of_a_card():
    assert milestones(END, LAW) == DAYS


def test_a_month_that_is_shorter():
    days = milestones(D(2028, 8, 31), LAW)
    assert days.opens == D(2028, 2, 29)
    assert days.deadline == D(2028, 5, 31)


@pytest.mark.parametrize(
    ("last", "first", "before", "after"),
    [
        ("2027-02-27", "2027-02-28", "early", "mac"),
        ("2028-08-27", "2028-08-28", "mac", "open"),
        ("2028-11-28", "2028-11-29", "open", "no_receipt"),
        ("2029-02-28", "2029-03-01", "no_receipt", "late"),
        ("2034-02-28", "2034-03-01", "late", "first"),
    ],
)
def test_each_phase_on_both_sides_of_its_limit(last, first, before, after):
    assert phase(DAYS, D.fromisoformat(last)) == before
    assert phase(DAYS, D.fromisoformat(first)) == after


def test_the_upkeep_of_a_late_renewal_is_counted_from_the_request():
    assert upkeep_from(DAYS, END, LAW) == D(2027, 2, 28)
    assert upkeep_from(DAYS, END + timedelta(days=1), LAW) == D(2028, 3, 1)


def test_silence():
    assert silence_ends(D(2026, 12, 31), LAW) == D(2027, 2, 28)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (181, None),
        (180, 180),
        (91, 180),
        (90, 90),
        (60, 60),
        (30, 30),
        (8, 30),
        (7, 7),
        (0, 7),
        (-1, None),
    ],
)
def test_the_most_urgent_threshold_that_has_passed(left, expected):
    assert due_alert(THRESHOLDS, END, END - timedelta(days=left)) == expected


def test_a_title_of_six_months_is_not_announced_when_it_is_given():
    assert alert_days(THRESHOLDS, D(2026, 11, 1), D(2027, 4, 30)) == [7, 30, 60, 90]
    assert alert_days(THRESHOLDS, D(2026, 11, 2), D(2027, 4, 29)) == [7, 30, 60]
    assert alert_days(THRESHOLDS, None, END) == [7, 30, 60, 90, 180]


def test_the_days_of_the_setting():
    assert parse_days(" 30,180; 90,30 ,") == [180, 90, 30]
    assert parse_days("") == parse_days(None) == []
    for text in ("soon", "0", "-3", "1001", "7.5", "90 60"):
        with pytest.raises(ValueError):
            parse_days(text)
