from datetime import datetime, timedelta

import pytest

from security_incidents.engine.alert import (
    Alert,
    Delays,
    due_at,
    level,
    next_change,
    refusal_of_shelving,
    sort_key,
    state,
)

NOW = datetime(2026, 11, 27, 3, 0)
DELAYS = Delays()


def at(seconds):
    return NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, 0), (29, 0), (30, 1), (59, 1), (60, 2), (119, 2), (120, 3), (9000, 3)],
)
def test_more_people_are_told_as_nobody_answers(seconds, expected):
    assert level(Alert("sos", NOW), at(seconds), DELAYS) == expected


def test_the_level_jumps_only_at_the_announced_instants():
    alert = Alert("sos", NOW)
    moment, marks = NOW, []
    while moment := next_change(alert, moment, DELAYS):
        marks.append((moment - NOW).total_seconds())
        assert level(alert, moment, DELAYS) == len(marks)
        assert level(alert, moment - timedelta(seconds=1), DELAYS) == len(marks) - 1
        assert due_at(alert, len(marks), DELAYS) == moment
    assert marks == [30, 60, 120]


def test_whoever_takes_it_stops_the_escalation():
    taken = Alert("sos", NOW, acknowledged=at(40))
    assert level(taken, at(500), DELAYS) == 0
    assert next_change(taken, at(40), DELAYS) is None
    assert state(taken, at(500)) == "acknowledged"


def test_a_silence_that_ends_is_quiet_but_a_call_for_help_is_not():
    back = Alert("lost_contact", NOW, normal=at(20))
    assert level(back, at(90), DELAYS) == 0
    withdrawn = Alert("sos", NOW, normal=at(20))
    assert level(withdrawn, at(90), DELAYS) == 2, "The guard may have been forced"
    assert state(back, at(90)) == "raised", "A person closes it all the same"


def test_a_shelved_alarm_comes_back_and_counts_anew():
    alert = Alert("lost_contact", NOW, shelved_from=at(20), shelved_until=at(20 + 600))
    assert state(alert, at(619)) == "shelved"
    assert level(alert, at(619), DELAYS) == 0
    assert next_change(alert, at(100), DELAYS) == at(620)
    assert state(alert, at(620)) == "raised"
    assert next_change(alert, at(620), DELAYS) == at(650)
    assert level(alert, at(650), DELAYS) == 1


def test_shelving_takes_back_no_step():
    alert = Alert("lost_contact", NOW, shelved_from=at(70), shelved_until=at(600))
    assert level(alert, at(300), DELAYS) == 2


@pytest.mark.parametrize(
    ("alert", "seconds", "why"),
    [
        (Alert("sos", NOW), 600, "never"),
        (Alert("other", NOW, closed=NOW), 600, "closed"),
        (Alert("other", NOW), 0, "past"),
        (Alert("other", NOW), 4 * 3600, "too_long"),
        (Alert("other", NOW), 3600, ""),
    ],
)
def test_what_may_be_put_aside(alert, seconds, why):
    found = refusal_of_shelving(alert, NOW, at(seconds), timedelta(hours=2))
    assert found == why


def test_a_life_comes_first_then_age():
    alerts = {
        "late round": Alert("round_late", at(-500)),
        "sos": Alert("sos", at(-5)),
        "older sos": Alert("sos", at(-50)),
        "taken sos": Alert("sos", at(-90), acknowledged=NOW),
        "silence": Alert("check_missed", at(-100)),
        "over": Alert("check_missed", at(-900), normal=at(-800)),
    }
    order = sorted(alerts, key=lambda name: sort_key(alerts[name], NOW))
    assert order == ["older sos", "sos", "silence", "late round", "over", "taken sos"]
