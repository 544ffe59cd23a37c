from datetime import date

import pytest

from security_workforce.engine import holidays_fr


def test_the_eleven_of_2026():
    assert list(holidays_fr.holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 8),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 7, 14),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 11, 11),
        date(2026, 12, 25),
    ]


@pytest.mark.parametrize(
    ("year", "easter"),
    [
        (1818, (3, 22)),
        (1943, (4, 25)),
        (2000, (4, 23)),
        (2024, (3, 31)),
        (2025, (4, 20)),
        (2027, (3, 28)),
        (2038, (4, 25)),
        (2285, (3, 22)),
    ],
)
def test_easter(year, easter):
    assert holidays_fr.easter(year) == date(year, *easter)


def test_easter_is_a_sunday_of_spring():
    for year in range(1583, 4100):
        day = holidays_fr.easter(year)
        assert day.isoweekday() == 7
        assert (3, 22) <= (day.month, day.day) <= (4, 25)


@pytest.mark.parametrize(
    ("region", "added"),
    [
        ("alsace_moselle", {(4, 3), (12, 26)}),
        ("mayotte", {(4, 27)}),
        ("martinique", {(5, 22)}),
        ("guadeloupe", {(5, 27)}),
        ("saint_martin", {(5, 27)}),
        ("guyane", {(6, 10)}),
        ("saint_barthelemy", {(10, 9)}),
        ("reunion", {(12, 20)}),
    ],
)
def test_regions_add_theirs(region, added):
    more = holidays_fr.holidays(2026, region).keys() - holidays_fr.holidays(2026).keys()
    assert {(day.month, day.day) for day in more} == added


def test_two_names_on_one_day():
    """In 2008 Ascension fell on 1 May: ten days, both names."""
    days = holidays_fr.holidays(2008)
    assert len(days) == 10
    assert days[date(2008, 5, 1)] == "Fête du Travail, Ascension"


def test_the_answer_may_be_changed_by_its_caller():
    holidays_fr.holidays(2026).clear()
    assert len(holidays_fr.holidays(2026)) == 11


def test_unknown_region_and_year():
    with pytest.raises(ValueError, match="Unknown region"):
        holidays_fr.holidays(2026, "bretagne")
    with pytest.raises(ValueError, match="not known for the year"):
        holidays_fr.holidays(1500)
