"""Stays in the firm, how long the register keeps them, and what a line lacks."""

from datetime import date

import pytest

from security_workforce.engine.staff_register import (
    PERMIT,
    REQUIRED,
    Contract,
    digest,
    is_kept,
    missing,
    periods,
)


def day(text):
    return text and date.fromisoformat(text)


def stays(*contracts):
    found = periods(
        Contract(day(start), day(end), kind, n)
        for n, (start, end, kind) in enumerate(contracts)
    )
    return [(str(p.entry), p.end and str(p.end), p.kinds, p.payload) for p in found]


def test_versions_of_one_contract_are_one_stay():
    contract = ("2024-01-01", None, "CDI")
    assert stays(contract, contract) == [("2024-01-01", None, ("CDI",), 1)]


def test_a_fixed_term_that_becomes_permanent_is_one_stay():
    assert stays(("2024-01-01", "2024-06-30", "CDD"), ("2024-07-01", None, "CDI")) == [
        ("2024-01-01", None, ("CDD", "CDI"), 1)
    ]


def test_a_free_day_makes_two_stays():
    assert stays(("2024-07-02", None, "CDI"), ("2024-01-01", "2024-06-30", "CDD")) == [
        ("2024-01-01", "2024-06-30", ("CDD",), 1),
        ("2024-07-02", None, ("CDI",), 0),
    ]


def test_a_file_without_contract():
    assert stays((None, None, "")) == [("None", None, (), 0)]
    assert stays((None, None, ""), ("2024-01-01", None, "CDI")) == [
        ("2024-01-01", None, ("CDI",), 1)
    ]
    assert stays() == []


@pytest.mark.parametrize(
    ("entry", "end", "kept"),
    [
        ("2026-11-23", None, True),
        ("2026-11-24", None, False),
        (None, None, True),
        ("2020-01-01", "2021-11-23", True),
        ("2020-01-01", "2021-11-22", False),
        ("2020-01-01", "2027-01-01", True),
    ],
)
def test_kept_five_years_after_the_exit(entry, end, kept):
    assert is_kept(day(entry), day(end), date(2026, 11, 23), 5) is kept


def test_the_29th_of_february():
    assert is_kept(None, date(2020, 2, 29), date(2025, 3, 1), 5)
    assert not is_kept(None, date(2020, 2, 29), date(2025, 3, 2), 5)


def test_without_a_figure_everything_is_kept():
    assert is_kept(date(1990, 1, 1), date(1991, 1, 1), date(2026, 11, 23), None)


FULL = {
    **dict.fromkeys((*REQUIRED, *PERMIT), "x"),
    "needs_permit": True,
    "has_left": True,
    "exit": date(2026, 1, 1),
}


def test_nothing_is_missing():
    assert missing(FULL) == []


@pytest.mark.parametrize("name", [*REQUIRED, *PERMIT, "exit"])
def test_each_content_is_asked_for(name):
    assert missing({**FULL, name: None}) == [name]


def test_permit_and_exit_only_where_they_apply():
    bare = {**FULL, **dict.fromkeys((*PERMIT, "exit")), "needs_permit": False}
    assert missing({**bare, "has_left": False}) == []


def test_the_digest_sees_every_change():
    row = (1, "Durand", date(2024, 1, 1), None)
    assert digest([row]) == digest([list(row)])
    others = [
        [row, row],
        [(1, "Duran", "d", date(2024, 1, 1))],
        [(1, "Durand", date(2024, 1, 2), None)],
        [],
    ]
    assert len({digest(rows) for rows in (*others, [row])}) == 5
    assert len(digest([row])) == 64
