"""What rounds, orders, reliefs and alarms write in the log book by themselves."""

import base64

from odoo.tests import new_test_user, tagged

from odoo.addons.security_missions.tests.common import utc
from odoo.addons.security_missions.tests.test_patrol import PatrolCase

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * 40).decode()


@tagged("post_install", "-at_install")
class TestLogbookEvents(PatrolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.lang = "en_US"
        cls.control = new_test_user(
            cls.env,
            "log_control",
            groups="security_workforce.group_security_operator",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )

    def _texts(self, kind):
        entries = self.env["security.logbook.entry"].search(
            [("site_id", "=", self.site.id), ("kind", "=", kind)], order="id"
        )
        return entries.mapped("text")

    def test_a_missed_round_is_an_entry_and_an_alarm(self):
        patrol = self.plan()[0]
        self.follow("2027-04-16 05:00")
        self.assertEqual(patrol.state, "missed")
        self.assertIn("missed", self._texts("round")[0])
        alert = self.env["security.alert"].search([("site_id", "=", self.site.id)])
        self.assertEqual((alert.kind, alert.shift_id), ("round_missed", self.shift))
        self.follow("2027-04-16 05:10")
        self.assertEqual(len(self._texts("round")), 1)

    def test_an_alarm_from_its_raising_to_its_end(self):
        alert = self.env["security.alert"]._raise_alert("sos", shift=self.shift)
        alert.with_user(self.control).action_acknowledge()
        alert.with_user(self.control).action_close("A cat.")
        texts = self._texts("alarm")
        self.assertEqual(len(texts), 3)
        self.assertIn("SOS", texts[0])
        self.assertIn(self.control.name, texts[1])
        self.assertIn("closed", texts[2])

    def test_a_relief_with_reserves(self):
        following = self.make_shift(
            self.post, "2027-04-16 06:00", "2027-04-16 14:00", self.other_guard
        )
        following.action_publish()
        self.other_guard.user_id = self.make_user("log_next", "base.group_portal")
        at = utc("2027-04-16 06:00")
        relief = (
            self.env["security.handover"]
            .with_user(self.guard_user)
            ._give(self.shift.with_user(self.guard_user), [], "Quiet", PNG, at)
        )
        taker = self.other_guard.user_id
        relief.with_user(taker)._take(
            following.with_user(taker), "A key is missing", PNG, at
        )
        text = self._texts("relief")[0]
        self.assertIn("A key is missing", text)
        self.assertIn(self.other_guard.name, text)
        self.assertIn(self.guard.name, text)

    def test_an_order_that_is_read(self):
        order = self.env["security.post.order"].create(
            {
                "name": "Gate",
                "body": "Keep it shut.",
                "site_ids": self.site.ids,
                "company_id": self.company.id,
            }
        )
        with self.at("2027-04-15 12:00"):
            order.action_publish()
        with self.at("2027-04-15 19:00"):
            order.with_user(self.guard_user)._acknowledge(
                1, utc("2027-04-15 19:00"), self.shift.with_user(self.guard_user)
            )
        self.assertIn("Gate", self._texts("order")[0])
