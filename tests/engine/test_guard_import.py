"""A workbook that nobody vouches for: read line by line, or refused with a reason."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook

from security_workforce.engine import guard_import
from security_workforce.engine.guard_import import BadFile, cells, fold
from security_workforce.engine.guard_import import workbook as reader
from security_workforce.engine.guard_import.columns import GUARDS, SHEETS

TODAY = date(2026, 11, 23)
LISTS = {
    "activity": {"sh": 1, "sge": 2},
    "skill": {"sst": 7},
    "sex": {"male": "male"},
    "card_kind": {"professional card": "card"},
}
GUARD = {
    "reference": "M1",
    "surname": "Durand",
    "first_names": "Anna",
    "birthday": "01/02/1990",
    "entry": "15/03/2024",
}
CARD = {
    "reference": "M1",
    "activity": "SH",
    "number": "CAR-075-2029-02-01-20241055859",
}
SKILL = {"reference": "M1", "skill": "SST", "valid_from": "01/06/2026"}


def book(guards=(GUARD,), cards=(), qualifications=(), language="en", change=None):
    """The bytes of a workbook with a column for each key that a line has."""
    book = Workbook()
    book.remove(book.active)
    for key, rows in (
        ("guards", guards),
        ("cards", cards),
        ("qualifications", qualifications),
    ):
        sheet = book.create_sheet(SHEETS[key].title(language))
        columns = [
            column
            for column in SHEETS[key].columns
            if column.required or any(column.key in row for row in rows)
        ]
        sheet.append([column.title(language) for column in columns])
        for row in rows:
            sheet.append([row.get(column.key) for column in columns])
    if change:
        change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def check(*args, **kwargs):
    content = book(*args, **kwargs)
    return guard_import.check(guard_import.read(content), LISTS, TODAY)


def told(result):
    return [(p.sheet, p.row, p.column, p.code) for p in result.problems]


def refusal(content):
    with pytest.raises(BadFile) as bad:
        guard_import.read(content)
    return bad.value


def repacked(content, change):
    """The same pack with some parts changed: ``change`` takes and gives their bytes."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, change(name, old.read(name)))
    return result.getvalue()


# === Whole files ===


def test_a_right_file():
    result = check([GUARD], [CARD], [SKILL])
    assert told(result) == []
    (guard,) = result.guards
    assert (guard.name, guard.nubs) == ("Anna Durand", {"1055859"})
    assert guard.values["birthday"] == date(1990, 2, 1)
    assert guard.cards[0].values["date_expiry"] == date(2029, 2, 1)
    assert guard.qualifications[0].values["skill"] == 7


@pytest.mark.parametrize("language", ["en_US", "fr_FR"])
def test_titles_of_both_languages(language):
    assert len(check([GUARD], [CARD], language=language).guards) == 1


def test_titles_are_not_a_matter_of_signs():
    def shout(book):
        sheet = book["Agents"]
        for cell in sheet[1]:
            cell.value = f"  {cell.value.upper()} * ".replace("É", "E")

    assert told(check([GUARD], language="fr", change=shout)) == []


def test_frozen_and_thawed():
    (guard,) = check([GUARD], [CARD], [SKILL]).guards
    assert guard_import.thawed(guard_import.frozen(guard)) == guard


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_workbook"),
        (b"Surname;First names\nDurand;Anna", "no_workbook"),
        (reader.OLE_SIGNATURE + bytes(512), "protected"),
        (b"PK\x03\x04 and nothing else", "damaged"),
        (bytes(reader.MAX_BYTES + 1), "too_big"),
    ],
)
def test_no_workbook_at_all(content, code):
    assert refusal(content).code == code


def test_another_kind_of_pack():
    pack = io.BytesIO()
    with zipfile.ZipFile(pack, "w") as archive:
        archive.writestr("letter.txt", "Dear all")
    assert refusal(pack.getvalue()).code == "no_workbook"


def test_a_bomb_is_not_unpacked():
    def swollen(name, data):
        if name == "xl/worksheets/sheet1.xml":
            return b"<x>" + bytes(reader.MAX_UNPACKED)
        return data

    content = repacked(book(), swollen)
    assert len(content) < reader.MEGABYTE
    assert refusal(content).code == "bomb"


def test_a_size_that_lies():
    """A part that unpacks to more than the packing list says is cut there."""
    content = bytearray(book())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    real = part.file_size.to_bytes(4, "little")
    lie = (10).to_bytes(4, "little")
    assert refusal(bytes(content).replace(real, lie)).code == "damaged"


