"""Guards record while everything breaks: nothing is lost, nothing comes twice.

The real page, in Chromium, with two tabs on each of two phones; a network that cuts,
drops answers and shows the pages of a proxy; and SIGKILL for the browser, for Odoo and
for a PostgreSQL of the run's own. A short run belongs to the scenario tests; the long
one is a command:

    SECURITY_CHAOS_EVENTS=2000 SECURITY_CHAOS_FAULTS=150 SECURITY_CHAOS_SEED=1 \\
        script/test tests/scenario/test_chaos.py
"""

import os
import time

import pytest
from lab import Lab

from .chaos import plan
from .chaos.check import lost_answers, rows
from .chaos.cluster import DURABLE, FORGETFUL
from .chaos.run import LOGINS, Run, office

EVENTS = int(os.environ.get("SECURITY_CHAOS_EVENTS", 60))
FAULTS = int(os.environ.get("SECURITY_CHAOS_FAULTS", 14))
SEED = int(os.environ.get("SECURITY_CHAOS_SEED", 1))
DATABASE = "scenario_chaos"
BURST = 6
# Something may write the log of the control by chance: no chance is had so often.
ATTEMPTS = 4
# Two guards, each with a shift that begins soon.
FIRM = f"""
from datetime import datetime, timedelta
from odoo.addons.security_missions.tests.common import SecurityMissionsMixin
from odoo.addons.base.tests.common import DISABLED_MAIL_CONTEXT

class Firm(SecurityMissionsMixin):
    pass

Firm.env = env(context={{**env.context, **DISABLED_MAIL_CONTEXT}})
Firm.setup_firm()
now = datetime.now().replace(second=0, microsecond=0)
own = []
for login in {LOGINS}:
    guard = Firm.make_guard(login, user=Firm.make_user(login, "base.group_portal"))
    shift = Firm.env["security.shift"].create({{
        "post_id": Firm.make_post("Post of " + login).id,
        "employee_id": guard.id,
        "date_start": now + timedelta(minutes=30),
        "date_stop": now + timedelta(hours=10),
    }})
    shift.action_publish()
    version = Firm.env["security.publication"].search([("employee_id", "=", guard.id)])
    own.append({{"shift": shift.id, "publication": version.id}})
Firm.env.flush_all()
Firm.env.cr.commit()
answer(own)
"""


@pytest.fixture(scope="module")
def firm():
    lab = Lab()
    try:
        lab.copy("suite", DATABASE)
        yield lab.code(DATABASE, FIRM)
    finally:
        lab.drop(DATABASE)


@pytest.fixture(scope="module")
def machines(firm):
    with office(DATABASE) as machines:
        yield machines


@pytest.fixture
def run(machines, firm):
    with Run(*machines, firm) as run:
        yield run


def test_nothing_is_lost_and_nothing_comes_twice(run, capsys):
    begun = time.monotonic()
    for turn in plan.make(SEED, EVENTS, FAULTS):
        run.play(turn)
    found = run.judge()
    spent = time.monotonic() - begun
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(run.struck.items()))
    with capsys.disabled():
        print(
            f"\nchaos, seed {SEED}: {len(run.ledger.asked)} events,"
            f" {sum(run.struck.values())} faults ({kinds}) in {spent:.0f} s;"
            f" {len(run.ledger.kept)} promised by the page,"
            f" {len(run.proxy.answered)} answered by the office,"
            f" {len(found['lost']) + len(found['unanswered'])} lost,"
            f" {len(found['twice'])} twice"
        )
    assert set(run.struck) == set(plan.MOMENTS)
    assert len(run.ledger.asked) == EVENTS
    assert not {fault: what for fault, what in found.items() if what}


def test_an_office_that_answers_too_early_is_seen_to_lose(run, machines, capsys):
    """The control: without ``synchronous_commit`` the same check finds a loss."""
    cluster, _server = machines
    cluster.stop()
    cluster.start(FORGETFUL)
    lost = []
    try:
        for attempt in range(ATTEMPTS):
            cluster.hold_back_the_log()
            first = attempt * BURST
            events = tuple(
                plan.Event(number, "log_entry", 0, 0)
                for number in range(first, first + BURST)
            )
            run.play(plan.Round("postgres", "answered", 0, 0, events))
            outbox = run.phones[0].settle()
            shown = {row["uuid"] for row in outbox if row["state"] == "accepted"}
            lost = lost_answers(cluster, dict(run.proxy.answered))
            if lost:
                break
    finally:
        cluster.stop()
        cluster.start(DURABLE)
    with capsys.disabled():
        print(
            f"\ncontrol, synchronous_commit=off: {len(run.proxy.answered)} answered by"
            f" the office, {len(lost)} of them lost"
        )
    assert lost
    assert lost == run.lost
    # The phone believes what it was told; the office sees that something is missing.
    assert set(lost) <= shown
    told = [
        row["message"] for row in rows(cluster) if row["token"] == run.phones[0].device
    ]
    assert any("missing" in (message or "") for message in told)
