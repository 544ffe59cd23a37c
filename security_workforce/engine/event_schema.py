"""What the events of a phone or a gate may hold: checked before anything reads them.

A kind of event lists its fields; a payload with a missing field, a field too many or a
value out of its bounds is refused as a whole. Nothing is converted or guessed: what
passes is exactly what was sent.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime

UUID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
LARGEST_ID = 2**31 - 1


class BadEvent(ValueError):
    """A payload that its schema refuses.

    :param path: where, as ``persons.2.name``
    :param reason: ``missing``, ``unknown``, ``type``, ``length``, ``range``, ``choice``
        or ``format``
    """

    def __init__(self, path, reason):
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


@dataclass(frozen=True, kw_only=True)
class Value:
    required: bool = True

    def check(self, value, path):
        """Raise ``BadEvent`` unless ``value`` is what this field takes."""
        raise NotImplementedError


@dataclass(frozen=True)
class Text(Value):
    """Characters; NUL, which PostgreSQL cannot store, is refused."""

    most: int
    choices: tuple = ()

    def check(self, value, path):
        if not isinstance(value, str):
            raise BadEvent(path, "type")
        if len(value) > self.most:
            raise BadEvent(path, "length")
        if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise BadEvent(path, "format")
        if self.choices and value not in self.choices:
            raise BadEvent(path, "choice")


@dataclass(frozen=True)
class Whole(Value):
    least: int
    most: int

    def check(self, value, path):
        # bool is an int for Python, not for whoever reads the event.
        if not isinstance(value, int) or isinstance(value, bool):
            raise BadEvent(path, "type")
        if not self.least <= value <= self.most:
            raise BadEvent(path, "range")


@dataclass(frozen=True)
class Id(Value):
    """The id of a record, as PostgreSQL keeps it."""

    def check(self, value, path):
        Whole(1, LARGEST_ID).check(value, path)


@dataclass(frozen=True)
class Number(Value):
    least: float
    most: float

    def check(self, value, path):
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            raise BadEvent(path, "type")
        # NaN is in no interval.
        if not self.least <= value <= self.most:
            raise BadEvent(path, "range")


@dataclass(frozen=True)
class Flag(Value):
    def check(self, value, path):
        if not isinstance(value, bool):
            raise BadEvent(path, "type")


@dataclass(frozen=True)
class Uuid(Value):
    def check(self, value, path):
        if not isinstance(value, str):
            raise BadEvent(path, "type")
        if not UUID.fullmatch(value):
            raise BadEvent(path, "format")


@dataclass(frozen=True)
class Moment(Value):
    """A UTC instant, ``2027-05-01T20:00:00Z``."""

    def check(self, value, path):
        if not isinstance(value, str):
            raise BadEvent(path, "type")
        if not MOMENT.fullmatch(value):
            raise BadEvent(path, "format")
        try:
            datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ")
        except ValueError:
            raise BadEvent(path, "format") from None


@dataclass(frozen=True)
class Many(Value):
    """A list of at most ``most`` values of one kind."""

    item: Value
    most: int

    def check(self, value, path):
        if not isinstance(value, list):
            raise BadEvent(path, "type")
        if len(value) > self.most:
            raise BadEvent(path, "length")
        for index, item in enumerate(value):
            self.item.check(item, f"{path}.{index}")


@dataclass(frozen=True)
class Group(Value):
    """Named fields; none is missing and none is there that is not named."""

    fields: dict = field(hash=False)

    def check(self, value, path=""):
        if not isinstance(value, dict):
            raise BadEvent(path, "type")
        for name in value:
            if name not in self.fields:
                # It is told back: what cannot be written is replaced.
                shown = str(name)[:40].encode(errors="replace").decode()
                raise BadEvent(_under(path, shown), "unknown")
        for name, expected in self.fields.items():
            # An optional field may be left out or be null.
            if value.get(name) is None:
                if expected.required:
                    raise BadEvent(_under(path, name), "missing")
                continue
            expected.check(value[name], _under(path, name))


@dataclass(frozen=True)
class Kind:
    """One kind of event.

    :param handler: name of the method of ``security.inbox`` that applies one row
    :param fields: what its payload holds, ``{name: Value}``
    """

    handler: str
    fields: dict = field(hash=False)

    def check(self, payload):
        Group(self.fields).check(payload)


def _under(path, name):
    return f"{path}.{name}" if path else name
