"""The contract of the day, the overtime of the year, and facts put right."""

from datetime import date, timedelta

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, SecurityMissionsCase, utc


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTerms(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.obey_the_law()
        cls.post = cls.make_post()

    def weeks(self, first, number, hours):
        """Five days a week from a Monday 8:00 on, held by the guard."""
        start = utc(f"{first} 08:00")
        return self.env["security.shift"].create(
            [
                {
                    "post_id": self.post.id,
                    "employee_id": self.guard.id,
                    "date_start": start + timedelta(weeks=week, days=day),
                    "date_stop": start + timedelta(weeks=week, days=day, hours=hours),
                }
                for week in range(number)
                for day in range(5)
            ]
        )

    def told(self, shifts, rule):
        return [
            any(row["rule"] == rule for row in shift.eligibility_findings or [])
            for shift in shifts
        ]

    def test_each_shift_is_judged_by_the_contract_of_its_day(self):
        self.guard.version_id.write(
            {"date_version": "2027-04-01", "security_weekly_hours": 20}
        )
        self.guard.create_version(
            {"date_version": date(2027, 5, 10), "security_weekly_hours": 35}
        )
        part_time = self.weeks("2027-05-03", 1, 7)
        full_time = self.weeks("2027-05-10", 1, 7)
        self.assertTrue(any(self.told(part_time, "TPS-13")))
        self.assertFalse(any(self.told(full_time, "TPS-13")))
        # Nothing is different when all are judged in one go.
        both = part_time | full_time
        before = [self.told(both, "TPS-13")]
        both._judge()
        self.assertEqual([self.told(both, "TPS-13")], before)

    def test_overtime_of_the_year_counts_weeks_out_of_sight(self):
        """29 weeks of 45 h from January on: 290 h of overtime in the last one."""
        shifts = self.weeks("2027-01-04", 29, 9)
        self.assertEqual(
            self.told(shifts[-10:], "TPS-15"), [False] * 9 + [True], "288 h in July"
        )
        [row] = [
            row for row in shifts[-1].eligibility_findings if row["rule"] == "TPS-15"
        ]
        self.assertEqual((row["value"], row["limit"]), (290, 288))
        self.assertIn("2027", row["text"])

    def test_sunday_night_belongs_to_both_weeks(self):
        night = self.env["security.shift"].create(
            {
                "post_id": self.post.id,
                "employee_id": self.guard.id,
                "date_start": utc("2027-03-28 21:00"),
                "date_stop": utc("2027-03-29 05:00"),
            }
        )
        rows = night._hours_by_week(
            (self.guard.id,), date(2027, 3, 22), date(2027, 4, 5)
        )
        self.assertEqual(
            {monday: hours for _key, monday, hours in rows},
            {date(2027, 3, 22): 3, date(2027, 3, 29): 5},
        )

    def test_an_attendance_taken_back_is_never_refused(self):
        """He was published when it was lawful; what is true now is flagged."""
        shift = self.make_shift(
            self.post,
            "2027-04-12 08:00",
            "2027-04-12 19:00",
            self.guard,
            state="published",
        )
        attendance = self.attend(shift)
        self.assertEqual(shift.state, "done")
        self.cards_of(self.guard).action_suspend()
        attendance.unlink()
        self.assertEqual(shift.state, "published")
        self.assertEqual(shift.eligibility, "blocked")
        # By hand nobody publishes him.
        shift.action_draft()
        with self.assertRaises(ValidationError):
            shift.action_publish()

    def test_a_month_is_stored_as_one_by_one(self):
        shifts = self.weeks("2027-05-03", 25, 8)
        shifts.flush_recordset()
        self.assertGreater(len(shifts), 100)
        one_by_one = {s.id: (s.eligibility, s.eligibility_findings) for s in shifts}
        self.env.cr.execute(
            "UPDATE security_shift SET eligibility = NULL WHERE id IN %s",
            [tuple(shifts.ids)],
        )
        self.env.invalidate_all()
        shifts._judge()
        self.env.flush_all()
        # What is in the cache is what is in the table.
        cached = {s.id: (s.eligibility, s.eligibility_findings) for s in shifts}
        self.env.invalidate_all()
        stored = {s.id: (s.eligibility, s.eligibility_findings) for s in shifts}
        self.assertEqual(cached, stored)
        self.assertEqual(one_by_one, stored)
