"""Numbers that the CNAPS writes on its titles, read softly.

Two forms are in circulation. The old one carries the end of validity,
``CAR-075-2029-02-01-20240123456``; the new one (portal of February 2026) carries the
activity, ``2026-0024376-CAR-SH-1055859``. Both end with the holder's NUB, seven
digits. The new form was only seen on training authorisations, and other prefixes may
exist: nothing here refuses a number, ``odd_points`` tells what looks odd.
"""

import re
from dataclasses import dataclass, field
from datetime import date

OLD_RE = re.compile(
    r"(?P<type>CAR|PRE|PRO|AUT|AGD|FOR)"
    r"-(?P<territory>\d{3}|02[AB])"
    r"-(?P<end>(?:19|20|21)\d{2}-\d{2}-\d{2})"
    r"-(?P<year>20\d{2})(?P<nub>\d{7})"
)
NEW_RE = re.compile(
    r"(?P<year>20\d{2})-(?P<sequence>\d{7})"
    r"-(?P<type>[A-Z]{3})-(?P<activity>[A-Z0-9]{2,4})-(?P<nub>\d{7})"
)
NUB_RE = re.compile(r"\d{7}")
AUTHORISATION = "AUT"
# Prefixes a kind of title may carry. A receipt repeats the number of its card.
TYPES_OF_KIND = {
    "card": {"CAR", "FOR"},
    "pre_authorisation": {"PRE"},
    "provisional": {"PRO"},
    "receipt": {"CAR", "FOR", "AGD"},
    "manager": {"AGD"},
}


@dataclass(frozen=True, slots=True)
class Number:
    """What a number says. ``end`` is None in the new form, and in an old number
    whose date does not exist; ``activity`` is empty in the old form."""

    form: str
    type: str
    nub: str
    year: int
    territory: str = ""
    end: date | None = None
    sequence: str = ""
    activity: str = ""


@dataclass(frozen=True, slots=True)
class OddPoint:
    """A soft remark: ``code`` names it, ``facts`` fill its sentence."""

    code: str
    facts: dict = field(default_factory=dict)


def normalise(number) -> str:
    """The number without any space, in capitals, with plain hyphens."""
    compact = re.sub(r"\s+", "", number or "").upper()
    return re.sub(r"[\u2010-\u2015\u2212]", "-", compact)


def parse(number) -> Number | None:
    """The parts of a number of either form, or None when it has neither."""
    number = normalise(number)
    if match := OLD_RE.fullmatch(number):
        parts = match.groupdict()
        parts["end"] = _date(parts["end"])
        return Number(form="old", **{**parts, "year": int(parts["year"])})
    if match := NEW_RE.fullmatch(number):
        parts = match.groupdict()
        return Number(form="new", **{**parts, "year": int(parts["year"])})
    return None


def odd_points(
    number,
    kind="card",
    nub="",
    date_expiry=None,
    activity_code="",
    known_codes=(),
    other_nubs=(),
) -> list[OddPoint]:
    """What looks odd on a card, the gravest first; an empty list when nothing does.

    :param kind: one of ``TYPES_OF_KIND``
    :param nub: the holder's seven digits as recorded beside the number
    :param date_expiry: last day of validity as recorded beside the number
    :param activity_code: the activity of the record; a new number that names another
        activity of ``known_codes`` is odd
    :param other_nubs: NUBs on the other cards of the same person
    """
    points = []
    parsed = parse(number)
    if normalise(number) and not parsed:
        points.append(OddPoint("unknown_form", {"number": normalise(number)}))
    if parsed:
        points += _number_points(parsed, kind, date_expiry, activity_code, known_codes)
        if nub and nub != parsed.nub:
            points.append(OddPoint("nub_differs", {"nub": nub, "read": parsed.nub}))
    if nub and not NUB_RE.fullmatch(nub):
        points.append(OddPoint("nub_form", {"nub": nub}))
    others = sorted({other for other in other_nubs if other and other != nub})
    if nub and others:
        points.append(OddPoint("nub_conflict", {"nub": nub, "others": others}))
    return points


def authorisation_odd_points(number) -> list[OddPoint]:
    """What looks odd on the authorisation number of a firm (CSI L612-9)."""
    number = normalise(number)
    parsed = parse(number)
    if not number:
        return []
    if not parsed:
        return [OddPoint("unknown_form", {"number": number})]
    if parsed.type != AUTHORISATION:
        return [OddPoint("type_kind", {"type": parsed.type})]
    if parsed.form == "old" and not parsed.end:
        return [OddPoint("no_such_date", {"number": number})]
    return []


def _number_points(parsed, kind, date_expiry, activity_code, known_codes):
    if parsed.type not in TYPES_OF_KIND.get(kind, {parsed.type}):
        yield OddPoint("type_kind", {"type": parsed.type})
    if parsed.form == "old" and not parsed.end:
        yield OddPoint("no_such_date", {})
    if (
        parsed.end
        and date_expiry
        and kind != "receipt"  # its own date, on the number of its card
        and parsed.end != date_expiry
    ):
        yield OddPoint("end_differs", {"read": parsed.end, "recorded": date_expiry})
    if (
        parsed.activity
        and activity_code
        and parsed.activity != activity_code
        and parsed.activity in known_codes
    ):
        yield OddPoint(
            "activity_differs", {"read": parsed.activity, "recorded": activity_code}
        )


def _date(text) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
