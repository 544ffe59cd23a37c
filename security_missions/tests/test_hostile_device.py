"""Signed requests that are not what they say: of another phone, replayed, too late, of
who left. Each is refused for the bundle, the facts and the photos alike."""

import json
import time
import uuid

from odoo.tests import tagged

from odoo.addons.security_workforce.engine import signed_request

from .hostile import HostileCase

SHA = "0" * 64
BLOB = f"/guard/api/blob/{uuid.UUID(int=1 << 78 | 1 << 63)}"
PIECE = {"Content-Range": "bytes 0-1/2", "X-Security-Sha256": SHA}
MINUTE = 60 * 1000
LATEST = 4_102_444_800_000


def now(minutes=0):
    return int(time.time() * 1000) + minutes * MINUTE


@tagged("post_install", "-at_install")
class TestHostileDevice(HostileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_firm()
        cls.guard_user = cls.make_user("signing", "base.group_portal")
        cls.guard.user_id = cls.guard_user
        cls.other_guard.user_id = cls.make_user("signing_too", "base.group_portal")
        cls.planner = cls.make_user(
            "revoker", "security_workforce.group_security_planner"
        )

    def setUp(self):
        super().setUp()
        self.enrol_two()
        self.device = self.device_of(self.phone)

    def device_of(self, phone):
        return self.env["security.device"].search([("token", "=", phone.token)])

    def calls(self, phone, **changes):
        """The three requests of a phone, each changed in the same way."""
        batch = {"sent_at": now(), "events": [phone.event("no_such_kind", {})]}
        yield phone.request("GET", "/guard/api/bundle", **changes)
        yield phone.request(
            "POST", "/guard/api/sync", json.dumps(batch).encode(), **changes
        )
        more = {**PIECE, **changes.pop("headers", {})}
        yield phone.request("PUT", BLOB, b"ab", headers=more, **changes)

    def assertDeaf(self, status, code, phone=None, about=None, **changes):
        """Whatever this phone asks is refused so."""
        for answer in self.calls(phone or self.phone, **changes):
            self.assertTold(answer, status, code, about)

    # ------------------------------------------------------------
    # Who it says it is
    # ------------------------------------------------------------

    def test_names_of_devices(self):
        tokens = (
            *("", "0", "null", "'", "' OR 1=1 --", "%", "_", "\0", "x\0", "é"),
            *("x" * 64, "x" * 5000, self.phone.token[:-1], self.phone.token + "x"),
            *(self.phone.token.swapcase(), self.other.token),
        )
        with self.nothing_happens():
            for token in tokens:
                headers = {"X-Security-Device": token.encode("latin-1")}
                self.assertDeaf(401, "signature", about=token, headers=headers)
            for path in ("/guard/api/bundle", "/web/session/authenticate/x"):
                answer = self.url_open(path)
                self.assertRefused(answer, 401, 404, about=path)

    def test_signatures(self):
        right = signed_request.encode(bytes(64))
        wrong = ("", "x", right, right + "==", right[:-1], "A" * 87, "\0", "é", "'")
        wrong += ("x" * 5000, "//" + "A" * 84)
        with self.nothing_happens():
            for signature in wrong:
                # What is empty would be signed by the phone of the tests.
                headers = {"X-Security-Signature": signature.encode("latin-1")}
                self.assertDeaf(401, "signature", about=signature, headers=headers)

    def test_a_signature_serves_for_what_was_signed_only(self):
        when = str(now())
        path, body = "/guard/api/sync", b'{"sent_at":0,"events":[]}'
        good = self.phone.request("POST", path, body, when=when)
        self.assertEqual(good.status_code, 200)
        signature = good.request.headers["X-Security-Signature"]
        with self.nothing_happens():
            for method, where, sent, at, phone in (
                ("POST", path, body + b" ", when, self.phone),
                ("POST", path, b"", when, self.phone),
                ("POST", path, body, str(int(when) + 1), self.phone),
                ("POST", path, body, when, self.other),
                ("GET", "/guard/api/bundle", b"", when, self.phone),
                ("PUT", BLOB, body, when, self.phone),
            ):
                answer = phone.request(
                    method, where, sent, when=at, signature=signature, headers=PIECE
                )
                self.assertTold(answer, 401, "signature", (method, where, at))

    # ------------------------------------------------------------
    # When it says it is
    # ------------------------------------------------------------

    def test_times(self):
        wrong = ("", "0", "-1", "abc", "1e12", "1.5", "9" * 16, "9" * 5000, "null")
        with self.nothing_happens():
            for when in (*wrong, *map(now, (-11, 11, -60 * 24, 60 * 24))):
                self.assertDeaf(401, "clock", about=when, when=when)

    def test_replayed(self):
        fact = self.phone.event("no_such_kind", {"n": 1})
        body = json.dumps({"sent_at": now(), "events": [fact]}).encode()
        first = self.phone.request("POST", "/guard/api/sync", body)
        self.assertEqual(first.json()["results"][0]["verdict"], "quarantined")
        kept = ("X-Security-Device", "X-Security-Time", "X-Security-Signature")
        headers = {name: first.request.headers[name] for name in kept}
        with self.nothing_happens():
            for _time in range(3):
                again = self.phone.request("POST", "/guard/api/sync", body, headers)
                self.assertEqual(again.json()["results"], first.json()["results"])
            old = self.phone.request("POST", "/guard/api/sync", body, when=now(-11))
            self.assertTold(old, 401, "clock")

    def test_clocks_of_another_century(self):
        """A clock as wrong as can be is told so, and breaks nothing."""
        late = self.phone.event("no_such_kind", {}, at=LATEST, offset=-LATEST)
        early = self.phone.event("no_such_kind", {}, at=0, offset=LATEST)
        for sent_at in (0, LATEST):
            body = json.dumps({"sent_at": sent_at, "events": [late, early]}).encode()
            answer = self.phone.request("POST", "/guard/api/sync", body)
            self.assertEqual(answer.status_code, 200, answer.text[:300])
            verdicts = [result["verdict"] for result in answer.json()["results"]]
            self.assertEqual(verdicts, ["quarantined"] * 2)

    def test_what_cannot_be_written_back(self):
        event = self.phone.event("no_such_kind", {})
        events = [
            {**event, "uuid": "\ud800"},
            {**event, "uuid": "x" * 20_000},
            {**event, "\ud800": 1},
            {**event, "\0": 1},
            {**event, "data": {"\ud800": 1}},
            {**event, "data": {"x": "\ud800"}},
            {**event, "kind": "\ud800"},
            {**event, "prev": "\ud800" * 64},
        ]
        body = json.dumps({"sent_at": now(), "events": events}).encode()
        with self.nothing_happens():
            answer = self.phone.request("POST", "/guard/api/sync", body)
            self.assertEqual(answer.status_code, 200, answer.text[:300])
            results = answer.json()["results"]
        self.assertEqual([row["verdict"] for row in results], ["refused"] * len(events))
        self.assertLess(len(answer.content), 10_000)

    # ------------------------------------------------------------
    # Who is no longer heard
    # ------------------------------------------------------------

    def test_revoked_from_the_very_next_request(self):
        known = self.phone.request("GET", "/guard/api/bundle")
        self.assertEqual(known.status_code, 200)
        self.assertEqual(self.phone.send(self.phone.event("x", {})).status_code, 200)
        # The button of the form, as the web client calls it.
        self.authenticate("revoker", "revoker")
        self.make_jsonrpc_request(
            "/web/dataset/call_button/security.device/action_revoke",
            {
                "model": "security.device",
                "method": "action_revoke",
                "args": [self.device.ids],
                "kwargs": {},
            },
        )
        self.authenticate(None, None)
        with self.nothing_happens():
            self.assertDeaf(403, "revoked")
            same = {"If-None-Match": known.headers["ETag"]}
            answer = self.phone.request("GET", "/guard/api/bundle", headers=same)
            self.assertTold(answer, 403, "revoked")
        self.assertEqual(self.device.revoked_by, self.planner)
        # The other phone goes on.
        self.assertEqual(self.other.send().status_code, 200)

    def test_who_left_changed_firm_or_lost_his_access(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        changes = (
            (self.guard, {"active": False}, {"active": True}),
            (self.guard_user, {"active": False}, {"active": True}),
            (self.guard, {"user_id": False}, {"user_id": self.guard_user.id}),
            (
                self.guard,
                {"company_id": elsewhere.id, "user_id": False},
                {"company_id": self.company.id, "user_id": self.guard_user.id},
            ),
        )
        for record, change, back in changes:
            record.write(change)
            with self.nothing_happens():
                self.assertDeaf(403, "revoked", about=change)
            record.write(back)
            self.assertEqual(self.phone.send().status_code, 200, change)
