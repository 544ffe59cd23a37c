import pytest

from security_workforce.engine import person_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Anna Durand", ("Durand", "Anna")),
        ("DURAND Anna Marie", ("DURAND", "Anna Marie")),
        ("Anna DE LA TOUR", ("DE LA TOUR", "Anna")),
        ("Jean de la Tour", ("de la Tour", "Jean")),
        ("Jean-Luc PETIT-JEAN", ("PETIT-JEAN", "Jean-Luc")),
        ("ANNA DURAND", ("DURAND", "ANNA")),
        ("Anna D. Petit", ("D. Petit", "Anna")),
        ("Cher", ("Cher", "")),
        ("", ("", "")),
        (None, ("", "")),
    ],
)
def test_split(name, expected):
    assert person_name.split(name) == expected
