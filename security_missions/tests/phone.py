"""A phone that speaks to the server as the app does, with a real key."""

import json
import time
import uuid

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from odoo.addons.security_workforce.engine import signed_request


class Phone:
    """``case`` is an HttpCase; nothing is kept between two phones."""

    def __init__(self, case):
        self.case = case
        self.key = Ed25519PrivateKey.generate()
        self.token, self.number, self.last = None, 0, signed_request.FIRST
        # How far ahead the clock of this phone is, and how far it knows that it is.
        self.ahead = self.offset = 0

    @property
    def public_key(self):
        return signed_request.encode(
            self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        )

    def clock(self):
        return int(time.time() * 1000) + self.ahead

    def enrol(self, code=None):
        """The response of the server."""
        response = self.case.url_open(
            "/guard/api/enrol",
            data=json.dumps(
                {"code": code, "public_key": self.public_key, "name": "Test"}
            ),
            headers={"Content-Type": "application/json"},
        )
        if response.status_code == 200:
            self.token = response.json()["device"]
        return response

    def event(self, kind, data, **changes):
        """The next event of this phone's chain."""
        self.number += 1
        event = {
            "uuid": str(uuid.uuid4()),
            "n": self.number,
            "kind": kind,
            "at": self.clock(),
            "mono": 1.5,
            "offset": None,
            "data": data,
            "prev": self.last,
            **changes,
        }
        event["h"] = self.last = signed_request.link(event["prev"], event)
        return event

    def send(self, *events):
        """The response to one batch."""
        body = {
            "batch": str(uuid.uuid4()),
            "sent_at": self.clock(),
            "app_version": "test",
            "events": list(events),
        }
        return self.request("POST", "/guard/api/sync", json.dumps(body).encode())

    def verdicts(self, *events):
        response = self.send(*events)
        self.case.assertEqual(response.status_code, 200, response.text[:300])
        return [result["verdict"] for result in response.json()["results"]]

    def request(self, method, path, body=b"", headers=None, when=None, signature=None):
        when = str(int(time.time() * 1000) if when is None else when)
        signed = signed_request.message(method, path, body, when)
        signature = signature or signed_request.encode(self.key.sign(signed))
        return self.case.opener.request(
            method,
            self.case.base_url() + path,
            data=body,
            timeout=30,
            headers={
                "Content-Type": "application/json",
                "X-Security-Device": self.token or "",
                "X-Security-Time": when,
                "X-Security-Signature": signature,
                **(headers or {}),
            },
        )
