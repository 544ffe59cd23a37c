"""The contents of the employer's card, and that they fit on it."""

from dataclasses import fields, replace
from datetime import date

import pytest

from security_workforce.engine import card_layout
from security_workforce.engine.employer_card import Contents, missing_contents

COMPLETE = Contents(
    photo=True,
    surname="Durand",
    first_names="Anna",
    birth_date=date(1990, 2, 1),
    activities=("SH",),
    numbers=("CAR-075-2029-02-01-20240123456",),
    employer_name="Firm",
    employer_address="24 rue de la Vigie",
    authorisation="AUT-093-2125-03-12-20260000042",
)
EMPTY = {
    "photo": False,
    "birth_date": None,
    "numbers": ("",),
    **dict.fromkeys(
        ("surname", "first_names", "employer_name", "employer_address"), ""
    ),
    "authorisation": "",
}


def test_nothing_is_missing():
    assert missing_contents(COMPLETE) == []


@pytest.mark.parametrize("name", EMPTY)
def test_each_content_is_asked_for(name):
    assert missing_contents(replace(COMPLETE, **{name: EMPTY[name]})) == [name]


def test_all_at_once_in_the_order_of_the_article():
    assert missing_contents(Contents()) == [
        *("photo", "surname", "first_names", "birth_date", "activities"),
        *("employer_name", "employer_address", "authorisation"),
    ]
    assert {*missing_contents(Contents())} <= {field.name for field in fields(Contents)}


def test_without_a_card_its_number_is_not_asked_for():
    nothing = replace(COMPLETE, activities=(), numbers=())
    assert missing_contents(nothing) == ["activities"]


@pytest.mark.parametrize("code", ["CYNO", "CYNO-EXPLO"])
def test_a_dog_handler_needs_his_dog(code):
    handler = replace(COMPLETE, activities=("SH", code), numbers=("1", "2"))
    assert missing_contents(handler) == ["dogs"]
    assert missing_contents(replace(handler, dogs=("250269600000001",))) == []


def test_one_of_two_numbers():
    two = replace(COMPLETE, activities=("SH", "SGE"), numbers=("1", ""))
    assert missing_contents(two) == ["numbers"]


# === Layout ===

LONG = "Wilhelmina-Maximiliane de Montmorency-Bouteville von Hohenlohe-Waldenburg"


@pytest.mark.parametrize("bold", [False, True])
def test_what_is_set_fits(bold):
    for text in ("Li", LONG, "W" * 90, " ".join(["Surveillance humaine"] * 9)):
        size, lines = card_layout.fitted([text], 480, 84, range(40, 9, -1), bold)
        assert len(lines) * size * card_layout.LINE_HEIGHT <= 84
        for line in lines:
            assert card_layout.width(line, size, bold) <= 480


def test_short_text_is_large_and_long_text_is_whole():
    assert card_layout.fitted(["Li"], 480, 84, range(40, 9, -1)) == (40, ["Li"])
    size, lines = card_layout.fitted([LONG], 480, 84, range(40, 9, -1))
    assert size < 40
    assert "".join("".join(lines).split()) == "".join(LONG.split())


def test_what_never_fits_ends_with_dots():
    _size, lines = card_layout.fitted([LONG] * 9, 480, 40, (20,))
    assert lines[-1].endswith("…")


def test_a_long_word_is_cut_after_its_hyphen():
    size = 10
    box = card_layout.width("Montmorency-Bou", size)
    assert card_layout.wrapped("Montmorency-Bouteville", box, size) == [
        "Montmorency-",
        "Bouteville",
    ]


def test_paragraphs_start_a_line():
    assert card_layout.fitted(["a", "b"], 480, 84, (20,)) == (20, ["a", "b"])
