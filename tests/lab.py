"""Databases and servers of the tests that start processes of their own."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psycopg2

PATIENCE = 180


def free_port():
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answering(base, process, log):
    """The address, once its login page answers."""
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{base}/web/login", timeout=PATIENCE).read()
        except OSError:
            time.sleep(0.1)
        else:
            return base
    raise RuntimeError(f"the server does not answer:\n{log.read_text()[-4000:]}")


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

    @contextmanager
    def serve(self, database, *options):
        """Address of a server of its own, as a firm runs it, until the block ends.

        :param options: more of Odoo's own, as ``--workers=4``
        """
        port = free_port()
        # With workers Odoo starts itself once more, by the name of its program.
        program = self.cluster / "serve.py"
        program.write_text("import odoo.cli\n\nodoo.cli.main()\n")
        log = self.cluster / "log" / f"{database}.log"
        log.parent.mkdir(exist_ok=True)
        log.unlink(missing_ok=True)
        process = subprocess.Popen(
            [
                *(sys.executable, program, "-d", database),
                *(f"--http-port={port}", f"--gevent-port={free_port()}"),
                "--max-cron-threads=0",
                *(f"--logfile={log}", *options),
            ],
            cwd=self.cluster,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
        )
        try:
            yield answering(f"http://127.0.0.1:{port}", process, log)
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def code(self, database, code):
        """Run Python code with ``env``; return what it gives to ``answer``."""
        before = "import json\ndef answer(x): print('ANSWER', json.dumps(x))\n"
        out, _log = self.odoo(
            "shell", "-d", database, "--no-http", "--log-level=warn", code=before + code
        )
        lines = [line[7:] for line in out.splitlines() if line.startswith("ANSWER ")]
        return json.loads(lines[-1]) if lines else None
