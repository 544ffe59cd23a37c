from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.security_workforce.models import security_card_alerts

from .common import NOW, WorkforceCase

END = "2029-02-01"
EXPIRY = "security_workforce.mail_activity_card_expiry"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestCardAlert(WorkforceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("security_workforce.ir_cron_card_alerts")
        cls.states = cls.env.ref("security_workforce.ir_cron_workforce_follow_dates")
        # The sentences are checked in English, whatever the database speaks.
        cls.env["res.lang"]._activate_lang("en_US")
        cls.officer.lang = "en_US"
        cls.company.security_card_officer_id = cls.officer
        cls.anna.private_email = "anna@example.com"
        cls.Alert = cls.env["security.card.alert"]

    def run_crons(self, day):
        with freeze_time(f"{day} 03:00:00"), self.enter_registry_test_mode():
            self.states.method_direct_trigger()
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def days_sent(self, card):
        return self.Alert.search([("card_id", "=", card.id)], order="id").mapped("days")

    def mails(self, alerts):
        return self.env["mail.mail"].search(
            [("model", "=", alerts._name), ("res_id", "in", alerts.ids)]
        )

    def activities(self, card):
        return card.activity_search([EXPIRY])

    # ------------------------------------------------------------
    # When
    # ------------------------------------------------------------

    def test_each_threshold_once(self):
        card = self.new_card()
        for day, expected in (
            ("2028-08-04", []),
            ("2028-08-05", [180]),
            ("2028-11-02", [180]),
            ("2028-11-03", [180, 90]),
            ("2028-11-03", [180, 90]),
            ("2028-12-03", [180, 90, 60]),
            ("2029-01-02", [180, 90, 60, 30]),
            ("2029-01-25", [180, 90, 60, 30, 7]),
            ("2029-02-01", [180, 90, 60, 30, 7]),
            ("2029-02-02", [180, 90, 60, 30, 7]),
        ):
            self.run_crons(day)
            self.assertEqual(self.days_sent(card), expected, day)
        alerts = card.alert_ids
        self.assertEqual(len(self.mails(alerts)), 5)
        self.assertEqual(len(self.activities(card)), 1)

    def test_missed_days_send_the_most_urgent_only(self):
        card = self.new_card()
        self.run_crons("2028-12-20")
        self.assertEqual(self.days_sent(card), [60])
        self.assertEqual(card.alert_ids.days_left, 43)
        self.assertEqual(len(self.mails(card.alert_ids)), 1)
        self.run_crons("2029-01-31")
        self.assertEqual(self.days_sent(card), [60, 7])

    def test_the_firm_chooses_its_days(self):
        card = self.new_card()
        self.company.security_card_alert_days = "45"
        self.run_crons("2028-12-17")
        self.assertEqual(self.days_sent(card), [])
        self.run_crons("2028-12-18")
        self.assertEqual(self.days_sent(card), [45])
        self.company.security_card_alert_days = False
        self.run_crons("2029-01-30")
        self.assertEqual(self.days_sent(card), [45])

    def test_days_that_are_none(self):
        for text in ("soon", "0", "90 60", "1001"):
            with self.assertRaises(ValidationError, msg=text):
                self.company.security_card_alert_days = text

    def test_a_title_of_six_months_is_not_announced_when_given(self):
        title = self.new_card(
            kind="pre_authorisation",
            number="2026-0024376-PRE-SH-1055859",
            date_issued="2026-11-01",
            date_expiry="2027-04-30",
        )
        self.run_crons("2026-11-24")
        self.assertEqual(self.days_sent(title), [])
        self.run_crons("2027-02-01")
        self.assertEqual(self.days_sent(title), [90])
        self.assertEqual(title.alert_ids.phase, "short")

    def test_the_end_of_a_receipt_is_another_last_day(self):
        card = self.new_card(date_expiry="2026-12-01")
        self.run_crons("2026-11-24")
        card._record_receipt(date(2027, 2, 28))
        self.assertFalse(self.days_sent(card)[1:])
        self.run_crons("2026-12-10")
        self.assertEqual(self.days_sent(card), [7])
        self.run_crons("2027-01-29")
        self.assertEqual(self.days_sent(card), [7, 30])
        self.assertEqual(card.alert_ids[0].phase, "receipt")

    # ------------------------------------------------------------
    # Whom not
    # ------------------------------------------------------------

    def test_no_alert_for_what_is_stopped_or_renewed(self):
        draft = self.new_card(verified=False)
        suspended = self.new_card(activity_id=self.cyno.id)
        suspended.action_suspend()
        withdrawn = self.new_card(activity_id=self.sge.id)
        withdrawn.action_withdraw()
        renewed = self.new_card(self.boris, number="CAR-075-2029-02-01-20240123457")
        self.new_card(
            self.boris,
            number="2026-0024376-CAR-SH-1055859",
            date_issued="2026-11-01",
            date_expiry="2031-10-31",
        )
        self.run_crons("2029-01-31")
        for card in draft | suspended | withdrawn | renewed:
            self.assertEqual(self.days_sent(card), [])

    def test_a_newer_card_that_is_not_verified_or_for_another_activity(self):
        card = self.new_card()
        new = {"date_issued": "2026-11-01", "date_expiry": "2031-10-31"}
        self.new_card(verified=False, number="2026-0024376-CAR-SH-1055859", **new)
        self.new_card(
            number="2026-0024377-CAR-SGE-1055859", activity_id=self.sge.id, **new
        )
        self.run_crons("2029-01-31")
        self.assertEqual(self.days_sent(card), [7])

    def test_no_alert_for_a_guard_who_leaves(self):
        card = self.new_card()
        self.anna.write(
            {"contract_date_start": "2024-01-01", "contract_date_end": "2029-01-31"}
        )
        self.run_crons("2028-12-20")
        self.assertEqual(self.days_sent(card), [])
        self.anna.contract_date_end = END
        self.run_crons("2028-12-20")
        self.assertEqual(self.days_sent(card), [60])
        self.anna.active = False
        self.run_crons("2029-01-31")
        self.assertEqual(self.days_sent(card), [60])
        self.assertFalse(self.activities(card))

    # ------------------------------------------------------------
    # What is said, to whom
    # ------------------------------------------------------------

    def test_what_the_officer_has_to_do(self):
        card = self.new_card()
        for day, words, deadline in (
            ("2028-09-01", "have the renewal asked for", date(2028, 11, 1)),
            ("2028-12-20", "too late for a receipt", date(2029, 2, 1)),
        ):
            self.run_crons(day)
            activity = self.activities(card)
            self.assertEqual(activity.user_id, self.officer)
            self.assertIn(words, activity.summary)
            self.assertEqual(activity.date_deadline, deadline)

    def test_the_mail_speaks_the_language_of_the_guard(self):
        for code in ("en_US", "fr_FR"):
            self.env["res.lang"]._activate_lang(code)
        self.env["ir.module.module"].search(
            [("name", "=", "security_workforce")]
        )._update_translations(["fr_FR"])
        self.anna.lang = "fr_FR"
        self.boris.write({"lang": "en_US", "work_email": "boris@example.com"})
        self.boris.private_email = False
        card = self.new_card()
        other = self.new_card(self.boris, number="CAR-075-2029-02-01-20240123457")
        self.run_crons("2028-09-01")
        french, english = self.mails(card.alert_ids), self.mails(other.alert_ids)
        self.assertEqual(french.email_to, "anna@example.com")
        self.assertEqual(english.email_to, "boris@example.com")
        for words in ("Bonjour Anna Test", "01/11/2028", "01/02/2029", "récépissé"):
            self.assertIn(words, french.body_html.replace("\N{NO-BREAK SPACE}", " "))
        for words in ("Hello Boris Test", "11/01/2028", "MAC"):
            self.assertIn(words, english.body_html)
        self.assertNotIn("Hello", french.body_html)

    def test_a_guard_without_address_is_said_in_the_ledger(self):
        card = self.new_card(self.boris)
        self.run_crons("2028-09-01")
        alert = card.alert_ids
        self.assertEqual((alert.told, alert.user_id), ("no_email", self.officer))
        self.assertFalse(self.mails(alert))
        self.assertTrue(self.activities(card))

    def test_who_is_in_charge(self):
        own = self.new_user(
            "own", "group_security_credential_officer", "hr.group_hr_user"
        )
        self.boris.hr_responsible_id = own
        officers = (self.anna | self.boris)._security_card_officers()
        self.assertEqual(officers[self.boris.id], self.officer)
        self.company.security_card_officer_id = False
        officers = (self.anna | self.boris)._security_card_officers()
        self.assertEqual(officers[self.boris.id], own)
        self.assertEqual(officers[self.anna.id], self.officer)
        # Whoever lost the right is passed over.
        self.officer.group_ids = [
            Command.unlink(
                self.env.ref("security_workforce.group_security_credential_officer").id
            )
        ]
        self.assertEqual(self.anna._security_card_officers()[self.anna.id], own)

    def test_the_officer_must_be_one(self):
        planner = self.new_user("planner", "group_security_planner")
        with self.assertRaises(ValidationError):
            self.company.security_card_officer_id = planner

    # ------------------------------------------------------------
    # What ends an activity
    # ------------------------------------------------------------

    def test_the_new_card_ends_the_activity_of_the_old_one(self):
        card = self.new_card()
        self.run_crons("2028-09-01")
        self.assertTrue(self.activities(card))
        with freeze_time("2028-10-01 09:00:00"):
            self.new_card(
                number="2028-0024376-CAR-SH-1055859",
                date_issued="2028-10-01",
                date_expiry="2033-09-30",
            )
        self.assertFalse(self.activities(card))
        self.assertIn("newer card", str(card.message_ids.mapped("body")))

    def test_a_suspension_ends_it_too(self):
        card = self.new_card()
        self.run_crons("2028-09-01")
        card.action_suspend()
        self.assertFalse(self.activities(card))

    # ------------------------------------------------------------
    # Nothing lost, nothing doubled
    # ------------------------------------------------------------

    def test_a_crash_in_the_middle(self):
        cards = self.new_card() | self.new_card(
            self.boris,
            number="CAR-075-2029-02-01-20240123457",
        )
        send = type(self.Alert)._send
        calls = []

        def crash(model, vals_list):
            calls.append(vals_list)
            if len(calls) > 1:
                alerts = send(model, vals_list)
                model.env.flush_all()
                raise RuntimeError(f"killed after {alerts}")
            return send(model, vals_list)

        with (
            patch.object(security_card_alerts, "ALERT_BATCH", 1),
            patch.object(type(self.Alert), "_send", crash),
            self.assertLogs("odoo.addons.base.models.ir_cron", "ERROR"),
        ):
            self.run_crons("2028-09-01")
        self.env.invalidate_all()
        self.assertEqual(len(cards.alert_ids), 1)
        self.run_crons("2028-09-01")
        self.assertEqual(cards.alert_ids.mapped("days"), [180, 180])
        self.assertEqual(cards.alert_ids.card_id, cards)
        self.assertEqual(len(self.mails(cards.alert_ids)), 1)
        self.assertEqual(len(cards.activity_search([EXPIRY])), 2)

    def test_the_ledger_is_never_changed(self):
        card = self.new_card()
        self.run_crons("2028-09-01")
        for forbidden in (
            lambda: card.alert_ids.write({"days": 90}),
            lambda: card.alert_ids.unlink(),
        ):
            with self.assertRaises(UserError):
                forbidden()

    def test_queries_do_not_grow_with_the_cards(self):
        self.new_card(date_expiry="2027-01-01")
        counts = []
        for number in (1, 30):
            guards = self.env["hr.employee"].create(
                [
                    {"name": f"Guard {number} {n}", "company_id": self.company.id}
                    for n in range(number)
                ]
            )
            for index, guard in enumerate(guards):
                self.new_card(
                    guard,
                    number=f"CAR-075-2027-01-01-2022{number:02}{index:05}",
                    date_issued="2022-01-02",
                    date_expiry="2027-01-01",
                )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            due = self.Card.sudo()._alerts_due()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertGreaterEqual(len(due), number)
        self.assertLessEqual(counts[1], counts[0])
