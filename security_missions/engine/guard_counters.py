"""What a guard reads of his own month beside the totals of the rota board."""


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
