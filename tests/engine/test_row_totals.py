"""The month of one guard, counted by hand."""

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

from security_missions.engine import row_totals as rows

PARIS = "Europe/Paris"
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


def shift(start, stop, tz=PARIS):
    zone = ZoneInfo(tz)
    walls = (
        datetime.fromisoformat(each).replace(tzinfo=zone) for each in (start, stop)
    )
    begin, end = (w.astimezone(timezone.utc).replace(tzinfo=None) for w in walls)
    return begin, end, tz


def totals(*shifts, terms=(), before=0.0):
    return rows.row_totals(shifts, FIRST, LAST, terms, before)


def test_the_night_the_clock_goes_back_lasts_thirteen_hours():
    found = totals(shift("2026-10-24 19:00", "2026-10-25 07:00"))
    assert found.planned == 13
    assert found.nights == 1
    # 25 October is a Sunday, and it is worked from midnight on.
    assert (found.sundays_off, found.sundays) == (3, 4)


def test_a_shift_that_crosses_the_month_is_cut_and_its_night_counted_once():
    found = totals(
        shift("2026-09-30 19:00", "2026-10-01 07:00"),
        shift("2026-10-31 19:00", "2026-11-01 07:00"),
    )
    assert found.planned == 7 + 5
    assert found.nights == 1


def test_a_day_with_an_hour_of_night_is_no_night():
    assert totals(shift("2026-10-05 14:00", "2026-10-05 22:00")).nights == 0
    assert totals(shift("2026-10-05 22:00", "2026-10-06 06:00")).nights == 1


def test_sunday_is_that_of_the_place():
    # Saturday evening in Paris is Sunday already in Noumea.
    paris = shift("2026-10-03 14:00", "2026-10-03 20:00")
    assert totals(paris).sundays_off == 4
    assert totals((*paris[:2], "Pacific/Noumea")).sundays_off == 3


def test_contract_hours():
    full = [(None, None, 35.0)]
    assert round(rows.contract_hours(full, FIRST, LAST), 2) == 151.67
    # 24 hours a week from the 17th on: 15 days of 31, and 16 days of 35 hours.
    mixed = [(None, date(2026, 10, 16), 35.0), (date(2026, 10, 17), None, 24.0)]
    assert round(rows.contract_hours(mixed, FIRST, LAST), 2) == round(
        151.6667 * 16 / 31 + 104 * 15 / 31, 2
    )
    over = [(None, date(2026, 9, 30), 35.0)]
    assert rows.contract_hours(over, FIRST, LAST) == 0


def test_twelve_weeks():
    assert rows.average_weeks(LAST) == (date(2026, 8, 3), date(2026, 10, 25))
    assert totals(before=420.0).average == 35
