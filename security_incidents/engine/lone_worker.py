"""The checks of a guard who works alone: when each is due, and what silence means.

Pure Python. Instants are naive UTC; the weekly grid is on the wall clock of the site.
Between two checks the time is real time: the night of 25 hours has more of them, the
one of 23 hours fewer, and no silence is longer than the interval.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone

MINUTES_PER_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Band:
    """Checks every ``interval`` minutes from ``start`` to ``stop`` (minutes from
    midnight, wall clock) on a weekday (0 = Monday); ``stop`` <= ``start`` ends on the
    next day."""

    weekday: int
    start: int
    stop: int
    interval: int


@dataclass(frozen=True, slots=True)
class Rules:
    """Minutes: an answer counts from ``early`` before a check to ``late`` after it;
    ``link`` is in seconds, the age at which a sign of life is too old."""

    late: int = 5
    early: int = 10
    link: int = 90


@dataclass(frozen=True, slots=True)
class Check:
    """One check: ``due``, the window in which an answer counts, and the answer."""

    due: datetime
    opens: datetime
    ends: datetime
    answered: datetime | None = None

    def state(self, now) -> str:
        """``answered``, ``later``, ``open`` (to be answered now) or ``missed``."""
        if self.answered:
            return "answered"
        if now < self.opens:
            return "later"
        return "open" if now < self.ends else "missed"


def due_times(start, stop, bands, interval, zone) -> list[datetime]:
    """The instants of the checks of a service.

    :param start: naive UTC, when the guard took the post; no check at that instant
    :param stop: naive UTC, end of the service, without a check
    :param bands: grid of the post; empty: every ``interval`` minutes from ``start``
    :param interval: minutes; 0 and no band: no check
    :param zone: tzinfo of the site
    :return: sorted, without doubles
    """
    if not bands:
        return _every(start, start, stop, interval)
    found = set()
    day = _local_date(start, zone) - timedelta(days=1)
    last = _local_date(stop, zone)
    while day <= last:
        for band in bands:
            if band.weekday == day.weekday():
                begin, end = _band_span(band, day, zone)
                found.update(_grid(begin, end, band.interval, start, stop))
        day += timedelta(days=1)
    return sorted(found)


def checks(dues, answers, rules) -> list[Check]:
    """The checks with their windows; each takes the first answer inside its window.

    A window begins neither before the middle of the way from the check before nor
    inside its window, so that one answer does not stand for two checks.

    :param dues: sorted instants
    :param answers: instants of the answers, in any order
    """
    answers = sorted(answers)
    result, before = [], None
    for due in dues:
        opens = due - timedelta(minutes=rules.early)
        if before is not None:
            opens = max(opens, before + (due - before) / 2, result[-1].ends)
        ends = due + timedelta(minutes=rules.late)
        answer = next((a for a in answers if opens <= a < ends), None)
        result.append(Check(due, opens, ends, answer))
        before = due
    return result


def missed(found, now) -> list[Check]:
    """Those that nobody answered in time: silence is an alarm."""
    return [check for check in found if check.state(now) == "missed"]


def next_check(found, now) -> Check | None:
    """The one that the guard answers next, or now."""
    return next((c for c in found if c.state(now) in ("later", "open")), None)


def link_lost(last_sign, now, rules) -> bool:
    """No sign of life for too long; a sign "in the future" is one of now, no more."""
    return (now - min(last_sign, now)).total_seconds() > rules.link


def link_lost_at(last_sign, rules) -> datetime:
    """When that becomes true unless the phone is heard again."""
    return last_sign + timedelta(seconds=rules.link)


def _every(origin, after, stop, interval):
    if interval <= 0:
        return []
    step, found = timedelta(minutes=interval), []
    moment = origin + step
    while moment < stop:
        if moment > after:
            found.append(moment)
        moment += step
    return found


def _grid(begin, end, interval, start, stop):
    found = [begin] if start < begin < min(end, stop) else []
    return found + _every(begin, start, min(end, stop), interval)


def _band_span(band, day, zone):
    length = (band.stop - band.start) % MINUTES_PER_DAY or MINUTES_PER_DAY
    stop_day = day + timedelta(days=1) if band.start + length >= 1440 else day
    return (
        _utc(day, band.start, zone),
        _utc(stop_day, (band.start + length) % MINUTES_PER_DAY, zone),
    )


def _utc(day, minutes, zone):
    wall = datetime.combine(day, time(*divmod(minutes, 60)), zone)
    return wall.astimezone(timezone.utc).replace(tzinfo=None)


def _local_date(moment, zone):
    return moment.replace(tzinfo=timezone.utc).astimezone(zone).date()
