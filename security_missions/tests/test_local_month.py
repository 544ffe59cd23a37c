"""Month, day and contract of a shift are those of its site, far from Greenwich."""

from datetime import date

from odoo.tests import freeze_time, tagged

from .common import NOW, SecurityMissionsCase

ISLAND = "America/Guadeloupe"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLocalMonth(SecurityMissionsCase):
    """In the evening of 31 May it is June already in UTC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.security_charges_percent = 0
        site = cls.make_site("Basse-Terre", tz=ISLAND)
        cls.post = cls.make_post("Harbour", site_id=site.id)
        cls.guard.sudo().version_id.write(
            {
                "date_version": "2027-01-01",
                "wage": 1516.7,
                "security_weekly_hours": 35.0,
            }
        )
        cls.guard.sudo().create_version(
            {
                "date_version": date(2027, 6, 1),
                "wage": 1516.7,
                "security_weekly_hours": 17.5,
            }
        )
        cls.evening = cls.shift("2027-05-31 20:30", "2027-05-31 23:30")

    @classmethod
    def shift(cls, start, stop, guard=None):
        return cls.make_shift(cls.post, start, stop, guard, tz=ISLAND)

    def row(self, shift):
        [row] = [
            row for row in shift._candidates() if row["employee_id"] == self.guard.id
        ]
        return row

    def test_the_month_and_the_contract_of_the_evening(self):
        self.shift("2027-05-10 08:00", "2027-05-10 16:00", self.guard)
        self.shift("2027-06-10 08:00", "2027-06-10 12:00", self.guard)
        self.assertAlmostEqual(self.row(self.evening)["hours_due"], 143.7, 1)

    def test_the_evening_counts_in_its_month(self):
        early = self.shift("2027-05-12 08:00", "2027-05-12 16:00")
        late = self.shift("2027-06-12 08:00", "2027-06-12 16:00")
        self.evening.employee_id = self.guard
        self.assertAlmostEqual(self.row(early)["hours_due"], 148.7, 1)
        self.assertAlmostEqual(self.row(late)["hours_due"], 75.8, 1)

    def test_the_wage_of_the_evening(self):
        """10 euros an hour until May, 20 from June on."""
        late = self.shift("2027-06-01 08:00", "2027-06-01 12:00")
        may, june = self.row(self.evening)["cost"], self.row(late)["cost"]
        self.assertLess(may, 60)
        self.assertGreater(june, 75)
