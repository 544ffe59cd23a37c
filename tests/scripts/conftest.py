"""The commands of script/, really run: each test in a state folder of its own."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REFUSED = 64


class Commands:
    """Runs commands of script/ in an environment that the test chooses."""

    def __init__(self, folder):
        self.folder = folder
        self.cache = Path(os.environ["SECURITY_SUITE_CACHE"])
        self.state = folder / "state"
        self.root = ROOT
        self.env = {
            **os.environ,
            "SECURITY_SUITE_STATE": str(self.state),
        }
        for name in ("PGHOST", "PGUSER", "ODOO_RC", "PORT"):
            self.env.pop(name, None)
        self.started = []

    def run(self, *command, prefix=(), timeout=180, **env):
        """Run ``script/command arguments…``, return the finished process."""
        process = self.start(*command, prefix=prefix, **env)
        try:
            process.out, process.err = process.communicate(timeout=timeout)
        finally:
            self.stop(process)
        return process

    def start(self, *command, prefix=(), stdin=subprocess.DEVNULL, **env):
        """Start a command in a process group of its own, as a terminal does."""
        process = subprocess.Popen(
            [*prefix, str(self.root / "script" / command[0]), *command[1:]],
            env={**self.env, **env},
            cwd=self.folder,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def bash(self, code, **env):
        """Run bash code with all functions of script/lib at hand."""
        libraries = ("common", "system", "odoo", "postgres", "templates", "demo")
        sources = "".join(f'source "{ROOT}/script/lib/{n}.sh"\n' for n in libraries)
        return subprocess.run(
            ["bash", "-c", sources + code, "script/server"],
            env={**self.env, **env},
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    def copy_scripts(self):
        """Run from a copy of the clone that any user may read."""
        self.root = self.folder / "clone"
        shutil.copytree(ROOT / "script", self.root / "script")
        shutil.copy(ROOT / "requirements-dev.txt", self.root)

    def cluster_stopped(self, name="server"):
        """True when the cluster was made and no server runs on it."""
        data = self.state / name / "data"
        return data.is_dir() and not (data / "postmaster.pid").exists()

    def stop(self, process):
        """End a process and what it started."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.communicate(timeout=30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture
def commands():
    # A short path, which the user postgres may enter: sockets and clusters go there.
    folder = Path(tempfile.mkdtemp(prefix="suite-", dir="/tmp"))
    folder.chmod(0o755)
    commands = Commands(folder)
    yield commands
    for process in commands.started:
        commands.stop(process)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def refused(commands):
    """Run a command that must refuse in one sentence with these words."""

    def check(*command, words=(), **options):
        process = commands.run(*command, **options)
        assert process.returncode == REFUSED, process.err
        sentence = process.err.strip().splitlines()[-1]
        assert sentence.startswith(f"{command[0]}: "), process.err
        assert "Traceback" not in process.err
        for word in words:
            assert word in sentence, sentence
        return process

    return check