@pytest.mark.parametrize(
    "head",
    [
        b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]>',
        '<?xml version="1.0" encoding="UTF-16"?>'.encode("utf-16"),
    ],
)
def test_entities_are_refused(head):
    def infected(name, data):
        return head + data if name == "xl/worksheets/sheet1.xml" else data

    assert refusal(repacked(book(), infected)).code == "damaged"


def test_a_damaged_sheet():
    def cut(name, data):
        return data[:-40] if name == "xl/worksheets/sheet1.xml" else data

    assert refusal(repacked(book(), cut)).code == "damaged"


def test_merged_cells():
    bad = refusal(
        book([GUARD, GUARD], change=lambda b: b["Guards"].merge_cells("A2:A3"))
    )
    assert (bad.code, bad.facts["cells"]) == ("merged", "A2:A3")


def test_no_sheet_of_guards():
    bad = refusal(book(change=lambda b: b.remove(b["Guards"])))
    assert bad.code == "no_sheet"


def test_wrong_titles():
    def rename(book):
        book["Guards"]["A1"] = "Number of the guard"

    bad = refusal(book(change=rename))
    assert bad.code == "columns"
    assert [column.key for column in bad.facts["missing"]] == ["reference"]
    assert bad.facts["unknown"] == ["Number of the guard"]


def test_a_title_twice():
    def again(book):
        book["Guards"]["Z1"] = "Nom"

    assert refusal(book(change=again)).code == "column_twice"


def test_empty_rows_are_passed_over():
    def far(book):
        book["Guards"].cell(100_002, 1, "M2")

    result = check(change=far)
    assert len(result.guards) == 1
    assert {(row, code) for _s, row, _c, code in told(result)} == {(100_002, "missing")}


def test_a_row_at_the_end_of_the_world():
    bad = refusal(book(change=lambda b: b["Guards"].cell(1_048_576, 1, "x")))
    assert bad.code == "too_many_rows"


def test_a_false_dimension_costs_nothing():
    def boast(name, data):
        if name == "xl/worksheets/sheet1.xml":
            return data.replace(b'ref="A1:E2"', b'ref="A1:XFD1048576"')
        return data

    content = repacked(book(), boast)
    assert content != book()
    assert len(guard_import.read(content)["guards"]) == 1


# === Cells ===


def cell(kind, value, choices=None):
    column = next(c for c in GUARDS.columns if c.kind == kind)
    return cells.read(column, value, {column.choice: choices})


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("text", 12, "12"),
        ("text", 12.0, "12"),
        ("text", "=SUM(A1)", "=SUM(A1)"),
        ("date", datetime(2026, 2, 28, 0, 0), date(2026, 2, 28)),
        ("date", "28/2/2026", date(2026, 2, 28)),
        ("date", "28.02.2026", date(2026, 2, 28)),
        ("date", "2026-02-28", date(2026, 2, 28)),
        ("flag", "Oui", True),
        ("flag", "no", False),
        ("flag", True, True),
        ("flag", 0, False),
        ("count", 140, 140),
        ("count", "140", 140),
        ("hours", 35, 35),
        ("hours", "35,5", 35.5),
        ("hours", "35h30", 35.5),
        ("hours", "35:30", 35.5),
        ("hours", "24h", 24),
        ("hours", timedelta(hours=35, minutes=30), 35.5),
        ("hours", time(7, 30), 7.5),
        ("email", "Anna@Durand.FR", "anna@durand.fr"),
        ("phone", 612345678, "0612345678"),
        ("phone", "+33 6 39 98 00 01", "+33 6 39 98 00 01"),
        ("zip", 1000, "01000"),
        ("zip", 93200, "93200"),
        ("zip", "2A000", "2A000"),
    ],
)
def test_cells_that_are_right(kind, value, expected):
    assert cell(kind, value) == expected


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("text", datetime(2026, 1, 1), "not_text"),
        ("text", "x" * 201, "too_long"),
        ("date", "31/02/2026", "not_date"),
        ("date", "01/02/26", "not_date"),
        ("date", 45000, "not_date"),
        ("date", "01/01/1026", "not_date"),
        ("flag", "perhaps", "not_flag"),
        ("count", "12.5", "not_count"),
        ("count", -1, "not_count"),
        ("hours", "much", "not_hours"),
        ("hours", 169, "not_hours"),
        ("hours", 0, "not_hours"),
        ("hours", float("nan"), "not_hours"),
        ("email", "anna at durand", "not_email"),
        ("email", "a@b.fr; c@d.fr", "not_email"),
        ("phone", "call me", "not_phone"),
        ("choice", "Elsewhere", "not_in_list"),
    ],
)
def test_cells_that_are_wrong(kind, value, code):
    with pytest.raises(cells.Unusable) as reason:
        cell(kind, value, {"male": "male"})
    assert reason.value.code == code


