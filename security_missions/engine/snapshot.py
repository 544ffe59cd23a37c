"""The frozen form of a rota: one text for one content, and what changed between two.

A document is made of dicts, lists, texts, whole numbers, True, False and None only: the
database may store it and give it back, the text is the same.
"""

import hashlib
import json
from dataclasses import dataclass

ADDED, REMOVED, TIME, POST = "added", "removed", "time", "post"
TIMES, PLACE = ("start", "stop"), ("post_id",)


@dataclass(frozen=True, slots=True)
class Difference:
    """``before`` and ``after`` are rows of a shift; None on the side it is not on."""

    kind: str
    shift: int
    before: dict | None
    after: dict | None


def canonical(document) -> str:
    """The text that is hashed: keys sorted, no space, every character as it is.

    :raises ValueError: the document holds a float, which has several writings
    """
    _refuse_floats(document)
    return json.dumps(
        document, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )


def digest(document) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(document).encode()).hexdigest()


def differences(before, after) -> list[Difference]:
    """What changed between two lists of rows, each with its ``shift_id``."""
    old = {row["shift_id"]: row for row in before}
    new = {row["shift_id"]: row for row in after}
    found = [
        Difference(kind, shift, old.get(shift), new.get(shift))
        for shift in old.keys() | new.keys()
        if (kind := kind_of(old.get(shift), new.get(shift)))
    ]
    return sorted(found, key=lambda d: ((d.after or d.before)["start"], d.shift))


def kind_of(before, after) -> str | None:
    """What happened to one shift; None: nothing that its guard has to know."""
    if before is None:
        return ADDED
    if after is None:
        return REMOVED
    if any(before[name] != after[name] for name in PLACE):
        return POST
    if any(before[name] != after[name] for name in TIMES):
        return TIME
    return None


def acknowledged_state(row, acknowledged, previous, current) -> str:
    """What a guard knows of one shift: acknowledged, changed or pending.

    :param row: the row of the shift in the version to come
    :param acknowledged: its row in the last version he has read, or None
    :param previous: its row in the version before, or None
    :param current: what was known of it until now
    """
    if acknowledged is not None and kind_of(acknowledged, row) is None:
        return "acknowledged"
    known = [old for old in (acknowledged, previous) if old is not None]
    if current == "changed" or any(kind_of(old, row) for old in known):
        return "changed"
    return "pending"


def _refuse_floats(value):
    if isinstance(value, float):
        raise ValueError(f"A float has several writings: {value!r}.")
    if isinstance(value, dict):
        for each in value.values():
            _refuse_floats(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            _refuse_floats(each)
