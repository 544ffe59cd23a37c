"""What the phone of a guard tells of his post, by the door every phone uses."""

import uuid
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.security_workforce.engine import signed_request
from odoo.addons.security_workforce.models.security_device import ENROLLING

from .common import SecurityMissionsCase, utc
from .test_handover import OTHER_PNG, PNG

DAY = ("2027-04-15 12:00", "2027-04-15 20:00")
EPOCH = fields.Datetime.to_datetime("1970-01-01 00:00:00")
PLACE = {"latitude": 48.8566, "longitude": 2.3522, "accuracy": 12}


@tagged("post_install", "-at_install")
class TestInboxPost(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_user("amine", "base.group_portal")
        cls.next_user = cls.make_user("zoe", "base.group_portal")
        cls.guard.user_id, cls.other_guard.user_id = cls.user, cls.next_user
        cls.site.write({"latitude": 48.8566, "longitude": 2.3522})
        cls.post = cls.make_post(
            clock_in_mode="block",
            handover_item_ids=[Command.create({"name": "Radio"})],
        )
        cls.shift = cls.make_shift(cls.post, *DAY, cls.guard)
        cls.following = cls.make_shift(
            cls.post, "2027-04-15 20:00", "2027-04-16 06:00", cls.other_guard
        )
        (cls.shift | cls.following).action_publish()
        cls.phone = cls.make_device(cls.guard)
        cls.other_phone = cls.make_device(cls.other_guard)

    @classmethod
    def make_device(cls, guard):
        devices = cls.env["security.device"].with_context(security_device=ENROLLING)
        return devices.create(
            {
                "name": "Phone",
                "employee_id": guard.id,
                "company_id": guard.company_id.id,
                "token": uuid.uuid4().hex,
                "public_key": uuid.uuid4().hex,
            }
        )

    def send(self, kind, wall, phone=None, received=None, **data):
        """Send one fact of a wall time, received then or later. Returns its row."""
        phone = phone or self.phone
        self.number = getattr(self, "number", 0) + 1
        at = int((utc(wall) - EPOCH).total_seconds() * 1000)
        event = {
            "uuid": str(uuid.uuid4()),
            "n": self.number,
            "kind": kind,
            "at": at,
            "data": data,
            "prev": phone.sudo().last_hash or "0" * 64,
            "offset": 0,
        }
        event["h"] = signed_request.link(event["prev"], event)
        with self.at(received or wall):
            inbox = self.env["security.inbox"].with_user(phone.employee_id.user_id)
            sent_at = int((utc(received or wall) - EPOCH).total_seconds() * 1000)
            inbox._receive(phone, [event], sent_at)
        row = self.env["security.inbox"].search([("uuid", "=", event["uuid"])])
        row.invalidate_recordset()
        return row

    def test_what_was_told_is_readable(self):
        """Whoever decides on it reads names, not numbers of records."""
        row = self.send("on_my_way", "2027-04-15 11:20", shift=self.shift.id)
        self.assertEqual(row.kind_words, "On the way")
        self.assertIn(self.shift.display_name, row.payload_words)
        gone = self.send("on_my_way", "2027-04-15 11:21", shift=10**8)
        self.assertEqual((gone.state, gone.kind_words), ("quarantined", "On the way"))
        self.assertIn("#100000000", gone.payload_words)

    def test_a_whole_service_sent_in_one_go_at_its_end(self):
        end = "2027-04-15 20:30"
        for kind, wall, data in (
            ("on_my_way", "2027-04-15 11:20", {}),
            ("clock_in", "2027-04-15 11:50", {"method": "geo", **PLACE}),
            ("clock_out", "2027-04-15 20:05", {"method": "geo", **PLACE}),
        ):
            row = self.send(kind, wall, received=end, shift=self.shift.id, **data)
            self.assertEqual((row.state, row.message), ("accepted", False), kind)
        attendance = self.shift.attendance_ids
        self.assertEqual(attendance.check_in, utc("2027-04-15 11:50"))
        self.assertEqual(attendance.check_out, utc("2027-04-15 20:05"))
        self.assertTrue(attendance.security_in_offline)
        self.assertEqual(self.shift.on_my_way_date, utc("2027-04-15 11:20"))
        self.assertEqual(self.shift.state, "done")
        self.assertEqual(self.shift.late_minutes, 0)

    def test_refused_at_the_post_is_kept_with_its_reason(self):
        row = self.send(
            "clock_in", "2027-04-15 11:55", shift=self.shift.id, method="none"
        )
        self.assertEqual(row.state, "quarantined")
        self.assertIn("sheet of the post", row.message)
        self.assertFalse(self.shift.attendance_ids)
        self.post.clock_in_mode = "flag"
        row.action_apply_again()
        self.assertEqual(row.state, "flagged")
        self.assertEqual(self.shift.attendance_ids.check_in, utc("2027-04-15 11:55"))

    def test_the_shift_of_another_is_not_his(self):
        for kind, data in (
            ("clock_in", {"method": "geo", **PLACE}),
            ("clock_out", {"method": "none"}),
            ("on_my_way", {}),
            ("handover_give", {"lines": [], "signature": PNG}),
            ("handover_take", {"signature": PNG}),
        ):
            with self.subTest(kind):
                row = self.send(
                    kind, "2027-04-15 19:30", shift=self.following.id, **data
                )
                self.assertEqual(row.state, "quarantined")
        self.assertFalse(self.following.attendance_ids)
        self.assertFalse(self.env["security.handover"].search([]))

    def test_what_is_not_of_the_schema_is_set_aside(self):
        shift = self.shift.id
        for data in (
            {"shift": shift},
            {"shift": shift, "method": "magic"},
            {"shift": shift, "method": "geo", "latitude": 91.0, "longitude": 2},
            {"shift": shift, "method": "geo", "check_in": "2020-01-01"},
            {"shift": str(shift), "method": "geo"},
        ):
            with self.subTest(data):
                row = self.send("clock_in", "2027-04-15 11:55", **data)
                self.assertEqual(row.state, "quarantined")
        self.assertFalse(self.shift.attendance_ids)

    def test_read_then_explained(self):
        self.post.clock_in_mode = "flag"
        order = self.env["security.post.order"].create(
            {
                "name": "Loading bay",
                "body": "<p>Closed</p>",
                "site_ids": [Command.link(self.site.id)],
            }
        )
        order.action_publish()
        row = self.send("order_read", "2027-04-15 11:40", order=order.id, version=1)
        self.assertEqual(row.state, "accepted")
        self.assertEqual(order.receipt_ids.read_at, utc("2027-04-15 11:40"))
        row = self.send("order_read", "2027-04-15 11:41", order=order.id, version=9)
        self.assertEqual(row.state, "quarantined")
        self.send("clock_in", "2027-04-15 11:55", shift=self.shift.id, method="none")
        exception = self.shift.clock_exception_ids
        told = {"exception": exception.id, "cause": "phone", "text": "Battery"}
        row = self.send("clock_justify", "2027-04-15 12:30", self.other_phone, **told)
        self.assertEqual(row.state, "quarantined")
        row = self.send("clock_justify", "2027-04-15 12:31", **told)
        self.assertEqual(exception.state, "justified")
        self.assertEqual(exception.justified_at, utc("2027-04-15 12:31"))

    def test_relief_by_two_phones(self):
        take = {"shift": self.following.id, "signature": OTHER_PNG}
        early = self.send("handover_take", "2027-04-15 19:58", self.other_phone, **take)
        self.assertEqual(early.state, "quarantined")
        item = self.post.handover_item_ids.id
        self.send(
            "handover_give",
            "2027-04-15 19:55",
            received="2027-04-15 20:10",
            shift=self.shift.id,
            lines=[{"item": item, "ok": True}],
            signature=PNG,
        )
        early.action_apply_again()
        self.assertEqual(early.state, "accepted", early.message)
        handover = self.env["security.handover"].search([])
        self.assertEqual(handover.state, "accepted")
        self.assertEqual(handover.given_at, utc("2027-04-15 19:55"))
        self.assertEqual(handover.taken_at, utc("2027-04-15 19:58"))

    def bundle(self, phone=None):
        phone = phone or self.phone
        phone = phone.with_user(phone.employee_id.user_id)
        with self.at("2027-04-15 11:00"):
            return phone._bundle()

    def test_the_phone_keeps_what_its_guard_may_see(self):
        order = self.env["security.post.order"].create(
            {
                "name": "Loading bay",
                "body": "<p>Closed</p>",
                "must_read": True,
                "post_ids": [Command.link(self.post.id)],
            }
        )
        elsewhere = order.copy({"post_ids": [Command.set(self.make_post("B").ids)]})
        (order | elsewhere).action_publish()
        bundle = self.bundle()
        (told,) = bundle["orders"]
        self.assertEqual((told["id"], told["version"]), (order.id, 1))
        self.assertEqual(told["unread_shifts"], self.shift.ids)
        (place,) = bundle["posts"]
        self.assertEqual((place["clock_in"], place["radius"]), ("block", 150))
        secret = self.post.clock_token
        self.assertNotIn(secret, str(bundle))
        self.assertNotIn(self.post.clock_code, str(bundle["posts"]))

    def test_a_bundle_asks_as_much_for_many_shifts(self):
        self.bundle()
        counts = []
        for number in range(1, 4):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.bundle()
            counts.append(self.env.cr.sql_log_count - before)
            day = fields.Datetime.from_string("2027-04-16 08:00:00")
            start = day + timedelta(days=number)
            self.env["security.shift"].create(
                {
                    "post_id": self.make_post(f"Post {number}").id,
                    "employee_id": self.guard.id,
                    "date_start": start,
                    "date_stop": start + timedelta(hours=4),
                }
            ).action_publish()
        self.assertLessEqual(max(counts) - min(counts), 2, counts)
