"""Titles, qualifications, health and right to work, both sides of each limit."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from plans import CARD, SH, found, slot

from security_workforce.engine.facts import (
    Absence,
    Dog,
    Option,
    Qualification,
    Requirement,
    Visit,
)

DAY = "2026-03-02"
SHIFT = [slot(f"{DAY} 08:00", "16:00")]
NIGHT = [slot(f"{DAY} 20:00", "06:00")]
MIDNIGHT = [slot(f"{DAY} 16:00", "00:00")]


def card(**values):
    return {"titles": (replace(CARD, **values),)}


def asked(code="SST", rank=0, **values):
    """A shift whose post asks for one skill."""
    option = Option(code, code, rank, code)
    requirement = Requirement("r", (option,), scope="Site A", source="Law", **values)
    return [slot(f"{DAY} 20:00", "06:00", requirements=(requirement,))]


def holds(code="SST", start="2025-01-01", end=None, rank=0):
    held = Qualification(
        code,
        code,
        rank,
        date.fromisoformat(start),
        end and date.fromisoformat(end),
        code,
    )
    return {"qualifications": (held,)}


def visited(*days, **values):
    return {"visits": tuple(Visit(date.fromisoformat(day)) for day in days), **values}


HIRED = {"hired_on": date(2025, 11, 30)}
LATE = {"hired_on": date(2025, 12, 2)}
FOREIGN = {"needs_permit": True}
EVENT = [slot(f"{DAY} 08:00", "16:00", event=True)]
PATROL = [slot(f"{DAY} 08:00", "16:00", event=True, tasks=frozenset({"patrol"}))]
DOG = [slot(f"{DAY} 20:00", "06:00", tasks=frozenset({"dog"}))]
MOBILE = [slot(f"{DAY} 08:00", "16:00", tasks=frozenset({"mobile"}))]
LEAVE = Absence(datetime(2026, 3, 2, 15, 0), datetime(2026, 3, 9), "Paid leave")

# (what, rule, slots, severities expected, person)
CASES = [
    ("card to the last day", "PRO-01", SHIFT, [], card(end=date(2026, 3, 2))),
    ("card to the eve", "PRO-01", SHIFT, ["block"], card(end=date(2026, 3, 1))),
    ("ends during the night", "PRO-01", NIGHT, ["block"], card(end=date(2026, 3, 2))),
    ("ends at midnight", "PRO-01", MIDNIGHT, [], card(end=date(2026, 3, 2))),
    ("starts that day", "PRO-01", SHIFT, [], card(start=date(2026, 3, 2))),
    ("starts the next day", "PRO-01", SHIFT, ["block"], card(start=date(2026, 3, 3))),
    ("no card", "PRO-01", SHIFT, ["block"], {"titles": ()}),
    ("other activity", "PRO-01", SHIFT, ["block"], card(activities=frozenset({"x"}))),
    ("suspended", "PRO-01", SHIFT, ["block"], card(state="suspended")),
    ("never verified", "PRO-01", SHIFT, ["block"], card(state="draft")),
    ("pre-authorisation", "PRO-01", SHIFT, ["block"], card(kind="pre_authorisation")),
    ("90 days left", "PRO-02", SHIFT, [], card(end=date(2026, 5, 31))),
    ("89 days left", "PRO-02", SHIFT, ["warn"], card(end=date(2026, 5, 30))),
    ("events card on an event", "PRO-03", EVENT, [], card(code="SGE")),
    ("events card on patrol", "PRO-03", PATROL, ["block"], card(code="SGE")),
    ("events card elsewhere", "PRO-03", SHIFT, ["block"], card(code="SGE")),
    ("full card on patrol", "PRO-03", PATROL, [], {}),
    (
        "receipt over",
        "PRO-04",
        SHIFT,
        ["block"],
        card(state="receipt", end=date(2026, 3, 1)),
    ),
    (
        "receipt running",
        "PRO-04",
        SHIFT,
        [],
        card(state="receipt", end=date(2026, 3, 2)),
    ),
    (
        "receipt over is said once",
        "PRO-01",
        SHIFT,
        [],
        card(state="receipt", end=date(2026, 3, 1)),
    ),
    ("trainee with a colleague", "PRO-05", SHIFT, [], card(kind="provisional")),
    (
        "trainee alone",
        "PRO-05",
        [slot(f"{DAY} 08:00", "16:00", trained_colleague=False)],
        ["override"],
        card(kind="provisional"),
    ),
    ("attached", "PRO-07", SHIFT, [], {"attached": True}),
    ("not attached", "PRO-07", SHIFT, ["warn"], {"attached": False}),
    ("attachment unknown", "PRO-07", SHIFT, [], {}),
    ("dog in order", "PRO-11", DOG, [], {"dogs": (Dog("1", True, date(2026, 3, 3)),)}),
    (
        "documents end in the night",
        "PRO-11",
        DOG,
        ["override"],
        {"dogs": (Dog("1", True, date(2026, 3, 2)),)},
    ),
    (
        "dog not on the card",
        "PRO-11",
        DOG,
        ["override"],
        {"dogs": (Dog("1", False, date(2027, 1, 1)),)},
    ),
    ("no dog", "PRO-11", DOG, ["override"], {}),
    ("no dog needed", "PRO-11", SHIFT, [], {}),
    # Requirements
    ("nothing held", "QUA-01", asked(), ["block"], {}),
    ("held", "QUA-01", asked(), [], holds()),
    ("held at a lower level", "QUA-01", asked(rank=50), ["block"], holds(rank=49)),
    ("held at the level", "QUA-01", asked(rank=50), [], holds(rank=50)),
    ("override", "QUA-01", asked(enforcement="override"), ["override"], {}),
    ("warn", "QUA-01", asked(enforcement="warn"), ["warn"], {}),
    ("starts later", "QUA-01", asked("X"), ["block"], holds("X", "2026-03-03")),
    (
        "ends in the night",
        "QUA-01",
        asked("X"),
        ["block"],
        holds("X", end="2026-03-02"),
    ),
    ("ends after the night", "QUA-01", asked("X"), [], holds("X", end="2026-03-03")),
    ("not in force yet", "QUA-01", asked(start=date(2026, 3, 4)), [], {}),
    (
        "in force on the second day",
        "QUA-01",
        asked(start=date(2026, 3, 3)),
        ["block"],
        {},
    ),
    ("no more in force", "QUA-01", asked(end=date(2026, 3, 1)), [], {}),
    ("of the team", "QUA-01", asked(team=1), [], {}),
    (
        "SSIAP of 36 months",
        "QUA-02",
        asked("SSIAP1"),
        [],
        holds("SSIAP1", "2023-03-04"),
    ),
    (
        "SSIAP a day older",
        "QUA-02",
        asked("SSIAP1"),
        ["block"],
        holds("SSIAP1", "2023-03-03"),
    ),
    ("SST of 24 months", "QUA-03", asked(), [], holds(start="2024-03-04")),
    ("SST a day older", "QUA-03", asked(), ["block"], holds(start="2024-03-03")),
    (
        "SST with an end of its own",
        "QUA-03",
        asked(),
        ["block"],
        holds(end="2026-03-02"),
    ),
    (
        "H0B0 of 36 months",
        "QUA-04",
        asked("H0B0", enforcement="warn"),
        [],
        holds("H0B0", "2023-03-04"),
    ),
    (
        "H0B0 a day older",
        "QUA-04",
        asked("H0B0", enforcement="warn"),
        ["warn"],
        holds("H0B0", "2023-03-03"),
    ),
    ("out of date is said once", "QUA-01", asked(), [], holds(start="2024-03-03")),
    ("refresher of a year", "QUA-05", MOBILE, [], holds("MOBILE", "2025-03-02")),
    (
        "refresher a day older",
        "QUA-05",
        MOBILE,
        ["warn"],
        holds("MOBILE", "2025-03-01"),
    ),
    (
        "coefficient",
        "QUA-06",
        [slot(f"{DAY} 08:00", "16:00", min_coefficient=140)],
        [],
        {"coefficient": 140},
    ),
    (
        "coefficient too low",
        "QUA-06",
        [slot(f"{DAY} 08:00", "16:00", min_coefficient=140)],
        ["warn"],
        {"coefficient": 130},
    ),
    # Health
    ("within three months", "MED-01", SHIFT, [], LATE),
    ("after three months", "MED-01", SHIFT, ["warn"], HIRED),
    ("visited", "MED-01", SHIFT, [], visited(DAY, **HIRED)),
    ("visited the next day", "MED-01", SHIFT, ["warn"], visited("2026-03-03", **HIRED)),
    (
        "night worker not seen",
        "MED-01",
        SHIFT,
        ["override"],
        {**LATE, "night_worker": True},
    ),
    ("hiring unknown", "MED-01", SHIFT, [], {}),
    ("visit of five years", "MED-02", SHIFT, [], visited("2021-03-02")),
    ("a day older", "MED-02", SHIFT, ["warn"], visited("2021-03-01")),
    (
        "night worker, three years",
        "MED-02",
        SHIFT,
        [],
        visited("2023-03-02", night_worker=True),
    ),
    (
        "night worker, a day older",
        "MED-02",
        SHIFT,
        ["warn"],
        visited("2023-03-01", night_worker=True),
    ),
    (
        "sooner, by the doctor",
        "MED-02",
        SHIFT,
        ["warn"],
        {"visits": (Visit(date(2025, 6, 1), date(2026, 3, 1)),)},
    ),
    # Right to work
    (
        "permit to the last day",
        "TRA-01",
        NIGHT,
        [],
        {**FOREIGN, "permit_end": date(2026, 3, 3)},
    ),
    (
        "permit ends in the night",
        "TRA-01",
        NIGHT,
        ["block"],
        {**FOREIGN, "permit_end": date(2026, 3, 2)},
    ),
    ("European", "TRA-01", NIGHT, [], {"permit_end": date(2020, 1, 1)}),
    # 2 December 2025 is a Tuesday: two working days before is the Friday.
    (
        "asked in time",
        "TRA-02",
        SHIFT,
        [],
        {**FOREIGN, **LATE, "permit_checked_on": date(2025, 11, 28)},
    ),
    (
        "asked too late",
        "TRA-02",
        SHIFT,
        ["override"],
        {**FOREIGN, **LATE, "permit_checked_on": date(2025, 12, 1)},
    ),
    ("never asked", "TRA-02", SHIFT, ["override"], {**FOREIGN, **LATE}),
    ("declared", "TRA-03", SHIFT, [], {**LATE, "declared_on": date(2025, 12, 1)}),
    ("not declared", "TRA-03", SHIFT, ["override"], LATE),
    (
        "declared afterwards",
        "TRA-03",
        SHIFT,
        ["override"],
        {**LATE, "declared_on": date(2026, 3, 3)},
    ),
    # Absence: leave starts at 16:00 in Paris
    ("ends as the leave starts", "ABS-01", SHIFT, [], {"absences": (LEAVE,)}),
    ("a night in the leave", "ABS-01", NIGHT, ["block"], {"absences": (LEAVE,)}),
]


@pytest.mark.parametrize(
    ("rule", "slots", "expected", "who"),
    [case[1:] for case in CASES],
    ids=[f"{case[1]} {case[0]}" for case in CASES],
)
def test_both_sides_of_each_limit(rule, slots, expected, who):
    findings = found(slots, rule, **who)
    assert [f.severity for f in findings] == expected, [f.text() for f in findings]
    for finding in findings:
        for lang in ("en", "fr"):
            assert finding.text(lang) and "%(" not in finding.text(lang)
            assert "None" not in finding.text(lang)
        assert finding.source
        assert finding.as_json("fr")["words"]["en"]["text"] == finding.text("en")


def test_one_of_several_is_enough():
    options = (Option("a", "SSIAP 1", 0, "SSIAP1"), Option("b", "SSIAP 2", 0, "SSIAP2"))
    slots = [slot(f"{DAY} 08:00", "16:00", requirements=(Requirement("r", options),))]
    two = Qualification("b", "SSIAP 2", 0, date(2025, 1, 1), None, "SSIAP2")
    assert not found(slots, "QUA-01", qualifications=(two,))
    [finding] = found(slots, "QUA-01")
    assert "SSIAP 1 / SSIAP 2" in finding.text()


def test_a_renewed_qualification_counts_though_the_old_one_ran_out():
    old = Qualification("SST", "SST", 0, date(2020, 1, 1), date(2022, 1, 1), "SST")
    new = Qualification("SST", "SST", 0, date(2025, 1, 1), None, "SST")
    assert not found(asked(), "QUA-03", qualifications=(old, new))


def test_two_cards_that_follow_each_other_cover_together():
    titles = (
        replace(CARD, key="old", end=date(2026, 3, 2)),
        replace(CARD, key="new", start=date(2026, 3, 3)),
    )
    assert not found(NIGHT, "PRO-01", titles=titles)


def test_nothing_is_asked_of_a_slot_without_activity():
    assert not found(
        [slot(f"{DAY} 08:00", "16:00", activity=None)], "PRO-01", titles=()
    )
    assert SH == SHIFT[0].activity
