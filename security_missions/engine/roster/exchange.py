"""Two processes at one problem: each tells the other its better plans."""

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import numpy as np


class Exchange:
    """Plans to and from the other process, over its two pipes; JSON lines.

    ``closed`` once the other one is gone.
    """

    def __init__(self, source, sink):
        self.source, self.sink = source, sink
        self.closed = False
        self._known, self._heard = np.inf, None
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        with suppress(ValueError, KeyError):  # the half line of a killed process
            for line in self.source:
                message = json.loads(line)
                self._heard = message["cost"], message["schedules"]
        self.closed = True

    def swap(self, best) -> dict:
        """Tell our plan when the other one has none as good.

        :return: columns by guard of a cheaper plan of the other one, or {}
        """
        heard, self._heard = self._heard, None
        if heard is not None:
            self._known = min(self._known, heard[0])
            if heard[0] < best.cost - 1e-6:
                return best.columns_of(heard[1])
        if best.cost < self._known - 1e-6:
            self._known = best.cost
            schedules = [column.needs for column in best.columns]
            line = json.dumps({"cost": best.cost, "schedules": schedules})
            with suppress(OSError, ValueError):
                self.sink.write(line + "\n")
                self.sink.flush()
        return {}


class Helper(Exchange):
    """A second process that anneals beside this one; ends when this one does.

    It reads the end of its input when this process is gone, even killed.
    """

    def __init__(self, problem, seconds, seed):
        from .client import BOOT
        from .worker import encode

        module = Path(__file__).resolve().parents[2]
        self.process = subprocess.Popen(
            [sys.executable, "-c", BOOT, str(module)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        request = {"problem": encode(problem), "seconds": seconds, "seed": seed}
        super().__init__(self.process.stdout, self.process.stdin)
        with suppress(OSError):
            self.sink.write(json.dumps({**request, "aside": True}) + "\n")
            self.sink.flush()

    def end(self):
        """End the process and wait for it."""
        self.process.kill()
        self.process.wait()
        with suppress(OSError):
            self.sink.close()


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0))
