"""Odoo's own linters (its module test_lint), as far as they apply to other modules."""

import pytest
from lab import free_port
from test_logs import OURS, records

LINTERS = (
    "TestLintOverrideSignatures",
    "TestIndex",
    "TestNaming",
    "TestOnchangeDomains",
    "RoutesLinter",
    "TestI18n",
    "PotLinter",
)


@pytest.fixture(scope="module")
def log(lab):
    database = lab.copy("suite", "structure_lint")
    tags = ",".join(f"/test_lint:{name}" for name in LINTERS)
    path = lab.cluster / "log/test_lint.log"
    path.unlink(missing_ok=True)
    # Modules of others fail too, and with them the command: what matters is whom the
    # log names.
    lab.odoo(
        *("-d", database, "-i", "test_lint", "--stop-after-init", "--test-tags", tags),
        *(f"--http-port={free_port()}", f"--logfile={path}"),
        may_fail=True,
    )
    return path.read_text()


@pytest.mark.parametrize("linter", LINTERS)
def test_linter_ran(log, linter):
    assert f"Starting {linter}." in log


def test_odoos_linters_find_nothing_of_ours(log):
    found = [
        record
        for record in records(log)
        if (" ERROR " in record or " WARNING " in record) and OURS.search(record)
    ]
    assert found == []
