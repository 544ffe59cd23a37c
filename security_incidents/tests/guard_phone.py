import base64
import json
import time
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from odoo.addons.security_workforce.engine import signed_request


def base64url(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class GuardPhone:
    """What the page does: counts, chains and signs, with a key of its own."""

    def __init__(self, env, employee):
        self.key = Ed25519PrivateKey.generate()
        public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.device = env["security.device"]._enrol(
            employee, base64url(public), "Phone"
        )
        self.number, self.last = 0, signed_request.FIRST

    def fact(self, kind, at, **data):
        """The next event, at ``at`` (naive UTC) by a clock that is right."""
        self.number += 1
        event = {
            "uuid": str(uuid4()),
            "n": self.number,
            "kind": kind,
            "at": int((at - at.__class__(1970, 1, 1)).total_seconds() * 1000),
            "mono": 1,
            "offset": 0,
            "data": data,
            "prev": self.last,
        }
        self.last = event["h"] = signed_request.link(self.last, event)
        return event

    def tell(self, env, *events, **context):
        """Hand events over without HTTP, as the guard; ``[(verdict, message)]``."""
        guard = self.device.employee_id.user_id
        inbox = env["security.inbox"].with_user(guard).with_context(**context)
        inbox = inbox.with_company(self.device.company_id)
        answers = inbox._receive(self.device, events, int(time.time() * 1000))
        return [(answer["verdict"], answer["message"]) for answer in answers]

    def bundle(self, env):
        guard = self.device.employee_id.user_id
        return self.device.with_user(guard).with_context(lang="en_US")._bundle()

    def request(self, test, path, events, **changes):
        """A signed request over HTTP; the answer."""
        body = json.dumps(
            {"sent_at": int(time.time() * 1000), "events": events, **changes}
        ).encode()
        when = str(int(time.time() * 1000))
        signed = signed_request.message("POST", path, body, when)
        headers = {
            "Content-Type": "application/json",
            "X-Security-Device": self.device.sudo().token,
            "X-Security-Time": when,
            "X-Security-Signature": base64url(self.key.sign(signed)),
        }
        return test.url_open(path, data=body, headers=headers)
