"""An amount shared over hours adds up to the cent, whatever the hours."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from security_missions.engine.pricing import allocate

cents = st.integers(-(10**9), 10**9).map(lambda number: number / 100)
minutes = st.integers(1, 24 * 60).map(lambda number: number / 60)
roundings = st.sampled_from([1.0, 0.1, 0.05, 0.01, 0.001])


def exact(numbers):
    return sum(Decimal(str(number)) for number in numbers)


@given(cents, st.lists(minutes, min_size=1, max_size=60))
@example(370.0, [2, 3, 7, 1])
@example(0.01, [1, 1, 1])
@example(-0.01, [1, 1, 1])
@example(23.37, [7 + 20 / 60, 1 / 60])
def test_shares_add_up_exactly(total, weights):
    shares = allocate(total, weights)
    assert len(shares) == len(weights)
    assert exact(shares) == Decimal(str(total))


@given(cents, st.lists(minutes, min_size=1, max_size=60))
def test_no_share_is_a_cent_away_from_its_part(total, weights):
    whole = exact(weights)
    for share, weight in zip(allocate(total, weights), weights, strict=True):
        part = Decimal(str(total)) * Decimal(str(weight)) / whole
        assert abs(Decimal(str(share)) - part) < Decimal("0.01")


@given(st.integers(-(10**6), 10**6), st.lists(minutes, min_size=1), roundings)
def test_every_share_is_a_multiple_of_the_rounding(units, weights, rounding):
    unit = Decimal(str(rounding))
    shares = allocate(float(units * unit), weights, rounding)
    assert exact(shares) == units * unit
    assert all(Decimal(str(share)) % unit == 0 for share in shares)


@given(cents.filter(lambda total: total > 0), st.lists(minutes, min_size=2))
def test_more_hours_never_cost_less(total, weights):
    shares = allocate(total, weights)
    ordered = sorted(zip(weights, shares, strict=True))
    for (light, small), (heavy, big) in zip(ordered, ordered[1:], strict=False):
        assert small <= big or light == heavy


@given(
    st.integers(-(10**7), 10**7),
    st.lists(st.integers(-1440, 1440), min_size=1).filter(sum),
)
def test_counter_lines_in_between_add_up_too(units, quarters):
    """A correction joins hours and the hours taken back in one share-out."""
    weights = [minute / 60 for minute in quarters]
    if exact(weights) == 0:
        return
    assert exact(allocate(units / 100, weights)) == Decimal(units) / 100


def test_equal_hours_take_the_left_over_cents_in_order():
    assert allocate(0.05, [1, 1, 1]) == [0.02, 0.02, 0.01]


def test_three_hours_of_the_agreement():
    assert allocate(325.0, [2, 3, 7, 1]) == [50.0, 75.0, 175.0, 25.0]


def test_nothing_over_nothing():
    assert allocate(0, []) == []
    assert allocate(0, [0, 0]) == [0.0, 0.0]


def test_something_over_nothing():
    for weights in ([], [0], [1, -1]):
        with pytest.raises(ValueError, match="all 0|shared"):
            allocate(1, weights)
