from datetime import date, datetime

import pytest

from security_workforce.engine.check_file import (
    NotAList,
    is_named,
    read,
    surname,
)

FRENCH = "Numéro;Résultat;Date;Méthode;Remarque\n{}\n"


def line(text, header=FRENCH):
    (row,) = read(header.format(text).encode())
    return row


def test_a_french_line():
    row = line("CAR-1;Valide;23/11/2026;Annuaire public;Vu à l'écran")
    assert (row.line, row.number, row.result) == (2, "CAR-1", "valid")
    assert (row.when, row.method) == (date(2026, 11, 23), "directory")
    assert (row.note, row.problems) == ("Vu à l'écran", [])


def test_an_english_file_with_commas():
    text = 'surname,NUB,result,date\n"Le Goff",1055859,Not valid,2026-11-23 09:30\n'
    (row,) = read(text.encode("utf-8-sig"))
    assert (row.surname, row.nub, row.result) == ("Le Goff", "1055859", "invalid")
    assert row.when == datetime(2026, 11, 23, 9, 30)
    assert not row.problems


def test_what_a_french_spreadsheet_writes():
    text = FRENCH.format("CAR-1;Sans réponse;23/11/2026;;Décès signalé")
    (row,) = read(text.replace("\n", "\r\n").encode("cp1252"))
    assert (row.result, row.note) == ("unknown", "Décès signalé")


@pytest.mark.parametrize(
    ("text", "code", "written"),
    [
        (";Valide;23/11/2026;;", "title", ""),
        ("CAR-1;peut-être;23/11/2026;;", "result", "peut-être"),
        ("CAR-1;;23/11/2026;;", "result", ""),
        ("CAR-1;Valide;31/02/2026;;", "date", "31/02/2026"),
        ("CAR-1;Valide;11/23/2026;;", "date", "11/23/2026"),
        ("CAR-1;Valide;23/11/2026;pigeon;", "method", "pigeon"),
    ],
)
def test_each_mistake_says_what_is_written(text, code, written):
    assert line(text).problems == [(code, written)]


def test_a_line_may_be_wrong_twice():
    assert [code for code, _ in line("CAR-1;?;?;;").problems] == ["result", "date"]


def test_a_nub_alone_names_nobody():
    row = line("1055859;ok;23/11/2026", "NUB;Résultat;Date\n{}\n")
    assert row.problems == [("title", "1055859")]


def test_lines_keep_the_number_that_the_spreadsheet_shows():
    rows = read(FRENCH.format("A;ok;01/11/2026;;\n;;;;\nB;ok;01/11/2026;;").encode())
    assert [row.line for row in rows] == [2, 4]


@pytest.mark.parametrize(
    ("content", "reason", "missing"),
    [
        (b"", "empty", ()),
        (b"\n \n", "empty", ()),
        (b"Number;Result;Date\n", "empty", ()),
        (b"PK\x03\x04\x00", "encoding", ()),
        (b"a;b\n1;2\n", "headers", ("number", "result", "date")),
        ("Numéro;Date\nX;Y\n".encode(), "headers", ("result",)),
    ],
)
def test_what_is_no_list(content, reason, missing):
    with pytest.raises(NotAList) as caught:
        read(content)
    assert (caught.value.reason, caught.value.missing) == (reason, missing)


def test_surnames():
    assert surname("Yann Le Goff") == "Le Goff"
    assert surname("Marc Antoine PIERRE") == "PIERRE"
    assert surname("Cher") == "Cher"
    for written in ("LE GOFF", "Goff", "Le Goff Yann", "yann le goff", "legoff"):
        assert is_named("Yann Le Goff", written), written
    for written in ("Yann", "Le", "", "Golf"):
        assert not is_named("Yann Le Goff", written), written
