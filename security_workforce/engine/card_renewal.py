"""The dates of a title's life, and which of its alerts is due.

A renewal is asked for between two dates before the last day of validity, with an
upkeep of skills (MAC) that is not too old (CSI L612-20-1, R612-17); afterwards it is
late, then a first request again. Every figure comes from the caller.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of the law, in months (see ``milestones`` for their use)."""

    open: int
    deadline: int
    mac: int
    mac_late: int
    late: int
    silence: int


@dataclass(frozen=True, slots=True)
class Milestones:
    """The days that matter in the life of a title that can be renewed.

    ``mac_from``: first day of an upkeep that counts; ``opens``: no earlier request is
    examined; ``deadline``: last day of a request that gives a receipt; ``last_day`` of
    validity; ``late_until``: last day of a late renewal, a first request afterwards.
    """

    mac_from: date
    opens: date
    deadline: date
    last_day: date
    late_until: date


def milestones(last_day: date, figures: Figures) -> Milestones:
    """The days of a title that ends on ``last_day``."""
    return Milestones(
        mac_from=last_day - relativedelta(months=figures.mac),
        opens=last_day - relativedelta(months=figures.open),
        deadline=last_day - relativedelta(months=figures.deadline),
        last_day=last_day,
        late_until=last_day + relativedelta(months=figures.late),
    )


def phase(days: Milestones, day: date) -> str:
    """Where a title stands on ``day``.

    ``early``: nothing to do yet; ``mac``: the upkeep may be followed; ``open``: the
    renewal may be asked for; ``no_receipt``: still valid, a request gives no receipt
    any more; ``late``: expired, renewed late; ``first``: too late, a first request.
    """
    if day > days.late_until:
        return "first"
    if day > days.last_day:
        return "late"
    if day > days.deadline:
        return "no_receipt"
    if day >= days.opens:
        return "open"
    return "mac" if day >= days.mac_from else "early"


def upkeep_from(days: Milestones, asked_on: date, figures: Figures) -> date:
    """First day of an upkeep that counts for a renewal asked for on ``asked_on``."""
    if asked_on <= days.last_day:
        return days.mac_from
    return asked_on - relativedelta(months=figures.mac_late)


def silence_ends(asked_on: date, figures: Figures) -> date:
    """The day on which the silence of the authority is a refusal."""
    return asked_on + relativedelta(months=figures.silence)


def alert_days(thresholds: Iterable[int], start: date | None, last_day: date) -> list:
    """The thresholds that make sense for a title of a few months: those of its second
    half. A warning 180 days before the end of six months would come with the title.

    :param thresholds: days before ``last_day``
    :param start: first day of validity; None keeps them all
    """
    if start is None:
        return sorted(thresholds)
    length = (last_day - start + timedelta(days=1)).days
    return sorted(days for days in thresholds if 2 * days <= length)


def due_alert(thresholds: Iterable[int], last_day: date, day: date) -> int | None:
    """The one alert to send on ``day``: the most urgent threshold that has passed.

    None when it is too early, or when ``last_day`` has passed. A day without a run
    skips thresholds, it never adds up alerts.
    """
    left = (last_day - day).days
    if left < 0:
        return None
    return min((days for days in thresholds if left <= days), default=None)


def parse_days(text: str | None) -> list[int]:
    """The thresholds written in a setting ("180, 90; 30"), longest first, once each.

    :raises ValueError: something else than whole days from 1 to 1000 is written
    """
    days = {
        int(part) for part in (text or "").replace(";", ",").split(",") if part.strip()
    }
    if any(not 1 <= day <= 1000 for day in days):
        raise ValueError(text)
    return sorted(days, reverse=True)
