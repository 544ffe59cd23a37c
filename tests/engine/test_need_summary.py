"""Needs told together: what differs by the weekday only is one line."""

from datetime import date

from security_missions.engine.demand import Need, summarise


def need(ref, weekday=None, day=None, start=420, minutes=720, headcount=1):
    return Need(ref, weekday, day, start, minutes, headcount)


def runs(needs):
    return [(days, first.start_minute) for days, first in summarise(needs)]


def test_a_whole_week_is_one_run():
    assert runs([need(day, weekday=day) for day in range(7)]) == [
        ([[0, 1, 2, 3, 4, 5, 6]], 420)
    ]


def test_a_gap_makes_two_runs_whatever_the_order():
    assert runs([need(day, weekday=day) for day in (5, 0, 1, 3)]) == [
        ([[0, 1], [3], [5]], 420)
    ]


def test_another_band_is_another_line():
    day, night = need(1, weekday=0), need(2, weekday=0, start=1140)
    assert runs([day, night]) == [([[0]], 420), ([[0]], 1140)]


def test_the_same_band_twice_on_a_day_is_told_once():
    assert runs([need(1, weekday=0), need(2, weekday=0)]) == [([[0]], 420)]


def test_a_date_has_no_run():
    assert runs([need(1, day=date(2026, 12, 24))]) == [([], 420)]
    assert summarise([]) == []
