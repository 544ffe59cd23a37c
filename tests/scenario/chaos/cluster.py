"""A PostgreSQL and an Odoo of the run's own, that may be killed."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg2
from lab import PATIENCE, answering, free_port

from .processes import kill

DATABASE = "chaos"
# What a firm's PostgreSQL has by default: an answer comes after the disk has it.
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
# The same with the one setting that gives answers before: what it loses is what was
# answered last, unless something else writes it by chance: `hold_back_the_log`, and
# room for the whole database and its log, since who makes room writes the log as well.
FORGETFUL = {
    **DURABLE,
    "synchronous_commit": "off",
    "shared_buffers": "512MB",
    "wal_buffers": "64MB",
}
# For filling: a cluster that is lost then is made again.
HASTY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
COMMON = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "jit": "off",
    "autovacuum": "off",
    "bgwriter_lru_maxpages": "0",
    "checkpoint_timeout": "1h",
}


def _postgres_user():
    """PostgreSQL refuses to run as root: then the package's own user runs it."""
    if os.geteuid():
        return {}
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


class Cluster:
    """A cluster in a temporary folder; use it as a context manager."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="chaos_"))
        self.folder.chmod(0o711)
        self.data, self.sockets = self.folder / "data", self.folder / "run"
        self.process = None
        self.settings = HASTY
        self.kills = 0

    def __enter__(self):
        try:
            self._make()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_reason):
        self.close()

    def close(self):
        if self.process:
            kill(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make(self):
        for folder in (self.data, self.sockets):
            folder.mkdir(mode=0o700)
            if _postgres_user():
                shutil.chown(folder, "postgres", "postgres")
        self._command(
            *("initdb", "-D", self.data, "-U", "postgres", "--auth=trust"),
            *("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"),
            **_postgres_user(),
        )
        self.start(HASTY)
        self.query("CREATE ROLE odoo LOGIN CREATEDB", "postgres")

    def _command(self, *arguments, **options):
        subprocess.run(
            [str(each) for each in arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            **options,
        )

    # ------------------------------------------------------------
    # Life and death
    # ------------------------------------------------------------

    def start(self, settings=None):
        """Until it answers; after a kill it recovers by its log, as after a crash."""
        self.settings = settings or self.settings
        options = {**COMMON, **self.settings, "unix_socket_directories": self.sockets}
        with (self.folder / "postgres.log").open("a") as log:
            self.process = subprocess.Popen(
                [
                    *("postgres", "-D", self.data),
                    *(f"--{name}={value}" for name, value in options.items()),
                ],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **_postgres_user(),
            )
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return self.query("SELECT 1", "postgres")
            except psycopg2.OperationalError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise
                time.sleep(0.02)

    def stop(self):
        """In good order, whoever is connected."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE)

    def kill(self):
        """All its processes at once: what they had not written is gone."""
        kill(self.process)
        self.kills += 1

    def hold_back_the_log(self):
        """Until the next start nothing is written but what a commit waits for."""
        ((writer,),) = self.query(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'",
            "postgres",
        )
        os.kill(writer, signal.SIGSTOP)

    # ------------------------------------------------------------
    # Content
    # ------------------------------------------------------------

    def fill(self, database):
        """Copy a database of the clone's test cluster, then run as a firm's does."""
        dump, here = self.folder / "dump", ("-h", self.sockets, "-U", "postgres")
        there = ("-h", os.environ["PGHOST"], "-U", "postgres")
        self._command("pg_dump", *there, "-Fd", "-j2", "-Z0", "-f", dump, database)
        self.query(
            f"CREATE DATABASE {DATABASE} OWNER odoo TEMPLATE template0", "postgres"
        )
        self._command("pg_restore", *here, "-j2", "-d", DATABASE, dump)
        self._command("vacuumdb", *here, "--quiet", "-Z", "-j2", DATABASE)
        shutil.rmtree(dump)
        files = Path(os.environ["SUITE_CLUSTER"]) / "data_dir/filestore" / database
        if files.is_dir():
            shutil.copytree(files, self.folder / "files/filestore" / DATABASE)
        self.stop()
        self.start(DURABLE)

    def query(self, query, database=DATABASE):
        """Rows of a query, as a list of tuples."""
        connection = psycopg2.connect(
            host=str(self.sockets), user="postgres", dbname=database
        )
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()


class Server:
    """Odoo on that cluster, always at the same address; use it as a context manager."""

    def __init__(self, cluster):
        self.cluster = cluster
        self.port = free_port()
        # Where those of other servers are; it is there when the run is over.
        self.log = Path(os.environ["SUITE_CLUSTER"]) / "log/scenario_chaos.log"
        self.log.parent.mkdir(exist_ok=True)
        self.log.unlink(missing_ok=True)
        self.process = None
        self.kills = 0

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_reason):
        self.close()

    def start(self):
        """Until it answers."""
        folder = self.cluster.folder
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "odoo", "-d", DATABASE),
                *(f"--db-filter=^{DATABASE}$", f"--http-port={self.port}"),
                *(
                    f"--db_host={self.cluster.sockets}",
                    f"--data-dir={folder / 'files'}",
                ),
                *("--max-cron-threads=0", f"--logfile={self.log}"),
            ],
            cwd=os.environ["SUITE_CLUSTER"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        answering(f"http://127.0.0.1:{self.port}", self.process, self.log)

    def kill(self):
        kill(self.process)
        self.kills += 1

    def close(self):
        if self.process:
            kill(self.process)
