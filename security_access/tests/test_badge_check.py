from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import BadgeCommon
from .test_badge_code import AZERTY


@tagged("post_install", "-at_install")
class TestBadgeCheck(BadgeCommon):
    def test_green_on_a_shift(self):
        shift = self._make_shift()
        verdict = self._check()
        self.assertEqual(verdict["color"], "green")
        self.assertEqual(verdict["guard"], "Test Guard")
        self.assertEqual(verdict["badge"], self.badge.name)
        self.assertEqual(verdict["shift"], shift.display_name)

    def test_green_from_one_hour_before(self):
        shift = self._make_shift(hours=0.9)
        self.assertEqual(self._check()["color"], "green")
        shift.date_start += timedelta(hours=1)
        self.assertEqual(self._check()["color"], "orange")

    def test_orange_without_a_shift(self):
        verdict = self._check()
        self.assertEqual(verdict["color"], "orange")
        self.assertIn("none planned", verdict["reason"])
        following = self._make_shift(hours=30)
        verdict = self._check()
        self.assertEqual(verdict["color"], "orange")
        self.assertIn(following.display_name, verdict["reason"])

    def test_a_draft_or_cancelled_shift_does_not_count(self):
        shift = self._make_shift()
        shift.action_draft()
        self.assertEqual(self._check()["color"], "orange")
        shift.action_cancel()
        self.assertEqual(self._check()["color"], "orange")

    def test_red_when_ended(self):
        self._make_shift()
        code = self.badge._code()
        words = {"lost": "lost", "stolen": "control room", "left": "revoked"}
        for reason, word in words.items():
            with self.subTest(reason), self.env.cr.savepoint() as savepoint:
                self.badge._revoke(reason)
                verdict = self._check(code)
                self.assertEqual(verdict["color"], "red")
                self.assertIn(word, verdict["reason"])
                savepoint.rollback()
            self.env.invalidate_all()
        self.badge.action_replace()
        self.assertIn("replaced", self._check(code)["reason"])

    def test_red_when_the_card_expired(self):
        guard = self.env["hr.employee"].create({"name": "Late Guard"})
        card = self._make_card(guard, date_expiry=self.today - timedelta(days=1))
        self.assertEqual(card.state, "expired")
        badge = self.env["security.badge"]._issue(guard)
        verdict = self._check(badge._code())
        self.assertEqual(verdict["color"], "red")
        self.assertIn(card.number, verdict["reason"])
        self.assertIn("R612-13", verdict["reason"])

    def test_red_when_the_card_is_suspended_during_a_shift(self):
        self._make_shift()
        self.card.action_suspend()
        verdict = self._check()
        self.assertEqual(verdict["color"], "red")
        self.assertIn("suspended", verdict["reason"])

    def test_red_without_a_card(self):
        guard = self.env["hr.employee"].create({"name": "New Guard"})
        verdict = self._check(self.env["security.badge"]._issue(guard)._code())
        self.assertEqual(verdict["color"], "red")
        self.assertIn("no professional card", verdict["reason"])

    def test_one_of_two_cards_is_enough(self):
        self._make_card(
            self.guard,
            number="OTHER",
            activity_id=self.env.ref("security_workforce.activity_cyno").id,
            date_expiry=self.today - timedelta(days=1),
        )
        self.assertEqual(self._check()["color"], "orange")

    def test_red_when_the_guard_left(self):
        self._make_shift()
        self.guard.active = False
        verdict = self._check()
        self.assertEqual(verdict["color"], "red")
        self.assertIn("no longer works", verdict["reason"])

    def test_unknown_tells_nothing(self):
        for text in ("BADGE1" + "A" * 32, "hello", "", None, 7, ["x"], self.badge.name):
            verdict = self.env["security.badge"].with_user(self.operator).check(text)
            self.assertEqual(set(verdict), {"color", "reason"}, text)
            self.assertEqual(verdict["color"], "red")

    def test_badge_of_another_company_is_unknown(self):
        company = self.env["res.company"].create({"name": "Other firm"})
        guard = self.env["hr.employee"].create(
            {"name": "Foreign", "company_id": company.id}
        )
        badge = self.env["security.badge"]._issue(guard)
        self.assertEqual(self._check(badge._code()), self._check("BADGE1" + "A" * 32))

    def test_azerty_and_small_letters(self):
        code = self.badge._code()
        for text in (code.translate(AZERTY), code.lower(), f"{code} "):
            self.assertEqual(self._check(text)["guard"], "Test Guard")

    def test_who_may_check(self):
        code = self.badge._code()
        for user in (self.access_officer, self.operator, self.manager):
            self.assertEqual(self._check(code, user)["color"], "orange")
        for user in (self.user, self.planner):
            with self.assertRaises(AccessError):
                self._check(code, user)

    def test_queries_do_not_grow_with_the_history(self):
        self._make_shift()
        counts = []
        # Every other day: nobody is published against the weekly limits.
        for later in (range(2, 62, 2), ()):
            code = self.badge._code()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._check(code)
            counts.append(self.env.cr.sql_log_count - before)
            for day in later:
                self._make_shift(hours=24 * day)
        self.assertLessEqual(counts[1], counts[0])
        self.assertLess(counts[1], 40)
