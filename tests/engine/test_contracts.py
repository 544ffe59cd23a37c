from datetime import date

import pytest

from security_workforce.engine.contracts import employed_since, employed_until

D = date
CASES = {
    "none": ([], None, None),
    "one": ([(D(2024, 5, 1), None)], None, D(2024, 5, 1)),
    "a change of contract is no break": (
        [(D(2024, 5, 1), D(2024, 10, 31)), (D(2024, 11, 1), None)],
        None,
        D(2024, 5, 1),
    ),
    "one free day is a break": (
        [(D(2024, 5, 1), D(2024, 10, 31)), (D(2024, 11, 2), None)],
        None,
        D(2024, 11, 2),
    ),
    "the same contract told twice": (
        [(D(2024, 5, 1), None), (D(2024, 5, 1), None)],
        None,
        D(2024, 5, 1),
    ),
    "any order": (
        [(D(2024, 11, 1), None), (D(2024, 5, 1), D(2024, 10, 31))],
        None,
        D(2024, 5, 1),
    ),
    "the series of the day": (
        [(D(2022, 1, 1), D(2022, 6, 30)), (D(2024, 1, 1), None)],
        D(2022, 3, 1),
        D(2022, 1, 1),
    ),
    "not yet there": ([(D(2027, 1, 1), None)], D(2026, 11, 23), D(2027, 1, 1)),
}


@pytest.mark.parametrize(("periods", "day", "expected"), CASES.values(), ids=CASES)
def test_employed_since(periods, day, expected):
    assert employed_since(periods, day) == expected


UNTIL = {
    "no contract": ([], None),
    "no end": ([(D(2024, 5, 1), D(2024, 10, 31)), (D(2024, 11, 1), None)], None),
    "the last of two": (
        [(D(2025, 1, 1), D(2025, 6, 30)), (D(2024, 5, 1), D(2024, 10, 31))],
        D(2025, 6, 30),
    ),
}


@pytest.mark.parametrize(("periods", "expected"), UNTIL.values(), ids=UNTIL)
def test_until_when_he_is_employed(periods, expected):
    assert employed_until(periods) == expected
