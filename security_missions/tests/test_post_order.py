"""Orders of a post: versions, receipts, who has not read, and the clock."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..engine.clock_proof import Evidence
from .common import SecurityMissionsCase, utc

DAY = ("2027-04-15 12:00", "2027-04-15 20:00")


@tagged("post_install", "-at_install")
class TestPostOrder(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_user("amine", "base.group_portal")
        cls.stranger = cls.make_user("zoe", "base.group_portal")
        cls.guard.user_id, cls.other_guard.user_id = cls.user, cls.stranger
        cls.post = cls.make_post()
        cls.shift = cls.make_shift(cls.post, *DAY, cls.guard, state="published")
        cls.order = cls.env["security.post.order"].create(
            {
                "name": "Loading bay",
                "body": "<p>Closed at 22:00</p>",
                "site_ids": [Command.link(cls.site.id)],
                "must_read": True,
            }
        )
        cls.planner = cls.make_user(
            "planner", "security_workforce.group_security_planner"
        )

    def acknowledge(self, version=1, user=None, shift=None):
        order = self.order.with_user(user or self.user)
        return order._acknowledge(version, fields.Datetime.now(), shift)

    def test_only_what_is_published_is_read(self):
        theirs = self.env["security.post.order"].with_user(self.user)
        self.assertFalse(theirs.search([]))
        self.order.with_user(self.planner).action_publish()
        self.assertEqual(theirs.search([]), self.order)
        self.assertFalse(theirs.with_user(self.stranger).search([]))
        with self.assertRaises(AccessError):
            self.acknowledge(user=self.stranger)

    def test_a_planner_without_rights_on_personnel_files_opens_the_board(self):
        self.order.action_publish()
        names = {"display_name": {}}
        [row] = (
            self.env["security.post.order"]
            .with_user(self.planner)
            .web_search_read(
                [("id", "=", self.order.id)],
                {
                    "unread_count": {},
                    "unread_guard_ids": {"fields": names},
                    "receipt_ids": {"fields": {"employee_id": {"fields": names}}},
                },
            )["records"]
        )
        self.assertEqual(row["unread_count"], 1)
        self.assertEqual(row["unread_guard_ids"][0]["display_name"], self.guard.name)

    def test_the_sheet_shows_what_guards_read(self):
        report = self.env["ir.actions.report"].with_user(self.planner)

        def sheet():
            name = "security_missions.report_post_order"
            return report._render_qweb_html(name, self.order.ids)[0].decode()

        self.assertEqual(self.order.stage, "draft")
        self.assertIn("guards do not read it yet", sheet())
        self.order.with_user(self.planner).action_publish()
        self.assertEqual(self.order.stage, "published")
        self.order.body = "<p>Closed at 21:00</p>"
        self.assertEqual(self.order.stage, "changed")
        self.assertIn("<p>Closed at 22:00</p>", sheet())
        self.assertNotIn("21:00", sheet())

    def test_a_week_ahead_and_a_day_back(self):
        self.order.action_publish()
        theirs = self.env["security.post.order"].with_user(self.user)
        for wall, seen in (
            ("2027-04-08 11:00", False),
            ("2027-04-08 13:00", True),
            ("2027-04-16 19:00", True),
            ("2027-04-16 21:00", False),
        ):
            with self.subTest(wall), self.at(wall):
                self.env.registry.clear_cache()
                self.assertEqual(bool(theirs.search([])), seen)

    def test_orders_of_one_post_are_not_of_the_other(self):
        self.order.post_ids = self.make_post("Other gate")
        self.order.action_publish()
        self.assertFalse(
            self.env["security.post.order"].with_user(self.user).search([])
        )
        self.assertFalse(self.shift._unread_orders()[self.shift.id])

    def test_a_new_version_is_unread_for_all(self):
        self.order.action_publish()
        self.assertEqual(self.order.unread_guard_ids, self.guard)
        receipt = self.acknowledge()
        self.assertEqual(self.acknowledge(), receipt)
        self.order.invalidate_recordset()
        self.assertEqual((self.order.read_count, self.order.unread_count), (1, 0))
        with self.assertRaisesRegex(UserError, "nothing new"):
            self.order.action_publish()
        self.order.body = "<p>Closed at 23:00</p>"
        self.assertTrue(self.order.is_changed)
        self.order.action_publish()
        self.order.invalidate_recordset()
        self.assertEqual(self.order.version, 2)
        self.assertEqual(self.order.unread_guard_ids, self.guard)
        first = self.order.version_ids.filtered(lambda v: v.number == 1)
        self.assertIn("22:00", first._text("en_US")["body"])

    def test_receipts_are_kept(self):
        self.order.action_publish()
        receipt = self.acknowledge()
        for act in (receipt.sudo().unlink, self.order.unlink):
            with self.assertRaises(UserError):
                act()
        with self.assertRaises(UserError):
            self.order.version = 7

    def test_at_each_shift(self):
        self.order.ack = "shift"
        self.order.action_publish()
        self.acknowledge()
        self.assertTrue(self.shift._unread_orders()[self.shift.id])
        self.acknowledge(shift=self.shift)
        self.assertFalse(self.shift._unread_orders()[self.shift.id])

    def test_not_in_force_is_not_asked(self):
        self.order.write({"kind": "passing", "date_to": "2027-04-14"})
        self.order.action_publish()
        self.assertFalse(self.shift._unread_orders()[self.shift.id])

    def clock_in(self, received=None):
        at = utc("2027-04-15 11:55")
        mine = self.shift.with_user(self.user)
        with self.at("2027-04-15 11:55"):
            mine._clock_in(at, Evidence(received_at=received or at))

    def test_clock_in_without_reading_is_explained(self):
        self.order.action_publish()
        self.clock_in()
        self.assertEqual(self.shift.clock_exception_ids.kind, "orders_unread")

    def test_clock_in_without_reading_is_refused(self):
        self.company.security_order_gate = "block"
        self.order.action_publish()
        with self.assertRaisesRegex(UserError, "Loading bay"):
            self.clock_in()
        self.acknowledge()
        self.clock_in()
        self.assertEqual(self.shift.state, "started")
        self.assertFalse(self.shift.clock_exception_ids)

    def test_without_network_it_is_never_refused(self):
        self.company.security_order_gate = "block"
        self.order.action_publish()
        self.clock_in(received=utc("2027-04-15 11:55") + timedelta(hours=3))
        self.assertEqual(self.shift.clock_exception_ids.kind, "orders_unread")

    def test_what_was_published_later_was_not_to_be_read(self):
        self.company.security_order_gate = "block"
        with self.at("2027-04-15 18:00"):
            self.order.action_publish()
        self.clock_in()
        self.assertFalse(self.shift.clock_exception_ids)

    def test_the_post_has_the_last_word(self):
        self.post.order_gate = "none"
        self.order.action_publish()
        self.clock_in()
        self.assertFalse(self.shift.clock_exception_ids)
