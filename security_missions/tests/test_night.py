"""The oldest bugs of planning software: midnight, the clock change, the year's end.

Each test names the tool and the report in which users met it.
"""

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import SecurityMissionsCase, utc

NIGHT = {"hour_start": 19, "duration": 12}


@tagged("post_install", "-at_install")
class TestNight(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.make_order()
        cls.order.security_mission_ids.date_start = "2026-01-01"
        cls.post = cls.post_of(cls.order)

    def rules(self, shift):
        return {row["rule"] for row in shift.eligibility_findings or []}

    def generate(self, first, last, **need):
        self.env["security.post.need"].create(
            {"post_id": self.post.id, "headcount": 1, **need}
        )
        self.env["security.shift.generate"].create(
            {
                "date_from": first,
                "date_to": last,
                "post_ids": [Command.set(self.post.ids)],
            }
        ).action_generate()
        return self.env["security.shift"].search([("post_id", "=", self.post.id)])

    # OCA/shift-planning 49
    def test_a_night_has_its_hours(self):
        night = self.make_shift(self.post, "2027-05-03 22:00", "2027-05-04 06:00")
        self.assertEqual(night.hours, 8)

    # OCA/shift-planning 49: one bad shift then stopped every other of the guard
    @mute_logger("odoo.sql_db")
    def test_a_shift_entered_backwards_leaves_no_trace(self):
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            self.make_shift(
                self.post, "2027-05-03 22:00", "2027-05-03 06:00", self.guard
            )
        self.assertIn("security_shift_stop_after_start", str(caught.exception))
        self.make_shift(self.post, "2027-05-03 20:00", "2027-05-04 06:00", self.guard)

    # orangehrm 1881, lsfusion mycompany 369
    def test_a_night_is_typed_as_it_is_worked(self):
        with Form(self.env["security.shift"]) as form:
            form.post_id = self.post
            form.date_start = utc("2027-05-03 22:00")
            form.date_stop = utc("2027-05-04 06:00")
        self.assertEqual(form.record.hours, 8)

    # odoo 146658: the end was looked up in the office hours of the company
    def test_five_hours_from_twenty_end_at_one(self):
        [shift] = self.generate(
            "2027-05-03", "2027-05-03", weekday="0", hour_start=20, duration=5
        )
        self.assertEqual(
            (shift.date_start, shift.date_stop),
            (utc("2027-05-03 20:00"), utc("2027-05-04 01:00")),
        )

    # frappe/hrms 541 and 3298: leaving on the next day was given to the next shift
    def test_leaving_in_the_morning_belongs_to_the_night(self):
        user = self.make_user("amine", "base.group_portal")
        self.guard.user_id = user
        night, evening = (
            self.make_shift(self.post, start, stop, self.guard, state="published")
            for start, stop in (
                ("2027-04-13 18:00", "2027-04-14 07:00"),
                ("2027-04-14 14:00", "2027-04-14 20:00"),
            )
        )
        with self.at("2027-04-13 18:00"):
            night.with_user(user)._clock_in()
        with self.at("2027-04-14 07:10"):
            night.with_user(user)._clock_out()
        self.assertEqual((night.state, evening.state), ("done", "published"))
        self.assertEqual(night.attendance_ids.check_out, utc("2027-04-14 07:10"))

    # phash/praxiszeit 148: a night counted as nothing, and no limit saw it
    def test_a_night_counts_for_the_limits(self):
        self.obey_the_law()
        night = self.make_shift(
            self.post, "2027-05-03 18:30", "2027-05-04 07:00", self.guard
        )
        self.assertIn("TPS-01", self.rules(night))

    # CombiRWTH StaffScheduling 172: a night put before a day that was planned already
    def test_no_night_before_a_published_day(self):
        self.obey_the_law()
        day = self.make_shift(
            self.post,
            "2027-05-04 13:00",
            "2027-05-04 20:00",
            self.guard,
            state="published",
        )
        night = self.make_shift(
            self.post, "2027-05-03 19:00", "2027-05-04 07:00", self.guard
        )
        self.assertIn("TPS-02", self.rules(day) | self.rules(night))
        with self.assertRaises(ValidationError):
            night.action_publish()

    # What guards themselves tell: ten days in a row
    def test_ten_days_in_a_row_are_told(self):
        self.obey_the_law()
        days = self.env["security.shift"].create(
            [
                {
                    "post_id": self.post.id,
                    "employee_id": self.guard.id,
                    "date_start": utc(f"2027-05-{day:02} 09:00"),
                    "date_stop": utc(f"2027-05-{day:02} 13:00"),
                }
                for day in range(3, 13)
            ]
        )
        self.assertIn("TPS-08", self.rules(days[9]))
        self.assertIn("TPS-07", self.rules(days[6]))
        self.assertFalse({"TPS-07", "TPS-08"} & self.rules(days[5]))

    # The same: fifteen hours
    def test_fifteen_hours_are_not_published(self):
        self.obey_the_law()
        shift = self.make_shift(
            self.post, "2027-05-03 16:00", "2027-05-04 07:00", self.guard
        )
        with self.assertRaises(ValidationError) as caught:
            shift.action_publish()
        self.assertIn("15", str(caught.exception))

    def test_the_clock_changes_in_the_night(self):
        for first, hours in (("2027-10-30", 13), ("2027-03-27", 11)):
            with self.subTest(first):
                shifts = self.generate(first, first, weekday="5", **NIGHT)
                self.assertEqual(shifts.filtered("demand_key")[-1:].hours, hours)
                self.post.need_ids.unlink()
                shifts.unlink()

    def test_the_year_ends_in_the_night(self):
        """Five hours of the old year, seven of the first of January, a holiday; the
        week goes on over the year's end."""
        self.obey_the_law()
        shifts = self.generate("2027-12-27", "2028-01-02", date="2027-12-31", **NIGHT)
        self.assertEqual(shifts.hours, 12)
        shifts.employee_id = self.guard
        self.assertEqual(shifts.eligibility, "ok", shifts.eligibility_findings)
        self.env["security.shift"].create(
            [
                {
                    "post_id": self.post.id,
                    "employee_id": self.guard.id,
                    "date_start": utc(f"2027-12-{day} 07:00"),
                    "date_stop": utc(f"2027-12-{day} 17:00"),
                }
                for day in (27, 28, 29, 30)
            ]
        )
        self.assertIn("TPS-04", self.rules(shifts))
        with self.at("2028-01-03 12:00"):
            self.lift_limits(self.company)
            shifts.action_publish()
            self.attend(shifts)
            shifts.action_approve()
        holiday = {key: hours for key, hours in self.kinds(shifts).items() if key[2]}
        self.assertEqual(sum(holiday.values()), 7)
