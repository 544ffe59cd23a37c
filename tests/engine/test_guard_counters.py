from datetime import date, datetime

from security_missions.engine.guard_counters import breaks

MAY = date(2026, 5, 1), date(2026, 5, 31)


def at(day, hour):
    return datetime(2026, 5, day, hour)


def test_rests_are_between_shifts_that_follow():
    spans = [(at(5, 8), at(5, 20)), (at(4, 20), at(4, 22)), (at(6, 7), at(6, 19))]
    assert breaks(spans, *MAY) == [10, 11]


def test_a_rest_counts_in_the_month_it_ends():
    april = datetime(2026, 4, 30, 8), datetime(2026, 4, 30, 20)
    june = datetime(2026, 6, 1, 8), datetime(2026, 6, 1, 20)
    assert breaks([april, (at(1, 6), at(1, 18)), june], *MAY) == [10]


def test_shifts_that_touch_or_overlap_leave_no_rest_below_nothing():
    assert breaks([(at(4, 8), at(4, 20)), (at(4, 10), at(4, 12))], *MAY) == []
    assert breaks([(at(4, 8), at(4, 20)), (at(4, 20), at(4, 22))], *MAY) == [0]


def test_nothing_gives_nothing():
    assert breaks([], *MAY) == []
