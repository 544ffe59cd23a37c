"""One run: the guards record, everything breaks, and is mended again."""

import os
import signal
import time
from collections import Counter
from contextlib import ExitStack, contextmanager

from .check import Judge, Ledger, lost_answers
from .cluster import DATABASE, Cluster, Server
from .phone import Phone
from .plan import OFTEN
from .proxy import Proxy

PATIENCE = 120
LOGINS = ("chaos_one", "chaos_two")


def until(true, what):
    """Wait until a function says so.

    :param what: how it is called when it never does
    """
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"never: {what}")
        time.sleep(0.02)


def _interrupt(*_signal):
    raise KeyboardInterrupt


@contextmanager
def office(database):
    """A cluster with a copy of ``database``, and Odoo on it; nothing of it stays."""
    with ExitStack() as stack:
        # pytest ends at once by it, and in good order when it is interrupted.
        before = signal.signal(signal.SIGTERM, _interrupt)
        stack.callback(signal.signal, signal.SIGTERM, before)
        cluster = stack.enter_context(Cluster())
        cluster.fill(database)
        server = stack.enter_context(Server(cluster))
        yield cluster, server


class Run:
    """The phones of two guards at an office; use it as a context manager."""

    def __init__(self, cluster, server, firm):
        """
        :param firm: per guard, ids of his ``shift`` and ``publication``
        """
        self.cluster, self.server, self.firm = cluster, server, firm
        self.ledger, self.lost = Ledger(), []
        self.struck = Counter()
        self.phones = []
        self.stack = ExitStack()

    def __enter__(self):
        try:
            self.proxy = self.stack.enter_context(Proxy(self.server.port))
            for login in LOGINS:
                profile = self.cluster.folder / f"{login}_{os.urandom(4).hex()}"
                phone = self.stack.enter_context(Phone(self.proxy.base, profile))
                self.phones.append(phone)
                phone.enrol(DATABASE, login)
        except BaseException:
            self.stack.close()
            raise
        return self

    def __exit__(self, *_reason):
        self.stack.close()

    # ------------------------------------------------------------
    # Recording
    # ------------------------------------------------------------

    def record(self, events, together=False):
        """Record events, those of one tab in their order."""
        by_tab = {}
        for event in events:
            by_tab.setdefault((event.phone, event.tab), []).append(event)
        for (phone, tab), mine in by_tab.items():
            for event in mine:
                self.ledger.asked[event.serial] = event, time.time()
            told = [[event.serial, *event.told(self.firm)] for event in mine]
            self.phones[phone].record(tab, told, together)

    def kept(self, events):
        """How many of these a page has said to be kept."""
        self.ledger.hear(list(self.proxy.told))
        return sum(event.serial in self.ledger.kept for event in events)

    def _all_heard(self, events):
        heard = {fact["serial"] for _when, fact in list(self.proxy.told)}
        return all(event.serial in heard for event in events)

    # ------------------------------------------------------------
    # Faults
    # ------------------------------------------------------------

    def play(self, turn):
        """One round: record, let it break, mend it."""
        getattr(self, f"_{turn.fault}", self._network)(turn)
        self.struck[turn.fault] += 1
        self.proxy.disarm()
        self.proxy.shut = False

    def _strike(self, turn, how, times=1, strike=None):
        """Record while a fault lies in wait, until it has struck."""
        phone = self.phones[turn.phone]
        self.proxy.arm(phone.device, how, times, strike, turn.delay)
        self.record(turn.events)
        tried = time.monotonic()

        def struck():
            nonlocal tried
            # The page waits longer each time; the network comes back more often.
            if time.monotonic() - tried > 1:
                tried = time.monotonic()
                phone.nudge()
            return self.proxy.struck.is_set()

        until(struck, f"{turn.fault} {turn.moment}")

    def _network(self, turn):
        times = OFTEN if turn.moment == "often" else 1
        how = turn.moment if turn.fault == "dropped" else turn.fault
        self._strike(turn, how, times)
        self._all_told(turn.events)

    def _tabs(self, turn):
        self.record(turn.events, together=True)
        for phone in self.phones:
            phone.nudge()
        self._all_told(turn.events)

    def _all_told(self, events):
        until(lambda: self._all_heard(events), "the page says what it keeps")

    def _browser(self, turn):
        phone = self.phones[turn.phone]
        mine = [event for event in turn.events if event.phone == turn.phone]
        if turn.moment == "recording":
            self.record(turn.events, together=True)
            until(lambda: self.kept(mine) > len(mine) // 2, "half of it is kept")
            phone.kill()
        else:
            self._strike(turn, turn.moment, strike=phone.kill)
        self._all_told([event for event in turn.events if event not in mine])
        # The page comes up without any network.
        self.proxy.shut = True
        phone.open()

    def _odoo(self, turn):
        self._kill(turn, self.server.kill)
        self.server.start()
        self._all_told(turn.events)

    def _postgres(self, turn):
        def kill():
            # Nothing gets through before it was looked at what is still there.
            self.proxy.shut = True
            self.cluster.kill()

        self._kill(turn, kill)
        self.cluster.start()
        self.lost += lost_answers(self.cluster, dict(self.proxy.answered))
        self._all_told(turn.events)

    def _kill(self, turn, kill):
        if turn.moment == "idle":
            kill()
            self.record(turn.events)
        else:
            self._strike(turn, turn.moment, strike=kill)

    # ------------------------------------------------------------
    # The end
    # ------------------------------------------------------------

    def settle(self):
        """Wait until the pages have sent everything; what each phone keeps then."""
        outboxes = [phone.settle() for phone in self.phones]
        self.ledger.hear(list(self.proxy.told))
        return outboxes

    def judge(self):
        """What does not hold, ``{fault: list}``."""
        outboxes = self.settle()
        tokens = [phone.device for phone in self.phones]
        found = Judge(self.ledger, self.cluster, tokens).judge(
            outboxes, dict(self.proxy.answered)
        )
        found["unanswered"] += self.lost
        return found
