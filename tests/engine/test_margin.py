"""The cost of a shift, against amounts counted by hand."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from plans import FIGURES, PARIS, person

from security_workforce.engine.facts import Slot
from security_workforce.engine.margin import Pay, Price, cost, hourly_pay, price
from security_workforce.engine.parameters import Parameter, Parameters
from security_workforce.engine.worktime import UTC, named_zone

PAYING = {
    "night_premium_pct": 10,
    "night_comp_rest_pct": 1,
    "sunday_premium_pct": 10,
    "holiday_premium_pct": 100,
    "overtime_first_h": 8,
    "overtime_first_pct": 25,
    "overtime_second_pct": 50,
    "panier": 4.48,
    "panier_min_hours": 6,
}
GUARD = person(
    parameters=Parameters(
        [Parameter(code, value) for code, value in {**FIGURES, **PAYING}.items()]
    )
)
# 20 euros an hour above a minimum of 10: each base shows in the result.
PAY = Pay(20.0, 10.0)
HOLIDAYS = {date(2026, 5, 1), date(2026, 7, 14)}


def slot(text, key="new"):
    """From "2026-06-01 08:00 +10" with a wall time of Paris and real hours."""
    day, clock, hours = text.split()
    wall = datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=named_zone(PARIS))
    start = wall.astimezone(UTC).replace(tzinfo=None)
    length = datetime.fromtimestamp(float(hours) * 3600, UTC) - datetime.fromtimestamp(
        0, UTC
    )
    return Slot(key=key, start=start, stop=start + length, tz=PARIS)


CASES = [
    # A day of 8 h: 160 and a meal.
    ("2026-06-01 08:00 +8", [], 164.48),
    # Under 6 h: no meal.
    ("2026-06-01 08:00 +5", [], 100.0),
    # Two hours are paid four.
    ("2026-06-01 06:00 +2", [], 80.0),
    # 8-9 h then 12-16 h: a cut above 2 h, each piece at least four.
    ("2026-06-01 08:00 +1", ["2026-06-01 12:00 +4"], 80.0),
    # 8-9 h then 10.30-11.30: one period, paid four in all: the second adds nothing.
    ("2026-06-01 10:30 +1", ["2026-06-01 08:00 +1"], 0.0),
    # A cut of exactly 2 h is one period: 2 h and 2 h are the four.
    ("2026-06-01 10:00 +2", ["2026-06-01 06:00 +2"], 0.0),
    # A minute more, and there are two.
    ("2026-06-01 10:01 +2", ["2026-06-01 06:00 +2"], 80.0),
    # 19 to 7: 9 h of night: 240, 9 of premium, 1.80 of rest, a meal.
    ("2026-06-01 19:00 +12", [], 240 + 9 + 1.8 + 4.48),
    # Sunday 8 to 16: 8 of premium on the minimum.
    ("2026-06-07 08:00 +8", [], 160 + 8 + 4.48),
    # Saturday 21 h to Sunday 5 h: 8 h of night, 5 h of Sunday, both add up.
    ("2026-06-06 21:00 +8", [], 160 + 8 + 1.6 + 5 + 4.48),
    # Over midnight into the 1st of May: 6 of 10 h doubled, 9 h of night.
    ("2026-04-30 20:00 +10", [], 200 + 120 + 9 + 1.8 + 4.48),
    # The night the clock goes back: 21 h to 6 h last 10 h, all night, 7 h of Sunday.
    ("2026-10-24 21:00 +10", [], 200 + 10 + 2 + 7 + 4.48),
    # Forward: 21 h to 6 h last 8 h, 5 h of Sunday.
    ("2026-03-28 21:00 +8", [], 160 + 8 + 1.6 + 5 + 4.48),
    # 32 h before it: 5 of 8 h beyond 35, a quarter more.
    (
        "2026-06-05 08:00 +8",
        [f"2026-06-0{day} 08:00 +8" for day in (1, 2, 3, 4)],
        160 + 20 * 5 * 0.25 + 4.48,
    ),
    # 40 h before it: 3 h at a quarter, 5 h at a half.
    (
        "2026-06-05 08:00 +8",
        [f"2026-06-0{day} 08:00 +10" for day in (1, 2, 3, 4)],
        160 + 20 * (3 * 0.25 + 5 * 0.5) + 4.48,
    ),
    # A second piece of a meal period that goes on: 4 h and 2 h in a row give one.
    ("2026-06-01 12:00 +2", ["2026-06-01 08:00 +4"], 40 + 4.48),
]


@pytest.mark.parametrize(("new", "others", "expected"), CASES)
def test_by_hand(new, others, expected):
    around = [slot(text, key) for key, text in enumerate(others)]
    assert cost(GUARD, slot(new), PAY, HOLIDAYS, around) == pytest.approx(expected)


def test_charges_are_on_the_gross_and_not_on_the_meal_or_the_way():
    found = cost(
        GUARD, slot("2026-06-01 08:00 +8"), replace(PAY, charges=50.0), (), travel=3.0
    )
    assert found == pytest.approx(160 * 1.5 + 4.48 + 3.0)


def test_the_pay_of_a_contract():
    assert hourly_pay(0, 1965.78, 35, 151.67, 0) == Pay(
        pytest.approx(12.9609, abs=1e-4), pytest.approx(12.9609, abs=1e-4)
    )
    # Half time at a wage of its own; never below the minimum.
    assert hourly_pay(1300, 1965.78, 17.5, 151.67, 0).hourly == pytest.approx(
        1300 / (17.5 * 52 / 12)
    )
    assert hourly_pay(100, 1965.78, 35, 151.67, 0).hourly == pytest.approx(
        1965.78 / 151.67
    )
    assert hourly_pay(0, 0, 35, 151.67, 0) is None


def test_the_price_has_its_premiums():
    premiums = (("night", 2.5), ("sunday", 2.5), ("holiday", 25.0))
    billed = Price(25.0, premiums)
    assert price(slot("2026-06-01 08:00 +8"), billed, ()) == pytest.approx(200)
    assert price(slot("2026-04-30 20:00 +10"), billed, HOLIDAYS) == pytest.approx(
        250 + 9 * 2.5 + 6 * 25
    )
