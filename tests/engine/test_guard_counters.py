from datetime import date, datetime

from security_missions.engine.guard_counters import (
    FEWEST,
    Burden,
    breaks,
    burden,
    team_median,
)

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


def test_burden_is_cut_at_the_day_asked():
    # A Sunday, and the night from Sunday to Monday.
    sunday = (at(10, 6), at(10, 16), "Europe/Paris")
    night = (at(10, 19), at(11, 5), "Europe/Paris")
    assert burden([sunday, night], *MAY) == Burden(20, 1, 1)
    until_saturday = date(2026, 5, 1), date(2026, 5, 9)
    assert burden([sunday, night], *until_saturday) == Burden(0, 0, 0)


def test_the_middle_of_a_team_and_nobody_alone():
    team = [
        Burden(hours, nights, 1) for nights, hours in enumerate((8, 90, 80, 70, 150))
    ]
    assert team_median(team) == Burden(80, 2, 1)
    assert team_median(team[: FEWEST - 1]) is None
