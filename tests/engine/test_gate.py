"""What meets each step of a joining or leaving list, both sides of each limit."""

from dataclasses import fields, replace
from datetime import date

import pytest
from plans import person, slot

from security_workforce.engine.card_cover import Title
from security_workforce.engine.facts import Qualification, Visit
from security_workforce.engine.gate import FACTS, File, Piece, judge
from security_workforce.engine.limits import check

D = date
TODAY = D(2026, 11, 26)
HIRED = D(2026, 12, 1)
KNOWN = {
    "legal_name": "Anna Test",
    "birth_date": D(1990, 1, 1),
    "nationality": "FR",
    "identity_number": "ID-1",
}
FOREIGN = {
    "nationality": "ML",
    "needs_permit": True,
    "permit_number": "99",
    "permit_end": D(2027, 5, 1),
    "permit_checked_on": D(2026, 11, 20),
    "hired_on": HIRED,
}
CARD = Title("c", "card", "valid", frozenset({"sh"}), D(2024, 1, 1), D(2029, 1, 1))
APS = Qualification(1, "TFP APS", start=D(2020, 1, 1))
SST = Qualification(2, "SST", start=D(2024, 1, 1), end=D(2026, 11, 26))
SIGNED = {"contract_start": HIRED, "signed_on": TODAY}
BY_DAY = {"hired_on": D(2026, 8, 26), "visit_months": 3}
PARKA = Piece("Parka", D(2026, 11, 20), uniform=True)
RADIO = Piece("Radio", D(2026, 11, 21))
TOMORROW = D(2026, 11, 27)


def card(**values):
    return {"titles": (replace(CARD, **values),), "hired_on": HIRED}


# (what, fact, file, state expected, words of the reason in English)
CASES = [
    ("everything known", "identity", KNOWN, "met", "recorded"),
    ("no birth date", "identity", {**KNOWN, "birth_date": None}, "missing", "birth"),
    ("nothing", "identity", {}, "missing", "legal name, birth date, nationality"),
    ("French", "right_to_work", KNOWN, "met", "No work permit"),
    ("unknown", "right_to_work", {}, "missing", "Nationality"),
    ("permit", "right_to_work", FOREIGN, "met", "until 01/05/2027"),
    (
        "no number",
        "right_to_work",
        {**FOREIGN, "permit_number": ""},
        "missing",
        "Number",
    ),
    (
        "ends on the eve of the first day",
        "right_to_work",
        {**FOREIGN, "permit_end": D(2026, 11, 30)},
        "missing",
        "ends on 30/11/2026",
    ),
    (
        "ends on the first day",
        "right_to_work",
        {**FOREIGN, "permit_end": HIRED},
        "met",
        "until",
    ),
    (
        "prefect not asked",
        "right_to_work",
        {**FOREIGN, "permit_checked_on": None},
        "missing",
        "prefect",
    ),
    ("declared", "declared", {"declared_on": TODAY}, "met", "26/11/2026"),
    ("declared tomorrow", "declared", {"declared_on": TOMORROW}, "missing", "yet"),
    ("not declared", "declared", {}, "missing", "not declared"),
    ("verified card", "card", card(), "met", "01/01/2029"),
    ("receipt", "card", card(state="receipt"), "met", "valid until"),
    ("trainee", "card", card(kind="provisional"), "met", "valid until"),
    ("never verified", "card", card(state="draft"), "missing", "not verified"),
    ("suspended", "card", card(state="suspended"), "missing", "suspended"),
    ("withdrawn", "card", card(state="withdrawn"), "missing", "withdrawn"),
    (
        "ends before",
        "card",
        card(end=D(2026, 11, 30)),
        "missing",
        "ended on 30/11/2026",
    ),
    ("ends that day", "card", card(end=HIRED), "met", "01/12/2026"),
    ("starts after", "card", card(start=D(2026, 12, 2)), "missing", "later day"),
    ("manager's approval", "card", card(kind="manager"), "missing", "No professional"),
    ("no card", "card", {}, "missing", "No professional"),
    ("visit", "visit", {"visits": (Visit(TODAY),)}, "met", "26/11/2026"),
    ("visit to come", "visit", {"visits": (Visit(TOMORROW),)}, "missing", "yet"),
    (
        "visit to be renewed",
        "visit",
        {"visits": (Visit(D(2021, 1, 1), D(2026, 11, 25)),)},
        "missing",
        "renewed before 25/11/2026",
    ),
    (
        "unfit",
        "visit",
        {"visits": (Visit(TODAY),), "unfit_on": TODAY},
        "missing",
        "Unfit",
    ),
    ("by day, third month", "visit", BY_DAY, "later", "before 26/11/2026"),
    (
        "by day, one day late",
        "visit",
        {**BY_DAY, "hired_on": D(2026, 8, 25)},
        "missing",
        "due before 25/11/2026",
    ),
    ("by night", "visit", {**BY_DAY, "night_worker": True}, "missing", "first night"),
    ("no figure", "visit", {"hired_on": HIRED}, "missing", "yet"),
    ("qualified", "training", {"qualifications": (APS,)}, "met", "TFP APS"),
    ("last day", "training", {"qualifications": (SST,)}, "met", "SST"),
    (
        "ended",
        "training",
        {"qualifications": (replace(SST, end=D(2026, 11, 25)),)},
        "missing",
        "SST ended on 25/11/2026",
    ),
    ("not qualified", "training", {}, "missing", "No qualification"),
    ("signed", "contract", SIGNED, "met", "signed on 26/11/2026"),
    ("not signed", "contract", {"contract_start": HIRED}, "missing", "signature"),
    ("no contract", "contract", {}, "missing", "No contract"),
    (
        "contract over",
        "contract",
        {**SIGNED, "contract_end": D(2026, 11, 25)},
        "missing",
        "ended on 25/11/2026",
    ),
    ("ethics", "deontology", {"deontology_on": TODAY}, "met", "26/11/2026"),
    ("no ethics", "deontology", {}, "missing", "not given"),
    ("kit", "kit", {"kit": (PARKA, RADIO)}, "met", "Parka, Radio"),
    (
        "kit given back",
        "kit",
        {"kit": (replace(PARKA, returned_on=TODAY),)},
        "missing",
        "Nothing",
    ),
    ("radio held", "kit_back", {"kit": (PARKA, RADIO)}, "missing", "back: Radio"),
    ("parka held", "kit_back", {"kit": (PARKA,)}, "met", "Nothing left"),
    ("uniform held", "uniform_back", {"kit": (PARKA, RADIO)}, "missing", "Parka"),
    ("uniform back", "uniform_back", {"kit": (RADIO,)}, "met", "Nothing left"),
    ("login", "access_closed", {"login": "anna"}, "missing", "anna"),
    ("no login", "access_closed", {}, "met", "No open login"),
    ("shifts", "shifts_gone", {"shifts_left": 3}, "missing", "3"),
    ("no shift", "shifts_gone", {}, "met", "No shift"),
]


