"""What must hold of any plan, and an oracle that counts minute by minute."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from plans import DEFAULT, PARIS, person

from security_workforce.engine.facts import Slot
from security_workforce.engine.limits import by_slot, check
from security_workforce.engine.worktime import UTC, named_zone

ZONE = named_zone(PARIS)
# The four weeks around the night the clock goes back.
FIRST = datetime(2026, 10, 11, 22)
MINUTE = timedelta(minutes=1)
QUARTERS = 4 * 7 * 96
MAXIMA = {
    "TPS-01",
    "TPS-04",
    "TPS-05",
    "TPS-07",
    "TPS-08",
    "TPS-09",
    "TPS-13",
    "TPS-18",
}
ORACLES = 5000


def make(key, quarter, length):
    start = FIRST + timedelta(minutes=15 * quarter)
    stop = start + timedelta(minutes=15 * length)
    return Slot(key=key, start=start, stop=stop, tz=PARIS, site=1, site_name="A")


def apart(pairs):
    """Slots that do not overlap, out of [(quarter, length)]."""
    slots, free = [], 0
    for quarter, length in sorted(pairs):
        if quarter >= free:
            slots.append(make(len(slots) + 1, quarter, length))
            free = quarter + length
    return slots


plans = st.lists(
    st.tuples(st.integers(0, QUARTERS), st.integers(4, 60)), min_size=2, max_size=40
).map(apart)


def breaches(slots, **values):
    """The maxima exceeded, each by its rule and its window."""
    # Two shifts of a day that become one are told of as one: by the rule alone.
    return {
        (f.rule, f.facts.get("week"), f.rule != "TPS-01" and f.facts.get("day"))
        for f in check(person(other_hours=4.0, **values), slots)
        if f.rule in MAXIMA
    }


@settings(max_examples=300, deadline=None)
@given(plans, st.randoms())
def test_the_order_of_the_slots_does_not_matter(slots, random):
    shuffled = slots[:]
    random.shuffle(shuffled)
    assert by_slot(check(person(), slots)) == by_slot(check(person(), shuffled))


@settings(max_examples=300, deadline=None)
@given(plans, st.booleans())
def test_one_more_slot_never_removes_a_maximum(slots, part_time):
    values = {"full_time": not part_time, "weekly_hours": 20.0 if part_time else 35.0}
    fewer = slots[:-1]
    for middle in (slots[:-1], slots[1:], slots[: len(slots) // 2]):
        fewer = middle
        assert breaches(fewer, **values) <= breaches(slots, **values)


def local_day(minute):
    """The local day of a minute counted from ``FIRST``."""
    instant = FIRST + MINUTE * minute
    return instant.replace(tzinfo=UTC).astimezone(ZONE).date()


# Read off once: the plans end at the latest a day after their four weeks.
DAYS = [local_day(minute) for minute in range((QUARTERS + 96) * 15)]


def minutes(slots):
    """The local day of every minute worked, with the key of its slot."""
    for one in slots:
        first, last = (one.start - FIRST) // MINUTE, (one.stop - FIRST) // MINUTE
        for minute in range(first, last):
            yield DAYS[minute], one.key


def oracle(slots):
    """Weeks over 48 h, weeks of more than 6 days, periods over 12 h: by counting."""
    value = DEFAULT.value
    weeks, days, found = Counter(), {}, set()
    worked, of = Counter(), {}
    for day, key in minutes(slots):
        worked[day] += 1
        of.setdefault(day, set()).add(key)
    for day, count in worked.items():
        weeks[day - timedelta(days=day.weekday())] += count
    found |= {
        ("TPS-04", week)
        for week, count in weeks.items()
        if count > value("max_week_h", week) * 60
    }
    for one in slots:
        wall = one.start.replace(tzinfo=UTC).astimezone(ZONE).date()
        days.setdefault(wall - timedelta(days=wall.weekday()), set()).add(wall)
    found |= {
        ("TPS-07", week)
        for week, starts in days.items()
        if len(starts) > value("max_days_per_week", week)
    }
    periods = []
    for start, stop in sorted({(s.start, s.stop) for s in slots}):
        if periods and start - periods[-1][1] <= timedelta(hours=2):
            periods[-1][1] = stop
            periods[-1][2] += (stop - start) // MINUTE
        else:
            periods.append([start, stop, (stop - start) // MINUTE])
    found |= {("TPS-01", first) for first, _end, worked in periods if worked > 720}
    found |= {
        ("cuts", first)
        for first, end, worked in periods
        if worked * MINUTE < end - first > timedelta(hours=13)
    }
    return found | civil_days(slots, periods, worked, of) | short_rests(periods)


def civil_days(slots, periods, worked, of):
    """Days of more than 12 h that are not those of one period.

    :param worked: minutes of each day; ``of``: the slots they are of
    """
    by_key = {one.key: one for one in slots}
    return {
        ("day", day)
        for day, count in worked.items()
        if count > 720
        and not any(
            all(
                first <= by_key[key].start and by_key[key].stop <= end
                for key in of[day]
            )
            for first, end, _worked in periods
        )
    }


def short_rests(periods):
    """Starts of the days of work that follow less than 12 h of rest.

    What starts and ends within 13 h of the first start, after less than 11 h, is the
    same day of work."""
    found, day = set(), None
    for first, end, _worked in periods:
        if day and first - day[1] < timedelta(hours=11):
            if end - day[0] <= timedelta(hours=13):
                day = (day[0], end)
                continue
        if day and first - day[1] < timedelta(hours=12):
            found.add(("TPS-02", first))
        day = (first, end)
    return found


def answered(slots):
    by_key = {s.key: s for s in slots}
    found = set()
    for finding in check(person(), slots):
        if finding.rule in ("TPS-04", "TPS-07"):
            found.add((finding.rule, finding.facts["week"]))
        elif finding.rule == "TPS-01" and "day" in finding.facts:
            found.add(("day", finding.facts["day"]))
        elif finding.rule == "TPS-02" and finding.limit == 13:
            found.add(("cuts", by_key[finding.keys[0]].start))
        elif finding.rule in ("TPS-01", "TPS-02"):
            found.add((finding.rule, by_key[finding.keys[0]].start))
    return found


def test_counting_minute_by_minute_agrees():
    random = Random(20261125)
    told = Counter()
    for _round in range(ORACLES):
        if random.random() < 0.8:
            days = [
                random.randrange(QUARTERS // 2) for _n in range(random.randint(1, 14))
            ]
        else:
            # Day after day: at random, seven days of a week hardly ever meet.
            days = [96 * day + random.randrange(24) for day in range(14)]
        pairs = [(quarter, random.randint(4, 56)) for quarter in days]
        slots = apart(pairs)
        expected = oracle(slots)
        assert answered(slots) == expected
        told.update(rule for rule, _where in expected)
    # The plans are hard enough for each rule to speak, and to be silent.
    rules = ("TPS-01", "TPS-02", "TPS-04", "TPS-07", "day", "cuts")
    assert min(told[rule] for rule in rules) > 50, told


DEFECTS = [
    {"titles": ()},
    {"attached": False, "joining_missing": (("Badge", "Badge"),)},
    {"hired_on": FIRST.date(), "night_worker": True},
    {"full_time": False, "weekly_hours": 20.0},
    {"needs_permit": True, "permit_recorded": False},
]


@settings(max_examples=300, deadline=None)
@given(plans, st.sampled_from(DEFECTS), st.data())
def test_one_slot_is_told_what_the_whole_plan_says_of_it(slots, defects, data):
    """The short way, which shows some rules the asked slot only, against the long."""
    guard = person(**defects)
    one = data.draw(st.sampled_from(slots))
    short = check(guard, [replace(slot, asked=slot is one) for slot in slots])
    assert short == [f for f in check(guard, slots) if one.key in f.involved]
