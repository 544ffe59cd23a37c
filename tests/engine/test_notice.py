"""Notice of a change: both texts, each delay, with the clock changing in between."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from security_missions.engine import notice

PARIS = ZoneInfo("Europe/Paris")
START = datetime(2027, 6, 15, 6)
CYCLE = notice.Figures(7, 48, 48, 48, "7.07.3", "7.07.3", "7.07.3")
ACCORD = notice.Figures(7, 48, 168, 168, "1993", "1993", "1993")


def judged(figures, extra=False, **ahead):
    given = notice.judge(START - timedelta(**ahead), START, PARIS, figures, extra)
    return given.tier, given.required


@pytest.mark.parametrize(
    ("figures", "extra", "ahead", "expected"),
    [
        (CYCLE, False, {"days": 8}, ("week", "none")),
        (CYCLE, False, {"days": 7}, ("week", "none")),
        (CYCLE, False, {"days": 6}, ("short", "consent")),
        (CYCLE, False, {"hours": 49}, ("short", "consent")),
        (CYCLE, False, {"hours": 48}, ("short", "consent")),
        (CYCLE, False, {"hours": 47}, ("urgent", "express")),
        (CYCLE, True, {"days": 8}, ("week", "none")),
        (CYCLE, True, {"days": 6}, ("short", "none")),
        (CYCLE, True, {"hours": 49}, ("short", "none")),
        (CYCLE, True, {"hours": 47}, ("urgent", "express")),
        (ACCORD, False, {"days": 8}, ("week", "none")),
        (ACCORD, False, {"days": 7}, ("week", "none")),
        (ACCORD, False, {"days": 6}, ("short", "express")),
        (ACCORD, False, {"hours": 49}, ("short", "express")),
        (ACCORD, False, {"hours": 47}, ("urgent", "express")),
        (ACCORD, True, {"days": 8}, ("week", "none")),
        (ACCORD, True, {"days": 6}, ("short", "express")),
        (ACCORD, True, {"hours": 49}, ("short", "express")),
        (ACCORD, True, {"hours": 47}, ("urgent", "express")),
        (ACCORD, True, {"hours": -1}, ("urgent", "express")),
    ],
)
def test_tiers_of_both_texts(figures, extra, ahead, expected):
    assert judged(figures, extra, **ahead) == expected


@pytest.mark.parametrize(
    ("now", "start", "hours", "tier"),
    [
        # Spring: the week before Monday 08:00 has 167 hours and is a week.
        ("2027-03-22 07:00", "2027-03-29 06:00", 167, "week"),
        ("2027-03-22 07:01", "2027-03-29 06:00", 167 - 1 / 60, "short"),
        # Autumn: 168 hours before is six days and 23 hours on the clock.
        ("2027-10-25 06:00", "2027-11-01 07:00", 169, "week"),
        ("2027-10-25 07:00", "2027-11-01 07:00", 168, "short"),
        # Two days on the clock, 47 real hours: hours are real.
        ("2027-03-26 19:00", "2027-03-28 18:00", 47, "urgent"),
        ("2027-10-29 18:00", "2027-10-31 19:00", 49, "short"),
    ],
)
def test_across_the_change_of_clock(now, start, hours, tier):
    now, start = datetime.fromisoformat(now), datetime.fromisoformat(start)
    given = notice.judge(now, start, PARIS, CYCLE)
    assert given.hours == pytest.approx(hours)
    assert given.tier == tier


def test_a_country_without_figures_asks_nothing():
    given = notice.judge(START, START, PARIS, None)
    assert (given.tier, given.required, given.kept) == (None, "none", True)


def test_the_article_goes_with_what_is_asked():
    figures = notice.Figures(7, 48, 48, 48, "change", "extra", "express")
    hours = {190: "extra", 60: "extra", 20: "express"}
    for ahead, source in hours.items():
        now = START - timedelta(hours=ahead)
        assert notice.judge(now, START, PARIS, figures, True).source == source
    now = START - timedelta(hours=60)
    assert notice.judge(now, START, PARIS, figures).source == "change"


def test_extra_hours_are_those_added():
    span, longer = (START, START + timedelta(hours=8)), (START, START + timedelta(9))
    assert notice.is_extra(None, span)
    assert notice.is_extra(span, longer)
    assert not notice.is_extra(span, span)
    assert not notice.is_extra(longer, span)
    assert not notice.is_extra(span, None)
    assert notice.earliest(None, span) == START
