import threading
import time
from collections import OrderedDict

# Addresses that are remembered at most: a flood does not fill the memory.
MOST = 10_000


class Throttle:
    """How often an address may be wrong before it has to wait.

    Kept by each process for itself and in memory only, so that no address is stored. A
    signature cannot be guessed anyway; this keeps whoever tries from being a burden.
    """

    def __init__(self, tries, seconds):
        self.tries, self.seconds = tries, seconds
        self._wrong = OrderedDict()
        self._lock = threading.Lock()

    def note(self, address):
        """This address was wrong once more."""
        with self._lock:
            self._wrong[address] = [*self._recent(address), time.monotonic()]
            self._wrong.move_to_end(address)
            while len(self._wrong) > MOST:
                self._wrong.popitem(last=False)

    def is_waiting(self, address):
        """Whether it was wrong too often lately."""
        with self._lock:
            return len(self._recent(address)) >= self.tries

    def _recent(self, address):
        since = time.monotonic() - self.seconds
        return [when for when in self._wrong.get(address, ()) if when > since]
