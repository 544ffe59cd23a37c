"""A cycle that cannot be legal is told before anybody turns in it."""

from datetime import date

import pytest

from security_missions.engine.rotation_patterns import pattern
from security_workforce.engine.cycle_law import check_cycle, sundays_off, weekly_hours
from security_workforce.engine.parameters import Parameter, Parameters

FIGURES = {
    "max_vacation_h": 12,
    "min_rest_h": 12,
    "min_rest_floor_h": 11,
    "max_week_h": 48,
    "avg_weeks": 12,
    "avg_weeks_h": 46,
    "weekly_rest_h": 35,
    "weekly_rest_cycle_h": 36,
    "max_days_per_week": 6,
    "max_consecutive_days": 6,
}
TODAY = date(2026, 11, 27)
DAY = (8 * 60, 8 * 60)


def bands_of(name):
    length, bands = pattern(name)
    return length, [(b.day, b.start_minute, b.minutes) for b in bands]


def rules(length, bands, weekday=0, **figures):
    rows = [Parameter(code, n) for code, n in {**FIGURES, **figures}.items()]
    found = check_cycle(length, bands, Parameters(rows), TODAY, weekday)
    return {finding.rule: finding.value for finding in found}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("4-2", {}),
        # The two days off fall across the weeks: one week has none of them whole.
        ("3x8", {"TPS-06": 30}),
        ("2-2-3", {"TPS-04": 60}),
    ],
)
def test_patterns(name, expected):
    assert rules(*bands_of(name)) == expected


def test_seven_days_in_a_row():
    every_day = [(day, *DAY) for day in range(1, 8)]
    found = rules(7, every_day)
    assert {"TPS-04", "TPS-06", "TPS-07", "TPS-08"} <= set(found)
    assert found["TPS-04"] == 56
    assert rules(7, every_day[:5]) == {}


def test_rest_between_two_days():
    close = [(1, 14 * 60, 8 * 60), (2, 6 * 60, 8 * 60)]
    assert rules(7, close) == {"TPS-02": 8}
    assert rules(7, close, min_rest_h=8, min_rest_floor_h=8) == {}


def test_a_cycle_of_eight_days_meets_every_week():
    """56 hours fall in a civil week only when the seven days begin on a Monday."""
    week = [(day, 8 * 60, 10 * 60) for day in range(1, 6)]
    assert rules(8, week)["TPS-04"] == 50


def test_the_weekday_of_the_first_day_counts():
    five = [(day, 8 * 60, 12 * 60) for day in range(1, 6)]
    assert rules(14, five, 0)["TPS-04"] == 60
    assert "TPS-04" not in rules(14, five, 3)


def test_averages():
    assert weekly_hours(*bands_of("2x12")) == 42
    assert weekly_hours(*bands_of("dupont")) == 42
    assert sundays_off(7, [(day, *DAY) for day in range(1, 6)]) == 4
    assert sundays_off(7, [(7, *DAY)]) == 0
    # The night from Saturday to Sunday takes the Sunday.
    assert sundays_off(7, [(6, 19 * 60, 12 * 60)]) == 0
    assert sundays_off(7, [(6, 12 * 60, 12 * 60)]) == 4
    assert sundays_off(14, [(7, *DAY)]) == 2
    assert sundays_off(6, [(day, *DAY) for day in range(1, 5)]) == pytest.approx(4 / 3)
