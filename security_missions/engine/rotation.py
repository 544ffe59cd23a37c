"""From the cycle of a team to the shifts it asks for, and how the rota follows it.

A cycle has n days; each has bands of work on the wall clock. A guard stands on one day
of it: from the day the cycle was set on (the anchor), days are counted round and round,
and his own offset is added. What a planner did to a shift by hand always wins: it is
told, never undone.
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .demand import to_utc

LONGEST_CYCLE = 366
DRAFT, CANCELLED = "draft", "cancelled"


@dataclass(frozen=True, slots=True)
class Band:
    """Work on one day of a cycle.

    :param day: 1 to the length of the cycle
    :param start_minute: minutes after local midnight, 0 to 1439
    :param minutes: length on the clock of a normal day, 1 to 1440
    :param label: what the planner calls it ("D", "N")
    """

    day: int
    start_minute: int
    minutes: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A place in a team; ``guard`` None: nobody yet, its shifts stay open.

    :param ref: stable reference of the place, part of the keys of its shifts
    :param anchor: local date of the first day of the cycle
    :param offset: days added to the position
    :param first, last: local dates it is active on, None is open
    :param closed: (first, last) pairs of local dates on which nobody is needed
    """

    ref: object
    guard: object
    post: object
    tz: str
    anchor: date
    offset: int = 0
    first: date | None = None
    last: date | None = None
    closed: tuple[tuple[date, date], ...] = ()

    def works_on(self, day: date) -> bool:
        """Whether the place is active on that local date."""
        return (
            (self.first is None or self.first <= day)
            and (self.last is None or day <= self.last)
            and not any(start <= day <= stop for start, stop in self.closed)
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """What the cycle wants of a guard; ``start`` and ``stop`` are naive UTC.

    ``why`` says why the guard it would be for cannot take it (``leave``, ``training``,
    ``gone``, ``overlap``): ``guard`` is None then, ``meant`` is he and ``by`` the
    shift in the way.
    """

    key: str
    guard: object
    post: object
    start: datetime
    stop: datetime
    label: str = ""
    why: str = ""
    by: object = None
    meant: object = None

    @property
    def wanted(self) -> tuple:
        """(start, stop, guard)."""
        return self.start, self.stop, self.guard

    @property
    def ref(self):
        """It is no shift yet."""
        return None

    def left_open(self, why, by=None) -> "Turn":
        """The same without its guard."""
        return replace(self, guard=None, why=why, by=by, meant=self.guard)


@dataclass(frozen=True, slots=True)
class Held:
    """A shift of the rota.

    :param key: that of the turn it was made for; "" when no cycle made it
    :param asked: (start, stop, guard) the cycle wanted when it was last followed
    :param demanded: it answers a need of the post too, which keeps its times
    """

    ref: object
    post: object
    guard: object
    start: datetime
    stop: datetime
    state: str = DRAFT
    key: str = ""
    asked: tuple = ()
    demanded: bool = False

    @property
    def now(self) -> tuple:
        """(start, stop, guard)."""
        return self.start, self.stop, self.guard

    @property
    def touched(self) -> str:
        """What the planner did to it since: ``moved``, ``given`` or nothing."""
        if self.now[:2] != self.asked[:2]:
            return "moved"
        return "given" if self.guard != self.asked[2] else ""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a roll.

    :param kind: what the planner is told: ``new``, ``assigned`` (an open shift is
        given to the guard), ``linked`` (he holds it already), ``changed``, ``surplus``,
        ``kept`` (an exception survives), ``refused`` (left open, see ``turn.why``)
    :param act: what is to be done: ``create``, ``take``, ``link``, ``change``,
        ``replace`` (give the shift back to its need, make another), ``release`` or ""
    :param why: of ``kept``: ``moved``, ``given``, ``cancelled`` or ``published``
    """

    kind: str
    act: str
    turn: Turn | None = None
    held: Held | None = None
    why: str = ""


def position(day: date, anchor: date, offset: int, length: int) -> int:
    """The day of the cycle, 1 to ``length``, that a guard is on.

    :raises ValueError: the cycle has no length that makes sense
    """
    if not 1 <= length <= LONGEST_CYCLE:
        raise ValueError(f"a cycle has 1 to {LONGEST_CYCLE} days, not {length}")
    return ((day - anchor).days + offset) % length + 1


def expand(
    length: int,
    bands: Iterable[Band],
    members: Iterable[Member],
    first: date,
    last: date,
) -> list[Turn]:
    """The turns that start on a local date from ``first`` to ``last``.

    Start and stop are wall times: a night from 19:00 to 07:00 lasts 11 or 13 hours
    when the clock changes. The key names the place, the local date and the number of
    the band in its day: whatever the cycle becomes, the same day keeps the same shift.

    :raises ValueError: ``last`` is before ``first``, or the cycle has no length
    """
    if last < first:
        raise ValueError(f"the period ends on {last}, before it starts on {first}")
    by_day = defaultdict(list)
    for band in sorted(bands, key=lambda b: (b.day, b.start_minute, b.minutes)):
        by_day[band.day].append(band)
    turns = []
    for member in members:
        zone = ZoneInfo(member.tz)
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            if not member.works_on(day):
                continue
            place = position(day, member.anchor, member.offset, length)
            turns += [
                Turn(
                    key=f"{member.ref}:{day.isoformat()}:{number}",
                    guard=member.guard,
                    post=member.post,
                    start=to_utc(day, band.start_minute, zone),
                    stop=to_utc(day, band.start_minute + band.minutes, zone),
                    label=band.label,
                )
                for number, band in enumerate(by_day[place], 1)
            ]
    return turns


def roll(
    turns: Iterable[Turn], held: Iterable[Held], others: Iterable[Held] = ()
) -> list[Step]:
    """What follows from a cycle for the rota: nothing twice, nothing touched undone.

    :param turns: what the cycle wants, ``leave_open`` of ``expand``
    :param held: the shifts made for these teams in the period, of every state
    :param others: shifts of no cycle of theirs: the open ones of the posts, which are
        taken first, and those of the guards, who cannot be in two places
    """
    by_key = {one.key: one for one in held}
    turns = sorted(turns, key=lambda turn: (turn.start, turn.key))
    steps, missing, moving = [], [], {}
    for turn in turns:
        one = by_key.get(turn.key)
        if one is None:
            missing.append(turn)
        elif step := _settled(turn, one):
            steps.append(step)
        elif one.now != turn.wanted:
            moving[turn.key] = one
    wanted = {turn.key for turn in turns}
    left = [one for key, one in by_key.items() if key not in wanted]
    steps += [step for one in left if (step := _unwanted(one))]
    released = {step.held.ref for step in steps if step.act == "release"}
    staying = [
        one
        for one in by_key.values()
        if one.key not in moving and one.ref not in released
    ]
    others = list(others)
    place = _Room([*staying, *others])
    free = _open_shifts(others)
    keys = {turn.key for turn in missing}
    for turn in turns:
        if turn.key in keys:
            steps.append(_missing(turn, place, free))
        elif turn.key in moving:
            steps.append(_moving(turn, moving[turn.key], place))
    return sorted(steps, key=_order)


def _settled(turn, one):
    """The step of a shift the cycle has nothing to change in, or None."""
    if one.state == CANCELLED:
        return Step("kept", "", turn, one, "cancelled")
    if one.now == turn.wanted:
        if one.asked != turn.wanted:
            return Step("linked", "link", turn, one)
        return Step("refused", "", turn, one) if turn.why else None
    if one.touched:
        return Step("kept", "", turn, one, one.touched)
    if one.state != DRAFT:
        return Step("kept", "", turn, one, "published")
    return None


def _unwanted(one):
    """The step of a shift the cycle no longer asks for, or None."""
    if one.state == CANCELLED:
        return None
    if one.touched:
        return Step("kept", "", None, one, one.touched)
    if one.state != DRAFT:
        return Step("kept", "", None, one, "published")
    return Step("surplus", "release", None, one)


def _missing(turn, place, free):
    if turn.guard is not None and (other := place.taken(turn)):
        same = (other.post, other.start, other.stop) == (
            turn.post,
            turn.start,
            turn.stop,
        )
        if same and not other.key:
            # Once: another place of the same guard would claim it too.
            place.shifts[turn.guard, turn.start] = replace(other, key=turn.key)
            return Step("linked", "link", turn, other)
        turn = turn.left_open("overlap", other.ref)
    spare = free[turn.post, turn.start, turn.stop]
    told = "refused" if turn.why else ""
    place.give(turn)
    if spare:
        return Step(told or "assigned", "take", turn, spare.pop(0))
    return Step(told or "new", "create", turn)


def _moving(turn, one, place):
    if turn.guard is not None and (other := place.taken(turn)):
        turn = turn.left_open("overlap", other.ref)
    if turn.wanted == one.now:
        act = "" if one.asked == turn.wanted else "link"
        return Step("refused", act, turn, one)
    place.give(turn)
    told = "refused" if turn.why else "changed"
    if one.demanded and turn.wanted[:2] != one.now[:2]:
        return Step(told, "replace", turn, one)
    return Step(told, "change", turn, one)


def _open_shifts(others):
    """``{(post, start, stop): [Held]}`` of the drafts that nobody holds."""
    free = defaultdict(list)
    for one in sorted(others, key=lambda one: str(one.ref)):
        if one.guard is None and one.state == DRAFT and not one.key:
            free[one.post, one.start, one.stop].append(one)
    return free


def _order(step):
    what = step.turn or step.held
    return what.start, what.key, step.kind


class _Room:
    """Who is taken when; the times of one guard never overlap."""

    def __init__(self, shifts):
        self.times = defaultdict(list)
        self.shifts = {}
        for one in shifts:
            if one.guard is not None and one.state != CANCELLED:
                insort(self.times[one.guard], (one.start, one.stop))
                self.shifts[one.guard, one.start] = one

    def taken(self, turn):
        """The shift in the way of a turn, or None."""
        times = self.times[turn.guard]
        at = bisect_right(times, (turn.start, datetime.max))
        for start, stop in times[max(0, at - 1) : at + 1]:
            if start < turn.stop and turn.start < stop:
                return self.shifts[turn.guard, start]
        return None

    def give(self, turn):
        """The guard of the turn, if any, is taken from now on."""
        if turn.guard is not None:
            insort(self.times[turn.guard], (turn.start, turn.stop))
            self.shifts[turn.guard, turn.start] = turn
