"""The phone of a guard: a browser with his page in two tabs, that may be killed."""

import json
import time
from contextlib import suppress

import websocket
from chromium import Chromium, PageError

from .processes import kill
from .proxy import TOLD

TABS = 2
PATIENCE = 120
DEAD = (OSError, PageError, websocket.WebSocketException)
READY = "document.querySelector('#app .card') && window.chaos"
# What the driver asks of the page: `record` is the function that its buttons call.
# Each event is told once its promise is kept, whoever still lives then.
TOOLS = """
window.chaos = {
    of: (name) => odoo.loader.modules.get("@security_missions/guard/core/" + name),
    tell(fact) {
        fetch(TOLD, {method: "POST", body: JSON.stringify(fact), keepalive: true});
    },
    async one([serial, kind, data]) {
        try {
            const {uuid, n, at} = await chaos.of("outbox").record(kind, data);
            chaos.tell({serial, uuid, n, at});
        } catch (error) {
            chaos.tell({serial, error: error.message});
        }
    },
    async record(events, together) {
        for (const event of events) {
            const kept = chaos.one(event);
            if (!together) {
                await kept;
            }
        }
    },
    outbox() {
        const {device} = chaos.of("device").currentDevice.get();
        return chaos.of("db").getAll("outbox", chaos.of("db").ofDevice(device));
    },
};
""".replace("TOLD", json.dumps(TOLD))


class Phone:
    """Keeps its profile from one browser to the next; use it as a context manager."""

    def __init__(self, base, profile):
        self.base, self.profile = base, profile
        profile.mkdir()
        self.browser = None
        self.tabs = []
        self.device = None
        self.kills = 0

    def __enter__(self):
        return self

    def __exit__(self, *_reason):
        if self.browser:
            kill(self.browser.process)

    def enrol(self, database, login):
        """Make it the phone of that guard, and open his page in each tab."""
        self.browser = Chromium(self.base, 390, 844, profile=self.profile)
        self.browser.login(database, login, login)
        self.browser.open("/guard/")
        self.browser.until("document.querySelector('#app .card')")
        self.device = self.browser.run(
            "odoo.loader.modules.get('@security_missions/guard/core/device')"
            ".enrol(null).then(({device}) => device)"
        )
        # The page works without network from here on.
        self.browser.run("navigator.serviceWorker.ready.then(() => true)")
        self._open_tabs()

    def open(self):
        """A new browser on what the last one left."""
        for name in ("SingletonLock", "SingletonSocket", "SingletonCookie"):
            (self.profile / name).unlink(missing_ok=True)
        self.browser = Chromium(self.base, 390, 844, profile=self.profile)
        self._open_tabs()

    def _open_tabs(self):
        self.tabs = [self.browser, *(self.browser.tab() for _ in range(TABS - 1))]
        for tab in self.tabs:
            tab.call("Page.addScriptToEvaluateOnNewDocument", source=TOOLS)
            tab.open("/guard/")
            tab.until(READY)
            known = tab.run("chaos.of('device').currentDevice.get()?.device")
            assert known == self.device, "the phone has forgotten its guard"

    def kill(self):
        """Like a battery that is taken out, for all that the browser knows."""
        kill(self.browser.process)
        self.kills += 1

    # ------------------------------------------------------------
    # The page
    # ------------------------------------------------------------

    def record(self, tab, events, together=False):
        """Begin to record ``[serial, kind, data]``; the proxy hears of what is kept.

        :param together: at once, as by a guard who taps faster than the phone stores
        """
        with suppress(*DEAD):
            self.tabs[tab].run(
                f"void chaos.record({json.dumps(events)}, {json.dumps(together)})"
            )

    def nudge(self):
        """The network is there again, says the phone to its pages."""
        for tab in self.tabs:
            with suppress(*DEAD):
                tab.run("void window.dispatchEvent(new Event('online'))")

    def outbox(self):
        """What the phone keeps of its events, in order."""
        return self.tabs[0].run("chaos.outbox()")

    def settle(self):
        """Wait until the office has answered everything; what the phone keeps then."""
        end = time.monotonic() + PATIENCE
        while any(row.get("waiting") for row in self.outbox()):
            if time.monotonic() > end:
                waiting = [row["n"] for row in self.outbox() if row.get("waiting")]
                raise TimeoutError(f"the page does not send {waiting}")
            self.nudge()
            self._until_quiet()
        return self.outbox()

    def _until_quiet(self):
        """Until no tab is sending."""
        self.tabs[0].run("navigator.locks.request('guard-flush', () => true)")
