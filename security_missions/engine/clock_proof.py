"""What a clock-in or a clock-out proves, and what its guard has to explain."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from . import geofence

NONE, FLAG, BLOCK = "none", "flag", "block"
CODED = ("qr", "code")
# From then on a phone was without network rather than slow.
OFFLINE_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class Evidence:
    """What a phone sent of the act.

    :param method: ``geo``, ``qr``, ``code``, ``none`` or ``portal``
    :param position: engine.geofence.Position or None
    :param code: what was scanned or typed
    :param device_time: UTC by the clock of the phone
    :param received_at: UTC at the server
    :param skew: seconds by which the clock of the phone is wrong
    """

    method: str = "none"
    position: geofence.Position | None = None
    code: str = ""
    device_time: datetime | None = None
    received_at: datetime | None = None
    skew: int = 0

    def is_offline(self, at):
        """Whether the fact of the instant ``at`` arrived late."""
        return bool(self.received_at) and self.received_at - at > OFFLINE_AFTER


@dataclass(frozen=True)
class Proof:
    """``doubts``: kinds of exceptions; ``refused``: the one that forbids the act."""

    doubts: tuple = ()
    refused: str | None = None


def judge(mode, evidence, place, code_holds, skew_limit):
    """Weigh the evidence of an act at a post.

    :param mode: ``none``, ``flag`` or ``block``
    :param place: engine.geofence.Place
    :param code_holds: whether the code is the one of the post
    :param skew_limit: seconds from which the clock of the phone is a doubt
    :return: Proof

    Only what is surely wrong is refused: a position that may be right, given its
    accuracy, is a doubt. A clock that is wrong is always one, whatever the mode.
    """
    doubts = []
    if mode != NONE:
        doubt = _doubt_of_place(evidence, place, code_holds)
        if doubt:
            doubts.append(doubt)
    refused = None
    if mode == BLOCK and doubts and doubts[0] != "low_accuracy":
        refused = doubts[0]
    if abs(evidence.skew) > skew_limit:
        doubts.append("clock_skew")
    return Proof(tuple(doubts), refused)


def _doubt_of_place(evidence, place, code_holds):
    if evidence.method in CODED and not code_holds:
        return "wrong_code"
    # A photograph of the code at home proves nothing once the position says otherwise.
    if place.verdict == geofence.OUTSIDE:
        return "out_of_place"
    if code_holds or place.verdict == geofence.INSIDE:
        return None
    if place.verdict == geofence.UNCERTAIN:
        return "low_accuracy"
    if evidence.position is None:
        return "no_position"
    # The office has not said where the place is: no fault of the guard.
    return None
