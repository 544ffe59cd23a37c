"""What is asked of a team: at least so many of those present, at every moment."""

from datetime import date

import pytest
from plans import person, slot

from security_workforce.engine.facts import Option, Qualification, Requirement
from security_workforce.engine.limits import by_slot, check, check_team

DAY = "2026-03-02"
FIRE = Option("s", "SSIAP 1", 0, "SSIAP1")
FIRE2 = Option("t", "SSIAP 2", 0, "SSIAP2")
HELD = Qualification("s", "SSIAP 1", 0, date(2025, 1, 1), None, "SSIAP1")
HELD2 = Qualification("t", "SSIAP 2", 0, date(2025, 1, 1), None, "SSIAP2")


def asked(team=1, **values):
    values = {"options": (FIRE,), "scope": "Tower A", "source": "Law", **values}
    return Requirement("r", team=team, **values)


def guard(key, *held):
    return person(key=key, name=f"G{key}", qualifications=held)


def at(start, stop, **values):
    return slot(f"{DAY} {start}", stop, name="Entrance", **values)


ALL_DAY = ("08:00", "16:00")
# (what, requirement, [(guard, start, stop)], [(start, stop, present)] of shortages)
CASES = [
    ("nobody there", asked(), [], []),
    ("one has it", asked(), [((1, HELD), *ALL_DAY), ((2,), *ALL_DAY)], []),
    ("none has it", asked(), [((1,), *ALL_DAY)], [("08:00", "16:00", 0)]),
    (
        "one of two",
        asked(2),
        [((1, HELD), *ALL_DAY), ((2,), *ALL_DAY)],
        [("08:00", "16:00", 1)],
    ),
    ("two of two", asked(2), [((1, HELD), *ALL_DAY), ((2, HELD), *ALL_DAY)], []),
    ("fewer guards than asked", asked(2), [((1, HELD), *ALL_DAY)], [(*ALL_DAY, 1)]),
    (
        "leaves an hour before the others",
        asked(),
        [((1, HELD), "08:00", "15:00"), ((2,), *ALL_DAY)],
        [("15:00", "16:00", 0)],
    ),
    (
        "comes a minute late",
        asked(),
        [((1, HELD), "08:01", "16:00"), ((2,), *ALL_DAY)],
        [("08:00", "08:01", 0)],
    ),
    (
        "relieved by another who has it",
        asked(),
        [
            ((1, HELD), "08:00", "12:00"),
            ((3, HELD), "12:00", "16:00"),
            ((2,), *ALL_DAY),
        ],
        [],
    ),
    (
        "nobody at noon: nobody to ask",
        asked(),
        [((1, HELD), "08:00", "12:00"), ((3, HELD), "13:00", "16:00")],
        [],
    ),
    (
        "two holes",
        asked(),
        [((1, HELD), "10:00", "14:00"), ((2,), *ALL_DAY)],
        [("08:00", "10:00", 0), ("14:00", "16:00", 0)],
    ),
    (
        "worst moment of one hole",
        asked(2),
        [((1, HELD), "08:00", "12:00"), ((2,), *ALL_DAY)],
        [("08:00", "16:00", 0)],
    ),
    (
        "the same guard twice",
        asked(2),
        [((1, HELD), *ALL_DAY), ((1, HELD), "08:00", "16:00")],
        [("08:00", "16:00", 1)],
    ),
    (
        "either qualification",
        asked(2, options=(FIRE, FIRE2)),
        [((1, HELD), *ALL_DAY), ((2, HELD2), *ALL_DAY)],
        [],
    ),
    ("not yet in force", asked(start=date(2026, 3, 3)), [((1,), *ALL_DAY)], []),
    ("no more in force", asked(end=date(2026, 3, 1)), [((1,), *ALL_DAY)], []),
    ("each guard, not the team", asked(0), [((1,), *ALL_DAY)], []),
    (
        "over midnight",
        asked(),
        [((1, HELD), "22:00", "02:00"), ((2,), "22:00", "06:00")],
        [("02:00", "06:00", 0)],
    ),
]


def members(rows):
    return [(guard(*who), at(start, stop)) for who, start, stop in rows]


@pytest.mark.parametrize(
    "requirement, rows, shortages",
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_every_moment_counts(requirement, rows, shortages):
    team = members(rows)
    findings = check_team(team, requirement)
    told = [
        (f"{f.facts['start']:%H:%M}", f"{f.facts['stop']:%H:%M}", f.value)
        for f in findings
    ]
    assert told == shortages
    assert check_team(team[::-1], requirement) == findings
    for finding in findings:
        assert (finding.rule, finding.severity) == ("QUA-01", "block")
        for lang in ("en", "fr"):
            assert "SSIAP 1" in finding.text(lang) and "%" not in finding.text(lang)


def test_it_is_shown_on_those_present_then():
    team = members([((1, HELD), "08:00", "12:00"), ((2,), *ALL_DAY)])
    [finding] = check_team(team, asked(1, enforcement="override"))
    assert finding.keys == (team[1][1].key,)
    assert finding.severity == "override"
    assert by_slot([finding]) == {team[1][1].key: [finding]}


def test_what_was_worked_is_told_not_refused():
    done = [(guard(1), at(*ALL_DAY, worked=True))]
    [finding] = check_team(done, asked())
    assert finding.severity == "warn"


def test_only_a_team_asked_about_is_answered():
    assert not check_team([(guard(1), at(*ALL_DAY, asked=False))], asked())


def test_a_requirement_of_the_team_is_not_one_of_each_guard():
    shift = at(*ALL_DAY, requirements=(asked(),))
    assert "QUA-01" not in {f.rule for f in check(guard(1), [shift])}


def test_a_shift_that_nobody_holds_may_still_bring_it():
    """While shifts are free the planner is warned, not stopped."""
    requirement = asked(1, enforcement="block")
    free = (None, at(*ALL_DAY))
    held = (guard(1), at(*ALL_DAY))
    [finding] = check_team([held, free], requirement)
    assert (finding.severity, finding.keys) == ("warn", (held[1].key,))
    [finding] = check_team([held], requirement)
    assert finding.severity == "block"
    # One free shift does not bring two.
    [finding] = check_team([held, free], asked(2, enforcement="block"))
    assert finding.severity == "block"
    assert not check_team([(guard(1, HELD), at(*ALL_DAY)), free], requirement)


def test_a_free_shift_of_the_morning_does_not_help_in_the_afternoon():
    held = (guard(1), at(*ALL_DAY))
    free = (None, at("08:00", "12:00"))
    morning, afternoon = check_team([held, free], asked(1, enforcement="block"))
    assert (morning.severity, afternoon.severity) == ("warn", "block")
