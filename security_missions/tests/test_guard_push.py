"""News wake the phone that asked, say nothing of what they are about, and stop."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.security_workforce.engine import signed_request

from .common import SecurityMissionsMixin
from .phone import Phone

ADDRESS = "https://fcm.googleapis.com/fcm/send/one"


def point(key):
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


class Browser:
    """The half of a browser that reads what a push service hands to it."""

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = bytes(range(16))

    def subscription(self, endpoint=ADDRESS):
        return {
            "endpoint": endpoint,
            "p256dh": signed_request.encode(point(self.key)),
            "auth": signed_request.encode(self.secret),
        }

    def opened(self, body):
        """What was encrypted for this browser (RFC 8188 and 8291, one record)."""
        salt, length = body[:16], body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self.key.exchange(ec.ECDH(), public)
        info = b"WebPush: info\x00" + point(self.key) + sender
        secret = HKDF(hashes.SHA256(), 32, self.secret, info).derive(shared)
        key, nonce = (
            HKDF(
                hashes.SHA256(), size, salt, b"Content-Encoding: %s\x00" % name
            ).derive(secret)
            for size, name in ((16, b"aes128gcm"), (12, b"nonce"))
        )
        return json.loads(AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\x02"))


class Service(BaseHTTPRequestHandler):
    """A push service on this machine: keeps what it is given, answers as it is told."""

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.taken.append((self.headers, self.rfile.read(length)))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_arguments):
        """Nothing of it belongs in the log of the tests."""


@tagged("post_install", "-at_install")
class TestGuardPush(SecurityMissionsMixin, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_firm()
        cls.user = cls.make_user("woken", "base.group_portal")
        cls.guard.user_id = cls.user
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.user.lang = "fr_FR"

    def enrolled(self):
        self.authenticate("woken", "woken")
        phone = Phone(self)
        self.assertEqual(phone.enrol().status_code, 200)
        return phone

    def ask(self, phone, values):
        body = json.dumps(values).encode()
        return phone.request("POST", "/guard/api/push", body)

    def known(self):
        return self.env["mail.push.device"].search([])

    def device(self, phone):
        return self.env["security.device"].search([("token", "=", phone.token)])

    def serve(self, status=201):
        """A push service that answers so, until the test ends."""
        server = HTTPServer(("127.0.0.1", 0), Service)
        server.taken, server.status = [], status
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server

    def publish(self):
        start = fields.Datetime.now().replace(microsecond=0) + timedelta(days=2)
        shift = self.env["security.shift"].create(
            {
                "post_id": self.make_post("Secret Vault").id,
                "employee_id": self.guard.id,
                "date_start": start,
                "date_stop": start + timedelta(hours=8),
            }
        )
        shift.action_publish()
        self.env["security.publication"].search(
            [("employee_id", "=", self.guard.id)]
        ).action_send()

    def test_asked_for_given_and_taken_back(self):
        phone = self.enrolled()
        before = self.known()
        key = self.ask(phone, {}).json()["key"]
        self.assertEqual(len(signed_request.decode(key, 65)), 65)
        self.assertFalse(self.known() - before)
        browser = Browser()
        for _twice in range(2):
            answer = self.ask(phone, {"subscription": browser.subscription()})
            self.assertEqual(answer.json(), {"woken": True})
        (kept,) = self.known() - before
        self.assertEqual(kept.partner_id, self.user.partner_id)
        self.assertEqual(self.device(phone).push_device_id, kept)
        answer = self.ask(phone, {"subscription": None})
        self.assertEqual(answer.json(), {"woken": False})
        self.assertFalse(self.known() - before)

    def test_one_browser_is_woken_for_one_phone_only(self):
        one, two = self.enrolled(), self.enrolled()
        for phone in (one, two):
            self.ask(phone, {"subscription": Browser().subscription()})
        self.env.invalidate_all()
        self.assertFalse(self.device(one).push_device_id)
        self.assertEqual(self.device(two).push_device_id.endpoint, ADDRESS)

    def test_nonsense_is_refused_and_nothing_kept(self):
        phone = self.enrolled()
        before = self.known()
        good = Browser().subscription()
        for given in (
            {**good, "endpoint": f"{self.base_url()}/web/login"},
            {**good, "endpoint": ["https://fcm.googleapis.com/x"]},
            {**good, "p256dh": "AAAA"},
            {**good, "auth": None},
            {},
            [],
            "yes",
            7,
        ):
            with self.subTest(given=given):
                answer = self.ask(phone, {"subscription": given})
                self.assertEqual(answer.status_code, 400)
                self.assertTrue(answer.json()["error"])
        self.assertEqual(self.ask(phone, []).status_code, 400)
        self.assertFalse(self.known() - before)
        stranger = Phone(self)
        self.assertIn(self.ask(stranger, {}).status_code, (401, 403))

    def test_a_revoked_phone_is_woken_no_more(self):
        phone = self.enrolled()
        self.ask(phone, {"subscription": Browser().subscription()})
        kept = self.device(phone).push_device_id
        self.assertTrue(kept)
        planner = self.make_user(
            "push_planner", "security_workforce.group_security_planner"
        )
        self.device(phone).with_user(planner).action_revoke()
        self.assertFalse(kept.exists())

    def test_a_published_rota_reaches_the_browser_and_says_nothing_of_it(self):
        phone, browser, server = self.enrolled(), Browser(), self.serve()
        self.ask(phone, {})
        self.ask(phone, {"subscription": browser.subscription()})
        # What the browser's own service is to the server, on this machine.
        self.known().filtered(
            lambda one: one.endpoint == ADDRESS
        ).endpoint = f"http://127.0.0.1:{server.server_port}/one"
        self.publish()
        self.env["mail.push"]._push_notification_to_endpoint()
        ((headers, body),) = server.taken
        self.assertEqual(headers["Content-Encoding"], "aes128gcm")
        said = browser.opened(body)
        self.assertIn("planning", said["title"])
        self.assertEqual(said["options"]["data"], {"screen": "rota"})
        told = json.dumps(said)
        for secret in ("Secret Vault", self.guard.name, self.site.name):
            self.assertNotIn(secret, told)

    def test_a_browser_that_is_gone_is_forgotten(self):
        phone, server = self.enrolled(), self.serve(status=410)
        self.ask(phone, {})
        self.ask(phone, {"subscription": Browser().subscription()})
        kept = self.device(phone).push_device_id
        kept.endpoint = f"http://127.0.0.1:{server.server_port}/gone"
        self.publish()
        self.env["mail.push"]._push_notification_to_endpoint()
        self.assertFalse(kept.exists())
        self.env.invalidate_all()
        self.assertFalse(self.device(phone)._bundle()["woken"])
