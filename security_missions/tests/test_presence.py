"""Expected, missing, on post, late, gone early, worked: seen and searched alike."""

import random
from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import SecurityMissionsCase, utc

DAY = ("2027-04-15 08:00", "2027-04-15 16:00")
PRESENCES = ("expected", "missing", "present", "late", "early", "worked", False)


@tagged("post_install", "-at_install")
class TestPresence(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post = cls.make_post()
        cls.shift = cls.make_shift(cls.post, *DAY, cls.guard, state="published")

    def presence_at(self, wall):
        with self.at(wall):
            self.shift.invalidate_recordset()
            return self.shift.presence

    def clock(self, check_in, check_out=False):
        return self.attend(self.shift, utc(check_in), check_out and utc(check_out))

    def test_expected_until_the_tolerance_is_over(self):
        self.assertEqual(self.presence_at("2027-04-15 07:00"), "expected")
        self.assertEqual(self.presence_at("2027-04-15 08:05"), "expected")
        self.assertEqual(self.presence_at("2027-04-15 08:06"), "missing")
        self.assertEqual(self.presence_at("2027-04-16 08:00"), "missing")

    def test_tolerance_is_that_of_the_firm(self):
        self.company.security_late_tolerance = 15
        self.assertEqual(self.presence_at("2027-04-15 08:15"), "expected")
        self.assertEqual(self.presence_at("2027-04-15 08:16"), "missing")

    def test_on_post(self):
        self.clock("2027-04-15 07:50")
        self.assertEqual(self.shift.state, "started")
        self.assertEqual(self.presence_at("2027-04-15 12:00"), "present")
        self.assertEqual(self.shift.late_minutes, 0)

    def test_late(self):
        self.clock("2027-04-15 08:05")
        self.assertEqual(self.presence_at("2027-04-15 12:00"), "present")
        self.shift.attendance_ids.check_in = utc("2027-04-15 08:06")
        self.assertEqual(self.presence_at("2027-04-15 12:00"), "late")
        self.assertEqual(self.shift.late_minutes, 6)

    def test_worked(self):
        self.clock("2027-04-15 07:58", "2027-04-15 16:01")
        self.assertEqual(self.shift.state, "done")
        self.assertEqual(self.presence_at("2027-04-15 17:00"), "worked")

    def test_gone_early(self):
        self.clock("2027-04-15 08:00", "2027-04-15 15:30")
        self.assertEqual(self.presence_at("2027-04-15 17:00"), "early")
        self.assertEqual(self.shift.early_minutes, 30)

    def test_late_and_gone_early_is_early(self):
        self.clock("2027-04-15 08:30", "2027-04-15 15:30")
        self.assertEqual(self.presence_at("2027-04-15 17:00"), "early")
        self.assertEqual((self.shift.late_minutes, self.shift.early_minutes), (30, 30))

    def test_late_then_worked_to_the_end(self):
        self.clock("2027-04-15 08:30", "2027-04-15 16:00")
        self.assertEqual(self.presence_at("2027-04-15 17:00"), "late")

    def test_break_is_neither_late_nor_early(self):
        self.clock("2027-04-15 08:00", "2027-04-15 12:00")
        self.assertEqual(self.presence_at("2027-04-15 12:30"), "early")
        self.clock("2027-04-15 13:00")
        self.assertEqual(self.presence_at("2027-04-15 13:30"), "present")
        self.assertEqual(self.shift.early_minutes, 0)

    def test_removed_attendance(self):
        self.clock("2027-04-15 08:00", "2027-04-15 12:00").unlink()
        self.assertEqual(self.shift.state, "published")
        self.assertEqual(self.presence_at("2027-04-15 17:00"), "missing")
        self.assertEqual((self.shift.late_minutes, self.shift.early_minutes), (0, 0))

    def test_nobody_is_expected_on_drafts_and_cancelled(self):
        self.shift.action_draft()
        self.assertFalse(self.presence_at("2027-04-15 17:00"))
        self.shift.action_cancel()
        self.assertFalse(self.presence_at("2027-04-15 17:00"))

    def test_colour_of_the_board(self):
        self.assertEqual(self.shift.board_status, "missing")
        self.shift.action_draft()
        self.assertEqual(self.shift.board_status, "draft")
        self.shift.employee_id = False
        self.assertEqual(self.shift.board_status, "open")

    def test_search_agrees_with_what_is_shown(self):
        """On 120 shifts of two firms with two tolerances, at three moments."""
        rng = random.Random(1351)
        other = self.make_company("Autre SAS")
        other.security_late_tolerance = 20
        firms = self.company | other
        self.env = self.env(
            context={**self.env.context, "allowed_company_ids": firms.ids}
        )
        for company in firms:
            self.random_shifts(company, rng)
        shifts = self.env["security.shift"].search([])
        self.assertGreater(len(shifts), 100)
        for wall in ("2027-04-14 12:00", "2027-04-15 08:05", "2027-04-15 20:00"):
            with self.subTest(wall), self.at(wall):
                shifts.invalidate_recordset()
                seen = set(shifts.mapped("presence"))
                self.assertGreater(len(seen), 4)
                for presence in PRESENCES:
                    found = shifts.search([("presence", "=", presence)])
                    shown = shifts.filtered(lambda s, p=presence: s.presence == p)
                    self.assertEqual(found, shown, presence)
                    found = shifts.search([("presence", "!=", presence)])
                    self.assertEqual(found, shifts - shown, f"not {presence}")
                found = shifts.search([("presence", "in", ["late", "missing", False])])
                shown = shifts.filtered(
                    lambda s: s.presence in ("late", "missing", False)
                )
                self.assertEqual(found, shown)

    def random_shifts(self, company, rng):
        """One shift per guard around the morning, clocked or not, at random times."""
        site = self.make_site(company.name, company_id=company.id)
        post = self.make_post(site_id=site.id)
        day = utc("2027-04-14 06:00")
        for number in range(60):
            guard = self.make_guard(f"Guard {number}", company=company)
            start = day + timedelta(minutes=rng.randrange(0, 2880, 5))
            stop = start + timedelta(hours=rng.randint(2, 12))
            shift = self.env["security.shift"].create(
                {
                    "post_id": post.id,
                    "employee_id": guard.id,
                    "date_start": start,
                    "date_stop": stop,
                }
            )
            fate = rng.choice(["draft", "cancelled", "published"] + ["clocked"] * 5)
            if fate == "cancelled":
                shift.action_cancel()
            elif fate != "draft":
                shift.action_publish()
            if fate == "clocked":
                late = timedelta(seconds=rng.choice([-600, 0, 300, 359, 360, 1260]))
                early = timedelta(seconds=rng.choice([-600, 0, 300, 359, 360, 1260]))
                gone = rng.random() < 0.7
                self.attend(shift, start + late, gone and stop - early)


@tagged("post_install", "-at_install")
class TestClock(SecurityMissionsCase):
    """The guard's own clock, and the planner's wizard."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_user("amine", "base.group_portal")
        cls.guard.user_id = cls.user
        cls.post = cls.make_post()
        cls.shift = cls.make_shift(cls.post, *DAY, cls.guard, state="published")
        cls.planner = cls.make_user(
            "planner", "security_workforce.group_security_planner"
        )

    def test_in_and_out(self):
        mine = self.shift.with_user(self.user)
        with self.at("2027-04-15 07:01"):
            mine._clock_in()
        self.assertEqual(self.shift.state, "started")
        with self.at("2027-04-15 16:10"):
            mine._clock_out()
        self.assertEqual(self.shift.state, "done")
        attendance = self.shift.attendance_ids
        self.assertEqual(attendance.check_in, utc("2027-04-15 07:01"))
        self.assertEqual(attendance.check_out, utc("2027-04-15 16:10"))
        self.assertEqual(attendance.employee_id, self.guard)

    def wizard(self, user=None, **values):
        wizards = self.env["security.shift.clock"].with_user(user or self.planner)
        wizards = wizards.with_context(default_shift_id=self.shift.id)
        return wizards.create({"reason": "No telephone", **values})

    @freeze_time("2027-04-15 18:00:00")
    def test_planner_enters_what_was_planned(self):
        self.wizard().action_record()
        self.assertEqual(self.shift.state, "done")
        self.assertEqual(self.shift.attendance_ids.check_in, self.shift.date_start)
        self.assertEqual(self.shift.attendance_ids.check_out, self.shift.date_stop)
        self.assertIn("No telephone", str(self.shift.attendance_ids.message_ids.body))

    @freeze_time("2027-04-15 18:00:00")
    def test_planner_corrects_what_was_clocked(self):
        with self.at("2027-04-15 07:55"):
            self.shift.with_user(self.user)._clock_in()
        wizard = self.wizard()
        self.assertEqual(wizard.check_in, utc("2027-04-15 07:55"))
        self.assertEqual(wizard.check_out, self.shift.date_stop)
        wizard.check_out = utc("2027-04-15 16:20")
        wizard.action_record()
        self.assertEqual(len(self.shift.attendance_ids), 1)
        self.assertEqual(self.shift.attendance_ids.check_out, utc("2027-04-15 16:20"))

    @freeze_time("2027-04-15 10:00:00")
    def test_planner_enters_an_arrival_only(self):
        self.wizard(check_out=False).action_record()
        self.assertEqual(self.shift.state, "started")
        self.assertGreaterEqual(fields.Datetime.now(), self.shift.date_start)