def test_formulas_and_errors_of_the_spreadsheet():
    def spoil(book):
        book["Guards"]["B2"] = "=UPPER(C2)"
        book["Guards"]["C2"] = "#N/A"

    assert told(check(change=spoil)) == [
        ("guards", 2, "surname", "formula"),
        ("guards", 2, "first_names", "cell_error"),
    ]


def test_fold():
    assert fold("  Prénoms * ") == fold("PRENOMS")
    assert fold("Date d’entrée") == fold("date d'entree")
    assert fold("CAR\u2011075") == "car-075"


# === Lines ===


def line(base, **values):
    return {**base, **values}


OTHER = line(GUARD, reference="M2", surname="Petit", birthday="02/02/1991")


@pytest.mark.parametrize(
    ("guards", "code"),
    [
        ([GUARD, line(OTHER, reference="m1 ")], "same_reference"),
        (
            [line(GUARD, email="a@b.fr"), line(OTHER, email="A@b.fr")],
            "same_email",
        ),
        ([GUARD, line(GUARD, reference="M2", surname="DURAND")], "same_person"),
    ],
)
def test_two_lines_for_one_guard(guards, code):
    result = check(guards)
    assert [(row, found) for _s, row, _c, found in told(result)] == [
        (2, code),
        (3, code),
    ]
    assert result.problems[0].facts["rows"] == [2, 3]
    assert (len(result.guards), len(result.bad)) == (0, 2)


def test_one_nub_two_guards():
    cards = [CARD, line(CARD, reference="M2", number="2026-0000001-CAR-SGE-1055859")]
    cards[1] |= {"activity": "SGE", "date_expiry": "01/01/2031"}
    result = check([GUARD, OTHER], cards)
    assert {code for *_where, code in told(result)} == {"same_nub"}
    assert len(result.bad) == 2


def test_one_number_two_guards():
    result = check([GUARD, OTHER], [CARD, line(CARD, reference="M2")])
    assert ("cards", 3, "number", "same_number") in told(result)


def test_several_nubs_are_only_told():
    cards = [CARD, line(CARD, number="CAR-075-2029-02-01-20241055860")]
    result = check([GUARD], cards)
    assert [p.level for p in result.problems] == ["remark"]
    assert len(result.guards) == 1


@pytest.mark.parametrize(
    ("guard", "card", "skill", "expected"),
    [
        ({"birthday": "15/03/2024"}, {}, {}, ("guards", "birthday", "born_late")),
        ({"exit": "14/03/2024"}, {}, {}, ("guards", "exit", "ends_before")),
        ({"visit": "24/11/2026"}, {}, {}, ("guards", "visit", "in_future")),
        ({"surname": None}, {}, {}, ("guards", "surname", "missing")),
        (
            {},
            {"number": "2026-0024376-CAR-SH-1055859"},
            {},
            ("cards", "date_expiry", "no_expiry"),
        ),
        (
            {},
            {"date_issued": "02/02/2029"},
            {},
            ("cards", "date_expiry", "ends_before"),
        ),
        ({}, {"reference": "M9"}, {}, ("cards", "reference", "unknown_guard")),
        ({}, {"activity": "Guarding"}, {}, ("cards", "activity", "not_in_list")),
        (
            {},
            {},
            {"valid_from": "24/11/2026"},
            ("qualifications", "valid_from", "in_future"),
        ),
        (
            {},
            {},
            {"valid_to": "31/05/2026"},
            ("qualifications", "valid_to", "ends_before"),
        ),
    ],
)
def test_a_wrong_line_keeps_its_guard_out(guard, card, skill, expected):
    result = check(
        [line(GUARD, **guard), OTHER], [line(CARD, **card)], [line(SKILL, **skill)]
    )
    assert [(p.sheet, p.column, p.code) for p in result.problems] == [expected]
    own = expected[2] != "unknown_guard"
    assert [g.reference for g in result.guards] == (["M2"] if own else ["M1", "M2"])


def test_days_that_are_just_right():
    exact = {
        "birthday": "14/03/2024",
        "exit": "15/03/2024",
        "visit": "23/11/2026",
    }
    card = line(CARD, date_issued="01/02/2029")
    skill = line(SKILL, valid_from="23/11/2026", valid_to="23/11/2026")
    assert told(check([line(GUARD, **exact)], [card], [skill])) == []


def test_the_same_card_twice():
    result = check([GUARD], [CARD, CARD], [SKILL, SKILL])
    assert told(result) == [
        ("cards", 2, "number", "same_line"),
        ("cards", 3, "number", "same_line"),
        ("qualifications", 2, "skill", "same_line"),
        ("qualifications", 3, "skill", "same_line"),
    ]
