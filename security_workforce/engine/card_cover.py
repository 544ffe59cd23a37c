"""Which cards let a guard hold a post, day by day, and if none, why.

Nobody may be posted without a title for the activity on every minute of the shift
(CSI L612-20): the days looked at are the first and last local day of the shift, both
included. Two cards that follow each other (a renewal) cover together.
"""

from dataclasses import dataclass
from datetime import date, timedelta

# Titles that allow to work on a post. A training authorisation (L612-22), a
# provisional one (L612-23) or a manager's approval (L612-6) do not.
WORKING_KINDS = frozenset({"card", "receipt"})
# An expired card was verified before: its dates alone say which days it covers.
WORKING_STATES = frozenset({"valid", "to_renew", "receipt", "expired"})
# The card to speak of when none covers: first the one a date alone keeps away.
NEAREST = ("expired", "not_started", "no_date", "suspended", "draft", "withdrawn")


@dataclass(frozen=True, slots=True)
class Title:
    """A card as this module sees it; both dates are days of validity.

    ``key`` is the caller's own reference, ``activities`` the activities covered (any
    hashable), ``start`` None means "since always", ``end`` None means unknown.
    ``code`` is that of the activity written on the card.
    """

    key: object
    kind: str
    state: str
    activities: frozenset
    start: date | None
    end: date | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """The answer. ``titles`` cover from the first day on; ``day`` is the first day
    that nothing covers, None when all are. ``reason`` then says why, about the
    ``nearest`` title: ``no_card``, ``other_activity``, ``other_kind``, ``expired``,
    ``not_started``, ``no_date``, ``suspended``, ``draft`` or ``withdrawn``."""

    titles: tuple = ()
    day: date | None = None
    reason: str = ""
    nearest: Title | None = None

    @property
    def complete(self) -> bool:
        """Every day is covered."""
        return self.day is None


def cover(titles, activity, first_day, last_day) -> Cover:
    """Decide whether ``titles`` allow ``activity`` on every day asked.

    :param titles: all the ``Title`` of one person, in any order
    :param first_day: first local day of the shift
    :param last_day: last local day, included
    """
    titles = list(titles)
    usable = [title for title in titles if _usable(title, activity)]
    chosen, day = [], first_day
    while day <= last_day:
        today = [t for t in usable if (t.start or day) <= day <= t.end]
        if not today:
            reason, nearest = _why(titles, activity, day)
            return Cover(tuple(chosen), day, reason, nearest)
        best = max(today, key=lambda title: title.end)
        chosen.append(best)
        if best.end >= last_day:
            break
        day = best.end + timedelta(days=1)
    return Cover(tuple(chosen))


def _usable(title, activity) -> bool:
    return (
        title.end is not None
        and activity in title.activities
        and title.kind in WORKING_KINDS
        and title.state in WORKING_STATES
    )


def _why(titles, activity, day):
    """The reason nothing covers ``day``, and the title it speaks of."""
    if not titles:
        return "no_card", None
    fitting = [title for title in titles if activity in title.activities]
    if not fitting:
        return "other_activity", _latest(titles)
    working = [title for title in fitting if title.kind in WORKING_KINDS]
    if not working:
        return "other_kind", _latest(fitting)
    reasons = {}
    for title in working:
        reasons.setdefault(_reason(title, day), []).append(title)
    reason = min(reasons, key=NEAREST.index)
    if reason == "not_started":
        return reason, min(reasons[reason], key=lambda title: title.start)
    return reason, _latest(reasons[reason])


def _reason(title, day) -> str:
    if title.state not in WORKING_STATES:
        return title.state
    if title.end is None:
        return "no_date"
    return "expired" if title.end < day else "not_started"


def _latest(titles):
    return max(titles, key=lambda title: title.end or date.min)
