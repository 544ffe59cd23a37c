from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import BadgeCommon


@tagged("post_install", "-at_install")
class TestBadge(BadgeCommon):
    def test_issue(self):
        self.assertEqual(self.badge.state, "issued")
        self.assertRegex(self.badge.name, r"^B\d{6}$")
        self.assertEqual(len(self.badge.sudo().token), 32)
        self.assertEqual(self.badge.company_id, self.guard.company_id)

    def test_caller_decides_nothing_but_the_guard(self):
        guard = self.env["hr.employee"].create({"name": "Other"})
        badge = (
            self.env["security.badge"]
            .with_user(self.access_officer)
            .create(
                {
                    "employee_id": guard.id,
                    "token": "A" * 32,
                    "state": "revoked",
                    "name": "Mine",
                    "date_issued": "2020-01-01",
                }
            )
        )
        self.assertNotEqual(badge.sudo().token, "A" * 32)
        self.assertEqual(badge.state, "issued")
        self.assertNotEqual(badge.name, "Mine")
        self.assertGreater(badge.date_issued.year, 2020)
        self.assertEqual(badge.create_uid, self.access_officer)

    def test_one_live_badge(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env["security.badge"].create({"employee_id": self.guard.id})

    def test_issue_to_those_without(self):
        others = self.env["hr.employee"].create([{"name": "One"}, {"name": "Two"}])
        profiles = (
            self.env["hr.employee.public"]
            .with_user(self.access_officer)
            .browse((self.guard | others).ids)
        )
        action = profiles.action_issue_badges()
        issued = self.env["security.badge"].search(action["domain"])
        self.assertEqual(issued.employee_id, others)
        with self.assertRaisesRegex(UserError, "badge already"):
            profiles.action_issue_badges()

    def test_who_has_a_badge(self):
        other = self.env["hr.employee"].create({"name": "Without"})
        profiles = self.env["hr.employee.public"].with_user(self.access_officer)
        both = profiles.browse((self.guard | other).ids)
        self.assertEqual(both.mapped("has_badge"), [True, False])
        among = [("id", "in", both.ids)]
        self.assertEqual(
            profiles.search(among + [("has_badge", "=", True)]).ids, self.guard.ids
        )
        self.assertEqual(
            profiles.search(among + [("has_badge", "=", False)]).ids, other.ids
        )

    def test_replace(self):
        action = self.badge.with_user(self.access_officer).action_replace()
        new = self.env["security.badge"].browse(action["res_id"])
        self.assertEqual(new.employee_id, self.guard)
        self.assertEqual(self.badge.state, "replaced")
        self.assertTrue(self.badge.date_revoked)
        self.assertNotEqual(new.sudo().token, self.badge.sudo().token)
        with self.assertRaisesRegex(UserError, "no longer in use"):
            self.badge.action_replace()

    def test_revoke(self):
        action = self.badge.action_revoke()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.access_officer)
            .with_context(**action["context"])
            .create({"reason": "stolen"})
        )
        wizard.action_confirm()
        self.assertEqual(self.badge.state, "revoked")
        self.assertEqual(self.badge.revoke_reason, "stolen")
        self.assertLessEqual(self.badge.date_revoked, fields.Datetime.now())
        again = self.env["security.badge"]._issue(self.guard)
        self.assertEqual(again.state, "issued", "A new one may follow")
        with self.assertRaisesRegex(UserError, "no longer in use"):
            wizard.action_confirm()

    def test_the_token_is_in_no_message(self):
        self.badge._revoke("lost")
        self.env.flush_all()
        texts = self.badge.message_ids.mapped("body")
        values = self.badge.message_ids.sudo().tracking_value_ids
        told = " ".join(
            [*texts, *filter(None, values.mapped("old_value_char"))]
            + list(filter(None, values.mapped("new_value_char")))
        )
        self.assertNotIn(self.badge.sudo().token, told)

    def test_guard_with_a_badge_is_not_deleted(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.guard.unlink()
