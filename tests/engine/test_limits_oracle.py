"""The long windows, against a count that knows nothing of the rules' ways.

A plan is drawn on a map of quarters of an hour, local time of a place whose clock does
not change in those weeks; the count only reads the map.
"""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

from plans import DEFAULT, PARIS, person

from security_workforce.engine.facts import Slot
from security_workforce.engine.limits import check

# Monday 30 March 2026, 0h in Paris, the day after the clock went forward.
MONDAY = datetime(2026, 3, 30)
TO_UTC = timedelta(hours=-2)
QUARTER = timedelta(minutes=15)
DAY, HOUR = 96, 4
WEEK = 7 * DAY
WEEKS = 16
PLANS = 1500
RULES = ("TPS-05", "TPS-06", "TPS-08", "TPS-09")


def draw(random):
    """[(first quarter, last quarter, not included)] that do not overlap."""
    pairs, free = [], 0
    start, length = random.choice([24, 32, 76]), random.choice([32, 40, 44, 48])
    often = random.choice([0.5, 0.62, 0.7, 0.78])
    for day in range(WEEKS * 7):
        begin = day * DAY + start + random.randint(-8, 8)
        if random.random() < often and begin >= free:
            free = begin + length + random.randint(-8, 8)
            pairs.append((begin, free))
    return pairs


def as_slots(pairs):
    return [
        Slot(
            key=number,
            start=MONDAY + QUARTER * first + TO_UTC,
            stop=MONDAY + QUARTER * last + TO_UTC,
            tz=PARIS,
            site=1,
        )
        for number, (first, last) in enumerate(pairs)
    ]


def limit(code):
    return DEFAULT.value(code, MONDAY.date())


def bitmap(pairs):
    worked = bytearray((WEEKS + 1) * WEEK)
    for first, last in pairs:
        worked[first:last] = b"\x01" * (last - first)
    return worked


def averages(worked, night_worker):
    """Last weeks of the windows above the average."""
    hours = limit("avg_weeks_night_h" if night_worker else "avg_weeks_h")
    number = int(limit("avg_weeks"))
    return {
        ("TPS-05", week)
        for week in range(WEEKS + 1)
        if any(worked[week * WEEK : (week + 1) * WEEK])
        and sum(worked[max(0, week - number + 1) * WEEK : (week + 1) * WEEK])
        > hours * number * HOUR
    }


def rests(worked, cycle):
    """Weeks without a run of free quarters that is long enough, as ``WeeklyRest``
    defines it: whole in the week it starts in, its part in a later one."""
    needed = limit("weekly_rest_cycle_h" if cycle else "weekly_rest_h") * HOUR
    last = max(position for position, one in enumerate(worked) if one)
    short = set()
    for week in range(last // WEEK + 1):
        begin, end = week * WEEK, (week + 1) * WEEK
        # A shift that ends in the next week is work of both.
        if not any(worked[begin:end]):
            continue
        longest, run, position = 0, 0, begin
        while position < len(worked) and (position < end or run):
            run = 0 if worked[position] else run + 1
            longest = max(longest, run)
            position += 1
        if longest < needed and week < last // WEEK:
            short.add(("TPS-06", week))
    return short


def rows_of_days(pairs):
    """First days of the runs of days, longer than advised, on which a shift starts."""
    starts = {first // DAY for first, _last in pairs}
    too_many = int(limit("max_consecutive_days")) + 1
    return {
        ("TPS-08", day)
        for day in starts
        if day - 1 not in starts and all(day + n in starts for n in range(too_many))
    }


def services(worked):
    """First quarters of the services that go on too long without a day of rest."""
    found, run, free, first = set(), 0, 0, None
    rest = limit("rest_after_service_h") * HOUR
    for position, one in enumerate(worked):
        if not one:
            free += 1
            continue
        if first is None or free >= rest:
            first, run = position, 0
        run, free = run + 1, 0
        if run > limit("service_before_rest_h") * HOUR:
            found.add(("TPS-09", first))
    return found


def answered(slots, who):
    """The same, from the findings."""
    by_key = {slot.key: slot for slot in slots}
    found = set()
    for finding in check(who, slots):
        if finding.rule == "TPS-05":
            first = (finding.facts["week"] - MONDAY.date()).days // 7
            found.add((finding.rule, first + finding.facts["weeks"] - 1))
        elif finding.rule == "TPS-06":
            found.add((finding.rule, (finding.facts["week"] - MONDAY.date()).days // 7))
        elif finding.rule == "TPS-08":
            found.add((finding.rule, (finding.facts["start"] - MONDAY.date()).days))
        elif finding.rule == "TPS-09":
            first = min(by_key[key].start for key in finding.involved)
            found.add((finding.rule, (first - TO_UTC - MONDAY) // QUARTER))
    return found


def test_counting_quarters_agrees_on_the_long_windows():
    random = Random(20261125)
    told = Counter()
    for _plan in range(PLANS):
        pairs = draw(random)
        if not pairs:
            continue
        who = person(night_worker=random.random() < 0.5, cycle=random.random() < 0.5)
        worked = bitmap(pairs)
        expected = averages(worked, who.night_worker)
        expected |= rests(worked, who.cycle) | rows_of_days(pairs) | services(worked)
        assert answered(as_slots(pairs), who) == expected, pairs
        told.update(rule for rule, _where in expected)
    assert min(told[rule] for rule in RULES) > 50
