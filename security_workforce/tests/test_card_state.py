from datetime import date

from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, WorkforceCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestCardState(WorkforceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("security_workforce.ir_cron_workforce_follow_dates")

    def run_cron(self, day):
        with freeze_time(f"{day} 03:00:00"), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def state_on(self, card, day):
        self.run_cron(day)
        return card.state

    def test_the_life_of_a_card_day_by_day(self):
        card = self.new_card()
        for day, state in (
            ("2028-07-31", "valid"),
            ("2028-08-01", "to_renew"),
            ("2029-02-01", "to_renew"),
            ("2029-02-02", "expired"),
        ):
            self.assertEqual(self.state_on(card, day), state, day)

    def test_missed_days_are_caught_up(self):
        card = self.new_card()
        self.assertEqual(self.state_on(card, "2031-01-01"), "expired")

    def test_a_second_run_writes_nothing(self):
        card = self.new_card()
        self.run_cron("2028-09-01")
        messages = card.message_ids
        before = card.write_date
        self.run_cron("2028-09-01")
        self.run_cron("2028-09-02")
        self.assertEqual((card.message_ids, card.write_date), (messages, before))

    def test_cards_nobody_verified_or_that_are_stopped_stay(self):
        draft = self.new_card(verified=False)
        suspended = self.new_card(activity_id=self.cyno.id)
        suspended.action_suspend()
        withdrawn = self.new_card(activity_id=self.sge.id)
        withdrawn.action_withdraw()
        self.run_cron("2031-01-01")
        self.assertEqual(
            [draft.state, suspended.state, withdrawn.state],
            ["draft", "suspended", "withdrawn"],
        )

    def test_the_firm_chooses_when_the_renewal_opens(self):
        card = self.new_card()
        self.company.security_card_renewal_months = 9
        self.assertEqual(card.date_renewal, date(2028, 5, 1))
        self.assertEqual(self.state_on(card, "2028-05-01"), "to_renew")
        self.company.security_card_renewal_months = 6
        self.assertEqual(self.state_on(card, "2028-05-02"), "valid")

    def test_titles_of_a_few_months_are_never_to_renew(self):
        card = self.new_card(
            kind="pre_authorisation",
            number="2026-0024376-PRE-SH-1055859",
            date_issued="2026-11-01",
            date_expiry="2027-05-01",
        )
        self.assertEqual(card.state, "valid")
        self.assertEqual(self.state_on(card, "2027-05-01"), "valid")
        self.assertEqual(self.state_on(card, "2027-05-02"), "expired")

    def test_a_receipt_keeps_on_duty_until_its_day(self):
        card = self.new_card(date_expiry="2026-12-01")
        self.assertEqual(card.state, "to_renew")
        action = card.with_user(self.officer).action_receipt()
        form = Form.from_action(self.env(user=self.officer), action)
        self.assertEqual(form.date_expiry, date(2027, 2, 23))
        form.save().action_confirm()
        self.assertEqual(card.state, "receipt")
        self.assertEqual(card.date_last_day, date(2027, 2, 23))
        self.assertEqual(self.state_on(card, "2027-02-23"), "receipt")
        self.assertEqual(self.state_on(card, "2027-02-24"), "expired")

    def test_a_second_receipt_and_a_late_one(self):
        card = self.new_card(date_expiry="2026-11-01")
        self.assertEqual(card.state, "expired")
        card._record_receipt(date(2026, 12, 1))
        self.assertEqual(card.state, "receipt")
        card._record_receipt(date(2027, 3, 1))
        self.assertEqual(card.date_last_day, date(2027, 3, 1))

    def test_a_receipt_that_makes_no_sense(self):
        fresh = self.new_card()
        draft = self.new_card(verified=False, activity_id=self.cyno.id)
        short = self.new_card(activity_id=self.sge.id, date_expiry="2027-04-01")
        for card, day in (
            (fresh, date(2030, 1, 1)),
            (draft, date(2030, 1, 1)),
            (short, date(2027, 4, 1)),
        ):
            with self.assertRaises(UserError):
                card._record_receipt(day)
            self.assertFalse(card.date_receipt_expiry)

    def test_suspension_ends_where_the_dates_are(self):
        card = self.new_card(date_expiry="2027-11-01")
        card.action_suspend()
        self.assertEqual(card.state, "suspended")
        with freeze_time("2027-06-01"):
            card.action_reinstate()
        self.assertEqual(card.state, "to_renew")

    def test_no_reinstatement_on_an_invalid_verification(self):
        card = self.new_card()
        self.verify(card, "invalid")
        with self.assertRaises(UserError):
            card.action_reinstate()
        self.verify(card, "valid")
        card.action_reinstate()
        self.assertEqual(card.state, "valid")

    def test_withdrawn_is_the_end(self):
        card = self.new_card()
        card.action_withdraw()
        for step in (
            card.action_draft,
            card.action_suspend,
            card.action_reinstate,
            card.action_withdraw,
        ):
            with self.assertRaises(UserError):
                step()
        self.verify(card)
        self.assertEqual(card.state, "withdrawn")
