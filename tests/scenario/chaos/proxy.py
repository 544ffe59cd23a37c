"""The network between the phones and the office, which breaks when it is told to.

It also hears, on a way that never breaks, what the pages say was kept; and it notes
what the office has answered, which is what a phone may rely on.
"""

import http.client
import json
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SYNC = "/guard/api/sync"
TOLD = "/chaos/told"
BAD_GATEWAY = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
PATIENCE = 60
# What is of one connection alone.
HOP = {
    "connection",
    "keep-alive",
    "transfer-encoding",
    "content-length",
    "date",
    "server",
}


class _Handler(BaseHTTPRequestHandler):
    def forward(self):
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size)
        # A browser that was killed listens no more.
        with suppress(OSError):
            self.server.proxy.handle(self, body)

    do_GET = do_POST = do_PUT = do_HEAD = do_OPTIONS = forward

    def log_message(self, *_words):
        """Nothing is written of each request."""

    def say(self, status, headers, body, part=1.0):
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: int(len(body) * part)])


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 100

    def handle_error(self, request, client_address):
        """A connection that breaks is what this is about."""


class Proxy:
    """Use it as a context manager; ``base`` is the address that the phones know."""

    def __init__(self, upstream):
        """
        :param upstream: port of Odoo
        """
        self.upstream = upstream
        # While it is shut, nothing gets through.
        self.shut = False
        # [(when, what a page said of a fact that it recorded)]
        self.told = []
        # {uuid: (verdict, when)} of all that the office has answered.
        self.answered = {}
        self.struck = threading.Event()
        self._lock = threading.Lock()
        self._armed = None
        self.server = _Server(("127.0.0.1", 0), _Handler)
        self.server.proxy = self
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_reason):
        self.server.shutdown()
        self.server.server_close()

    # ------------------------------------------------------------
    # Faults
    # ------------------------------------------------------------

    def arm(self, device, how, times=1, strike=None, delay=0.0):
        """The next requests of a device that hold facts are struck.

        :param how: ``cut``, ``gateway``, ``whole`` or ``half`` (of an answer dropped),
            ``passed`` or ``answered`` (when ``strike`` is called)
        """
        self.struck.clear()
        with self._lock:
            self._armed = {
                **{"device": device, "how": how, "left": times},
                **{"strike": strike, "delay": delay},
            }

    def disarm(self):
        with self._lock:
            self._armed = None

    def _fault(self, path, headers, body):
        """The fault that strikes this request, if any."""
        with self._lock:
            armed = self._armed
            if not armed or headers.get("X-Security-Device") != armed["device"]:
                return None
            sends = path == SYNC and json.loads(body)["events"]
            if not sends:
                # Whatever else the phone asks is cut as well.
                return armed if armed["how"] in ("cut", "gateway") else None
            armed["left"] -= 1
            if not armed["left"]:
                self._armed = None
                if armed["how"] in ("cut", "gateway"):
                    self.struck.set()
            return armed

    # ------------------------------------------------------------
    # Requests
    # ------------------------------------------------------------

    def handle(self, page, body):
        """Serve one request of a page."""
        if page.path == TOLD:
            self.told.append((time.time(), json.loads(body)))
            page.say(204, [], b"")
            return
        if self.shut:
            return
        fault = self._fault(page.path, page.headers, body)
        how = fault and fault["how"]
        if how == "cut":
            return
        if how == "gateway":
            self._bad_gateway(page)
            return
        answer = self._ask(page, body, fault)
        if how in ("whole", "half"):
            self.struck.set()
            if how == "whole":
                return
        if answer is None:
            self._bad_gateway(page)
        else:
            page.say(*answer, part=0.5 if how == "half" else 1.0)

    def _bad_gateway(self, page):
        page.say(502, [("Content-Type", "text/html")], BAD_GATEWAY)

    def _ask(self, page, body, fault):
        """``(status, headers, body)`` of the office, or nothing without an answer."""
        strike = fault and fault["strike"]
        blow = None
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.upstream, timeout=PATIENCE
        )
        try:
            connection.putrequest(
                page.command, page.path, skip_host=True, skip_accept_encoding=True
            )
            for name, value in page.headers.items():
                if name.lower() != "connection":
                    connection.putheader(name, value)
            connection.putheader("Connection", "close")
            connection.endheaders(body or None)
            if strike and fault["how"] == "passed":
                blow = threading.Timer(fault["delay"], strike)
                blow.start()
            response = connection.getresponse()
            answer = response.status, response.getheaders(), response.read()
        except (OSError, http.client.HTTPException):
            answer = None
        finally:
            connection.close()
        if answer and page.path == SYNC:
            self._note(*answer)
        if blow:
            blow.join()
        elif strike:
            strike()
        if strike:
            self.struck.set()
        return answer

    def _note(self, status, _headers, body):
        """What the office has said of facts, before the page hears of it."""
        if status != 200:
            return
        for result in json.loads(body)["results"]:
            if result["verdict"] != "refused":
                self.answered[result["uuid"]] = result["verdict"], time.time()
