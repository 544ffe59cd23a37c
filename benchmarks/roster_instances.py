"""Reads the public shift scheduling instances and states them for our solver."""

from datetime import date, datetime, timedelta
from pathlib import Path

from security_missions.engine.roster import Guard, Limits, Need, Problem, Weights, Wish

FIRST = date(2024, 1, 1)  # any Monday
HORIZON, SHIFTS, STAFF, DAYS_OFF = "HORIZON", "SHIFTS", "STAFF", "DAYS_OFF"
ON, OFF, COVER = "SHIFT_ON_REQUESTS", "SHIFT_OFF_REQUESTS", "COVER"


def sections(path) -> dict:
    """``{section: [fields of each line]}``."""
    found, current = {}, None
    for line in Path(path).read_text().splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("SECTION_"):
            current = found.setdefault(line.removeprefix("SECTION_"), [])
        else:
            current.append(line.split(","))
    return found


def read(path) -> Problem:
    """The instance as a problem; guards have the names of the file."""
    found = sections(path)
    days = int(found[HORIZON][0][0])
    lengths = {row[0]: int(row[1]) for row in found[SHIFTS]}
    forbidden = frozenset(
        (row[0], after) for row in found[SHIFTS] for after in row[2].split("|") if after
    )
    needs = tuple(_need(row, lengths) for row in found[COVER])
    wishes, away = _wishes(found), {r[0]: r[1:] for r in found[DAYS_OFF]}
    guards = tuple(
        _guard(row, forbidden, wishes.get(row[0], ()), away.get(row[0], ()), days)
        for row in found[STAFF]
    )
    last = FIRST + timedelta(days=days - 1)
    return Problem(FIRST, last, needs, guards, weights=Weights(contract_hours=0))


def _midnight(day):
    return datetime.combine(FIRST, datetime.min.time()) + timedelta(days=int(day))


def _need(row, lengths):
    day, kind, heads, under, over = row
    start = _midnight(day)
    return Need(
        (int(day), kind),
        start,
        start + timedelta(minutes=lengths[kind]),
        headcount=int(heads),
        kind=kind,
        under_cost=float(under),
        over_cost=float(over),
    )


def _wishes(found):
    wishes = {}
    for section, wanted in ((ON, True), (OFF, False)):
        for name, day, kind, weight in found.get(section, ()):
            wish = Wish((int(day), kind), wanted=wanted, weight=float(weight))
            wishes.setdefault(name, []).append(wish)
    return wishes


def _guard(row, forbidden, wishes, away, days):
    name, kinds, most, least, max_on, min_on, min_off, weekends = row
    counts = dict(pair.split("=") for pair in kinds.split("|"))
    return Guard(
        name,
        min_minutes=int(least),
        max_minutes=int(most),
        # a maximum that the days allow anyway says nothing
        max_kinds={kind: int(n) for kind, n in counts.items() if int(n) < days},
        unavailable=tuple((_midnight(d), _midnight(int(d) + 1)) for d in away),
        wishes=tuple(wishes),
        limits=Limits(
            max_consecutive_days=int(max_on),
            min_consecutive_days=int(min_on),
            min_days_off=int(min_off),
            max_weekends=int(weekends),
            forbidden_successions=forbidden,
        ),
    )
