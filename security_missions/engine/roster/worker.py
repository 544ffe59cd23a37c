"""The search in a process of its own: it can be stopped, limited and killed.

The caller writes one JSON line ``{"problem": …, "seconds": …, "seed": …}`` and later,
if it wants to, ``{"stop": true}``. The worker answers JSON lines: ``progress``,
``plan`` (each better plan, as pairs of positions in ``guards`` and ``needs``) and at
last ``solution``, or ``error``. With ``"pairs"``, a plan, in the request it explains
the gaps of that plan instead: ``uncovered`` lines, then ``explained``. With ``"aside"``
it is the second process of a search: see ``exchange``.
"""

import base64
import importlib
import io
import json
import os
import pickle
import resource
import sys
import threading
import time

SAFE = {
    "datetime": {"date", "datetime"},
    "builtins": {"frozenset", "set"},
}
MODEL = {"Guard", "History", "Limits", "Need", "Problem", "Weights", "Wish"}
EVERY = 0.25


class _Reader(pickle.Unpickler):
    """Reads the dataclasses of ``model`` and dates, refuses everything else."""

    def find_class(self, module, name):
        """See ``pickle.Unpickler``."""
        if name in MODEL and module.rpartition(".")[2] == "model":
            return getattr(importlib.import_module(".model", __package__), name)
        if name in SAFE.get(module, ()):
            return getattr(importlib.import_module(module), name)
        raise pickle.UnpicklingError(f"{module}.{name} does not belong to a problem")


def encode(problem) -> str:
    """The problem as text for the request line."""
    return base64.b64encode(pickle.dumps(problem)).decode()


def decode(text: str):
    """The problem of a request line.

    :raises pickle.UnpicklingError: when it holds anything but plain data
    """
    return _Reader(io.BytesIO(base64.b64decode(text))).load()


class Worker:
    """Serves one request from ``source``, answers on ``sink``."""

    def __init__(self, source, sink):
        self.source, self.sink = source, sink
        self.stop = threading.Event()
        self.told = (None, None)
        self.last = -EVERY

    def serve(self):
        """Read the request, search, answer."""
        try:
            request = json.loads(self.source.readline())
            problem = decode(request["problem"])
            if request.get("aside"):
                self._aside(problem, request)
                return
            threading.Thread(target=self._listen, daemon=True).start()
            if "pairs" in request:
                self._explain(problem, request)
            else:
                self._search(problem, request)
        except Exception as error:  # told to the caller, whatever it is
            self._say(error=f"{type(error).__name__}: {error}")
            raise

    def _search(self, problem, request):
        search_module = importlib.import_module(".search", __package__)
        search = search_module.Search(
            problem, request["seconds"], self._report, request.get("seed", 1)
        )
        self.places = _places(problem)
        self.search = search
        solution = search.run()
        self._say(
            solution={
                "pairs": self._pairs(solution.assignments),
                "cost": solution.cost,
                "parts": solution.parts,
                "bound": solution.bound,
                "seconds": solution.seconds,
                "violations": [
                    [self.places[0][who], rule] for who, rule in solution.violations
                ],
            }
        )

    def _aside(self, problem, request):
        """Help the search of the process that started this one, until it is gone."""
        exchange = importlib.import_module(".exchange", __package__)
        search = importlib.import_module(".search", __package__)
        other = exchange.Exchange(self.source, self.sink)
        search.Search(
            problem, request["seconds"], lambda progress: other.closed, request["seed"]
        ).run_aside(other)

    def _explain(self, problem, request):
        """Tell why each gap of a plan stays, as many as the time allows."""
        until = time.monotonic() + request["seconds"]
        explain = importlib.import_module(".explain", __package__)
        plan = [
            (problem.guards[who].id, problem.needs[need].key)
            for who, need in request["pairs"]
        ]
        guards, needs = _places(problem)
        for gap in explain.gaps(problem, plan):
            reasons = [[guards[who], codes] for who, codes in gap.reasons.items()]
            self._say(uncovered=[needs[gap.need], gap.missing, reasons])
            if time.monotonic() > until or self.stop.is_set():
                break
        self._say(explained=True)

    def _listen(self):
        """Wait for a stop; a caller that is gone is one too."""
        for line in self.source:
            if json.loads(line).get("stop"):
                break
        self.stop.set()

    def _report(self, progress):
        """Tell progress, at most some times a second; a better plan with it."""
        better = self.told[0] is None or progress.cost < self.told[0] - 1e-9
        if progress.seconds - self.last >= EVERY:
            self.last = progress.seconds
            self._say(
                progress=[
                    progress.cost,
                    progress.bound,
                    progress.seconds,
                    progress.phase,
                ]
            )
            if better:
                pairs = self._pairs(self.search.best.assignments())
                self._say(plan={"pairs": pairs, "cost": progress.cost})
                self.told = (progress.cost, progress.bound)
        return self.stop.is_set()

    def _pairs(self, assignments):
        guards, needs = self.places
        return sorted([guards[who], needs[key]] for who, key in assignments)

    def _say(self, **message):
        self.sink.write(json.dumps(message) + "\n")
        self.sink.flush()


def _places(problem):
    guards = {guard.id: i for i, guard in enumerate(problem.guards)}
    return guards, {need.key: i for i, need in enumerate(problem.needs)}


def main():
    """Serve one request on standard input and output."""
    # Those of a server process, inherited, are for one request of its own: a search
    # has its time limit, and whoever started it ends it.
    for what in (resource.RLIMIT_CPU, resource.RLIMIT_AS):
        resource.setrlimit(what, (resource.getrlimit(what)[1],) * 2)
    # What libraries print must not get between our lines.
    sink = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    Worker(sys.stdin, sink).serve()


if __name__ == "__main__":
    main()
