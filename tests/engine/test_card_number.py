from datetime import date

import pytest

from security_workforce.engine import card_number

OLD = "CAR-094-2029-02-01-20240123456"
NEW = "2026-0024376-CAR-SH-1055859"


def codes(points):
    return [point.code for point in points]


def test_old_form():
    number = card_number.parse(OLD)
    assert (number.form, number.type, number.territory) == ("old", "CAR", "094")
    assert (number.end, number.year, number.nub) == (date(2029, 2, 1), 2024, "0123456")


def test_new_form():
    number = card_number.parse(NEW)
    assert (number.form, number.type, number.activity) == ("new", "CAR", "SH")
    assert (number.end, number.year, number.nub) == (None, 2026, "1055859")


@pytest.mark.parametrize(
    "number",
    [
        "AUT-075-2124-07-01-20250906336",
        "AUT-075-2123-06-21-20240934026",
        "AUT-075-2122-08-24-20230841549",
        "2026-0024376-PRE-SH-1055859",
        "2026-0002805-PRE-3P-1050370",
        "CAR-02A-2029-02-01-20240123456",
        "CAR-974-2029-02-01-20240123456",
    ],
)
def test_real_numbers_are_read(number):
    assert card_number.parse(number)


def test_spaces_case_and_long_hyphens_do_not_matter():
    assert card_number.normalise(" car-094\u20132029-02-01- 20240123456\n") == OLD
    assert card_number.parse(" car - 094-2029-02-01-20240123456") is not None
    assert card_number.normalise(None) == ""


@pytest.mark.parametrize(
    "number",
    ["", "CAR", OLD + "7", "X" + OLD, OLD.replace("094", "94"), NEW[:-1], "1055859"],
)
def test_anything_else_is_no_number(number):
    assert card_number.parse(number) is None


def test_a_plain_card_has_nothing_odd():
    assert not card_number.odd_points(
        OLD, nub="0123456", date_expiry=date(2029, 2, 1), activity_code="SH"
    )
    assert not card_number.odd_points(
        NEW, nub="1055859", activity_code="SH", known_codes=["SH", "3P"]
    )
    assert not card_number.odd_points("")


@pytest.mark.parametrize(
    ("number", "facts", "code"),
    [
        ("CARTE 12", {}, "unknown_form"),
        (OLD, {"kind": "manager"}, "type_kind"),
        (OLD, {"kind": "pre_authorisation"}, "type_kind"),
        ("CAR-094-2029-02-31-20240123456", {}, "no_such_date"),
        (OLD, {"date_expiry": date(2029, 2, 2)}, "end_differs"),
        (OLD, {"nub": "0123457"}, "nub_differs"),
        ("", {"nub": "123"}, "nub_form"),
        (OLD, {"nub": "0123456", "other_nubs": ["0123456", "7654321"]}, "nub_conflict"),
        (NEW, {"activity_code": "3P", "known_codes": ["SH", "3P"]}, "activity_differs"),
    ],
)
def test_each_odd_point(number, facts, code):
    assert codes(card_number.odd_points(number, **facts)) == [code]


def test_the_receipt_of_a_card_has_its_own_date():
    assert not card_number.odd_points(OLD, kind="receipt", date_expiry=date(2029, 4, 1))


def test_a_code_we_do_not_know_is_not_odd():
    assert not card_number.odd_points(NEW, activity_code="3P", known_codes=["3P"])


def test_authorisation_of_a_firm():
    odd = card_number.authorisation_odd_points
    assert not odd("")
    assert not odd(" aut-075-2124-07-01-20250906336")
    assert codes(odd("075-2124")) == ["unknown_form"]
    assert codes(odd(OLD)) == ["type_kind"]
    assert codes(odd("AUT-075-2124-02-30-20250906336")) == ["no_such_date"]
