"""Reads one cell as its column says, or says why it cannot be read."""

import re
from datetime import date, datetime, time, timedelta

from ..card_number import normalise
from .columns import fold
from .workbook import Unreadable

LONGEST_TEXT = 200
# Years of a life's documents; anything else is a slip of the keyboard.
FIRST_YEAR, LAST_YEAR = 1900, 2200
WEEK_HOURS = 168
DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
PHONE = re.compile(r"\+?[\d .()\-/]{6,25}")
CLOCK = re.compile(r"(\d{1,3})\s*(?:h|:)\s*([0-5]\d)?", re.IGNORECASE)
YES = {"yes", "y", "oui", "o", "x", "true", "vrai", "1"}
NO = {"no", "n", "non", "false", "faux", "0"}
# French numbers and postcodes whose first zero a spreadsheet ate.
PHONE_DIGITS, ZIP_DIGITS = 9, 4


class Unusable(Exception):
    """Why a cell cannot be used: code and facts of the problem."""

    def __init__(self, code, **facts):
        super().__init__(code)
        self.code = code
        self.facts = facts


def read(column, value, lists):
    """The value of a cell, as its column wants it.

    :param column: a ``columns.Column``
    :param value: what ``workbook.read`` found
    :param lists: ``{name of a choice: {folded label: key}}``
    :raise Unusable: the reason, for one line of the report
    """
    if isinstance(value, Unreadable):
        raise Unusable(value.code, text=value.text)
    return READERS[column.kind](value, lists.get(column.choice))


def shown(value):
    """The text of a cell, as a report quotes it."""
    if isinstance(value, Unreadable):
        return value.text
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _text(value, _choices=None):
    if isinstance(value, datetime | date | time | timedelta | bool):
        raise Unusable("not_text", text=shown(value))
    text = shown(value)
    if len(text) > LONGEST_TEXT:
        raise Unusable("too_long", text=text[:40], limit=LONGEST_TEXT)
    return text


def _date(value, _choices):
    if isinstance(value, datetime):
        day = value.date()
    elif isinstance(value, date):
        day = value
    else:
        day = _written_date(value)
    if not day or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unusable("not_date", text=shown(value))
    return day


def _written_date(value):
    if not isinstance(value, str):
        return None
    if match := DAY.fullmatch(value):
        parts = reversed(match.groups())
    elif match := ISO_DAY.fullmatch(value):
        parts = match.groups()
    else:
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def _choice(value, choices):
    text = _text(value)
    key = (choices or {}).get(fold(text))
    if key is None:
        raise Unusable("not_in_list", text=text)
    return key


def _flag(value, _choices):
    if isinstance(value, bool):
        return value
    word = fold(shown(value))
    if word not in YES | NO:
        raise Unusable("not_flag", text=shown(value))
    return word in YES


def _count(value, _choices):
    text = shown(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,4}", text):
        raise Unusable("not_count", text=text)
    return int(text)


def _hours(value, _choices):
    hours = _as_hours(value)
    if hours is None or not 0 < hours <= WEEK_HOURS:
        raise Unusable("not_hours", text=shown(value))
    return round(hours, 4)


def _as_hours(value):
    """Hours of a number, of 35,5, of 35h30, or of a duration of the spreadsheet."""
    if isinstance(value, timedelta):
        return value.total_seconds() / 3600
    if isinstance(value, time):
        return value.hour + value.minute / 60
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, str):
        return None
    if match := CLOCK.fullmatch(value.strip()):
        return int(match[1]) + int(match[2] or 0) / 60
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{1,4})?", value.strip()):
        return float(value.strip().replace(",", "."))
    return None


def _email(value, _choices):
    text = _text(value).casefold()
    if not EMAIL.fullmatch(text):
        raise Unusable("not_email", text=text)
    return text


def _phone(value, _choices):
    text = _text(value)
    if not isinstance(value, str) and len(text) == PHONE_DIGITS:
        text = f"0{text}"
    if not PHONE.fullmatch(text):
        raise Unusable("not_phone", text=text)
    return text


def _zip(value, _choices):
    text = _text(value)
    lost_zero = not isinstance(value, str) and len(text) == ZIP_DIGITS
    return f"0{text}" if lost_zero else text


def _number(value, _choices):
    return normalise(_text(value))


READERS = {
    "text": _text,
    "date": _date,
    "choice": _choice,
    "flag": _flag,
    "count": _count,
    "hours": _hours,
    "email": _email,
    "phone": _phone,
    "zip": _zip,
    "number": _number,
}
