"""Proof of where a guard clocked, what he explains, and clock-outs forgotten."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..engine.clock_proof import Evidence
from ..engine.geofence import Position
from .common import SecurityMissionsCase, utc

DAY = ("2027-04-15 08:00", "2027-04-15 16:00")
HERE = Position(48.8566, 2.3522, 15)
FAR = Position(48.8738, 2.2950, 20)


class ClockCase(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_user("amine", "base.group_portal")
        cls.guard.user_id = cls.user
        cls.site.write({"latitude": HERE.latitude, "longitude": HERE.longitude})
        cls.post = cls.make_post(clock_in_mode="flag", clock_out_mode="flag")
        cls.shift = cls.make_shift(cls.post, *DAY, cls.guard, state="published")
        cls.operator = cls.make_user(
            "operator", "security_workforce.group_security_operator"
        )

    def clock_in(self, wall="2027-04-15 07:55", **evidence):
        mine = self.shift.with_user(self.user)
        return mine._clock_in(utc(wall), Evidence(**evidence)).sudo()

    def kinds(self):
        return set(self.shift.clock_exception_ids.mapped("kind"))


@tagged("post_install", "-at_install")
class TestClockProof(ClockCase):
    def test_on_the_spot_there_is_nothing_to_explain(self):
        attendance = self.clock_in(method="geo", position=HERE)
        self.assertEqual(attendance.security_in_verdict, "inside")
        self.assertEqual(attendance.security_in_accuracy, 15)
        self.assertAlmostEqual(attendance.in_latitude, HERE.latitude, 4)
        self.assertEqual(attendance.security_exception_state, "none")

    def test_elsewhere_is_accepted_and_to_be_explained(self):
        attendance = self.clock_in(method="geo", position=FAR)
        self.assertEqual(self.kinds(), {"out_of_place"})
        self.assertGreater(attendance.security_in_distance, 4000)
        exception = self.shift.clock_exception_ids
        due = fields.Datetime.now() + timedelta(hours=48)
        self.assertEqual(exception.deadline, due)
        self.assertEqual(attendance.security_exception_state, "open")

    def test_elsewhere_is_refused_where_the_post_says_so(self):
        self.post.clock_in_mode = "block"
        with self.assertRaisesRegex(UserError, "m from Horizon"):
            self.clock_in(method="geo", position=FAR)
        self.assertFalse(self.shift.attendance_ids)
        with self.assertRaisesRegex(UserError, "sheet of the post"):
            self.clock_in(method="none")
        # What may be right is not refused.
        self.clock_in(method="geo", position=Position(48.8580, 2.3522, 100))
        self.assertEqual(self.kinds(), {"low_accuracy"})

    def test_sheet_and_code_of_the_post(self):
        self.post.clock_in_mode = "block"
        with self.assertRaisesRegex(UserError, "not that of"):
            self.clock_in(method="code", code="nothing")
        attendance = self.clock_in(method="qr", code=f"SECPOST:{self.post.clock_token}")
        self.assertEqual(attendance.security_in_method, "qr")
        self.assertFalse(self.kinds())

    def test_a_renewed_sheet_ends_the_old_one(self):
        old = self.post.clock_token
        self.post.action_renew_clock_code()
        self.clock_in(method="qr", code=old)
        self.assertEqual(self.kinds(), {"wrong_code"})

    def test_each_post_has_its_own_secret(self):
        other = self.make_post("Other")
        self.assertNotEqual(self.post.clock_token, other.clock_token)
        self.assertFalse(self.post._clock_code_holds(other.clock_token))
        self.assertFalse(self.post._clock_code_holds(""))

    @freeze_time("2027-04-15 15:00:00")
    def test_what_arrives_late_is_judged_at_its_own_time(self):
        received = fields.Datetime.now()
        attendance = self.clock_in(
            method="geo", position=HERE, received_at=received, skew=900
        )
        self.assertEqual(attendance.check_in, utc("2027-04-15 07:55"))
        self.assertTrue(attendance.security_in_offline)
        self.assertEqual(self.kinds(), {"clock_skew"})
        self.assertEqual(self.shift.late_minutes, 0)

    def test_too_early_by_the_time_of_the_fact(self):
        with self.at("2027-04-15 09:00"), self.assertRaisesRegex(UserError, "early"):
            self.clock_in("2027-04-15 05:00")

    def test_guard_explains_and_operator_decides(self):
        self.clock_in(method="geo", position=FAR)
        exception = self.shift.clock_exception_ids
        mine = exception.with_user(self.user)
        with self.assertRaises(AccessError):
            exception._justify("other", "I was there")
        with self.assertRaises(AccessError):
            mine.action_accept()
        mine._justify("place", "The client sent me to the other gate")
        self.assertEqual(exception.state, "justified")
        exception.with_user(self.operator).action_accept()
        self.assertEqual(exception.decided_by_id, self.operator)
        self.assertEqual(exception.attendance_id.security_exception_state, "accepted")
        with self.assertRaisesRegex(UserError, "decided already"):
            mine._justify("other", "Again")

    def test_another_guard_sees_nothing(self):
        self.clock_in(method="geo", position=FAR)
        stranger = self.make_user("stranger", "base.group_portal")
        self.other_guard.user_id = stranger
        theirs = self.env["security.clock.exception"].with_user(stranger)
        self.assertFalse(theirs.search([]))
        with self.assertRaises(AccessError):
            self.shift.with_user(stranger)._clock_in()

    def test_overdue_goes_to_the_planner_once(self):
        planner = self.make_user(
            "zplanner", "security_workforce.group_security_planner"
        )
        self.company.security_clock_user_id = planner
        self.clock_in(method="geo", position=FAR)
        exception = self.shift.clock_exception_ids
        exceptions = self.env["security.clock.exception"]
        exceptions._cron_escalate()
        self.assertFalse(exception.activity_id)
        with self.at("2027-04-18 12:00"):
            exception.invalidate_recordset(["is_overdue"])
            self.assertIn(exception, exceptions.search([("is_overdue", "=", True)]))
            exceptions._cron_escalate()
            exceptions._cron_escalate()
        self.assertEqual(exception.activity_id.user_id, planner)
        self.assertEqual(len(self.site.activity_ids), 1)


@tagged("post_install", "-at_install")
class TestForgotten(ClockCase):
    """Clock-outs that never came, or that came after they were presumed."""

    def force(self, wall):
        with self.at(wall):
            self.env["security.shift"]._cron_clock_out()

    def test_presumed_after_the_delay_only(self):
        self.clock_in(method="geo", position=HERE)
        self.force("2027-04-15 16:06")
        self.assertTrue(self.shift.clock_prompt_date)
        self.assertFalse(self.shift.attendance_ids.check_out)
        self.force("2027-04-15 22:01")
        self.assertEqual(self.shift.attendance_ids.check_out, self.shift.date_stop)
        self.assertEqual(self.shift.attendance_ids.security_out_method, "forced")
        self.assertEqual(self.kinds(), {"forced"})

    def test_the_own_word_replaces_what_was_presumed(self):
        self.clock_in(method="geo", position=HERE)
        self.force("2027-04-15 22:01")
        mine = self.shift.with_user(self.user)
        with self.at("2027-04-16 06:00"):
            mine._clock_out(
                utc("2027-04-15 17:30"), Evidence(method="geo", position=HERE)
            )
        attendance = self.shift.attendance_ids
        self.assertEqual(attendance.check_out, utc("2027-04-15 17:30"))
        self.assertEqual(attendance.security_out_method, "geo")
        self.assertEqual(self.shift.clock_exception_ids.state, "accepted")

    def test_the_next_shift_closes_the_one_forgotten(self):
        self.clock_in(method="geo", position=HERE)
        later = self.make_shift(
            self.post, "2027-04-15 18:00", "2027-04-15 22:00", self.guard
        )
        later.action_publish()
        with self.at("2027-04-15 17:58"):
            later.with_user(self.user)._clock_in()
        self.assertEqual(self.shift.state, "done")
        self.assertEqual(self.shift.attendance_ids.check_out, self.shift.date_stop)
        self.assertEqual(self.kinds(), {"forgot"})

    @freeze_time("2027-04-15 18:00:00")
    def test_operator_enters_the_times_with_a_reason(self):
        wizards = self.env["security.shift.clock"].with_user(self.operator)
        wizards = wizards.with_context(default_shift_id=self.shift.id)
        wizards.create({"reason": "Called from the gate"}).action_record()
        attendance = self.shift.attendance_ids
        self.assertEqual(attendance.security_in_method, "operator")
        self.assertEqual(attendance.security_out_method, "operator")