@pytest.mark.parametrize(
    ("fact", "file", "state", "words"),
    [case[1:] for case in CASES],
    ids=[f"{case[1]}: {case[0]}" for case in CASES],
)
def test_step(fact, file, state, words):
    answer = judge(fact, File(**file), TODAY)
    assert answer.state == state
    assert words in answer.words["en"]
    assert answer.words["fr"]
    assert answer.words["fr"] != answer.words["en"]


def test_every_kind_of_fact_is_tried_on_both_sides():
    for fact in FACTS:
        assert {case[3] for case in CASES if case[1] == fact} >= {"met", "missing"}
    used = {name for case in CASES for name in case[2]}
    assert used == {field.name for field in fields(File)}


def test_one_of_the_qualifications_asked():
    file = File(qualifications=(APS, SST))
    assert judge("training", file, TODAY, {2}).state == "met"
    assert judge("training", file, TODAY, {3}).state == "missing"


SHIFT = [slot("2026-03-02 08:00", "16:00")]


def test_a_joining_step_missing_blocks_every_shift():
    who = person(joining_missing=(("Medical visit 100%", "Visite médicale 100 %"),))
    [finding] = [f for f in check(who, SHIFT) if f.rule == "ENT-01"]
    assert finding.severity == "block"
    assert "Medical visit 100%." in finding.text("en")
    assert "Visite médicale 100 %." in finding.text("fr")
    assert "Amine" in finding.remedies[0].text("fr")


def test_nothing_missing_nothing_said():
    assert not [f for f in check(person(), SHIFT) if f.rule == "ENT-01"]


def test_what_was_worked_is_a_fact():
    who = person(joining_missing=(("DPAE", "DPAE"),))
    done = [slot("2026-03-02 08:00", "16:00", worked=True)]
    [finding] = [f for f in check(who, done) if f.rule == "ENT-01"]
    assert finding.severity == "warn"
