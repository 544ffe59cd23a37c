from datetime import date, datetime

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import WorkforceCase

SENTENCE = (
    "L'autorisation d'exercice ne confère aucune prérogative de puissance publique à "
    "l'entreprise ou aux personnes qui en bénéficient."
)


@tagged("post_install", "-at_install")
class TestCompany(WorkforceCase):
    def test_legal_notice(self):
        self.assertEqual(self.company.security_legal_notice, SENTENCE)
        self.company.security_authorisation_number = "aut-075-2124-07-01- 20250906336"
        self.assertEqual(
            self.company.security_legal_notice,
            f"Autorisation d'exercice AUT-075-2124-07-01-20250906336 – {SENTENCE}",
        )
        self.assertFalse(self.company.security_authorisation_warning)

    def test_an_odd_authorisation_is_a_warning(self):
        self.company.security_authorisation_number = "12345"
        self.assertTrue(self.company.security_authorisation_warning)

    def test_settings_write_the_company(self):
        settings = self.env["res.config.settings"].create(
            {"security_authorisation_number": "AUT-075-2124-07-01-20250906336"}
        )
        settings.security_holiday_region = "reunion"
        settings.execute()
        self.assertEqual(self.company.security_holiday_region, "reunion")
        self.assertIn("AUT-075", self.company.security_legal_notice)

    def test_renewal_months_make_sense(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.company.security_card_renewal_months = -1
            self.env.flush_all()


@tagged("post_install", "-at_install")
class TestHolidays(WorkforceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The app "Time Off" reads instants in the user's timezone.
        cls.env.user.tz = "Europe/Paris"

    def holidays(self, first, last):
        return self.company._security_holidays(
            date.fromisoformat(first), date.fromisoformat(last)
        )

    def record(self, first, last, **vals):
        """Time off of the firm's calendar, between two UTC instants."""
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Off",
                "calendar_id": self.company.resource_calendar_id.id,
                "company_id": self.company.id,
                "date_from": datetime.fromisoformat(first),
                "date_to": datetime.fromisoformat(last),
                **vals,
            }
        )

    def test_french_calendar_without_anything_recorded(self):
        days = self.holidays("2026-11-01", "2027-01-01")
        self.assertEqual(
            days,
            {
                date(2026, 11, 1),
                date(2026, 11, 11),
                date(2026, 12, 25),
                date(2027, 1, 1),
            },
        )

    def test_bounds_are_included(self):
        self.assertEqual(
            self.holidays("2026-11-11", "2026-11-11"), {date(2026, 11, 11)}
        )
        self.assertFalse(self.holidays("2026-11-12", "2026-11-12"))

    def test_region(self):
        self.company.security_holiday_region = "alsace_moselle"
        self.assertIn(date(2026, 12, 26), self.holidays("2026-12-01", "2026-12-31"))

    def test_the_years_that_the_firm_recorded_are_its_own(self):
        # A whole local day of Paris, in summer and in winter.
        self.record("2026-06-14T22:00", "2026-06-15T21:59:59")
        self.record("2026-11-10T23:00", "2026-11-11T22:59:59")
        self.assertEqual(
            self.holidays("2026-01-01", "2026-12-31"),
            {date(2026, 6, 15), date(2026, 11, 11)},
        )
        self.assertEqual(len(self.holidays("2027-01-01", "2027-12-31")), 11)
        self.assertEqual(self.holidays("2026-12-25", "2027-01-01"), {date(2027, 1, 1)})

    def test_what_is_not_for_everybody_does_not_count(self):
        self.record(
            "2026-06-14T22:00",
            "2026-06-15T21:59:59",
            resource_id=self.anna.resource_id.id,
        )
        other = self.env["res.company"].create({"name": "Second Guarding"})
        self.record(
            "2026-06-14T22:00",
            "2026-06-15T21:59:59",
            company_id=other.id,
            calendar_id=other.resource_calendar_id.id,
        )
        self.assertNotIn(date(2026, 6, 15), self.holidays("2026-06-01", "2026-06-30"))

    def test_somebody_without_rights_on_calendars(self):
        user = self.new_user("reader", "group_security_user")
        days = self.company.with_user(user)._security_holidays(
            date(2026, 5, 1), date(2026, 5, 31)
        )
        self.assertEqual(len(days), 4)
