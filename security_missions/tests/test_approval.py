"""Hours are approved once, and stay as they were approved."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SecurityMissionsCase

DAY = ("2027-04-06 08:00", "2027-04-06 16:00")


@tagged("post_install", "-at_install")
class TestApproval(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.make_order()
        cls.post = cls.post_of(cls.order)
        cls.planner = cls.make_user(
            "planner", "security_workforce.group_security_planner"
        )
        cls.manager = cls.make_user(
            "manager", "security_workforce.group_security_manager"
        )

    def approved(self, user=None):
        shift = self.work(self.post, *DAY, approve=False)
        shift.with_user(user or self.planner).action_approve()
        return shift

    def test_what_is_written(self):
        shift = self.approved()
        self.assertEqual(shift.approval_user_id, self.planner)
        self.assertTrue(shift.approval_date)
        line = shift.work_line_ids
        self.assertEqual((line.hours, line.state), (8, "approved"))
        self.assertEqual(line.employee_id, self.guard)
        self.assertEqual(line.post_id, self.post)
        self.assertEqual(line.company_id, self.company)
        self.assertEqual(line.sale_line_id, self.order._guarding_lines())
        self.assertEqual(line.date_start, shift.date_start)
        self.assertEqual(line.date_stop, shift.date_stop)

    def test_twice_changes_nothing(self):
        shift = self.approved()
        lines, date = shift.work_line_ids, shift.approval_date
        with self.at("2027-04-20 12:00"):
            shift.action_approve()
        self.assertEqual((shift.work_line_ids, shift.approval_date), (lines, date))
        self.assertEqual(self.qty(self.order)["base"], 8)

    def test_a_month_with_approved_ones_in_it(self):
        done = self.approved()
        fresh = self.work(
            self.post, "2027-04-07 08:00", "2027-04-07 16:00", approve=False
        )
        (done | fresh).with_user(self.planner).action_approve()
        self.assertEqual(self.qty(self.order)["base"], 16)

    def test_attendance_counts_not_the_plan(self):
        shift = self.make_shift(self.post, *DAY, self.guard, state="published")
        self.attend(
            shift,
            shift.date_start + timedelta(minutes=20),
            shift.date_stop + timedelta(minutes=40),
        )
        shift.action_approve()
        self.assertAlmostEqual(sum(shift.work_line_ids.mapped("hours")), 8 + 1 / 3)

    def test_without_attendance(self):
        shift = self.make_shift(self.post, *DAY, self.guard, state="published")
        with self.assertRaisesRegex(UserError, "has no attendance"):
            shift.action_approve()

    def test_guard_still_in(self):
        shift = self.make_shift(self.post, *DAY, self.guard, state="published")
        self.attend(shift, check_out=False)
        with self.assertRaisesRegex(UserError, "Amine Test has not clocked out"):
            shift.action_approve()

    def test_forgotten_clock_out(self):
        shift = self.make_shift(self.post, *DAY, self.guard, state="published")
        self.attend(shift, check_out=shift.date_stop + timedelta(days=2))
        with self.assertRaisesRegex(UserError, "56.0 hours.*forgot to clock out"):
            shift.action_approve()

    def test_refused_as_a_whole(self):
        good = self.work(self.post, *DAY, approve=False)
        bad = self.make_shift(self.post, *DAY, self.other_guard, state="published")
        with self.assertRaises(UserError), self.cr.savepoint():
            (good | bad).action_approve()
        good.invalidate_recordset()
        self.assertFalse(good.work_line_ids)
        self.assertFalse(good.approval_date)

    def test_approved_shift_is_frozen(self):
        shift = self.approved().with_user(self.manager)
        for values in (
            {"employee_id": self.other_guard.id},
            {"post_id": self.make_post("Other").id},
            {"date_start": shift.date_start - timedelta(hours=1)},
            {"date_stop": shift.date_stop + timedelta(hours=1)},
            {"state": "published"},
        ):
            with (
                self.subTest(values),
                self.assertRaisesRegex(UserError, "are approved: reopen"),
            ):
                shift.write(values)

    def test_approval_is_not_a_field_to_write(self):
        """Else clearing it and approving again would bill the hours twice."""
        shift = self.approved().with_user(self.manager)
        for values in (
            {"approval_date": False},
            {"approval_user_id": self.manager.id},
        ):
            with (
                self.subTest(values),
                self.assertRaisesRegex(UserError, "buttons only"),
            ):
                shift.write(values)
        forged = shift.with_context(security_shift_approval="yes")
        with self.assertRaisesRegex(UserError, "buttons only"):
            forged.write({"approval_date": False})

    def test_attendance_of_an_approved_shift_is_frozen(self):
        shift = self.make_shift(self.post, *DAY, self.guard, state="published")
        attendance = self.attend(shift, check_out=shift.date_stop - timedelta(hours=1))
        shift.action_approve()
        with self.assertRaisesRegex(UserError, "reopen"):
            attendance.check_out += timedelta(hours=1)
        with self.assertRaisesRegex(UserError, "reopen"):
            attendance.unlink()
        with self.assertRaisesRegex(UserError, "reopen"):
            attendance.security_shift_id = False
        with self.assertRaisesRegex(UserError, "reopen"):
            self.attend(
                shift,
                shift.date_stop - timedelta(minutes=20),
                shift.date_stop - timedelta(minutes=10),
            )

    def test_work_lines_are_never_written_nor_deleted(self):
        line = self.approved().work_line_ids
        # Even with every right, even in superuser mode.
        with self.assertRaisesRegex(UserError, "never edited"):
            line.hours = 9
        with self.assertRaisesRegex(UserError, "never deleted"):
            line.unlink()
        for user in (self.planner, self.manager):
            with self.subTest(user.login):
                mine = line.with_user(user)
                self.assertEqual(mine.hours, 8)
                with self.assertRaises(UserError):
                    mine.write({"hours": 9})
                with self.assertRaises(UserError):
                    mine.unlink()
                with self.assertRaises(AccessError):
                    mine.copy()

    def test_shift_with_work_is_never_deleted(self):
        shift = self.approved()
        shift.action_reopen()
        with self.assertRaisesRegex(UserError, "cancel it instead"):
            shift.unlink()

    def test_reopen_writes_counter_lines(self):
        shift = self.approved()
        shift.with_user(self.planner).action_reopen()
        self.assertFalse(shift.approval_date)
        self.assertEqual(
            sorted(shift.work_line_ids.mapped("state")), ["reversal", "reversed"]
        )
        self.assertEqual(sum(shift.work_line_ids.mapped("hours")), 0)
        self.assertEqual(self.qty(self.order)["base"], 0)
        shift.action_reopen()
        self.assertEqual(len(shift.work_line_ids), 2)

    def test_moved_post_does_not_rewrite_the_past(self):
        shift = self.approved()
        line = shift.work_line_ids
        other = self.make_order(40.0)
        self.post.sale_line_id = other._guarding_lines()
        self.assertEqual(line.sale_line_id, self.order._guarding_lines())
        self.assertEqual(self.qty(self.order)["base"], 8)
        self.assertEqual(self.qty(other)["base"], 0)

    def test_own_public_holidays_of_the_firm(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Founder's day",
                "company_id": self.company.id,
                "calendar_id": self.company.resource_calendar_id.id,
                "date_from": "2027-04-05 22:00:00",
                "date_to": "2027-04-06 21:59:59",
            }
        )
        self.assertEqual(self.kinds(self.approved()), {(False, False, True): 8})

    def test_two_approved_at_once_with_two_timezones(self):
        island = self.make_site("Fort-de-France", tz="America/Martinique")
        far = self.make_post("Dock", site_id=island.id)
        here = self.work(
            self.post, "2027-04-06 20:00", "2027-04-06 23:00", approve=False
        )
        there = self.work(
            far,
            "2027-04-06 20:00",
            "2027-04-06 23:00",
            self.other_guard,
            tz="America/Martinique",
            approve=False,
        )
        (here | there).action_approve()
        for shift in (here, there):
            self.assertEqual(
                self.kinds(shift),
                {(False, False, False): 1, (True, False, False): 2},
            )
