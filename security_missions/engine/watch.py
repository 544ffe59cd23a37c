"""Where a shift stands right now: is its guard coming, late, missing, waiting?

Pure Python: instants are naive UTC, so that neither midnight nor a change of clock
matters; delays are minutes, limits hours.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

# The levels at which somebody has to act, the worst first.
PROBLEMS = ("client", "red", "over", "amber", "open", "missed", "expected")
# Done for a guard who is not there, in the order of their delays.
ALARMS = ("amber", "red", "client")


@dataclass(frozen=True, slots=True)
class Delays:
    """Minutes before the start (``reminder``, ``on_my_way``) and after it."""

    reminder: int = 60
    on_my_way: int = 30
    amber: int = 5
    red: int = 10
    client: int = 20


@dataclass(frozen=True, slots=True)
class Watched:
    """One shift: what was planned and what is known of its guard.

    ``entered`` is the first clock-in, ``left`` the last clock-out once nobody is in;
    ``tell_client`` says that the contract asks for the client to be told.
    """

    start: datetime
    stop: datetime
    entered: datetime | None = None
    left: datetime | None = None
    on_my_way: datetime | None = None
    tell_client: bool = False
    guarded: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do once: ``due`` is when it should have been done."""

    kind: str
    due: datetime

    def late_minutes(self, now) -> int:
        """Whole minutes between the moment it was due and ``now``, never negative."""
        return max(0, int((now - self.due).total_seconds() // 60))


def level(shift, now, delays) -> str:
    """The level of a shift at ``now``.

    :return: ``open`` (nobody is sent), ``later``, ``reminder`` (to be reminded),
        ``expected`` (should have said that he is on his way), ``on_time`` (said so),
        ``amber``, ``red``, ``client``, ``missed`` (over, nobody came), ``on_post``,
        ``over`` (still in after his end) or ``done``
    """
    if shift.left:
        return "done"
    if shift.entered:
        return "on_post" if now < shift.stop else "over"
    if now >= shift.stop:
        return "missed"
    if not shift.guarded:
        return "open"
    for kind in reversed(ALARMS):
        if now >= _alarm(shift, kind, delays) and (
            kind != "client" or shift.tell_client
        ):
            return kind
    if shift.on_my_way:
        return "on_time"
    if now >= shift.start - _minutes(delays.on_my_way):
        return "expected"
    if now >= shift.start - _minutes(delays.reminder):
        return "reminder"
    return "later"


def next_change(shift, now, delays) -> datetime | None:
    """The next instant at which the level changes by itself, None when it does not."""
    current = level(shift, now, delays)
    marks = {
        shift.stop,
        shift.start - _minutes(delays.reminder),
        shift.start - _minutes(delays.on_my_way),
        *(_alarm(shift, kind, delays) for kind in ALARMS),
    }
    later = sorted(mark for mark in marks if mark > now)
    return next((m for m in later if level(shift, m, delays) != current), None)


def due_steps(shift, now, delays) -> list[Step]:
    """All that should have been done by ``now``, in order; the caller knows what was.

    A reminder is pointless once the shift has begun; a guard who said that he is on
    his way needs none. Nobody is late on a shift that is over: it is ``missed``.
    """
    if shift.entered or not shift.guarded:
        return []
    if now >= shift.stop:
        return [Step("missed", shift.stop)]
    reminder = shift.start - _minutes(delays.reminder)
    if now < shift.start:
        wanted = now >= reminder and not shift.on_my_way
        return [Step("reminder", reminder)] if wanted else []
    return [
        Step(kind, due)
        for kind in ALARMS
        if (kind != "client" or shift.tell_client)
        and now >= (due := _alarm(shift, kind, delays))
    ]


def limit_at(shift, hours) -> datetime | None:
    """When a guard on post reaches the longest service allowed; None when he is not
    there or when no figure is known."""
    if not shift.entered or shift.left or not hours:
        return None
    return shift.entered + timedelta(hours=hours)


def relieved(waiting, arrived) -> set:
    """Which of the guards past their end have their relief.

    :param waiting: ``{key: clock-in}`` of the guards of one post
    :param arrived: how many of those who follow have clocked in
    :return: keys; whoever has been there longest is relieved first
    """
    order = sorted(waiting, key=lambda key: (waiting[key], key))
    return set(order[:arrived])


def cover(shift, now, delays, barred, held, soon=timedelta(hours=2)) -> str:
    """How its post stands: ``covered``, ``ineligible``, ``uncovered``, ``soon`` or "".

    :param barred: a rule stops the guard
    :param held: the guard before him stays until he comes
    :param soon: how far ahead a post that will have nobody is announced
    """
    current = level(shift, now, delays)
    if current in ("on_post", "over"):
        return "ineligible" if barred else "covered"
    if current in ("done", "missed"):
        return ""
    if now >= shift.start:
        return "covered" if held else "uncovered"
    near = now >= shift.start - soon
    return "soon" if near and (barred or current in ("open", "expected")) else ""


def _alarm(shift, kind, delays):
    return shift.start + _minutes(getattr(delays, kind))


def _minutes(count):
    return timedelta(minutes=count)
