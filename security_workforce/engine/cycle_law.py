"""What the rules of working time say of a cycle by itself, whoever would turn in it."""

from datetime import date, datetime, timedelta
from math import lcm

from .facts import Person, Slot
from .limits import check
from .plan import ONE_WEEK, monday_of
from .rules import ALL_RULES

# Those of working time that depend on the cycle alone: hours, days, rest, Sundays.
RULES = ("TPS-01", "TPS-02", "TPS-03", "TPS-04", "TPS-05", "TPS-06", "TPS-07")
RULES += ("TPS-08", "TPS-09", "TPS-10")
# Rests are the shortest, and so are Sundays off; everything else is at its highest.
LEAST = ("TPS-02", "TPS-03", "TPS-06", "TPS-10")
# As long as the longest window of the rules (the average of 12 weeks, 3 months).
SHORTEST_PLAN = 16
LONGEST_PLAN = 60
DAYS = 7


def check_cycle(length, bands, parameters, today, weekday=0):
    """The worst finding of each rule about a full-time guard who turns in the cycle.

    Hours are those of a normal day: the clock changes of the year are nobody's cycle.

    :param length: days of the cycle
    :param bands: [(day 1 to length, start minute, minutes)]
    :param parameters: ``parameters.Parameters`` in force
    :param today: the day whose figures count
    :param weekday: 0 (Monday) to 6, that the first day of the cycle falls on
    :return: ``[verdict.Finding]``, in the order of the rules
    """
    person = Person("cycle", "", parameters, today=today, weekly_hours=35.0)
    slots = _slots(length, list(bands), today, weekday)
    return worst_by_rule(check(person, slots, [r for r in ALL_RULES if r.id in RULES]))


def worst_by_rule(findings):
    """The worst finding of each rule, in the order of the rules.

    :param findings: ``[verdict.Finding]``, of one cycle or of several
    """
    worst = {}
    for finding in findings:
        known = worst.get(finding.rule)
        if known is None or _worse(finding, known):
            worst[finding.rule] = finding
    return [worst[rule] for rule in sorted(worst)]


def weekly_hours(length, bands) -> float:
    """Hours a week on average over the cycle."""
    return sum(minutes for _day, _start, minutes in bands) / 60 * DAYS / length


def sundays_off(length, bands, weekday=0) -> float:
    """Sundays without an hour of work, of four, on average; see ``check_cycle``."""
    span = lcm(length, DAYS)
    worked = set()
    for day, start, minutes in bands:
        for turn in range(0, span, length):
            first = turn + day - 1 + weekday
            last = first + (start + minutes - 1) // (24 * 60)
            worked |= {at % span for at in range(first, last + 1)}
    return 4 * sum(at not in worked for at in range(6, span, DAYS)) * DAYS / span


def _worse(one, other):
    if one.value is None or other.value is None:
        return False
    return one.value < other.value if one.rule in LEAST else one.value > other.value


def _slots(length, bands, today: date, weekday):
    # Every way the cycle falls on the week is seen, as far as a plan of a year goes.
    span = lcm(length, DAYS)
    weeks = min(max(SHORTEST_PLAN, span // DAYS + 2), LONGEST_PLAN)
    first = monday_of(today) + timedelta(days=weekday)
    midnight = datetime.combine(first, datetime.min.time())
    slots = []
    for turn in range(0, weeks * DAYS, length):
        for day, start, minutes in bands:
            begin = midnight + timedelta(days=turn + day - 1, minutes=start)
            if begin < midnight + weeks * ONE_WEEK:
                stop = begin + timedelta(minutes=minutes)
                slots.append(Slot(f"{turn}:{day}:{start}", begin, stop, "UTC"))
    return slots
