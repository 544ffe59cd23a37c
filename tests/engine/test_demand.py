"""From needs on the wall clock to slots in UTC."""

from collections import Counter
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from security_missions.engine.demand import (
    Held,
    Need,
    day_of,
    differences,
    expand,
    to_utc,
)

PARIS = "Europe/Paris"
ZONES = (
    PARIS,
    "America/Martinique",
    "Indian/Reunion",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "UTC",
)
days = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@st.composite
def needs(draw):
    day = draw(st.none() | days)
    return Need(
        ref=draw(st.integers(1, 10**6)),
        weekday=draw(st.integers(0, 6)) if day is None else None,
        day=day,
        start_minute=draw(st.integers(0, 1439)),
        minutes=draw(st.integers(1, 1440)),
        headcount=draw(st.integers(1, 4)),
    )


several_needs = st.lists(needs(), max_size=5, unique_by=lambda need: need.ref)


def wall(instant, tz):
    return instant.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(tz))


def exists(moment, zone):
    """Whether this wall time is one that the clock shows."""
    there = moment.replace(tzinfo=zone).astimezone(timezone.utc).astimezone(zone)
    return there.replace(tzinfo=None) == moment


@settings(max_examples=300, deadline=None)
@given(several_needs, days, st.integers(0, 40), st.sampled_from(ZONES))
def test_one_slot_per_need_day_and_guard(bands, first, length, tz):
    last = first + timedelta(days=length)
    slots = expand(bands, first, last, tz)
    wanted = Counter()
    for offset in range(length + 1):
        for need in bands:
            if need.falls_on(first + timedelta(days=offset)):
                wanted[need.ref] += need.headcount
    assert Counter(slot.ref for slot in slots) == +wanted
    assert len({slot.key for slot in slots}) == len(slots)


@settings(max_examples=300, deadline=None)
@given(several_needs, days, st.integers(0, 40), st.sampled_from(ZONES))
def test_wall_clock_of_every_slot(bands, first, length, tz):
    """Starts and stops when the need says so, wherever the clock shows it."""
    by_ref = {need.ref: need for need in bands}
    for slot in expand(bands, first, first + timedelta(days=length), tz):
        need = by_ref[slot.ref]
        day = date.fromisoformat(slot.key.split(":")[1])
        midnight = datetime.combine(day, datetime.min.time())
        for instant, minute in (
            (slot.start, need.start_minute),
            (slot.stop, need.start_minute + need.minutes),
        ):
            told = midnight + timedelta(minutes=minute)
            if exists(told, ZoneInfo(tz)):
                assert wall(instant, tz).replace(tzinfo=None) == told
        assert slot.start.tzinfo is None and slot.stop.tzinfo is None


@settings(max_examples=200, deadline=None)
@given(several_needs, days, st.integers(0, 30), st.integers(0, 30))
def test_two_periods_that_meet_make_what_one_makes(bands, first, one, two):
    """The key does not depend on the period asked for: nothing is made twice."""
    middle, last = first + timedelta(one), first + timedelta(one + 1 + two)
    whole = expand(bands, first, last, PARIS)
    halves = expand(bands, first, middle, PARIS)
    halves += expand(bands, middle + timedelta(days=1), last, PARIS)
    assert {s.key: s for s in whole} == {s.key: s for s in halves}


def night(**values):
    defaults = {"ref": 7, "weekday": 5, "day": None, "headcount": 1}
    return Need(**{**defaults, "start_minute": 19 * 60, "minutes": 720, **values})


def hours(first, need, tz=PARIS):
    (slot,) = expand([need], first, first, tz)
    return (slot.stop - slot.start).total_seconds() / 3600


def test_twelve_hours_of_a_plain_night():
    assert hours(date(2026, 10, 17), night()) == 12


def test_thirteen_hours_when_the_clock_goes_back():
    assert hours(date(2026, 10, 24), night()) == 13


def test_eleven_hours_when_the_clock_goes_forward():
    assert hours(date(2027, 3, 27), night()) == 11


def test_no_clock_change_in_martinique():
    assert hours(date(2026, 10, 24), night(), "America/Martinique") == 12


