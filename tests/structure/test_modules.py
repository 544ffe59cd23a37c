"""Each module installs alone on its left-hand side, upgrades, and leaves no trace.

The databases ``with_X`` and ``demo_with_X`` were made by installing X on a database
that has what X needs of others: that they exist is the install test.
"""

import subprocess
import sys

import pytest
from conftest import MODULES, ROOT
from snapshots import changes, snapshot, with_views
from test_logs import complaints

# What a firm at work makes in the database, and keeps: its chart of accounts, journals.
BY_THE_FIRM = ("names", "number series", "sequences", "parameters")

UNINSTALL = """
names = {names!r}
for name in names:
    module = env["ir.module.module"].search([("name", "=", name)])
    if module.state == "installed":
        module.button_immediate_uninstall()
        env.cr.commit()
answer(env["ir.module.module"].search([
    ("name", "=like", "security_%"), ("state", "!=", "uninstalled"),
]).mapped("name"))
"""


SOLD = """
    SELECT d.module || '.' || d.name, d.model FROM ir_model_data d
    JOIN product_product p ON (d.model, d.res_id) IN (
        ('product.product', p.id), ('product.template', p.product_tmpl_id)
    )
    WHERE EXISTS (SELECT FROM sale_order_line l WHERE l.product_id = p.id)
"""


def facts(command, module):
    """A fact that script/lib/modules.py reads from the manifests."""
    helper = ROOT / "script/lib/modules.py"
    return subprocess.check_output(
        [sys.executable, helper, command, module], text=True
    ).strip()


def traces(lab, database, module):
    """Models of the records that still bear the module's name.

    A product that was sold is part of orders and invoices: Odoo keeps it, as it must.
    """
    rows = lab.query(
        database,
        "SELECT module || '.' || name, model FROM ir_model_data"
        f" WHERE module = '{module}'",
    )
    sold = lab.query(database, SOLD) if rows else []
    return [row for row in rows if row not in sold]


@pytest.fixture(params=["", "demo_"], ids=["plain", "demo"])
def demo(request):
    return request.param


@pytest.mark.parametrize("module", MODULES)
def test_installs_alone_upgrades_and_leaves_nothing(lab, module, demo):
    core = f"{demo}core_{facts('core', module)}"
    template = f"{demo}with_{module}"
    own = facts("with", module).split()
    installed = {
        row[0]
        for row in lab.query(
            template,
            "SELECT name FROM ir_module_module WHERE state = 'installed'"
            " AND name LIKE 'security\\_%'",
        )
    }
    assert installed == set(own)

    database = lab.copy(template, f"structure_{demo}{module}")
    before = with_views(lab, database)
    log = lab.cluster / "log" / f"{database}.log"
    log.unlink(missing_ok=True)
    lab.odoo(
        *("-d", database, "-u", module, "--stop-after-init", "--no-http"),
        f"--logfile={log}",
    )
    assert complaints(log.read_text()) == []
    assert changes(before, with_views(lab, database)) == {}

    left = lab.code(database, UNINSTALL.format(names=[module]))
    assert module not in left
    assert traces(lab, database, module) == []
    # With the rest of ours gone too, the database is what it was before us.
    assert lab.code(database, UNINSTALL.format(names=own[::-1])) == []
    found = changes(snapshot(lab, core), snapshot(lab, database))
    for kind in BY_THE_FIRM if demo else ():
        found.pop(kind, None)
    assert found == {}
    lab.drop(database)
