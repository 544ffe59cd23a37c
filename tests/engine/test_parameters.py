"""Dated figures: the right row for the right people on the right day."""

import random
from datetime import date, timedelta

import pytest

from security_workforce.engine.parameters import (
    MissingParameter,
    Parameter,
    Parameters,
)

DAY = date(2026, 11, 25)


def row(value, **details):
    return Parameter("rest", value, **details)


def test_a_row_without_dates_is_always_in_force():
    figures = Parameters([row(12)])
    for day in (date.min, DAY, date.max):
        assert figures.value("rest", day) == 12


def test_both_bounds_are_included():
    figures = Parameters([row(4, start=date(2022, 3, 1), end=date(2022, 3, 31))])
    assert not figures.has("rest", date(2022, 2, 28))
    assert figures.has("rest", date(2022, 3, 1))
    assert figures.has("rest", date(2022, 3, 31))
    assert not figures.has("rest", date(2022, 4, 1))


def test_the_next_row_takes_over_the_next_day():
    rows = [row(4, end=date(2026, 12, 31)), row(6, start=date(2027, 1, 1))]
    figures = Parameters(rows)
    assert figures.value("rest", date(2026, 12, 31)) == 4
    assert figures.value("rest", date(2027, 1, 1)) == 6


def test_a_missing_figure_says_which():
    figures = Parameters([row(4, start=date(2027, 1, 1))])
    with pytest.raises(MissingParameter) as refusal:
        figures.value("rest", DAY)
    assert (refusal.value.code, refusal.value.day) == ("rest", DAY)
    with pytest.raises(MissingParameter):
        figures.get("unknown", DAY)
    assert not figures.has("unknown", DAY)


def test_a_default_replaces_only_what_is_missing():
    default = row(11)
    figures = Parameters([row(12, start=DAY)])
    assert figures.get("rest", DAY - timedelta(1), default) is default
    assert figures.get("rest", DAY, default).value == 12


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ({}, 1),
        ({"regime": "r"}, 2),
        ({"annex": "a"}, 3),
        ({"regime": "r", "annex": "a"}, 3),
        ({"company": "c"}, 4),
        ({"regime": "r", "annex": "a", "company": "c"}, 4),
        ({"regime": "other", "annex": "other", "company": "other"}, 1),
    ],
)
def test_company_before_annex_before_regime(people, expected):
    rows = [row(1), row(2, regime="r"), row(3, annex="a"), row(4, company="c")]
    for order in (rows, rows[::-1]):
        assert Parameters(order, **people).value("rest", DAY) == expected


def test_a_precise_row_counts_only_between_its_dates():
    rows = [row(12), row(11, company="c", start=DAY, end=DAY)]
    figures = Parameters(rows, company="c")
    assert [figures.value("rest", DAY + timedelta(n)) for n in (-1, 0, 1)] == [
        12,
        11,
        12,
    ]


def test_of_two_as_precise_the_last_to_start_wins():
    rows = [row(4), row(6, start=DAY)]
    for order in (rows, rows[::-1]):
        figures = Parameters(order)
        assert figures.value("rest", DAY) == 6
        assert figures.value("rest", DAY - timedelta(1)) == 4


def test_a_row_for_a_narrower_kind_is_not_for_all():
    figures = Parameters([row(2, regime="r", annex="a")], regime="r")
    assert not figures.has("rest", DAY)


def test_agrees_with_a_plain_search():
    """Against the definition, read day by day, on random rows."""
    dice = random.Random(20261125)
    first = date(2026, 1, 1)
    for _case in range(200):
        rows = []
        for value in range(dice.randint(1, 6)):
            start = first + timedelta(dice.randint(0, 20))
            rows.append(
                row(
                    value,
                    regime=dice.choice((None, "r", "x")),
                    annex=dice.choice((None, "a")),
                    company=dice.choice((None, "c")),
                    start=dice.choice((None, start)),
                    end=dice.choice((None, start + timedelta(dice.randint(0, 10)))),
                )
            )
        figures = Parameters(rows, regime="r", annex="a", company="c")
        for offset in range(-1, 35):
            day = first + timedelta(offset)
            active = [
                r
                for r in rows
                if r.regime != "x"
                and (r.start is None or r.start <= day)
                and (r.end is None or day <= r.end)
            ]
            best = max(map(_rank, active), default=None)
            assert figures.has("rest", day) == bool(active)
            if active:
                assert _rank(figures.get("rest", day)) == best


def _rank(found):
    precise = (found.company, found.annex, found.regime)
    return [part is not None for part in precise], found.start or date.min
