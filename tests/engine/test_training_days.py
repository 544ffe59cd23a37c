from datetime import date, datetime

import pytest

from security_workforce.engine import calendar_file, training_days

MONDAY = date(2026, 11, 30)


def test_seven_hours_a_day():
    halves = training_days.propose(MONDAY, 14)
    assert [(half.day.day, half.start, half.stop) for half in halves] == [
        (30, 9.0, 12.5),
        (30, 13.5, 17.0),
        (1, 9.0, 12.5),
        (1, 13.5, 17.0),
    ]


@pytest.mark.parametrize("hours", [0.25, 3.5, 7, 34, 66, 109.5, 216])
def test_all_the_hours_and_no_more(hours):
    halves = training_days.propose(MONDAY, hours)
    assert sum(half.stop - half.start for half in halves) == hours
    assert halves == sorted(halves)
    assert all(half.day.weekday() < 5 for half in halves)


def test_the_last_half_day_is_what_is_left():
    halves = training_days.propose(MONDAY, 34)
    assert len(halves) == 10
    assert halves[-1] == (date(2026, 12, 4), 13.5, 16.0)


def test_weekends_and_holidays_are_stepped_over():
    halves = training_days.propose(date(2026, 12, 24), 14, {date(2026, 12, 25)})
    assert [half.day for half in halves] == [date(2026, 12, 24)] * 2 + [
        date(2026, 12, 28)
    ] * 2


def test_no_hours_no_days():
    assert training_days.propose(MONDAY, 0) == []


def meeting(**values):
    return calendar_file.Appointment(
        **{
            "uid": "1@firm",
            "start": datetime(2026, 11, 30, 8),
            "stop": datetime(2026, 11, 30, 11, 30),
            "title": "MAC",
            **values,
        }
    )


def test_calendar_file():
    lines = calendar_file.write([meeting(sequence=2)], datetime(2026, 11, 23, 9)).split(
        b"\r\n"
    )
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    for line in (
        b"UID:1@firm",
        b"DTSTAMP:20261123T090000Z",
        b"DTSTART:20261130T080000Z",
        b"DTEND:20261130T113000Z",
        b"SEQUENCE:2",
    ):
        assert line in lines


def test_calendar_file_escapes_and_folds():
    place = "12, rue de l’Église ; bâtiment B\nétage 3 " + "é" * 60
    data = calendar_file.write([meeting(place=place)], datetime(2026, 11, 23))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    unfolded = data.replace(b"\r\n ", b"").decode()
    assert (
        "LOCATION:12\\, rue de l’Église \\; bâtiment B\\nétage 3 " + "é" * 60
        in unfolded
    )
