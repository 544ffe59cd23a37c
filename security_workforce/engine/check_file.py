"""Reads the file of verification results that a checker gives back.

One line is one title looked up. Nothing is believed: each line says what it holds, or
what is wrong with it. Headers are English or French, the separator ``;`` or ``,``.
"""

import contextlib
import csv
import io
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime

HEADERS = {
    "number": ("number", "card", "cardnumber", "numero", "carte", "numerodecarte"),
    "surname": ("surname", "lastname", "nom", "nomdefamille"),
    "name": ("name", "guard", "agent", "nomcomplet", "nometprenom"),
    "nub": ("nub",),
    "activity": ("activity", "activite"),
    "result": ("result", "resultat"),
    "date": ("date", "checkedon", "verifiedon", "verifiele", "datedeverification"),
    "method": ("method", "methode", "moyen"),
    "note": ("note", "remark", "remarque", "observation", "commentaire"),
}
RESULTS = {
    "valid": ("valid", "valable", "valide", "yes", "oui", "ok"),
    "invalid": (
        "invalid",
        "notvalid",
        "invalide",
        "nonvalable",
        "nonvalide",
        "no",
        "non",
    ),
    "unknown": ("unknown", "noanswer", "inconnu", "sansreponse", "aucunereponse"),
}
METHODS = {
    "directory": (
        "directory",
        "publicdirectory",
        "cnapspublicdirectory",
        "annuaire",
        "annuairepublic",
        "annuairepublicducnaps",
    ),
    "portal": (
        "portal",
        "employerportal",
        "cnapsemployerportal",
        "portail",
        "espaceemployeur",
        "espaceemployeurducnaps",
        "dracar",
    ),
    "letter": (
        "letter",
        "decisionletterofthecnaps",
        "courrier",
        "courrierdedecisionducnaps",
        "lettre",
        "decision",
    ),
    "other": ("other", "autre"),
}
DATE_FORMS = (
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
)


class NotAList(ValueError):
    """The file is none: ``reason`` is ``empty``, ``encoding`` or ``headers``; for the
    latter ``missing`` names the columns."""

    def __init__(self, reason, missing=()):
        super().__init__(reason)
        self.reason, self.missing = reason, tuple(missing)


@dataclass(slots=True)
class Row:
    """One line. ``when`` is a local date, or a local datetime where an hour is written;
    ``problems`` lists (code, text as written) with code ``title``, ``result``, ``date``
    or ``method``."""

    line: int
    number: str = ""
    surname: str = ""
    nub: str = ""
    activity: str = ""
    result: str = ""
    when: date | datetime | None = None
    method: str = "directory"
    note: str = ""
    problems: list = field(default_factory=list)


def fold(text: str) -> str:
    """Letters and digits only, without accents or capitals: how words are compared."""
    plain = unicodedata.normalize("NFKD", text or "")
    return "".join(sign for sign in plain.casefold() if sign.isalnum())


def surname(name: str) -> str:
    """The surname in a full name: the words in capitals, else all but the first.

    "Le Goff" is one, "Jean-Marie" is a first name: names with two first names and no
    hyphen are best written with the surname in capitals.
    """
    words = name.split()
    capitals = [word for word in words if len(word) > 1 and word.isupper()]
    return " ".join(capitals or words[1:] or words)


def is_named(name: str, written: str) -> bool:
    """Whether ``written`` (a surname or a full name) may be the person ``name``."""
    wanted = fold(written)
    words = [fold(word) for word in name.split()]
    return bool(wanted) and (
        any("".join(words[i:]) == wanted for i in range(len(words)))
        or fold(surname(name)) == wanted
        or sorted(fold(word) for word in written.split()) == sorted(words)
    )


def read(content: bytes) -> list[Row]:
    """The lines of the file, without the empty ones.

    :raises NotAList: the file as a whole cannot be read
    """
    lines = _text(content)
    rows = csv.reader(io.StringIO(lines), delimiter=_delimiter(lines))
    header = next(rows, [])
    columns = _columns(header)
    result = [
        _row(number, dict(zip(columns, map(str.strip, cells), strict=False)))
        for number, cells in enumerate(rows, start=2)
        if any(cell.strip() for cell in cells)
    ]
    if not result:
        raise NotAList("empty")
    return result


def _text(content):
    if not content.strip():
        raise NotAList("empty")
    if b"\0" in content:
        raise NotAList("encoding")
    for encoding in ("utf-8-sig", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise NotAList("encoding")


def _delimiter(text):
    header = text.lstrip().split("\n", 1)[0]
    return max(";,\t", key=header.count)


def _columns(header):
    """The name of each column; None for one that says nothing to us."""
    by_word = {word: name for name, words in HEADERS.items() for word in words}
    columns = [by_word.get(fold(cell)) for cell in header]
    missing = [name for name in ("result", "date") if name not in columns]
    if "number" not in columns and "nub" not in columns:
        missing.insert(0, "number")
    if missing:
        raise NotAList("headers", missing)
    return columns


def _row(line, cells):
    row = Row(
        line=line,
        number=cells.get("number", ""),
        surname=cells.get("surname") or cells.get("name") or "",
        nub=cells.get("nub", ""),
        activity=cells.get("activity", ""),
        note=cells.get("note", ""),
    )
    if not row.number and not (row.surname and row.nub):
        row.problems.append(("title", row.surname or row.nub))
    row.result = _word(RESULTS, cells.get("result", ""))
    if not row.result:
        row.problems.append(("result", cells.get("result", "")))
    row.when = _when(cells.get("date", ""))
    if not row.when:
        row.problems.append(("date", cells.get("date", "")))
    if written := cells.get("method", ""):
        row.method = _word(METHODS, written)
        if not row.method:
            row.problems.append(("method", written))
    return row


def _word(words, written):
    """The key whose list holds what is written; empty when none does."""
    wanted = fold(written)
    return next((key for key, known in words.items() if wanted in known), "")


def _when(written):
    for form in DATE_FORMS:
        try:
            moment = datetime.strptime(written, form)
        except ValueError:
            continue
        return moment if "%H" in form else moment.date()
    return None
