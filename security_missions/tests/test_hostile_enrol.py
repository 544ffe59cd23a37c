"""Enrolment under attack: wrong codes, keys and bodies, thousands of guesses."""

import base64
import json
import os

from odoo import fields
from odoo.tests import tagged

from .hostile import WRONG_TEXTS, HostileCase
from .phone import Phone

PATH = "/guard/api/enrol"
# SECURITY_GUESSES=10000 is the long run.
GUESSES = int(os.environ.get("SECURITY_GUESSES", "120"))
JSON = "application/json"
WEAK = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"


def text_of(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


WRONG_KEYS = (
    *(text_of(bytes(range(size))) for size in (0, 1, 31, 33, 64, 100)),
    base64.urlsafe_b64encode(bytes(range(32))).decode(),
    base64.b64encode(b"\xff" * 32).decode().rstrip("="),
    text_of(bytes(range(32)))[:-1] + "9",
    bytes(range(32)).hex(),
    "\n" + text_of(bytes(range(32))),
    # Under these anybody can sign.
    text_of(bytes(32)),
    text_of(b"\x01" + bytes(31)),
    text_of(bytes.fromhex(WEAK)),
    text_of(bytes.fromhex(WEAK[:-2] + "85")),
)


@tagged("post_install", "-at_install")
class TestHostileEnrol(HostileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_firm()
        cls.guard_user = cls.make_user("enrolled", "base.group_portal")
        cls.guard.user_id = cls.guard_user
        cls.planner = cls.make_user(
            "enroller", "security_workforce.group_security_planner"
        )

    def setUp(self):
        super().setUp()
        self.forgive()

    def forgive(self):
        """As if the quarter of an hour had passed."""
        self.env.cr.execute("DELETE FROM security_throttle")

    def code(self, guard=None):
        codes = self.env["security.device.code"].with_user(self.planner)
        action = codes._open_for(guard or self.guard)
        return action["context"]["security_device_code"].partition(":")[2]

    def post(self, body, kind=JSON):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.url_open(PATH, data=data, headers={"Content-Type": kind})

    def test_bodies_that_are_none(self):
        deep = b'{"code":' + b"[" * 2000
        with self.nothing_happens():
            for body in (
                *(b"{", b"null", b"[]", b'"x"', b"1", b"true", b"NaN"),
                *(b"\xff\xfe", b"\0", b'{"code": "x",}', b"{'code': 1}", deep),
                *(b"[" * 4000, b"9" * 4000, b'{"code":' + b"9" * 4000),
            ):
                self.assertTold(self.post(body), 400, "bad_request", body[:40])
            self.assertRefused(self.post(b'{"code":"' + b"x" * 5000 + b'"}'), 413)
            self.assertRefused(self.post(b" " * (1 << 20)), 413)

    def test_another_site_cannot_send_it(self):
        body = json.dumps({"code": self.code(), "public_key": Phone(self).public_key})
        with self.nothing_happens():
            for kind in (
                *("text/plain", "application/x-www-form-urlencoded"),
                *("multipart/form-data; boundary=x", "text/json", "", JSON + "x"),
            ):
                answer = self.post(body.encode(), kind)
                self.assertRefused(answer, 400, 415, about=kind)
            for method in ("GET", "PUT", "DELETE", "PATCH"):
                answer = self.opener.request(method, self.base_url() + PATH, timeout=30)
                self.assertRefused(answer, 405, 404, about=method)

    def test_values_of_another_kind(self):
        """Each field with each wrong value: told, and the right code stays good."""
        code, key = self.code(), Phone(self).public_key
        whole = {"code": code, "public_key": key, "name": "x", "app_version": "1"}
        values = (0, 1, 1.5, -1, 1e308, True, False, [], {}, [code], {"a": code}, [[]])
        values += ("\0", "x\0", "\ud800", "x" * 201, "x" * 2000)
        with self.nothing_happens():
            for name in whole:
                for value in values:
                    answer = self.post({**whole, name: value})
                    self.assertTold(answer, 400, "bad_request", (name, value))
        self.assertEqual(self.post(whole).status_code, 200)

    def test_wrong_codes(self):
        key = Phone(self).public_key
        right = self.code()
        wrong = [text for text in WRONG_TEXTS if text and len(text) <= 200]
        wrong = [text for text in wrong if "\0" not in text]
        wrong += [right[:-1], right + "x", right.swapcase(), f" {right}", f"{right}\n"]
        wrong += [self.env["security.device.code"]._digest(right), "%", "_" * 22]
        with self.nothing_happens():
            for code in wrong:
                answer = self.post({"code": code, "public_key": key})
                self.assertTold(answer, 403, "code_wrong", code)
                self.forgive()
            for code in ("", None):
                answer = self.post({"code": code, "public_key": key})
                self.assertTold(answer, 401, "login", code)

    def test_wrong_keys(self):
        with self.nothing_happens():
            for key in (*WRONG_KEYS, "", None):
                answer = self.post({"code": self.code(), "public_key": key})
                self.assertTold(answer, 409, "not_guard", key)

    def test_used_expired_and_of_who_left(self):
        used, other = self.code(), self.code(self.guard)
        self.assertEqual(Phone(self).enrol(used).status_code, 200)
        phone = Phone(self)
        self.assertEqual(phone.enrol(other).status_code, 200)
        old, left = self.code(), self.code()
        stored = self.env["security.device.code"].search([], order="id desc", limit=2)
        stored[1].expires_at = fields.Datetime.now()
        with self.nothing_happens():
            for code in (used, other, old):
                self.assertTold(Phone(self).enrol(code), 403, "code_wrong", code)
                self.forgive()
            again = Phone(self)
            again.key = phone.key
            self.assertTold(again.enrol(self.code()), 409, "not_guard")
            self.guard_user.active = False
            self.assertTold(Phone(self).enrol(left), 409, "not_guard")

    def test_logins_that_are_no_guard(self):
        self.make_user("just_client", "base.group_portal")
        gone = self.make_user("gone_guard", "base.group_portal")
        self.make_guard("Gone", user=gone).active = False
        with self.nothing_happens():
            for login in ("just_client", "gone_guard", "enroller"):
                self.authenticate(login, login)
                self.assertTold(Phone(self).enrol(), 403, "not_guard", login)

    def test_thousands_of_guesses(self):
        code, key = self.code(), Phone(self).public_key
        with self.nothing_happens():
            answers = [
                self.post({"code": f"guess-{n}", "public_key": key}).status_code
                for n in range(GUESSES)
            ]
            self.assertEqual(answers, [403] * 5 + [429] * (GUESSES - 5))
            # Not even the right one gets through, and waiting costs no row.
            answer = self.post({"code": code, "public_key": key})
            self.assertTold(answer, 429, "throttled")
            self.env.cr.execute("SELECT count(*) FROM security_throttle")
            self.assertEqual(self.env.cr.fetchone(), (5,))
        self.env.cr.execute(
            "UPDATE security_throttle SET noted_at = noted_at - interval '15 minutes'"
        )
        self.assertEqual(Phone(self).enrol(code).status_code, 200)
