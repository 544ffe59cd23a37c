from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .alert_common import AlertCommon


@tagged("post_install", "-at_install")
class TestLoneWorker(AlertCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post.write({"lone_worker": True, "lone_interval": 30})
        cls.Sign = cls.env["security.life.sign"]

    def _hear(self, minutes, battery=80):
        with self._at(minutes):
            self.Sign._hear(
                self.night, self.start + timedelta(minutes=minutes), battery
            )

    def _look(self, minutes, seconds=0):
        with self._at(minutes, seconds):
            self.env["security.shift"]._raise_silences()

    def _answer(self, minutes):
        return self.env["security.lone.check"].create(
            {
                "shift_id": self.night.id,
                "employee_id": self.guard.id,
                "date": self.start + timedelta(minutes=minutes),
            }
        )

    def test_silence_is_an_alarm_after_five_minutes(self):
        self._clock_in()
        self._hear(34)
        self._look(34, 59)
        self.assertFalse(self._open())
        self._hear(35)
        self._look(35)
        alert = self._open("check_missed")
        self.assertEqual(len(alert), 1)
        self.assertEqual(alert.raised_at, self.start + timedelta(minutes=35))
        self._hear(95)
        self._look(95)
        self.assertEqual(self._open("check_missed"), alert, "One silence, one alarm")

    def test_a_closed_silence_does_not_come_back_but_a_new_one_does(self):
        self._clock_in()
        self._hear(36)
        self._look(36)
        self._open().with_user(self.operator).action_close("Was in the basement.")
        self._hear(40)
        self._look(40)
        self.assertFalse(self._open())
        self._hear(65)
        self._look(65)
        self.assertEqual(len(self._open("check_missed")), 1)

    def test_whoever_answers_is_left_in_peace(self):
        self._clock_in()
        self._answer(28)
        self._hear(40)
        self._look(40)
        self.assertFalse(self._open())

    def test_lost_contact_is_never_ok(self):
        self.company.partner_id.lang = "en_US"
        self._clock_in()
        self._hear(10)
        self._look(11, 30)
        self.assertFalse(self._open())
        self._look(11, 31)
        alert = self._open("lost_contact")
        self.assertEqual(len(alert), 1)
        self.assertIn("not “all is well”", alert.details)

    def test_a_guard_whose_phone_was_never_heard(self):
        self._clock_in()
        self._look(1, 31)
        self.assertEqual(len(self._open("lost_contact")), 1)

    def test_a_clock_ahead_hides_no_silence(self):
        self._clock_in()
        with self._at(10):
            self.Sign._hear(self.night, self.start + timedelta(hours=5))
        self._look(11, 31)
        self.assertEqual(len(self._open("lost_contact")), 1)

    def test_a_late_sign_does_not_rejuvenate(self):
        self._clock_in()
        self._hear(10)
        with self._at(12):
            self.Sign._hear(self.night, self.start + timedelta(minutes=5))
        self.assertEqual(
            self.Sign.search([("shift_id", "=", self.night.id)]).last_at,
            self.start + timedelta(minutes=10),
        )

    def test_other_posts_and_those_who_left_raise_nothing(self):
        attendance = self._clock_in()
        self.post.lone_worker = False
        self._look(50)
        self.assertFalse(self._open())
        self.post.lone_worker = True
        attendance.check_out = self.start + timedelta(minutes=20)
        self._look(50)
        self.assertFalse(self._open())

    def test_the_grid_of_the_week_replaces_the_interval(self):
        # Thursday 15 April, 23:00 on the wall clock of the site is 21:00 UTC.
        band = self.env["security.lone.band"].create(
            {
                "post_id": self.post.id,
                "weekday": "3",
                "hour_start": 23.5,
                "hour_stop": 1.0,
                "interval": 60,
            }
        )
        self._clock_in()
        dues = [c.due for c in self.night._lone_facts()[self.night]["checks"]]
        self.assertEqual(
            dues,
            [self.start + timedelta(minutes=30), self.start + timedelta(minutes=90)],
        )
        band.action_copy_to_week()
        self.assertEqual(len(self.post.lone_band_ids), 7)
        band.action_copy_to_week()
        self.assertEqual(len(self.post.lone_band_ids), 7)

    def test_interval_out_of_bounds(self):
        with self.assertRaisesRegex(ValidationError, "10 minutes"):
            self.post.lone_interval = 5

    def test_ten_guards_cost_what_one_costs(self):
        self._clock_in()
        self._hear(5)

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            with self._at(6):
                self.env["security.shift"]._raise_silences()
            return self.env.cr.sql_log_count - before

        count()
        one = count()
        for number in range(9):
            guard = self.env["hr.employee"].create({"name": f"Guard {number}"})
            shift = self.night.copy(
                {
                    "employee_id": guard.id,
                    "date_start": self.start,
                    "date_stop": self.night.date_stop,
                }
            )
            self._publish(shift)
            self.env["hr.attendance"].create(
                {
                    "employee_id": guard.id,
                    "security_shift_id": shift.id,
                    "check_in": self.start,
                }
            )
            with self._at(5):
                self.Sign._hear(shift, self.start + timedelta(minutes=5))
        self.assertLessEqual(count(), one)
        self.assertFalse(self._open())

    def test_nobody_at_the_post_is_an_alarm_until_somebody_comes(self):
        with self._at(9, 59):
            self.night._store_levels(self.start + timedelta(seconds=599))
            self.assertFalse(self._open())
        with self._at(10):
            self.night._store_levels(self.start + timedelta(minutes=10))
        alert = self._open("relief_missing")
        self.assertEqual(alert.raised_at, self.start)
        self._clock_in(after=12)
        self.assertTrue(alert.normal_at)
        self.assertEqual(alert.state, "raised", "Somebody closes it with a note")
