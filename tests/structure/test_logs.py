"""Installing us leaves no warning behind."""

import re

import pytest
from conftest import MODULES

START = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} ", re.M)
BAD = re.compile(r" (WARNING|ERROR|CRITICAL) |DeprecationWarning")
# In a message: our modules' files and names, our models, our tables.
OURS = re.compile(r"\bsecurity[_.][a-z]")


def records(log):
    """The log's records, each with the lines that continue it."""
    starts = [match.start() for match in START.finditer(log)]
    return [
        log[begin:end]
        for begin, end in zip(starts, [*starts[1:], len(log)], strict=True)
    ]


def complaints(log):
    """Records of warnings and errors that name something of ours."""
    found = []
    for record in records(log):
        # After "date time process level": the database's name is not the message.
        head, _colon, message = record.partition(": ")
        if BAD.search(record) and (
            OURS.search(message) or "security_" in head.split()[-1]
        ):
            found.append(record)
    return found


@pytest.mark.parametrize(
    "database",
    [*(f"with_{m}" for m in MODULES), *(f"demo_with_{m}" for m in MODULES), "suite"],
)
def test_a_fresh_install_complains_of_nothing_of_ours(lab, database):
    log = (lab.cluster / "log" / f"{database}.log").read_text()
    assert "Modules loaded." in log
    assert complaints(log) == []


def test_a_complaint_is_noticed():
    head = "2026-01-01 10:00:00,000 1 WARNING suite"
    assert complaints(
        f"{head} py.warnings: /x/security_missions/a.py:1: Old\n  use new\n"
    )
    assert complaints(f"{head} odoo.models: security.shift has no rule\n")
    assert complaints(f"{head} odoo.addons.security_access.models: odd\n")
    assert not complaints(f"{head} odoo.addons.hr: model hr.employee is odd\n")
    assert not complaints(f"{head.replace('WARNING', 'INFO')} odoo: security.shift\n")
