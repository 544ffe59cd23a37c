"""From a cycle to turns in UTC, and what rolling it again leaves alone."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from security_missions.engine.demand import to_utc
from security_missions.engine.rotation import (
    Band,
    Held,
    Member,
    expand,
    position,
    roll,
)
from security_missions.engine.rotation_absent import leave_open
from security_missions.engine.rotation_patterns import PATTERNS, pattern
from security_workforce.engine.facts import Absence

PARIS = "Europe/Paris"
ANCHOR = date(2026, 1, 5)
NIGHT = Band(1, 19 * 60, 12 * 60, "N")


def member(ref=1, guard="A", **values):
    return Member(ref, guard, "gate", PARIS, **{"anchor": ANCHOR, **values})


def turns(length=1, bands=(NIGHT,), members=(), first=ANCHOR, last=ANCHOR):
    return expand(length, bands, members or [member()], first, last)


def hours(turn):
    return (turn.stop - turn.start).total_seconds() / 3600


def held(turn, ref=1, **values):
    """The shift that was made of a turn."""
    made = Held(
        *(ref, turn.post, turn.guard, turn.start, turn.stop),
        key=turn.key,
        asked=turn.wanted,
    )
    return replace(made, **values)


def told(steps):
    return [(step.kind, step.act, step.why) for step in steps]


# ------------------------------------------------------------
# Expansion
# ------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "offset", "expected"),
    [
        (date(2026, 1, 5), 0, 1),
        (date(2026, 1, 12), 0, 8),
        (date(2026, 1, 13), 0, 1),
        (date(2026, 1, 4), 0, 8),
        (date(2026, 1, 5), 9, 2),
        (date(1926, 1, 5), 0, (date(1926, 1, 5) - ANCHOR).days % 8 + 1),
        (date(2126, 1, 5), 3, ((date(2126, 1, 5) - ANCHOR).days + 3) % 8 + 1),
    ],
)
def test_position(day, offset, expected):
    assert position(day, ANCHOR, offset, 8) == expected


@pytest.mark.parametrize("length", [0, -1, 367])
def test_a_cycle_has_a_length(length):
    with pytest.raises(ValueError, match="1 to 366"):
        position(ANCHOR, ANCHOR, 0, length)


def test_period_in_order():
    with pytest.raises(ValueError, match="before it starts"):
        turns(last=date(2026, 1, 1))


def test_clock_goes_forward_and_back():
    spring, autumn = date(2026, 3, 28), date(2026, 10, 24)
    assert [hours(t) for t in turns(first=spring, last=spring)] == [11]
    assert [hours(t) for t in turns(first=autumn, last=autumn)] == [13]
    [night] = turns(first=autumn, last=autumn)
    assert night.start == datetime(2026, 10, 24, 17)
    assert night.stop == datetime(2026, 10, 25, 6)


def test_year_end():
    first, last = date(2026, 12, 30), date(2027, 1, 2)
    found = turns(first=first, last=last)
    assert [t.key for t in found] == [
        "1:2026-12-30:1",
        "1:2026-12-31:1",
        "1:2027-01-01:1",
        "1:2027-01-02:1",
    ]
    assert found[1].stop == datetime(2027, 1, 1, 6)


@pytest.mark.parametrize("years", [-100, -1, 0, 1, 100])
def test_anchor_far_away(years):
    anchor = date(2026 + years, 1, 5)
    length, bands = pattern("2x12")
    whole = turns(
        length,
        bands,
        [member(anchor=anchor)],
        first=date(2026, 3, 1),
        last=date(2026, 3, 16),
    )
    assert Counter(t.label for t in whole) == {"D": 4, "N": 4}


def test_four_teams_cover_day_and_night():
    length, bands = pattern("2x12")
    team = [member(n, f"G{n}", offset=2 * n) for n in range(4)]
    found = turns(length, bands, team, last=date(2026, 12, 31))
    per_start = Counter(t.start for t in found)
    assert set(per_start.values()) == {1}
    assert len(per_start) == 361 * 2


def test_active_dates_and_closed_days():
    who = member(
        first=date(2026, 1, 6),
        last=date(2026, 1, 9),
        closed=((date(2026, 1, 7), date(2026, 1, 7)),),
    )
    found = turns(members=[who], last=date(2026, 1, 20))
    assert [t.key for t in found] == [
        "1:2026-01-06:1",
        "1:2026-01-08:1",
        "1:2026-01-09:1",
    ]


def test_two_bands_a_day_have_their_own_keys():
    bands = [Band(1, 14 * 60, 240), Band(1, 8 * 60, 240)]
    found = turns(1, bands)
    assert [(t.key[-1], t.start.hour) for t in found] == [("1", 7), ("2", 13)]


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns(name):
    length, bands = pattern(name)
    assert 1 <= length <= 366
    assert all(1 <= band.day <= length for band in bands)
    assert len({band.day for band in bands}) == len(bands)


# ------------------------------------------------------------
# Rolling
# ------------------------------------------------------------


def test_nothing_twice():
    [turn] = turns()
    assert told(roll([turn], [])) == [("new", "create", "")]
    assert roll([turn], [held(turn)]) == []


def test_an_open_shift_of_the_post_is_taken_first():
    [turn] = turns()
    spare = Held(7, "gate", None, turn.start, turn.stop)
    [step] = roll([turn], [], [spare])
    assert (step.kind, step.act, step.held.ref) == ("assigned", "take", 7)
    elsewhere = replace(spare, post="door")
    assert told(roll([turn], [], [elsewhere])) == [("new", "create", "")]
    told_of = replace(spare, state="published")
    assert told(roll([turn], [], [told_of])) == [("new", "create", "")]


def test_one_open_shift_is_taken_once():
    both = turns(members=[member(1, "A"), member(2, "B")])
    spare = Held(7, "gate", None, both[0].start, both[0].stop)
    assert Counter(step.act for step in roll(both, [], [spare])) == {
        "take": 1,
        "create": 1,
    }


def test_what_the_guard_holds_already_is_linked():
    [turn] = turns()
    mine = Held(7, "gate", "A", turn.start, turn.stop, state="published")
    assert told(roll([turn], [], [mine])) == [("linked", "link", "")]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"start": datetime(2026, 1, 5, 17)}, "moved"),
        ({"guard": "B"}, "given"),
        ({"guard": None}, "given"),
        ({"state": "cancelled"}, "cancelled"),
    ],
)
def test_exceptions_survive_a_change_of_the_cycle(values, why):
    [turn] = turns()
    one = held(turn, **values)
    assert told(roll([turn], [one])) == [("kept", "", why)]
    [later] = turns(bands=[Band(1, 20 * 60, 600)])
    assert told(roll([later], [one])) == [("kept", "", why)]
    expected = [] if why == "cancelled" else [("kept", "", why)]
    assert told(roll([], [one])) == expected


def test_the_cycle_changed():
    [turn] = turns()
    [later] = turns(bands=[Band(1, 20 * 60, 600)])
    assert told(roll([later], [held(turn)])) == [("changed", "change", "")]
    published = held(turn, state="published")
    assert told(roll([later], [published])) == [("kept", "", "published")]
    assert told(roll([], [published])) == [("kept", "", "published")]
    assert told(roll([], [held(turn)])) == [("surplus", "release", "")]


def test_the_shift_of_a_need_keeps_its_times():
    [turn] = turns()
    [later] = turns(bands=[Band(1, 20 * 60, 600)])
    [step] = roll([later], [held(turn, demanded=True)])
    assert (step.kind, step.act) == ("changed", "replace")
    [other] = turns(members=[member(1, "B")])
    [step] = roll([other], [held(turn, demanded=True)])
    assert (step.kind, step.act) == ("changed", "change")


def test_moved_by_hand_to_where_the_cycle_goes():
    [turn] = turns()
    [later] = turns(bands=[Band(1, 20 * 60, 600)])
    one = held(turn, start=later.start, stop=later.stop)
    assert told(roll([later], [one])) == [("linked", "link", "")]


def test_a_guard_away_leaves_the_shift_open():
    [turn] = turns()
    away = {"A": [Absence(turn.start, turn.stop, kind="training")]}
    [open_turn] = leave_open([turn], away)
    assert (open_turn.guard, open_turn.meant, open_turn.why) == (None, "A", "training")
    assert told(roll([open_turn], [])) == [("refused", "create", "")]
    assert told(roll([open_turn], [held(turn)])) == [("refused", "change", "")]
    assert told(roll([open_turn], [held(open_turn)])) == [("refused", "", "")]
    # Back from leave, he is given it again.
    assert told(roll([turn], [held(open_turn)])) == [("changed", "change", "")]
    # Replaced meanwhile: an exception.
    replaced = held(open_turn, guard="B")
    assert told(roll([turn], [replaced])) == [("kept", "", "given")]
    beside = {"A": [Absence(turn.stop, turn.stop + timedelta(days=1))]}
    assert leave_open([turn], beside) == [turn]
    assert leave_open([turn], {}, {"A"})[0].why == "gone"


def test_nobody_in_two_places():
    [turn] = turns()
    other = Held(7, "door", "A", turn.stop - timedelta(hours=1), turn.stop)
    [step] = roll([turn], [], [other])
    assert (step.kind, step.act) == ("refused", "create")
    assert (step.turn.guard, step.turn.by, step.turn.meant) == (None, 7, "A")
    after = replace(other, start=turn.stop, stop=turn.stop + timedelta(hours=1))
    assert told(roll([turn], [], [after])) == [("new", "create", "")]
    gone = replace(other, state="cancelled")
    assert told(roll([turn], [], [gone])) == [("new", "create", "")]


def test_one_guard_in_two_teams_at_once():
    both = turns(members=[member(1, "A"), member(2, "A")])
    assert [step.kind for step in roll(both, [])] == ["new", "refused"]


def test_two_guards_swap_places():
    both = turns(members=[member(1, "A"), member(2, "B")])
    swapped = turns(members=[member(1, "B"), member(2, "A")])
    made = [held(turn, ref) for ref, turn in enumerate(both)]
    assert [s.act for s in roll(swapped, made)] == ["change", "change"]


# ------------------------------------------------------------
# 2,000 re-rolls
# ------------------------------------------------------------


class Rota:
    """A rota in memory, that steps are applied to as the models would."""

    def __init__(self):
        self.shifts, self.number = {}, 0

    def made(self):
        return [s for s in self.shifts.values() if s.key]

    def rest(self):
        return [s for s in self.shifts.values() if not s.key]

    def add(self, **values):
        self.number += 1
        self.shifts[self.number] = Held(ref=self.number, **values)

    def follow(self, ref, turn):
        self.shifts[ref] = replace(
            self.shifts[ref],
            guard=turn.guard,
            start=turn.start,
            stop=turn.stop,
            key=turn.key,
            asked=turn.wanted,
        )

    def release(self, one):
        if one.demanded:
            self.shifts[one.ref] = replace(one, guard=None, key="", asked=())
        else:
            del self.shifts[one.ref]

    def apply(self, steps):
        for step in steps:
            if step.act in ("release", "replace"):
                self.release(step.held)
        for step in steps:
            turn = step.turn
            if step.act in ("create", "replace"):
                self.add(
                    post=turn.post,
                    guard=turn.guard,
                    start=turn.start,
                    stop=turn.stop,
                    key=turn.key,
                    asked=turn.wanted,
                )
            elif step.act in ("take", "change", "link"):
                self.follow(step.held.ref, turn)

    def check(self):
        """No key twice, nobody in two places."""
        keys = Counter(s.key for s in self.made())
        assert not [key for key, count in keys.items() if count > 1]
        spans = {}
        for one in self.shifts.values():
            if one.guard and one.state != "cancelled":
                spans.setdefault(one.guard, []).append((one.start, one.stop))
        for times in spans.values():
            times.sort()
            assert all(a[1] <= b[0] for a, b in zip(times, times[1:], strict=False))

    def free(self, guard, start, stop, but=None):
        return not any(
            one.guard == guard
            and one.ref != but
            and one.state != "cancelled"
            and one.start < stop
            and start < one.stop
            for one in self.shifts.values()
        )


def disturb(chance, rota):
    """A planner does something by hand."""
    for ref in chance.sample(sorted(rota.shifts), min(3, len(rota.shifts))):
        one = rota.shifts[ref]
        what = chance.choice(("move", "give", "vacate", "cancel", "publish"))
        start = one.start + timedelta(hours=chance.choice((-1, 1)))
        stop = one.stop + timedelta(hours=1)
        if what == "move" and rota.free(one.guard, start, stop, ref):
            rota.shifts[ref] = replace(one, start=start, stop=stop)
        elif what == "give":
            guard = chance.choice("ABCD")
            if rota.free(guard, one.start, one.stop, ref):
                rota.shifts[ref] = replace(one, guard=guard)
        elif what == "vacate" and one.state == "draft":
            rota.shifts[ref] = replace(one, guard=None)
        elif what == "cancel":
            rota.shifts[ref] = replace(one, state="cancelled")
        elif what == "publish" and one.guard and one.state == "draft":
            rota.shifts[ref] = replace(one, state="published")


def some_cycle(chance):
    length = chance.randint(1, 9)
    bands = {
        Band(chance.randint(1, length), chance.choice((360, 840, 1320)), 480)
        for _ in range(chance.randint(1, 5))
    }
    team = [
        member(ref, chance.choice(("A", "B", "C", None)), offset=chance.randint(0, 9))
        for ref in chance.sample((1, 2, 3, 4), chance.randint(1, 4))
    ]
    return length, bands, team


def some_absences(chance):
    start = to_utc(ANCHOR + timedelta(days=chance.randint(0, 9)), 0, _zone())
    return {chance.choice("ABC"): [Absence(start, start + timedelta(days=2))]}


def _zone():
    from zoneinfo import ZoneInfo

    return ZoneInfo(PARIS)


@pytest.mark.parametrize("seed", range(200))
def test_many_rolls(seed):
    """Ten re-rolls each: exceptions survive, nothing comes twice, nobody is in two
    places, and a roll that follows another has nothing left to do."""
    chance = random.Random(seed)
    rota, last = Rota(), ANCHOR + timedelta(days=9)
    for _ in range(3):
        start = to_utc(ANCHOR + timedelta(days=chance.randint(0, 9)), 360, _zone())
        rota.add(
            post="gate",
            guard=None,
            start=start,
            stop=start + timedelta(hours=8),
            demanded=True,
        )
    for _ in range(10):
        cycle = some_cycle(chance)
        wanted = leave_open(expand(*cycle, ANCHOR, last), some_absences(chance))
        touched = {
            one.ref: one
            for one in rota.made()
            if one.touched or one.state in ("cancelled", "published")
        }
        steps = roll(wanted, rota.made(), rota.rest())
        rota.apply(steps)
        rota.check()
        for ref, one in touched.items():
            assert rota.shifts[ref].now == one.now
            assert rota.shifts[ref].state == one.state
        again = roll(wanted, rota.made(), rota.rest())
        assert not [step for step in again if step.act]
        disturb(chance, rota)
