"""Entries that come from a phone, late or not, and what a phone keeps."""

import base64
import time
import uuid
from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from odoo.addons.security_workforce.engine import signed_request

from .test_logbook import LogbookCommon


@tagged("post_install", "-at_install")
class TestLogbookPhone(LogbookCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guard_user = new_test_user(
            cls.env, "logbook_phone", groups="base.group_portal"
        )
        cls.guard.user_id = cls.guard_user
        key = base64.urlsafe_b64encode(bytes(range(32))).rstrip(b"=").decode()
        cls.device = cls.env["security.device"]._enrol(cls.guard, key, "Phone")

    def send(self, data, at=None, number=1):
        """(the answer, the row, the entry) of an event of the guard's phone."""
        now = time.time()
        at = at or now
        event = {
            "uuid": str(uuid.uuid4()),
            "n": number,
            "kind": "log_entry",
            "at": int(at * 1000),
            "data": data,
            "prev": "0" * 64,
        }
        event["h"] = signed_request.link(event["prev"], event)
        inbox = self.env["security.inbox"].with_user(self.guard_user)
        device = self.device.with_user(self.guard_user)
        (answer,) = inbox._receive(device, [event], int(now * 1000))
        row = self.env["security.inbox"].search([("uuid", "=", event["uuid"])])
        entry = self.Entry.search([("uuid", "=", event["uuid"])])
        return answer, row, entry

    def test_an_entry_of_the_phone(self):
        shift = self.publish()
        category = self.env.ref("security_incidents.logbook_category_fault")
        at = time.time() - 7200
        _answer, row, entry = self.send(
            {
                "shift": shift.id,
                "category": category.id,
                "text": "Barrière bloquée",
                "persons": [{"role": "caller", "name": "Mme Roux"}],
            },
            at,
        )
        self.assertNotEqual(row.state, "quarantined", row.message)
        self.assertEqual(entry.text, "Barrière bloquée")
        self.assertEqual(
            (entry.employee_id, entry.user_id), (self.guard, self.guard_user)
        )
        self.assertAlmostEqual(
            entry.happened_at.timestamp(), row.happened_at.timestamp(), delta=1
        )
        self.assertEqual(entry.category_id, category)
        _answer, row, right = self.send(
            {"shift": shift.id, "text": "Porte bloquée", "corrects": entry.uuid},
            number=2,
        )
        self.assertEqual((right.target_id, right.kind), (entry, "correction"))
        self.seal()
        self.assertFalse(self.verify().breaks)

    def test_what_is_not_his_is_set_aside(self):
        self.publish()
        other = self.env["security.shift"].create(
            {
                "post_id": self.post.id,
                "date_start": fields.Datetime.now(),
                "date_stop": fields.Datetime.now() + timedelta(hours=4),
            }
        )
        bad = [
            {"shift": other.id, "text": "x"},
            {"site": self.site.id + 999, "text": "x"},
            {"shift": self.shift.id, "text": "x", "corrects": str(uuid.uuid4())},
            {
                "shift": self.shift.id,
                "text": "x",
                "persons": [{"role": "king", "name": "x"}],
            },
            {"shift": self.shift.id, "text": 12},
        ]
        for number, data in enumerate(bad, 1):
            _answer, row, entry = self.send(data, number=number)
            self.assertEqual(row.state, "quarantined", data)
            self.assertNotIn("not what the phone", row.message)
            self.assertFalse(entry)

    def test_the_site_is_enough_when_he_is_there(self):
        self.publish()
        _answer, row, entry = self.send({"site": self.site.id, "text": "RAS"})
        self.assertEqual(entry.shift_id, self.shift, row.message)

    def test_what_the_phone_keeps(self):
        device = self.device.with_user(self.guard_user)
        self.assertEqual(device._bundle()["logbook"]["entries"], [])
        self.publish()
        for number in range(35):
            self.note(f"Entrée {number}")
        self.note("Ailleurs", post=self.other_post, shift=None)
        kept = device._bundle()["logbook"]
        texts = {entry["text"] for entry in kept["entries"]}
        self.assertEqual(len(texts), 30)
        self.assertNotIn("Ailleurs", texts)
        codes = {category["code"] for category in kept["categories"]}
        self.assertIn("nothing", codes)
        self.assertNotIn("clock", codes)
