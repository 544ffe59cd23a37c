"""The caller's side of the worker: start it, follow it, stop it, keep the best plan."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from .model import Problem, Progress, Solution, Uncovered
from .worker import encode

# Beside the time of the search: start of the process, first use, last answer.
GRACE = 60.0
# The module's own ``__init__`` would import Odoo: an empty package stands in for it,
# under one name everywhere, which compiled functions kept on disk remember.
BOOT = """
import sys, types
package = types.ModuleType("security_missions")
package.__path__ = [sys.argv[1]]
sys.modules["security_missions"] = package
from security_missions.engine.roster.worker import main
main()
"""


class SolverFailed(Exception):
    """The worker ended without any plan; the message says what it said."""


@dataclass
class Run:
    """A search in a process of its own.

    ``pid`` of the process, ``progress`` and ``best`` are those last received;
    ``finished`` once it has given its last answer, killed or not; ``error`` is what
    it said of its own failure.
    """

    problem: Problem
    seconds: float
    report: Callable[[Progress], bool] | None = None
    seed: int = 1
    python: str = sys.executable
    best: Solution | None = None
    progress: Progress | None = None
    killed: bool = False
    finished: bool = False
    error: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self):
        """Start the process and send it the problem."""
        module = Path(__file__).resolve().parents[2]
        self._process = subprocess.Popen(
            [self.python, "-c", BOOT, str(module)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.pid = self._process.pid
        self._send(**self._request())
        return self

    def _request(self):
        return {
            "problem": encode(self.problem),
            "seconds": self.seconds,
            "seed": self.seed,
        }

    def stop(self):
        """Ask the worker to end with the best plan it has."""
        self._send(stop=True)

    def kill(self):
        """End the process at once; the best plan received stays."""
        self.killed = True
        self._process.kill()

    def wait(self) -> Solution:
        """Follow the worker to its end.

        :return: its solution, or the last plan it sent when it was killed
        :raises SolverFailed: when it never sent one
        """
        self._follow()
        if self.best is None:
            raise SolverFailed(self.error or "the solver ended without a plan")
        return self.best

    def _follow(self):
        timer = threading.Timer(self.seconds + GRACE, self.kill)
        timer.daemon = True
        timer.start()
        try:
            for line in self._process.stdout:
                self._hear(line)
        finally:
            timer.cancel()
            self._process.stdin.close()
            self._process.wait()
            self._process.stdout.close()

    def _hear(self, line):
        try:
            message = json.loads(line)
        except ValueError:  # the half line of a killed process
            return
        if "progress" in message:
            self.progress = Progress(*message["progress"])
            if self.report is not None and self.report(self.progress):
                self.stop()
        elif "plan" in message:
            self.best = self._solution(message["plan"])
        elif "solution" in message:
            self.best = self._solution(message["solution"])
            self.finished = True
        self.error = message.get("error", self.error)

    def _solution(self, sent):
        guards, needs = self.problem.guards, self.problem.needs
        pairs = frozenset((guards[g].id, needs[n].key) for g, n in sent["pairs"])
        progress = self.progress
        return Solution(
            pairs,
            sent["cost"],
            sent.get("parts", {}),
            sent.get("bound", progress and progress.bound),
            sent.get("seconds", progress.seconds if progress else 0.0),
            tuple((guards[g].id, rule) for g, rule in sent.get("violations", ())),
        )

    def _send(self, **message):
        with self._lock:
            # When it has ended, ``wait`` tells with what.
            with suppress(BrokenPipeError, ValueError):
                self._process.stdin.write(json.dumps(message) + "\n")
                self._process.stdin.flush()


@dataclass
class Reasons(Run):
    """Why the gaps of a plan stay: explained in a process of its own.

    :param plan: pairs (guard id, need key)
    """

    plan: frozenset = frozenset()
    found: list[Uncovered] = field(default_factory=list)

    def _request(self):
        guards = {guard.id: i for i, guard in enumerate(self.problem.guards)}
        needs = {need.key: i for i, need in enumerate(self.problem.needs)}
        pairs = sorted([guards[who], needs[key]] for who, key in self.plan)
        return {**super()._request(), "pairs": pairs}

    def wait(self) -> list[Uncovered]:
        """The gaps explained until the end, the time limit or its end by force."""
        self._follow()
        return self.found

    def _hear(self, line):
        with suppress(ValueError):
            message = json.loads(line)
            self.finished = self.finished or "explained" in message
            if "uncovered" in message:
                self.found.append(self._gap(*message["uncovered"]))
        return super()._hear(line)

    def _gap(self, need, missing, reasons):
        guards = self.problem.guards
        return Uncovered(
            self.problem.needs[need].key,
            missing,
            {guards[who].id: tuple(codes) for who, codes in reasons},
        )


def solve_apart(problem: Problem, seconds: float, report=None, **options) -> Solution:
    """Like ``search.solve``, in a process of its own."""
    run = Run(problem, seconds, report, **options).start()
    solution = run.wait()
    return solution
