"""What phones send over HTTP: signed, once, each alone, and of no use to strangers."""

import hashlib
import io
import json
import time
import uuid
from unittest.mock import patch

from PIL import Image

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import config

from odoo.addons.security_workforce.engine.event_schema import (
    Kind,
    Many,
    Text,
    Uuid,
)
from odoo.addons.security_workforce.models.security_inbox_turn import PLACES
from odoo.addons.security_workforce.tests.full_house import full_house

from .common import SecurityMissionsMixin
from .phone import Phone

KINDS = {
    "note": Kind(
        "_apply_note",
        {"text": Text(200), "photos": Many(Uuid(), 8, required=False)},
    ),
}


@tagged("post_install", "-at_install")
class TestGuardApi(SecurityMissionsMixin, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_firm()
        cls.user = cls.make_user("phone_t", "base.group_portal")
        cls.one = cls.make_guard("Phoned", user=cls.user)
        inbox = cls.env.registry["security.inbox"]
        cls.startClassPatcher(patch.object(inbox, "_kinds", lambda self: dict(KINDS)))
        cls.startClassPatcher(
            patch.object(inbox, "_apply_note", cls._apply_note, create=True)
        )
        cls.planner = cls.make_user(
            "planner_t", "security_workforce.group_security_planner"
        )

    def _apply_note(self):
        """Stands for what modules add: writes a note on the partner of the guard."""
        if self.payload["text"] == "refuse me":
            raise UserError(self.env._("Refused in words."))
        if self.payload["text"] == "fall":
            raise ZeroDivisionError
        partner = self.env.user.partner_id.sudo()
        partner.ref = f"{partner.ref or ''}|{self.payload['text']}"
        return partner

    def setUp(self):
        super().setUp()
        self.phone = Phone(self)
        self.code = self._code(self.one)
        self.assertEqual(self.phone.enrol(self.code).status_code, 200)

    def _code(self, guard):
        action = (
            self.env["security.device.code"].with_user(self.planner)._open_for(guard)
        )
        return action["context"]["security_device_code"].partition(":")[2]

    def _rows(self):
        device = self.env["security.device"].search([("token", "=", self.phone.token)])
        return self.env["security.inbox"].search([("device_id", "=", device.id)])

    # ------------------------------------------------------------
    # ENROLMENT
    # ------------------------------------------------------------

    def test_a_code_works_once(self):
        self.assertEqual(Phone(self).enrol(self.code).status_code, 403)

    def test_an_old_code_is_worth_nothing(self):
        code = self._code(self.one)
        self.env["security.device.code"].search([]).write({"expires_at": "2020-01-01"})
        self.assertEqual(Phone(self).enrol(code).status_code, 403)

    def test_guessing_has_to_wait_and_a_right_code_waits_too(self):
        code = self._code(self.one)
        answers = [Phone(self).enrol(f"wrong{n}").status_code for n in range(6)]
        self.assertEqual(answers, [403] * 5 + [429])
        self.assertEqual(Phone(self).enrol(code).status_code, 429)

    def test_the_portal_login_enrols(self):
        self.authenticate("phone_t", "phone_t")
        self.assertEqual(Phone(self).enrol().status_code, 200)

    def test_nobody_enrols_without_code_nor_login(self):
        self.assertEqual(Phone(self).enrol().status_code, 401)

    def test_a_client_has_no_app(self):
        self.make_user("client_t", "base.group_portal")
        self.authenticate("client_t", "client_t")
        self.assertEqual(Phone(self).enrol().json()["error"], "not_guard")

    def test_a_key_is_enrolled_once(self):
        again = Phone(self)
        again.key = self.phone.key
        self.assertNotEqual(again.enrol(self._code(self.one)).status_code, 200)

    # ------------------------------------------------------------
    # WHO SPEAKS
    # ------------------------------------------------------------

    def test_a_stranger_is_not_heard(self):
        event = self.phone.event("note", {"text": "mine"})
        stranger = Phone(self)
        stranger.token = self.phone.token
        self.assertEqual(stranger.send(event).status_code, 401)
        self.assertFalse(self._rows())

    def test_a_changed_body_is_not_heard(self):
        path, when = "/guard/api/sync", str(int(time.time() * 1000))
        signed = self.phone.request(
            "POST", path, b'{"sent_at":0,"events":[]}', when=when
        )
        self.assertEqual(signed.status_code, 200)
        signature = signed.request.headers["X-Security-Signature"]
        changed = self.phone.request(
            "POST", path, b'{"sent_at":1,"events":[]}', when=when, signature=signature
        )
        self.assertEqual(changed.status_code, 401)

    def test_a_wrong_clock_is_told_ours(self):
        day = 24 * 3600 * 1000
        for ahead in (day, -day):
            answer = self.phone.request(
                "GET", "/guard/api/bundle", when=int(time.time() * 1000) + ahead
            )
            self.assertEqual(answer.status_code, 401)
            self.assertEqual(answer.json()["error"], "clock")
            self.assertLess(
                abs(answer.json()["server_time"] - time.time() * 1000), 60_000
            )

    def test_a_revoked_phone_is_not_heard(self):
        device = self.env["security.device"].search([("token", "=", self.phone.token)])
        device.with_user(self.planner).action_revoke()
        answer = self.phone.send(self.phone.event("note", {"text": "late"}))
        self.assertEqual((answer.status_code, answer.json()["error"]), (403, "revoked"))

    def test_who_has_left_is_not_heard(self):
        self.one.active = False
        self.assertEqual(self.phone.send().status_code, 403)

    def test_the_bundle_is_sent_when_it_changed(self):
        answer = self.phone.request("GET", "/guard/api/bundle")
        self.assertEqual(answer.json()["guard"]["name"], "Phoned")
        again = self.phone.request(
            "GET",
            "/guard/api/bundle",
            headers={"If-None-Match": answer.headers["ETag"]},
        )
        self.assertEqual(again.status_code, 304)

    # ------------------------------------------------------------
    # WHAT IT SAYS
    # ------------------------------------------------------------

    def test_each_fact_counts_once_in_its_order(self):
        events = [self.phone.event("note", {"text": str(n)}) for n in range(3)]
        self.assertEqual(self.phone.verdicts(*events), ["accepted"] * 3)
        self.assertEqual(self.phone.verdicts(*events), ["accepted"] * 3)
        self.assertEqual(len(self._rows()), 3)
        self.assertIn("|0|1|2", self.user.partner_id.ref)

    def test_a_bad_fact_stops_no_other(self):
        events = [
            self.phone.event("note", {"text": "one"}),
            {"uuid": "no envelope"},
            self.phone.event("nonsense", {}),
            *(
                self.phone.event("note", {"text": text})
                for text in ("refuse me", "fall", "two")
            ),
        ]
        with self.assertLogs("odoo.addons.security_workforce", "ERROR"):
            verdicts = self.phone.verdicts(*events)
        aside = "quarantined"
        self.assertEqual(
            verdicts, ["accepted", "refused", aside, aside, aside, "accepted"]
        )
        self.assertIn("|one|two", self.user.partner_id.ref)
        self.assertIn("Refused in words.", self._rows().mapped("message"))

    def test_one_identity_two_contents(self):
        first = self.phone.event("note", {"text": "true"})
        forged = self.phone.event("note", {"text": "false"}, uuid=first["uuid"])
        self.assertEqual(self.phone.verdicts(first), ["accepted"])
        self.assertEqual(self.phone.verdicts(forged), ["conflict"])
        self.assertEqual(self.phone.verdicts(first), ["accepted"])
        self.assertIn("|true", self.user.partner_id.ref)
        self.assertNotIn("false", self.user.partner_id.ref)

    def test_one_request_may_say_things_twice(self):
        first = self.phone.event("note", {"text": "true"})
        forged = self.phone.event("note", {"text": "false"}, uuid=first["uuid"])
        last = self.phone.event("note", {"text": "last"})
        verdicts = self.phone.verdicts(first, first, forged, last, forged)
        self.assertEqual(
            verdicts, ["accepted", "accepted", "conflict", "accepted", "conflict"]
        )
        rows = self._rows().sorted("id")
        self.assertEqual(rows.mapped("digest"), [first["h"], last["h"], forged["h"]])
        self.assertEqual(self.user.partner_id.ref, "|true|last")

    def test_what_is_known_costs_the_same_however_much_it_is(self):
        device = self.env["security.device"].search([("token", "=", self.phone.token)])
        inbox = self.env["security.inbox"].with_user(self.user)
        events = [self.phone.event("note", {"text": str(n)}) for n in range(20)]
        inbox._receive(device, events, self.phone.clock())
        self.env.flush_all()
        for number in (2, 20):
            self.env.invalidate_all()
            with self.subTest(number), self.assertQueryCount(9):
                inbox._receive(device, events[:number], self.phone.clock())
                self.env.flush_all()

    def test_facts_without_fault_are_applied_together(self):
        device = self.env["security.device"].search([("token", "=", self.phone.token)])
        inbox = self.env["security.inbox"].with_user(self.user)
        for number in (2, 20):
            events = [self.phone.event("note", {"text": str(n)}) for n in range(number)]
            self.env.invalidate_all()
            with self.subTest(number), self.assertQueryCount(16):
                inbox._receive(device, events, self.phone.clock())
                self.env.flush_all()

    def test_a_busy_office_hears_the_others_first(self):
        event, waits = self.phone.event("note", {"text": "one"}), []
        with full_house(self.env):
            for answer in (
                self.phone.send(event),
                self.phone.request("GET", "/guard/api/bundle"),
            ):
                self.assertEqual(answer.status_code, 503)
                self.assertEqual(answer.json()["error"], "busy")
                waits.append(int(answer.headers["Retry-After"]))
            # Which Odoo takes wherever it takes GET.
            answer = self.phone.request("HEAD", "/guard/api/bundle")
            self.assertEqual(answer.status_code, 503)
        # Who has something to tell comes back before those who only ask.
        self.assertLess(0, waits[0])
        self.assertLess(*waits)
        self.assertFalse(self._rows())
        self.assertEqual(self.phone.verdicts(event), ["accepted"])

    def test_places_are_half_of_the_processes_or_as_told(self):
        inbox, parameters = self.env["security.inbox"], self.env["ir.config_parameter"]
        for told, workers, places in (
            (False, 0, 1),
            (False, 1, 1),
            (False, 6, 3),
            ("5", 6, 5),
            ("0", 6, 1),
            ("many", 6, 3),
        ):
            parameters.set_param(PLACES, told)
            with (
                self.subTest((told, workers)),
                patch.dict(config.options, workers=workers),
            ):
                self.assertEqual(inbox._places(), places)

    def test_a_gap_is_told(self):
        self.phone.event("note", {"text": "lost"})
        kept = self.phone.event("note", {"text": "after"})
        self.assertEqual(self.phone.verdicts(kept), ["flagged"])

    def test_both_times_are_kept(self):
        self.phone.ahead = 24 * 3600 * 1000
        event = self.phone.event("note", {"text": "tomorrow"})
        self.assertEqual(self.phone.verdicts(event), ["flagged"])
        row = self._rows()
        self.assertLess(abs((row.happened_at - row.received_at).total_seconds()), 60)
        ahead = (row.device_time - row.received_at).total_seconds()
        self.assertLess(abs(ahead - 24 * 3600), 60)

    def test_future_and_forgotten_facts_are_set_aside(self):
        hour = 3600 * 1000
        ahead = self.phone.event("note", {"text": "a"}, at=self.phone.clock() + hour)
        old = self.phone.event(
            "note", {"text": "b"}, at=self.phone.clock() - 2000 * hour
        )
        self.assertEqual(self.phone.verdicts(ahead, old), ["quarantined"] * 2)
        self.assertFalse(self.user.partner_id.ref)

    def test_what_was_set_aside_can_be_applied_later(self):
        self.phone.verdicts(self.phone.event("note", {"text": "refuse me"}))
        row = self._rows()
        with patch.object(type(row), "_apply_note", lambda self: None):
            row.with_user(self.planner).action_apply_again()
        self.assertEqual((row.state, row.decided_by), ("accepted", self.planner))

    def test_a_register_is_not_written_by_hand(self):
        self.phone.verdicts(self.phone.event("note", {"text": "one"}))
        row = self._rows()
        for change in ({"payload": {}}, {"state": "dismissed"}):
            with self.assertRaises(UserError):
                row.write(change)
        with self.assertRaises(UserError):
            row.copy()
        with self.assertRaises(UserError):
            row.with_user(self.user).action_dismiss()

    # ------------------------------------------------------------
    # PHOTOS
    # ------------------------------------------------------------

    def _photo(self, size=(900, 600)):
        exif = Image.Exif()
        exif[0x010E] = "where I live"
        written = io.BytesIO()
        Image.effect_noise(size, 90).save(written, "JPEG", exif=exif)
        return written.getvalue()

    def _put(self, name, raw, piece=262_144):
        """The last answer to the pieces of ``raw``."""
        headers = {"X-Security-Sha256": hashlib.sha256(raw).hexdigest()}
        for first in range(0, len(raw), piece):
            part = raw[first : first + piece]
            headers["Content-Range"] = (
                f"bytes {first}-{first + len(part) - 1}/{len(raw)}"
            )
            answer = self.phone.request(
                "PUT", f"/guard/api/blob/{name}", part, headers=headers
            )
        return answer.json()

    def test_a_photo_is_made_anew_and_given(self):
        raw, names = self._photo(), [str(uuid.uuid4()) for __ in range(2)]
        self.assertIn(b"where I live", raw)
        # One comes before its fact, one after.
        self.assertEqual(self._put(names[0], raw, 50_000)["received"], len(raw))
        self.phone.verdicts(self.phone.event("note", {"text": "seen", "photos": names}))
        self._put(names[1], raw)
        photos = self.env["security.photo"].search([("uuid", "in", names)])
        self.assertEqual(photos.mapped("state"), ["given"] * 2)
        self.assertEqual(
            set(photos.attachment_id.mapped("res_id")), {self.user.partner_id.id}
        )
        for attachment in photos.attachment_id:
            self.assertEqual(Image.open(io.BytesIO(attachment.raw)).format, "JPEG")
            self.assertNotIn(b"where I live", attachment.raw)

    def test_what_is_no_photo_is_refused(self):
        bomb = io.BytesIO()
        Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
        for raw in (
            b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
            b"<html><script>alert(1)</script></html>",
            bomb.getvalue(),
            b"GIF89a" + b"\0" * 50,
        ):
            name = str(uuid.uuid4())
            self.assertTrue(self._put(name, raw)["refused"], raw[:20])
            photo = self.env["security.photo"].search([("uuid", "=", name)])
            self.assertFalse(photo.attachment_id)

    def test_a_photo_that_is_not_what_was_said(self):
        raw, name = b"another picture", str(uuid.uuid4())
        headers = {
            "X-Security-Sha256": "0" * 64,
            "Content-Range": f"bytes 0-{len(raw) - 1}/{len(raw)}",
        }
        answer = self.phone.request(
            "PUT", f"/guard/api/blob/{name}", raw, headers=headers
        )
        self.assertTrue(answer.json()["refused"])

    # ------------------------------------------------------------
    # HOSTILE INPUT
    # ------------------------------------------------------------

    def test_hostile_bodies(self):
        """No error of ours, nothing stored."""
        nested = "[" * 100_000 + "]" * 100_000
        bodies = [b"", b"{", b"null", b"[]", b'"x"', b"\xff\xfe", nested.encode()]
        bodies += [
            json.dumps({"sent_at": sent, "events": events}).encode()
            for sent in (None, "now", -1, 1e300, True, [], 5)
            for events in (None, {}, "x", 3, [None] * 51)
        ]
        for body in bodies:
            answer = self.phone.request("POST", "/guard/api/sync", body)
            self.assertIn(answer.status_code, (400, 413), body[:60])
            self.assertNotIn("Traceback", answer.text)
        self.assertFalse(self._rows())

    def test_hostile_events(self):
        """Each field of the envelope, with everything that does not belong there."""
        whole = self.phone.event("note", {"text": "x"})
        values = (
            None,
            True,
            -1,
            2**63,
            1e999,
            "",
            "x" * 5000,
            "\0",
            [],
            {},
            [[[]]],
            "é'\";--",
        )
        events = [{**whole, name: value} for name in whole for value in values]
        events += [{**whole, "extra": 1}, None, 7, [], "x", {}]
        events += [
            {**whole, "data": {"text": "x" * 30_000}},
            {**whole, "data": {"text": "\0"}},
        ]
        for start in range(0, len(events), 40):
            body = {"sent_at": self.phone.clock(), "events": events[start : start + 40]}
            text = json.dumps(body).replace("Infinity", "1e999").encode()
            answer = self.phone.request("POST", "/guard/api/sync", text)
            self.assertEqual(answer.status_code, 200, answer.text[:300])
            self.assertNotIn("Traceback", answer.text)
        self.assertFalse(self._rows().filtered(lambda row: row.state == "accepted"))
        self.assertFalse(self.user.partner_id.ref)
