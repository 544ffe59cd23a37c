"""What an alarm is worth at an instant, and when that changes by itself.

Pure Python: instants are naive UTC, delays are seconds. Whatever was missed while the
server was down follows from the instants alone, so nothing is lost by a stop.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

# The most urgent first: a life, then a silence, then a service.
URGENCY = {
    "sos": 0,
    "check_missed": 1,
    "lost_contact": 1,
    "relief_missing": 2,
    "round_missed": 3,
    "round_late": 3,
    "other": 3,
}
# Nobody may put a call for help aside, and only a person ends one.
NEVER_QUIET = ("sos",)


@dataclass(frozen=True, slots=True)
class Delays:
    """Seconds without anybody who takes an alarm, after which more people are told."""

    steps: tuple[int, ...] = (30, 60, 120)


@dataclass(frozen=True, slots=True)
class Alert:
    """One alarm; ``received`` is when the server knew, ``normal`` when its cause ended.

    ``shelved_until`` is the end of the last shelving, past or to come.
    """

    kind: str
    received: datetime
    acknowledged: datetime | None = None
    closed: datetime | None = None
    normal: datetime | None = None
    shelved_from: datetime | None = None
    shelved_until: datetime | None = None


def state(alert, now) -> str:
    """``closed``, ``shelved``, ``acknowledged`` or ``raised``."""
    if alert.closed:
        return "closed"
    if is_shelved(alert, now):
        return "shelved"
    return "acknowledged" if alert.acknowledged else "raised"


def is_shelved(alert, now) -> bool:
    """Put aside at ``now``; its end brings it back by itself."""
    return bool(alert.shelved_until and now < alert.shelved_until)


def is_settled(alert) -> bool:
    """Nobody else has to be told: it is taken, closed, or over by itself."""
    ended = alert.normal and alert.kind not in NEVER_QUIET
    return bool(alert.acknowledged or alert.closed or ended)


def level(alert, now, delays) -> int:
    """How many steps of the escalation are due at ``now``.

    The clock starts when the server knew, and anew when a shelving ends; while it
    lasts, what was reached before is not taken back.
    """
    if is_settled(alert):
        return 0
    shelved = alert.shelved_until
    if not shelved:
        return _steps(alert.received, now, delays)
    if now < shelved:
        return _steps(alert.received, min(now, alert.shelved_from), delays)
    return _steps(shelved, now, delays)


def next_change(alert, now, delays) -> datetime | None:
    """The next instant at which its level or its state changes by itself."""
    if alert.closed:
        return None
    if is_shelved(alert, now):
        return alert.shelved_until
    if is_settled(alert):
        return None
    start = alert.shelved_until or alert.received
    marks = (start + timedelta(seconds=step) for step in sorted(delays.steps))
    return next((mark for mark in marks if mark > now), None)


def due_at(alert, step, delays) -> datetime:
    """When the step numbered ``step`` (from 1) was due."""
    start = alert.shelved_until or alert.received
    return start + timedelta(seconds=sorted(delays.steps)[step - 1])


def sort_key(alert, now):
    """Urgency, then age: what nobody has taken comes before what somebody has."""
    rank = {"raised": 0, "acknowledged": 1, "shelved": 2, "closed": 3}
    return (
        rank[state(alert, now)],
        URGENCY.get(alert.kind, 3) + (4 if _over(alert) else 0),
        alert.received,
    )


def refusal_of_shelving(alert, now, until, longest) -> str:
    """Why it cannot be put aside until then; "" when it can.

    :param longest: timedelta, the longest shelving allowed
    :return: ``closed``, ``never``, ``past``, ``too_long`` or ""
    """
    if alert.closed:
        return "closed"
    if alert.kind in NEVER_QUIET:
        return "never"
    if until <= now:
        return "past"
    return "too_long" if until > now + longest else ""


def _over(alert):
    return bool(alert.normal and alert.kind not in NEVER_QUIET)


def _steps(start, now, delays):
    seconds = (now - start).total_seconds()
    return sum(1 for step in delays.steps if seconds >= step)