def test_hour_that_does_not_exist_and_hour_that_exists_twice():
    zone = ZoneInfo(PARIS)
    # 02:30 in March is read with the offset before the change: 03:30 on the clock.
    assert to_utc(date(2027, 3, 28), 150, zone) == datetime(2027, 3, 28, 1, 30)
    # 02:30 in October is the first of the two.
    assert to_utc(date(2026, 10, 25), 150, zone) == datetime(2026, 10, 25, 0, 30)


def test_guards_of_one_need_have_keys_of_their_own():
    slots = expand([night(headcount=3)], date(2026, 10, 17), date(2026, 10, 17), PARIS)
    assert [slot.key for slot in slots] == [f"7:2026-10-17:{n}" for n in (1, 2, 3)]


def test_more_guards_keep_the_first_keys():
    day = date(2026, 10, 17)
    few = expand([night(headcount=2)], day, day, PARIS)
    many = expand([night(headcount=4)], day, day, PARIS)
    assert many[:2] == few


def test_one_date_only():
    need = night(weekday=None, day=date(2026, 7, 14))
    slots = expand([need], date(2026, 1, 1), date(2026, 12, 31), PARIS)
    assert [slot.start for slot in slots] == [datetime(2026, 7, 14, 17)]


def test_order_is_that_of_the_days():
    bands = [night(ref=1, weekday=6), night(ref=2, weekday=5)]
    slots = expand(bands, date(2026, 10, 12), date(2026, 10, 25), PARIS)
    assert [slot.ref for slot in slots] == [2, 1, 2, 1]
    assert slots == sorted(slots, key=lambda slot: slot.start)


def test_period_the_wrong_way_round():
    with pytest.raises(ValueError, match="before it starts"):
        expand([night()], date(2026, 10, 18), date(2026, 10, 17), PARIS)


def monday(**values):
    return Need(
        **{
            "ref": 7,
            "weekday": 0,
            "day": None,
            "start_minute": 1140,
            "minutes": 720,
            "headcount": 1,
            **values,
        }
    )


def days_of(slots):
    return [day_of(slot.key) for slot in slots]


MAY = (date(2027, 5, 1), date(2027, 5, 31), PARIS)


@pytest.mark.parametrize(
    ("values", "first", "last"),
    [
        ({}, 3, 31),
        ({"first": date(2027, 5, 10)}, 10, 31),
        ({"first": date(2027, 5, 11)}, 17, 31),
        ({"last": date(2027, 5, 24)}, 3, 24),
        ({"last": date(2027, 5, 23)}, 3, 17),
    ],
)
def test_a_need_is_valid_from_its_first_to_its_last_day(values, first, last):
    found = days_of(expand([monday(**values)], *MAY))
    assert (found[0].day, found[-1].day) == (first, last)


def test_nobody_is_needed_on_closed_days():
    closed = [(date(2027, 5, 10), date(2027, 5, 17)), (date(2027, 5, 30),) * 2]
    assert [d.day for d in days_of(expand([monday()], *MAY, closed))] == [3, 24, 31]


def held(slots):
    return [Held(slot.key, n, (slot.start, slot.stop)) for n, slot in enumerate(slots)]


@given(several_needs, several_needs)
@settings(max_examples=100)
def test_following_every_difference_leaves_none(before, after):
    period = (date(2027, 3, 1), date(2027, 4, 11), PARIS)
    rota = {h.key: h for h in held(expand(before, *period))}
    wanted = expand(after, *period)
    found = differences(wanted, rota.values())
    for one in found.surplus:
        del rota[one.key]
    for slot in found.missing:
        assert slot.key not in rota
        rota[slot.key] = Held(slot.key, None, (slot.start, slot.stop))
    for one, slot in found.changed:
        rota[one.key] = Held(slot.key, one.ref, (slot.start, slot.stop))
    again = differences(wanted, rota.values())
    assert not (again.missing or again.surplus or again.changed)
    assert sorted(rota) == sorted(slot.key for slot in wanted)


def test_other_times_are_a_change_not_a_new_shift():
    old, new = expand([monday()], *MAY), expand([monday(start_minute=1200)], *MAY)
    found = differences(new, held(old))
    assert not found.missing and not found.surplus
    assert [slot.start.hour for _one, slot in found.changed] == [18] * 5
