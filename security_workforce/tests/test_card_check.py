from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, WorkforceCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestCardCheck(WorkforceCase):
    def test_a_valid_one_makes_the_card_valid(self):
        card = self.new_card(verified=False).with_user(self.officer)
        with Form.from_action(
            self.env(user=self.officer), card.action_verify()
        ) as form:
            form.result = "valid"
        self.assertEqual(card.state, "valid")
        self.assertEqual(card.check_ids.user_id, self.officer)
        self.assertEqual(card.last_check_date, card.check_ids.date)

    def test_other_results_do_not(self):
        card = self.new_card(verified=False)
        for result in ("invalid", "unknown"):
            self.verify(card, result)
            self.assertEqual(card.state, "draft")

    def test_an_invalid_one_takes_off_duty(self):
        card = self.new_card()
        self.verify(card, "invalid")
        self.assertEqual(card.state, "suspended")
        self.assertIn("L617-7", str(card.message_ids.mapped("body")))

    def test_number_and_date_are_needed(self):
        for vals in ({"number": False, "date_expiry": "2029-02-01"}, {"number": "X1"}):
            card = self.new_card(verified=False, **vals)
            with self.assertRaises(UserError):
                self.verify(card)
            self.assertEqual(card.state, "draft")

    def test_an_expired_card_says_so(self):
        card = self.new_card(verified=False, date_expiry="2026-11-22")
        self.verify(card)
        self.assertEqual(card.state, "expired")
        self.assertIn("expired since", str(card.message_ids.mapped("body")))

    def test_a_card_of_the_future_says_so(self):
        card = self.new_card(verified=False, date_issued="2026-11-24")
        self.verify(card)
        self.assertEqual(card.state, "draft")
        self.assertIn("verify it again", str(card.message_ids.mapped("body")))

    def test_a_late_card_is_to_renew_at_once(self):
        card = self.new_card(verified=False, date_expiry="2027-05-23")
        self.verify(card)
        self.assertEqual(card.state, "to_renew")

    def test_who_verified_is_not_a_choice(self):
        card = self.new_card(verified=False)
        check = self.Check.with_user(self.officer).create(
            {"card_id": card.id, "result": "valid", "user_id": self.env.uid}
        )
        self.assertEqual(check.user_id, self.officer)

    def test_not_in_the_future(self):
        card = self.new_card(verified=False)
        with self.assertRaises(ValidationError):
            self.verify(card, date="2026-11-23 09:00:01")

    def test_never_changed_nor_deleted(self):
        check = self.new_card().check_ids
        with self.assertRaises(UserError):
            check.write({"note": "rewritten"})
        with self.assertRaises(UserError):
            check.unlink()
        with self.assertRaises(AccessError):
            check.with_user(self.officer).unlink()
        with self.assertRaises(UserError):
            check.card_id.write({"check_ids": [(2, check.id)]})

    def test_a_suspended_card_stays_suspended(self):
        card = self.new_card()
        card.action_suspend()
        self.verify(card)
        self.assertEqual(card.state, "suspended")
        card.action_reinstate()
        self.assertEqual(card.state, "valid")
