from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..models.security_card import TRANSITION
from .common import NOW, WorkforceCase

OLD = "CAR-075-2029-02-01-20240123456"
NEW = "2026-0024376-CAR-SH-1055859"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestCard(WorkforceCase):
    def test_number_is_tidied_and_read(self):
        card = self.new_card(verified=False, number=" car-075-2029-02-01 -20240123456 ")
        self.assertEqual(card.number, OLD)
        self.assertEqual(card.nub, "0123456")
        self.assertEqual(card.date_expiry, date(2029, 2, 1))
        self.assertEqual(card.date_renewal, date(2028, 8, 1))
        self.assertEqual(card.display_name, f"{OLD} / SH")
        self.assertFalse(card.number_warning)
        self.assertEqual(card.state, "draft")

    def test_what_is_typed_wins_over_what_is_read(self):
        card = self.new_card(verified=False, nub="7654321", date_expiry="2029-03-01")
        self.assertEqual((card.nub, card.date_expiry), ("7654321", date(2029, 3, 1)))
        self.assertIn("2029", card.number_warning)
        self.assertIn("0123456", card.number_warning)
        card.write({"number": OLD[:-1] + "7", "date_expiry": "2029-04-01"})
        self.assertEqual((card.nub, card.date_expiry), ("0123457", date(2029, 4, 1)))

    def test_an_unreadable_number_is_a_warning_only(self):
        card = self.new_card(
            verified=False, number="CARTE 12", date_expiry="2029-02-01"
        )
        self.assertEqual(card.number, "CARTE12")
        self.assertIn("CARTE12", card.number_warning)

    def test_two_nubs_of_one_guard(self):
        self.new_card(verified=False)
        card = self.new_card(verified=False, number=NEW, date_expiry="2031-01-01")
        self.assertIn("0123456", card.number_warning)

    def test_the_form_reads_the_number_while_it_is_typed(self):
        form = Form(self.Card.with_user(self.officer))
        form.number = OLD
        self.assertEqual((form.nub, form.date_expiry), ("0123456", date(2029, 2, 1)))
        form.employee_id = self.anna
        form.activity_id = self.cyno
        form.date_expiry = date(2029, 2, 3)
        self.assertTrue(form.number_warning)
        self.assertEqual(form.save().date_expiry, date(2029, 2, 3))

    def test_last_day_is_not_before_the_first(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.new_card(verified=False, date_issued="2029-02-02")

    def test_a_number_names_one_guard_of_the_firm(self):
        self.new_card(verified=False)
        with self.assertRaises(ValidationError) as refusal:
            self.new_card(self.boris, verified=False)
        self.assertIn("Anna Test", str(refusal.exception))
        # One number for several activities is how the old cards are.
        self.assertTrue(self.new_card(verified=False, activity_id=self.cyno.id))

    def test_the_same_card_twice(self):
        self.new_card(verified=False)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.new_card(verified=False)

    def test_same_person_in_two_firms_of_a_group(self):
        other = self.env["res.company"].create({"name": "Second Guarding"})
        double = self.env["hr.employee"].create(
            {"name": "Anna Test", "company_id": other.id}
        )
        self.new_card(verified=False)
        self.assertEqual(self.new_card(double, verified=False).company_id, other)

    def test_found_by_number_nub_and_guard(self):
        card = self.new_card(verified=False)
        for words in ("CAR-075", "0123456", "Anna T"):
            found = dict(self.Card.name_search(words))
            self.assertIn(card.id, found, words)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestCardIsNotForged(WorkforceCase):
    """Nothing but a recorded verification makes a card valid."""

    def test_not_at_creation(self):
        for vals in ({"state": "valid"}, {"date_receipt_expiry": "2027-01-01"}):
            with self.assertRaises(UserError):
                self.new_card(verified=False, **vals)

    def test_not_by_a_default(self):
        Card = self.Card.with_context(
            default_state="valid", default_date_receipt_expiry="2027-01-01"
        )
        card = Card.create({"employee_id": self.anna.id, "activity_id": self.sh.id})
        self.assertEqual((card.state, card.date_receipt_expiry), ("draft", False))

    def test_not_by_a_write(self):
        card = self.new_card(verified=False).with_user(self.officer)
        for vals in ({"state": "valid"}, {"date_receipt_expiry": "2027-01-01"}):
            with self.assertRaises(UserError):
                card.write(vals)

    def test_not_by_a_context_that_an_api_could_send(self):
        card = self.new_card(verified=False)
        for forged in (True, 1, str(TRANSITION)):
            with self.assertRaises(UserError):
                card.with_context(security_card_transition=forged).write(
                    {"state": "valid"}
                )

    def test_not_by_copy(self):
        copy = self.new_card().copy()
        self.assertEqual(copy.state, "draft")
        self.assertFalse(copy.number or copy.nub or copy.check_ids)

    def test_not_by_changing_a_verified_card(self):
        card = self.new_card()
        for vals in (
            {"activity_id": self.cyno.id},
            {"employee_id": self.boris.id},
            {"date_expiry": "2031-01-01"},
            {"number": NEW},
            {"kind": "manager"},
            {"nub": "1111111"},
            {"date_issued": "2020-01-01"},
        ):
            with self.assertRaises(UserError):
                card.write(vals)

    def test_correcting_asks_for_a_new_verification(self):
        card = self.new_card()
        card.action_draft()
        card.activity_id = self.cyno
        self.assertEqual(card.state, "draft")
        self.verify(card)
        self.assertEqual(card.state, "valid")

    def test_a_card_with_a_history_is_not_deleted(self):
        fresh = self.new_card(verified=False, activity_id=self.cyno.id)
        fresh.with_user(self.officer).unlink()
        self.assertFalse(fresh.exists())
        looked_up = self.new_card(verified=False)
        self.verify(looked_up, "unknown")
        for card in (looked_up, self.new_card(activity_id=self.sge.id)):
            with self.assertRaises(UserError):
                card.with_user(self.officer).unlink()
