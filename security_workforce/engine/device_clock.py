"""When something happened, told by a clock that may be wrong.

The time of fact is the device's own, corrected by how far its clock was from ours when
it last heard from us. It is never the time of arrival: both are kept.
"""

from dataclasses import dataclass
from datetime import timedelta

# A phone is some seconds ahead of what it measured; more is no fact yet.
AHEAD = timedelta(minutes=5)
# The phone keeps what it could not send for so long at most.
OLDEST = timedelta(days=45)
# From here on the clock of the phone is worth a word to whoever reads the fact.
WORTH_TELLING = timedelta(minutes=5)


@dataclass(frozen=True)
class Fact:
    """When it happened, UTC, and by how much the device's clock was wrong."""

    happened_at: object
    skew: timedelta
    verdict: str  # ok, skewed, future, old


def correct(device_time, offset, received_at):
    """The ``Fact`` behind what a device says.

    :param device_time: naive UTC by the device's clock when it happened
    :param offset: what to add to that clock, ``timedelta``
    :param received_at: naive UTC by our clock
    """
    happened_at = device_time + offset
    if happened_at > received_at + AHEAD:
        verdict = "future"
    elif happened_at < received_at - OLDEST:
        verdict = "old"
    else:
        # Nothing happens after it was told.
        happened_at = min(happened_at, received_at)
        verdict = "skewed" if abs(offset) >= WORTH_TELLING else "ok"
    return Fact(happened_at, -offset, verdict)
