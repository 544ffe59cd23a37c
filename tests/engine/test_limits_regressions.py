"""Findings that were once wrong: each test is about one of them."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from plans import CARD, FIGURES, days, found, person, slot

from security_workforce.engine.limits import by_slot, check
from security_workforce.engine.parameters import Parameter, Parameters

DAY = "2026-03-02"
SHIFT = [slot(f"{DAY} 08:00", "16:00")]
SUSPENDED = replace(CARD, key="s", state="suspended", end=date(2036, 1, 1))
SOON = replace(CARD, end=date(2026, 3, 20))
EVENTS = replace(CARD, key="e", code="SGE", end=date(2036, 1, 1))


@pytest.mark.parametrize("reason", ["none", "expired", "later", "suspended", "draft"])
def test_a_refusal_for_want_of_a_card_is_whole_in_both_languages(reason):
    titles = {
        "none": (),
        "expired": (replace(CARD, state="expired", end=date(2026, 2, 1)),),
        "later": (replace(CARD, start=date(2026, 4, 1)),),
        "suspended": (SUSPENDED,),
        "draft": (replace(CARD, state="draft"),),
    }[reason]
    [finding] = found(SHIFT, "PRO-01", titles=titles)
    for lang in ("en", "fr"):
        assert not {"{", "}", "%"} & set(finding.text(lang)), finding.text(lang)
    assert "carte" in finding.text("fr")


def test_a_suspended_card_does_not_hide_that_the_other_one_ends():
    [finding] = found(SHIFT, "PRO-02", titles=(SOON, SUSPENDED))
    assert finding.value == 18


def test_a_card_that_follows_is_a_renewal():
    following = replace(CARD, key="n", start=date(2026, 3, 21))
    assert not found(SHIFT, "PRO-02", titles=(SOON, following))
    gap = replace(following, start=date(2026, 3, 22))
    assert found(SHIFT, "PRO-02", titles=(SOON, gap))


def test_a_card_without_end_in_sight_is_no_overflow():
    assert not found(SHIFT, "PRO-02", titles=(replace(CARD, end=date.max),))


def test_who_holds_both_cards_uses_the_full_one():
    assert not found(SHIFT, "PRO-03", titles=(CARD, EVENTS))
    assert found(SHIFT, "PRO-03", titles=(EVENTS,))
    short = replace(CARD, end=date(2026, 3, 1))
    assert found(SHIFT, "PRO-03", titles=(short, EVENTS))


def test_the_night_between_two_weeks_is_told_once():
    slots = []
    for week in range(12):
        sunday = date(2026, 1, 4) + timedelta(weeks=week)
        slots.append(slot(f"{sunday} 20:00", "04:00"))
        slots += days(str(sunday + timedelta(days=1)), 4, hours=10.5)
    findings = found(slots, "TPS-05")
    assert findings
    for finding in findings:
        assert max(Counter(finding.keys).values()) == 1
        assert max(Counter(finding.involved).values()) == 1
    for told in by_slot(check(person(), slots)).values():
        windows = Counter((f.rule, str(f.facts)) for f in told)
        assert max(windows.values()) == 1


def test_a_long_shift_overlaps_each_of_those_inside_it():
    long = slot(f"{DAY} 08:00", "20:00")
    inside = [slot(f"{DAY} 09:00", "10:00"), slot(f"{DAY} 14:00", "15:00")]
    findings = found([long, *inside], "TPS-19")
    assert [f.keys for f in findings] == [(long.key, one.key) for one in inside]


def test_the_rest_begins_with_the_shift_that_ends_last():
    long, short = slot(f"{DAY} 08:00", "22:00"), slot(f"{DAY} 09:00", "10:00")
    after = slot("2026-03-03 07:00", "12:00")
    [finding] = found([long, short, after], "TPS-02")
    assert (finding.value, finding.keys) == (9, (after.key,))


@pytest.mark.parametrize(
    "slots, rule, told",
    [
        # 14:00 CEST and 12 hours: the first of the two "02:00".
        (
            [slot("2026-10-24 14:00", "2026-10-25 04:00")],
            "TPS-01",
            "End at 25/10/2026 02:00 at the latest.",
        ),
        # Asked for before the clock goes forward, possible after.
        (
            [slot("2026-03-28 10:00", "18:00"), slot("2026-03-29 01:00", "09:00")],
            "TPS-02",
            "Start at 29/03/2026 06:00 at the earliest.",
        ),
    ],
)
def test_remedies_are_told_on_the_clock_of_their_own_hour(slots, rule, told):
    [finding] = found(slots, rule)
    assert finding.remedies[0].text() == told


def test_two_shifts_that_touch_need_a_break_too():
    halves = [
        slot(f"{DAY} 08:00", "12:00", paid_break=False),
        slot(f"{DAY} 12:00", "16:00", paid_break=False),
    ]
    [finding] = found(halves, "TPS-11")
    assert finding.value == 8
    late = [halves[0], slot(f"{DAY} 12:20", "16:00", paid_break=False)]
    assert not found(late, "TPS-11")
    short = [halves[0], slot(f"{DAY} 12:19", "16:00", paid_break=False)]
    assert found(short, "TPS-11")
    rested = [halves[0], replace(halves[1], paid_break=True)]
    assert not found(rested, "TPS-11")


def test_what_a_minor_exceeds_is_said_in_french():
    slots = [*days(DAY, 5, hours=9), slot("2026-03-14 20:00", "23:00")]
    told = [f.text("fr") for f in found(slots, "TPS-17", birth_date=date(2009, 6, 1))]
    assert any("d'affilée" in text for text in told)
    assert any("dans la semaine du 02/03/2026" in text for text in told)
    assert any("entre 22:00 et 06:00" in text for text in told)
    assert not any("day" in text or "week" in text for text in told)


def test_a_later_figure_of_the_cut_leaves_earlier_days_alone():
    day = date(2026, 6, 1)
    rows = [
        Parameter(code, value, end=day if code == "cut_merges_below_h" else None)
        for code, value in FIGURES.items()
    ]
    cut = [slot(f"{DAY} 06:00", "13:00"), slot(f"{DAY} 14:30", "21:00")]
    assert found(cut, "TPS-01")
    far = [*cut, slot("2026-06-02 08:00", "16:00")]
    assert found(far, "TPS-01", parameters=Parameters(rows))


@pytest.mark.parametrize("start, expected", [("20:00", 0), ("19:59", 1)])
def test_a_day_of_rest_to_the_minute_ends_a_service(start, expected):
    # The fourth of these ends on Thursday at 20:00.
    slots = [*days(DAY, 4, hours=12), slot(f"2026-03-06 {start}", hours=2)]
    assert len(found(slots, "TPS-09")) == expected
