"""One Chromium of its own, driven through its DevTools: for what needs several at once.

Odoo's own browser tests share one connection to the database with the server; here the
server is a process like any other, and each browser is a person of his own.
"""

import json
import resource
import shutil
import subprocess
import tempfile
import time
from collections import deque
from pathlib import Path

import websocket

NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-component-update",
    "--disable-crash-reporter",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-gpu",
    "--mute-audio",
    "--remote-allow-origins=*",
    "--remote-debugging-port=0",
)
PATIENCE = 60
# Looks again until the expression is true, or the time is over.
UNTIL = """
new Promise((resolve) => {
    const end = performance.now() + %d;
    const look = () => {
        let found = null;
        try {
            found = %s;
        } catch {
            // Not drawn yet.
        }
        if (found || performance.now() > end) {
            resolve(found instanceof Node ? true : found || null);
        } else {
            setTimeout(look, 15);
        }
    };
    look();
})
"""
LOGIN = """
fetch("/web/session/authenticate", {
    method: "POST",
    headers: {"Content-Type": "application/json"},
    body: JSON.stringify({params: %s}),
}).then((response) => response.json()).then(({result}) => Boolean(result?.uid))
"""


class PageError(Exception):
    """The page did not do what was asked of it."""


def executable():
    """The browser of this machine."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise FileNotFoundError("no Chromium here: install one of " + ", ".join(NAMES))
    return found


def _all_the_memory():
    """Odoo limits the addresses of its process and children; Chromium wants many."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


class Page:
    """A tab of a browser, driven through a connection of its own.

    :param address: where the browser listens
    """

    def __init__(self, base, address, width=1400, height=900):
        self.base = base
        self.number = 0
        self.session = None
        # What the browser said by itself: the last of it.
        self.heard = deque(maxlen=500)
        self.socket = websocket.create_connection(
            address, timeout=5 * PATIENCE, suppress_origin=True
        )
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        answer = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self.session = answer["sessionId"]
        self.call("Page.enable")
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def call(self, method, **params):
        """The result of a DevTools command."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        self.socket.send(json.dumps(message))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") != self.number:
                self.heard.append(answer)
                continue
            if "error" in answer:
                raise PageError(answer["error"]["message"])
            return answer["result"]

    # ------------------------------------------------------------
    # The page
    # ------------------------------------------------------------

    def run(self, expression):
        """Value of a JavaScript expression, once its promise is kept."""
        answer = self.call(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
        )
        if "exceptionDetails" in answer:
            raise PageError(json.dumps(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")

    def until(self, expression, seconds=PATIENCE / 2):
        """Wait until an expression is true; its value.

        :raises PageError: with what the page shows, when it does not become true
        """
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                found = self.run(UNTIL % (1000 * left, expression))
            except PageError as error:
                # The page that was asked has gone: its successor is.
                if "ontext" not in str(error) and "navigated" not in str(error):
                    raise
                continue
            if found:
                return found
        shown = self.run("document.body.innerText.slice(0, 1500)")
        raise PageError(f"never true: {expression}\n{shown}")

    def open(self, path):
        self.call("Page.navigate", url=self.base + path)
        where = json.dumps(path.partition("?")[0].partition("#")[0])
        self.until(
            f"document.readyState === 'complete' && location.pathname === {where}"
        )

    def login(self, database, login, password):
        self.open("/web/login")
        params = {"db": database, "login": login, "password": password}
        if not self.run(LOGIN % json.dumps(params)):
            raise PageError(f"{login} cannot log in")

    # ------------------------------------------------------------
    # The mouse
    # ------------------------------------------------------------

    def mouse(self, kind, x, y, held=True):
        self.call(
            "Input.dispatchMouseEvent",
            type=f"mouse{kind}",
            x=x,
            y=y,
            button="left" if held else "none",
            buttons=1 if held and kind != "Released" else 0,
            clickCount=1,
        )

    def middle(self, element):
        """Where an element (an expression) is drawn."""
        return self.run(
            f"(({{x, y, width, height}}) => [x + width / 2, y + height / 2])"
            f"(({element}).getBoundingClientRect())"
        )

    def click(self, element):
        x, y = self.middle(element)
        self.mouse("Moved", x, y, held=False)
        self.mouse("Pressed", x, y)
        self.mouse("Released", x, y)

    def hold(self, element, target):
        """Press on an element and drag it over another one, without letting go.

        :return: where it is held, for ``mouse("Released", *place)``
        """
        x, y = self.middle(element)
        left, top = self.middle(target)
        self.mouse("Moved", x, y, held=False)
        self.mouse("Pressed", x, y)
        for part in (0.1, 0.5, 1):
            self.mouse("Moved", x + (left - x) * part, y + (top - y) * part)
        return left, top


class Chromium(Page):
    """A browser with a window on ``base``; use it as a context manager.

    :param profile: folder to keep from one browser to the next; by default one that
        goes with the browser
    """

    def __init__(self, base, width=1400, height=900, profile=None):
        self.profile = profile or Path(tempfile.mkdtemp(suffix="_chromium"))
        self.keeps_profile = bool(profile)
        self.socket = None
        self.told = self.profile / "DevToolsActivePort"
        self.told.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [
                executable(),
                *SWITCHES,
                f"--user-data-dir={self.profile}",
                f"--window-size={width},{height}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=_all_the_memory,
        )
        try:
            self.address = self._listening()
            super().__init__(base, self.address, width, height)
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_reason):
        self.close()

    def close(self):
        if self.socket:
            self.socket.close()
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if not self.keeps_profile:
            shutil.rmtree(self.profile, ignore_errors=True)

    def tab(self):
        """One more page of this browser."""
        return Page(self.base, self.address)

    def _listening(self):
        """Its address, once the browser has said where it listens."""
        end = time.monotonic() + PATIENCE
        while not self.told.exists() or len(self.told.read_text().splitlines()) < 2:
            if self.process.poll() is not None or time.monotonic() > end:
                raise PageError("Chromium did not start")
            time.sleep(0.02)
        port, path = self.told.read_text().splitlines()[:2]
        return f"ws://127.0.0.1:{port}{path}"
