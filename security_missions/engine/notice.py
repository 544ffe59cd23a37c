"""How much notice a change of a published rota gives, and what the law asks for it.

Two texts are in force: art. 7.07.3 of the collective agreement (7 days for the
organisation of the cycle, 48 hours for a one-off extra service, shorter with consent)
and the agreement of 18 May 1993 (one week for any change, shorter with express
agreement only). Which one applies shows in the figures; no figure is kept here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

WEEK, SHORT, URGENT = "week", "short", "urgent"
NONE, CONSENT, EXPRESS = "none", "consent", "express"
DAY_HOURS = 24


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one contract on one day, with the texts that give them."""

    week_days: float
    short_hours: float
    # Notice of a one-off extra service or of extra hours.
    extra_hours: float
    # Under it, consent is express.
    express_hours: float
    source: str = ""
    extra_source: str = ""
    express_source: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """``hours``: real hours left, negative once the shift has begun; ``tier``: week,
    short or urgent; ``required``: none, consent or express; ``source``: the article."""

    hours: float
    tier: str | None
    required: str
    source: str

    @property
    def kept(self):
        """The delay is kept: nobody has to agree."""
        return self.required == NONE


def judge(now, start, zone, figures, extra=False) -> Notice:
    """What a change known at ``now`` asks for, of a shift that begins at ``start``.

    Days are days on the clock of the site (a week across a change of clock has 167 or
    169 real hours and is a week all the same); hours are real hours.

    :param now: naive UTC
    :param start: naive UTC, the earlier of both when the shift moves
    :param zone: ``tzinfo`` of the site
    :param figures: ``Figures``; None: no figure is known, nothing is asked
    :param extra: True for a one-off extra service or extra hours
    """
    hours = real_hours(now, start)
    if figures is None:
        return Notice(hours, None, NONE, "")
    a_week = is_days_ahead(now, start, zone, figures.week_days)
    week_hours = figures.week_days * DAY_HOURS

    def reached(limit):
        return a_week if limit >= week_hours else hours >= limit

    if a_week:
        tier = WEEK
    else:
        tier = SHORT if hours >= figures.short_hours else URGENT
    kept = reached(figures.extra_hours) if extra else a_week
    if kept:
        source = figures.extra_source if extra else figures.source
        return Notice(hours, tier, NONE, source)
    if reached(figures.express_hours):
        return Notice(hours, tier, CONSENT, figures.source)
    return Notice(hours, tier, EXPRESS, figures.express_source)


def real_hours(now, start) -> float:
    """Hours really lived between two instants in naive UTC."""
    return (start - now).total_seconds() / 3600


def is_days_ahead(now, start, zone, days) -> bool:
    """``now`` is at least so many days before ``start`` on the clock of the site."""
    return wall(now, zone) <= wall(start, zone) - timedelta(days=days)


def wall(instant, zone) -> datetime:
    """The clock of the site at a naive UTC instant, naive."""
    aware = instant.replace(tzinfo=timezone.utc)
    return aware.astimezone(zone).replace(tzinfo=None)


def is_extra(before, after) -> bool:
    """The change adds work: ``(start, stop)`` before and after, None without shift."""
    if before is None or after is None:
        return after is not None
    return length(after) > length(before)


def length(span) -> timedelta:
    """Real time between the two instants of a span."""
    start, stop = span
    return stop - start


def earliest(*spans) -> datetime:
    """The start that counts: whatever begins first must have been told in time."""
    return min(span[0] for span in spans if span)
