"""One guard leaves a post to the next."""

import base64
import hashlib

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import SecurityMissionsCase, utc

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * 40).decode()
OTHER_PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"y" * 40).decode()


@tagged("post_install", "-at_install")
class TestHandover(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_user("amine", "base.group_portal")
        cls.next_user = cls.make_user("zoe", "base.group_portal")
        cls.guard.user_id, cls.other_guard.user_id = cls.user, cls.next_user
        cls.post = cls.make_post(
            handover_item_ids=[
                Command.create({"name": "Keys", "answer": "number", "expected": 12}),
                Command.create({"name": "Radio"}),
            ]
        )
        cls.out = cls.make_shift(
            cls.post, "2027-04-15 12:00", "2027-04-15 20:00", cls.guard
        )
        cls.following = cls.make_shift(
            cls.post, "2027-04-15 20:00", "2027-04-16 06:00", cls.other_guard
        )
        (cls.out | cls.following).action_publish()
        cls.keys, cls.radio = cls.post.handover_item_ids
        cls.at_eight = utc("2027-04-15 20:00")

    def give(self, keys=12, signature=PNG):
        answers = [
            {"item": self.keys.id, "number": keys},
            {"item": self.radio.id, "ok": True, "comment": "Battery low"},
        ]
        reliefs = self.env["security.handover"].with_user(self.user)
        shift = self.out.with_user(self.user)
        return reliefs._give(shift, answers, "Quiet", signature, self.at_eight)

    def take(self, handover, reserve="", user=None, signature=OTHER_PNG, shift=None):
        user = user or self.next_user
        shift = (shift or self.following).with_user(user)
        return handover.with_user(user)._take(shift, reserve, signature, self.at_eight)

    def test_given_and_accepted(self):
        handover = self.give()
        self.assertEqual(handover.state, "given")
        self.assertEqual(handover.shift_in_id, self.following)
        self.assertEqual(handover.in_employee_id, self.other_guard)
        self.assertEqual(handover.difference_count, 0)
        self.assertEqual(handover.out_signature.decode(), PNG)
        self.take(handover)
        self.assertEqual(handover.state, "accepted")
        self.assertEqual(handover.in_signature.decode(), OTHER_PNG)
        with self.assertRaisesRegex(UserError, "not waiting"):
            self.take(handover)
        with self.assertRaisesRegex(UserError, "accepted already"):
            self.give()

    def test_reserves_and_differences(self):
        handover = self.give(keys=11)
        self.assertEqual(handover.line_ids.filtered("differs").name, "Keys")
        self.take(handover, "One key is missing")
        self.assertEqual(handover.state, "reserves")
        self.assertEqual(handover.reserve, "One key is missing")

    def test_the_sheet(self):
        handover = self.give(keys=11)
        self.take(handover, "One key is missing")
        planner = self.make_user("sheet", "security_workforce.group_security_planner")
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(planner)
            ._render_qweb_html("security_missions.report_handover", handover.ids)
        )
        sheet = "".join(html.decode().split())
        for words in ("Onekeyismissing", "<td>11</td>", "Batterylow", "8:00"):
            self.assertIn(words, sheet)

    def test_given_again_before_it_is_taken(self):
        handover = self.give(keys=11)
        self.assertEqual(self.give(keys=12), handover)
        self.assertEqual(len(handover.line_ids), 2)
        self.assertFalse(handover.difference_count)

    def test_the_fingerprint_shows_a_change(self):
        handover = self.give()
        picture = PNG.encode()
        self.assertEqual(handover.out_hash, handover._fingerprint(picture))
        self.assertEqual(len(handover.out_hash), len(hashlib.sha256().hexdigest()))
        handover.line_ids[0].number = 3
        self.assertNotEqual(handover.out_hash, handover._fingerprint(picture))

    def test_only_the_guards_of_the_two_shifts(self):
        reliefs = self.env["security.handover"].with_user(self.next_user)
        with self.assertRaises(AccessError):
            reliefs._give(
                self.out.with_user(self.next_user), [], "", PNG, self.at_eight
            )
        handover = self.give()
        with self.assertRaises(AccessError):
            self.take(handover, user=self.user)
        with self.assertRaises(AccessError):
            self.take(handover, user=self.user, shift=self.out)
        stranger = self.make_user("lou", "base.group_portal")
        elsewhere = self.make_guard("Lou Test", user=stranger)
        post = self.make_post("Other")
        shift = self.make_shift(
            post, "2027-04-15 20:00", "2027-04-16 06:00", elsewhere, state="published"
        )
        with self.assertRaises(AccessError):
            self.take(handover, user=stranger, shift=shift)
        self.assertFalse(self.env["security.handover"].with_user(stranger).search([]))

    def test_a_signature_is_a_picture(self):
        svg = base64.b64encode(b"<svg onload=alert(1)>").decode()
        for wrong in ("", "no", svg, PNG + "!"):
            with self.subTest(wrong), self.assertRaisesRegex(UserError, "Sign in"):
                self.give(signature=wrong)

    def test_the_first_round_waits_for_the_relief(self):
        shifts = self.env["security.shift"]
        self.assertEqual(shifts._handover_missing(self.following), ("none", ""))
        handover = self.give()
        gate, sentence = shifts._handover_missing(self.following)
        self.assertEqual(gate, "warn")
        self.assertIn("Amine", sentence)
        self.company.security_handover_gate = "block"
        self.assertEqual(shifts._handover_missing(self.following)[0], "block")
        self.take(handover)
        self.assertEqual(shifts._handover_missing(self.following), ("none", ""))

    def test_open_orders_are_filled_in(self):
        order = self.env["security.post.order"].create(
            {
                "name": "Loading bay",
                "body": "<p>Closed</p>",
                "post_ids": [Command.link(self.post.id)],
            }
        )
        order.action_publish()
        self.assertEqual(self.give().open_summary, "Loading bay")
