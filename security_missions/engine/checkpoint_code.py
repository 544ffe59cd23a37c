"""The texts that are printed on a checkpoint, or shown there and changing.

``SC1:<number>:<mark>`` is printed; ``SC2:<number>:<step>:<mark>`` is shown on a
screen and changes every 30 seconds, so that a photograph of it gets old. The mark
proves that we made the text; whoever knows the number of a checkpoint cannot.
Letters and figures of base 32 only: short in a QR code, and the first eight of the
mark can be typed at night.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

PRINTED = "SC1"
SHOWN = "SC2"
STEP = 30
EPOCH = datetime(2020, 1, 1)
MARK_BYTES = 10
TYPED_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Code:
    """A text that has the form of ours: ``number`` of the checkpoint, ``mark`` to be
    checked, ``step`` of a code that changes (None when printed)."""

    number: int
    mark: str
    step: int | None = None


def number_text(number) -> str:
    """Eight letters for a number below 2**40."""
    return base64.b32encode(int(number).to_bytes(5)).decode()


def mark(digest) -> str:
    """Sixteen letters of a keyed digest (bytes, 10 at least)."""
    return base64.b32encode(digest[:MARK_BYTES]).decode()


def printed(number, digest) -> str:
    """The text of a printed checkpoint."""
    return f"{PRINTED}:{number_text(number)}:{mark(digest)}"


def shown(number, step, digest) -> str:
    """The text of a checkpoint that is shown on a screen."""
    return f"{SHOWN}:{number_text(number)}:{step}:{mark(digest)}"


def parse(text) -> Code | None:
    """The parts of a text; None when it is none of ours."""
    parts = text.strip().upper().split(":")
    try:
        if parts[0] == PRINTED and len(parts) == 3:
            return Code(_number(parts[1]), _mark(parts[2]))
        if parts[0] == SHOWN and len(parts) == 4 and re.fullmatch(r"\d{1,9}", parts[2]):
            return Code(_number(parts[1]), _mark(parts[3]), int(parts[2]))
    except (ValueError, binascii.Error):
        return None
    return None


def typed(text) -> str:
    """What is typed from under a printed code, or read from a tag, without spaces."""
    return re.sub(r"[\s:.-]", "", text).upper()


def step_of(moment) -> int:
    """The step of an instant (naive UTC)."""
    return int((moment - EPOCH).total_seconds() // STEP)


def moment_of(step) -> datetime:
    """When the code of a step began to be shown."""
    return EPOCH + timedelta(seconds=step * STEP)


def fingerprint(text) -> str:
    """What a phone keeps to recognise a code that it must not know."""
    return hashlib.sha256(text.encode()).hexdigest()


def _number(text):
    raw = base64.b32decode(text)
    if len(raw) != 5:
        raise ValueError(text)
    return int.from_bytes(raw)


def _mark(text):
    if len(text) != 16 or len(base64.b32decode(text)) != MARK_BYTES:
        raise ValueError(text)
    return text
