"""What is doubtful in the scans of a round, and what was not done as it was asked.

Pure Python. Flags for whoever reads the round, never refusals.
"""

from datetime import timedelta
from itertools import pairwise

from .patrol_facts import DOUBTS, ORDERED, REMARKS, distance, minutes, number


def flags(plan, scans, given, limits) -> dict:
    """``{scan key: codes}``, in the order of DOUBTS and REMARKS.

    :param given: {point key: scans} of the points that were passed
    """
    points = {point.place: point for point in reversed(plan.points)}
    found = {scan.key: set() for scan in scans}
    for scan in scans:
        found[scan.key] |= set(_alone(scan, points.get(scan.place), limits))
    for one, two in pairwise(scans):
        if _too_fast(one, two, points, plan, limits):
            found[two.key].add("speed")
    for key in _repeats(scans, limits):
        found[key].add("same_place")
    for key in _bursts(scans, len(points), limits):
        found[key].add("burst")
    for key, code in _pace(plan, given):
        found[key].add(code)
    order = DOUBTS + REMARKS
    return {
        key: tuple(code for code in order if code in codes)
        for key, codes in found.items()
        if codes
    }


def _alone(scan, point, limits):
    """What one scan shows by itself."""
    if abs(scan.skew) > limits.skew:
        yield "clock"
    if not scan.on_shift:
        yield "no_shift"
    if scan.typed:
        yield "typed"
    if scan.code_age is not None and not (
        -limits.code_age <= scan.code_age <= limits.code_age
    ):
        yield "stale_code"
    if scan.place is None:
        yield "wrong_code"
    elif point is None:
        yield "off_route"
    else:
        yield from _at_point(scan, point)


def _at_point(scan, point):
    if point.position and scan.position:
        # The phone says how wrong it may be: the guard gets the benefit of it.
        away = distance(point.position, scan.position) - scan.accuracy
        if away > point.radius:
            yield "far"
    elif point.technology == "gps":
        yield "no_position"
    value = number(scan.answer) if point.task == "value" else None
    if value is not None and (
        (point.low is not None and value < point.low)
        or (point.high is not None and value > point.high)
    ):
        yield "out_of_range"


def _too_fast(one, two, points, plan, limits):
    """Whether nobody could have come from one scan to the next in that time.

    Only the answer is kept, no speed: working time is no ground to record it.
    """
    places = []
    for scan in (one, two):
        point = points.get(scan.place)
        # Of whoever sends no position, the place of the tag is what is claimed.
        where = scan.position or (point and point.position)
        if not where:
            return False
        places.append((where, scan.accuracy if scan.position else 0.0))
    (here, blur), (there, other) = places
    metres = distance(here, there) - blur - other
    pace = limits.driving if plan.vehicle else limits.walking
    seconds = (two.at - one.at).total_seconds()
    # Under the size of a room, GPS says nothing.
    return metres > 30 and metres > pace * seconds


def _repeats(scans, limits):
    """Scans of a place within seconds of the scan before of that very place."""
    last = {}
    for scan in scans:
        if scan.place is None:
            continue
        before = last.get(scan.place)
        if before is not None and scan.at - before < timedelta(
            seconds=limits.same_place
        ):
            yield scan.key
        last[scan.place] = scan.at


def _bursts(scans, places, limits):
    """Scans of different places one right after the other: the tags lie together.

    Two neighbours may be close; three in a row, or the whole round, are not.
    """
    quick = timedelta(seconds=limits.burst)
    run = []
    for scan in [*scans, None]:
        if (
            scan
            and run
            and scan.place != run[-1].place
            and scan.at - run[-1].at <= quick
        ):
            run.append(scan)
            continue
        different = len({each.place for each in run})
        if different >= 3 or (different >= 2 and different == places):
            yield from (each.key for each in run)
        run = [scan]


def _pace(plan, given):
    """(scan key, code) of what was passed out of order, too soon or too late."""
    firsts = sorted(
        (
            (given[point.key][0], rank)
            for rank, point in enumerate(plan.points)
            if point.key in given
        ),
        key=lambda pair: (pair[0].at, pair[0].key),
    )
    furthest = -1
    for scan, rank in firsts:
        if plan.order in ORDERED and rank < furthest:
            yield scan.key, "out_of_order"
        furthest = max(furthest, rank)
    for (one, __), (two, __) in pairwise(firsts):
        gap = two.at - one.at
        if plan.gap_min and gap < minutes(plan.gap_min):
            yield two.key, "too_fast"
        if plan.gap_max and gap > minutes(plan.gap_max):
            yield two.key, "too_slow"
