"""What a round of checkpoints shows: done, incomplete, missed, and what is doubtful.

Pure Python: instants are naive UTC, positions (latitude, longitude) in degrees,
distances metres. A doubt is a flag for whoever reads the round and never refuses a
scan: a scan that did happen must not be lost because a clock or a GPS was wrong.
"""

from datetime import timedelta

from .patrol_doubts import flags
from .patrol_facts import Limits, Outcome, Visit, minutes, number

NOTHING = timedelta(0)


def evaluate(
    plan, scans, now, started=None, ended=None, heard=None, limits=None
) -> Outcome:
    """The state of a round at ``now``.

    :param scans: in any order; told apart by their keys
    :param started: when the guard said that he begins, None when he did not
    :param ended: when he said that the round is over, None when he did not
    :param heard: when his phone last brought a fact: a phone that was without network
        brings a whole round late, and is not cut short
    """
    limits = limits or Limits()
    scans = sorted(scans, key=lambda scan: (scan.at, scan.key))
    known = [scan.at for scan in scans] + [moment for moment in (started,) if moment]
    begun = min(known) if known else None
    given = _given(plan.points, scans)
    closed = _closed(plan, begun, ended, heard, now, limits)
    visits = tuple(
        _visit(point, given.get(point.key, ()), plan, now, closed)
        for point in plan.points
    )
    return Outcome(
        _state(plan, visits, begun, closed, now),
        visits,
        _late_start(plan, begun, now),
        _late_end(plan, begun, ended, now),
        flags(plan, scans, given, limits),
    )


# ------------------------------------------------------------
# State
# ------------------------------------------------------------


def _closed(plan, begun, ended, heard, now, limits):
    """Over by word, or because nothing more is to be expected."""
    if ended or begun is None:
        return bool(ended)
    due = max(begun, plan.start or begun) + minutes(plan.minutes + plan.grace)
    return now >= max(due, heard or due) + minutes(limits.settle)


def _state(plan, visits, begun, closed, now):
    if begun is None:
        if closed:
            return "incomplete" if visits else "done"
        if plan.start is None or now <= plan.start + minutes(plan.grace):
            return "planned"
        last = plan.start + minutes(plan.grace + max(plan.minutes, 1))
        return "late" if now < last else "missed"
    if not closed:
        return "running"
    return "done" if all(v.state == "done" for v in visits) else "incomplete"


def _late_start(plan, begun, now):
    if plan.start is None:
        return 0
    return _beyond(plan.start, begun or now, plan.grace)


def _late_end(plan, begun, ended, now):
    """Only who has begun can be late at the end."""
    if begun is None:
        return 0
    due = max(begun, plan.start or begun) + minutes(plan.minutes)
    return _beyond(due, ended or now, plan.grace)


def _beyond(due, moment, grace):
    late = moment - due
    return int(late.total_seconds() // 60) if late > minutes(grace) else 0


# ------------------------------------------------------------
# Points
# ------------------------------------------------------------


def _given(points, scans):
    """{point key: scans}: each scan of a place goes to the visit that it fits best.

    A scan more than there are visits belongs to the last one of its place: it may
    bring the answer that was missing.
    """
    by_place = {}
    for point in points:
        by_place.setdefault(point.place, []).append(point)
    given, last = {}, {}
    for scan in scans:
        free = by_place.get(scan.place)
        if free:
            point = min(free, key=lambda each: (_off(each, scan.at), each.key))
            free.remove(point)
            last[scan.place] = point.key
        if scan.place in last:
            given.setdefault(last[scan.place], []).append(scan)
    return given


def _off(point, moment):
    """How far a moment is from the window of a point."""
    if point.since and moment < point.since:
        return point.since - moment
    if point.until and moment > point.until:
        return moment - point.until
    return NOTHING


def _visit(point, scans, plan, now, closed):
    grace = minutes(plan.grace)
    if not scans:
        over = point.until is not None and now > point.until + grace
        return Visit(point, state="missed" if closed or over else "due")
    first = scans[0]
    return Visit(
        point,
        first,
        "done",
        late=point.until is not None and first.at > point.until + grace,
        early=point.since is not None and first.at < point.since - grace,
        unfinished=not any(_answered(point, scan) for scan in scans),
    )


def _answered(point, scan):
    if point.task == "photo":
        return scan.photos > 0
    if point.task == "yes_no":
        return scan.answer in ("yes", "no")
    if point.task == "value":
        return number(scan.answer) is not None
    return True
