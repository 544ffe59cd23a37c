from datetime import date

from dateutil.relativedelta import relativedelta
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, TODAY, WorkforceCase

NEW_NUMBER = "2026-0024376-CAR-SH-1055859"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestCardRenewal(WorkforceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Renewal = cls.env["security.card.renewal"]
        # To be renewed between 1 October 2026 and 1 January 2027.
        cls.card = cls.new_card(date_expiry="2027-04-01")

    def open_file(self, card=None):
        card = (card or self.card).with_user(self.officer)
        return self.Renewal.with_user(self.officer).browse(
            card.action_open_renewals()["res_id"]
        )

    def at_decision(self, card=None):
        renewal = self.open_file(card)
        if renewal.step == "mac":
            renewal.action_mac_obtained()
        renewal.action_requested()
        return renewal

    def receive(self, renewal, number=NEW_NUMBER, **vals):
        form = Form.from_action(self.env(user=self.officer), renewal.action_new_card())
        form.number = number
        for name, value in vals.items():
            setattr(form, name, value)
        form.save().action_confirm()
        return renewal.new_card_id

    # ------------------------------------------------------------
    # From one end to the other
    # ------------------------------------------------------------

    def test_from_the_upkeep_to_the_new_card(self):
        renewal = self.open_file()
        self.assertEqual(renewal.step, "mac")
        self.assertEqual(
            renewal.mac_course_id,
            self.env["security.training.course"].search(
                [("mac", "=", True), ("activity_id", "=", self.sh.id)], limit=1
            ),
        )
        self.assertEqual(renewal.mac_from, date(2025, 4, 1))
        self.assertEqual(renewal.deadline, date(2027, 1, 1))
        renewal.action_mac_obtained()
        self.assertEqual((renewal.step, renewal.mac_obtained_on), ("request", TODAY))
        self.assertEqual(renewal.deadline, date(2027, 1, 1))
        renewal.action_requested()
        self.assertEqual((renewal.step, renewal.requested_on), ("decision", TODAY))
        self.assertEqual(renewal.silence_on, date(2027, 1, 23))
        self.assertEqual(renewal.deadline, date(2027, 1, 23))

        action = renewal.action_receipt()
        form = Form.from_action(self.env(user=self.officer), action)
        form.date_expiry = "2027-06-01"
        form.save().action_confirm()
        self.assertEqual(renewal.card_state, "receipt")
        self.assertEqual(renewal.date_receipt_expiry, date(2027, 6, 1))

        new = self.receive(renewal)
        self.assertEqual(renewal.step, "verify")
        self.assertEqual((new.state, new.number), ("draft", NEW_NUMBER))
        self.assertEqual((new.employee_id, new.activity_id), (self.anna, self.sh))
        self.assertEqual(new.date_issued, TODAY)
        self.assertEqual(
            new.date_expiry, TODAY + relativedelta(years=5) - relativedelta(days=1)
        )
        action = renewal.action_verify_new_card()
        with Form.from_action(self.env(user=self.officer), action) as form:
            form.result = "valid"
        self.assertEqual(new.state, "valid")
        self.assertEqual((renewal.step, renewal.outcome), ("done", "granted"))
        self.assertFalse(renewal.deadline)
        # The old one keeps its history, and says what took its place.
        self.assertEqual(self.card.state, "receipt")
        self.assertIn(NEW_NUMBER, str(self.card.message_ids.mapped("body")))
        self.assertTrue(self.card.renewal_followed)
        self.assertFalse(self.card.renewal_open)

    def test_a_card_without_upkeep_starts_with_its_request(self):
        card = self.new_card(
            self.boris, kind="manager", number="X1", date_expiry="2027-04-01"
        )
        renewal = self.open_file(card)
        self.assertEqual(renewal.step, "request")
        self.assertFalse(renewal.mac_course_id)
        self.assertFalse(renewal.mac_from)

    def test_a_card_that_was_recorded_already(self):
        renewal = self.at_decision()
        known = self.new_card(
            number=NEW_NUMBER, date_issued=TODAY, date_expiry="2031-11-22"
        )
        form = Form.from_action(self.env(user=self.officer), renewal.action_new_card())
        form.known_card_id = known
        form.save().action_confirm()
        self.assertEqual((renewal.new_card_id, renewal.step), (known, "done"))

    def test_the_card_of_somebody_else_renews_nothing(self):
        renewal = self.at_decision()
        other = self.new_card(
            self.boris, number=NEW_NUMBER, date_issued=TODAY, date_expiry="2031-11-22"
        )
        for card in (other, self.card):
            with self.assertRaises(UserError):
                renewal._link_new_card(card)
        self.assertEqual(renewal.step, "decision")

    def test_a_new_card_that_makes_no_sense(self):
        renewal = self.at_decision()
        with self.assertRaises(UserError):
            self.receive(renewal, date_expiry="2027-04-01")
        self.assertFalse(renewal.new_card_id)
        self.assertEqual(len(self.anna.card_ids), 1)

    # ------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------

    def test_each_button_belongs_to_its_step(self):
        renewal = self.open_file()
        for forbidden in (
            renewal.action_requested,
            renewal.action_receipt,
            renewal.action_new_card,
            renewal.action_verify_new_card,
            renewal.action_refuse,
        ):
            with self.assertRaises(UserError):
                forbidden()
        self.assertEqual(renewal.step, "mac")

    def test_a_refusal(self):
        renewal = self.at_decision()
        renewal.action_refuse()
        self.assertEqual((renewal.step, renewal.decided_on), ("refused", TODAY))
        self.assertFalse(renewal.deadline)
        self.assertFalse(self.card.renewal_open)
        # Another request may be made.
        self.assertEqual(self.open_file().step, "mac")

    def test_silence_is_a_refusal_after_two_months(self):
        renewal = self.at_decision()
        with freeze_time("2027-01-22 09:00:00"), self.assertRaises(UserError):
            renewal.action_refuse_by_silence()
        with freeze_time("2027-01-23 09:00:00"):
            renewal.action_refuse_by_silence()
        self.assertEqual((renewal.step, renewal.outcome), ("refused", "silence"))

    def test_given_up(self):
        renewal = self.open_file()
        renewal.action_cancel()
        self.assertEqual(renewal.step, "cancelled")
        with self.assertRaises(UserError):
            renewal.action_cancel()

    def test_a_file_is_never_deleted(self):
        renewal = self.open_file()
        with self.assertRaises(AccessError):
            renewal.unlink()
        with self.assertRaises(UserError):
            renewal.sudo().unlink()

    # ------------------------------------------------------------
    # The law
    # ------------------------------------------------------------

    def test_the_upkeep_has_its_window(self):
        renewal = self.open_file()
        with self.assertRaisesRegex(ValidationError, "too old"):
            renewal.mac_obtained_on = "2025-03-31"
        renewal.mac_obtained_on = "2025-04-01"
        self.assertEqual(renewal.step, "request")
        with self.assertRaisesRegex(ValidationError, "future"):
            renewal.mac_obtained_on = "2026-11-24"

    def test_no_request_before_its_time(self):
        renewal = self.open_file()
        renewal.action_mac_obtained()
        with self.assertRaisesRegex(ValidationError, "examines no request"):
            renewal.requested_on = "2026-09-30"
        renewal.requested_on = "2026-10-01"
        self.assertEqual(renewal.step, "decision")

    def test_a_late_renewal(self):
        card = self.new_card(
            self.boris,
            number="CAR-075-2026-09-01-20210123457",
            date_issued="2021-09-02",
        )
        self.assertEqual((card.state, card.renewal_phase), ("expired", "late"))
        renewal = self.open_file(card)
        # Twelve months before the request, not twenty-four before the end.
        self.assertEqual(renewal.mac_from, date(2025, 11, 23))
        self.assertEqual(renewal.deadline, date(2026, 9, 1))
        with self.assertRaises(ValidationError):
            renewal.mac_obtained_on = "2025-11-22"

    def test_opened_after_the_deadline_it_runs_against_the_end_of_the_card(self):
        card = self.new_card(
            self.boris,
            number="CAR-075-2027-02-01-20220123457",
            date_issued="2022-02-02",
        )
        self.assertEqual(card.renewal_phase, "no_receipt")
        self.assertEqual(self.open_file(card).deadline, date(2027, 2, 1))

    def test_the_dates_on_the_card(self):
        card = self.card
        self.assertTrue(card.mac_required)
        self.assertEqual(
            (
                card.mac_from,
                card.renewal_opens,
                card.renewal_deadline,
                card.renewal_late_until,
                card.renewal_phase,
            ),
            (
                date(2025, 4, 1),
                date(2026, 10, 1),
                date(2027, 1, 1),
                date(2032, 4, 1),
                "open",
            ),
        )
        title = self.new_card(
            self.boris,
            kind="provisional",
            number="2026-0024376-PRO-SH-1055860",
            date_issued="2026-11-01",
            date_expiry="2027-04-30",
        )
        self.assertFalse(title.renewal_opens or title.mac_from or title.renewal_phase)

    def test_the_figures_are_those_of_the_firm_and_the_day(self):
        self.env["security.parameter"].create(
            {
                "code": "card_renewal_deadline_months",
                "name": "Deadline",
                "unit": "months",
                "value_number": 4,
                "company_id": self.company.id,
                "source": "Test",
            }
        )
        self.env.invalidate_all()
        self.assertEqual(self.card.renewal_deadline, date(2026, 12, 1))

    # ------------------------------------------------------------
    # Opening files
    # ------------------------------------------------------------

    def test_one_open_file_per_card(self):
        self.open_file()
        with self.assertRaisesRegex(UserError, "open renewal file"):
            self.card.with_user(self.officer).action_open_renewals()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.Renewal.create({"card_id": self.card.id})

    def test_in_batch_those_whose_time_has_come(self):
        renewed = self.new_card(
            self.boris,
            number="CAR-075-2027-04-01-20220123457",
            date_issued="2022-04-02",
        )
        self.new_card(
            self.boris, number=NEW_NUMBER, date_issued=TODAY, date_expiry="2031-11-22"
        )
        early = self.new_card(activity_id=self.cyno.id)
        draft = self.new_card(
            verified=False, activity_id=self.sge.id, date_expiry="2027-04-01"
        )
        cards = self.card | renewed | early | draft
        action = cards.with_user(self.officer).action_open_renewals()
        self.assertEqual(self.Renewal.browse(action["res_id"]).card_id, self.card)
        with self.assertRaisesRegex(UserError, "None of these cards"):
            (renewed | early | draft).with_user(self.officer).action_open_renewals()

    def test_filters_of_the_cards(self):
        self.assertIn(self.card, self.Card.search([("renewal_open", "=", False)]))
        self.open_file()
        self.assertIn(self.card, self.Card.search([("renewal_open", "=", True)]))
        self.assertNotIn(self.card, self.Card.search([("renewal_open", "=", False)]))
        new = self.new_card(
            number=NEW_NUMBER, date_issued=TODAY, date_expiry="2031-11-22"
        )
        followed = self.Card.search([("renewal_followed", "=", True)])
        self.assertIn(self.card, followed)
        self.assertNotIn(new, followed)

    def test_a_title_that_is_not_renewed_has_no_file(self):
        title = self.new_card(
            self.boris,
            kind="provisional",
            number="2026-0024376-PRO-SH-1055860",
            date_issued="2026-11-01",
            date_expiry="2027-04-30",
        )
        with self.assertRaises(ValidationError):
            self.Renewal.create({"card_id": title.id})

    def test_an_alert_knows_that_the_renewal_is_asked_for(self):
        self.at_decision()
        with freeze_time("2027-01-05 03:00:00"):
            (due,) = self.Card.sudo()._alerts_due()
        self.assertEqual((due["card_id"], due["phase"]), (self.card.id, "asked"))
