"""What the structure tests share: our files, and databases to try things on."""

import ast
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = tuple(path.parent.name for path in sorted(ROOT.glob("*/__manifest__.py")))


def manifest(module):
    """The manifest of one of our modules."""
    return ast.literal_eval((ROOT / module / "__manifest__.py").read_text())


def free_port():
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Lab:
    """Copies of the template databases that script/test has made."""

    def __init__(self):
        self.cluster = Path(os.environ["SUITE_CLUSTER"])
        self.made = set()

    def query(self, database, query):
        """Rows of a query, as a list of tuples."""
        connection = psycopg2.connect(
            host=os.environ["PGHOST"], user=os.environ["PGUSER"], dbname=database
        )
        connection.autocommit = True  # CREATE DATABASE knows no transaction
        try:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def copy(self, template, name):
        """A fresh copy of a template, with its files."""
        self.drop(name)
        self.query("postgres", f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        self.made.add(name)
        files = self.cluster / "data_dir/filestore"
        if (files / template).is_dir():
            shutil.copytree(files / template, files / name, copy_function=os.link)
        return name

    def drop(self, name):
        """Remove a database and its files."""
        self.query("postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(self.cluster / "data_dir/filestore" / name, ignore_errors=True)
        self.made.discard(name)

    def odoo(self, *arguments, code=None, may_fail=False):
        """Run Odoo's command line to its end; return what it printed and logged."""
        process = subprocess.run(
            [sys.executable, "-m", "odoo", *arguments],
            cwd=self.cluster,
            input=code or "",
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        if not may_fail:
            assert process.returncode == 0, (
                process.stdout[-4000:] + process.stderr[-4000:]
            )
        return process.stdout, process.stderr

    def code(self, database, code):
        """Run Python code with ``env``; return what it gives to ``answer``."""
        before = "import json\ndef answer(x): print('ANSWER', json.dumps(x))\n"
        out, _log = self.odoo(
            "shell", "-d", database, "--no-http", "--log-level=warn", code=before + code
        )
        lines = [line[7:] for line in out.splitlines() if line.startswith("ANSWER ")]
        return json.loads(lines[-1]) if lines else None


@pytest.fixture(scope="session")
def lab():
    lab = Lab()
    yield lab
    for name in list(lab.made):
        lab.drop(name)


@pytest.fixture(scope="session")
def suite(lab):
    """Name of a database with all our modules, as a French firm has them."""
    return lab.copy("suite", "structure_suite")
