"""What a guard reads of his own month beside the totals of the rota board."""

from dataclasses import dataclass
from statistics import median

from .row_totals import row_totals

# Below this number the middle of a team would say what a colleague worked.
FEWEST = 5


def breaks(spans, first, last) -> list[float]:
    """Hours of rest between two shifts that follow each other, of those rests that end
    in the month.

    :param spans: (start, stop), naive UTC, in any order
    :param first, last: days of the month
    """
    ordered = sorted(spans)
    found, end = [], None
    for start, stop in ordered:
        if end and first <= start.date() <= last and start >= end:
            found.append(round((start - end).total_seconds() / 3600, 2))
        end = max(end, stop) if end else stop
    return found


@dataclass(frozen=True, slots=True)
class Burden:
    """What a guard carried: hours, nights and Sundays worked."""

    hours: float
    nights: float
    sundays: float


def burden(shifts, first, last) -> Burden:
    """Of one guard, from ``first`` to ``last``.

    :param shifts: (start, stop, tz) of his shifts, naive UTC
    """
    totals = row_totals(shifts, first, last, (), 0.0)
    return Burden(totals.planned, totals.nights, totals.sundays - totals.sundays_off)


def team_median(burdens) -> Burden | None:
    """The middle of a team, figure by figure.

    None for a team so small that its members would be told by it.

    :param burdens: one for each guard of the team
    """
    if len(burdens) < FEWEST:
        return None
    return Burden(
        *(
            median(getattr(one, figure) for one in burdens)
            for figure in Burden.__slots__
        )
    )
