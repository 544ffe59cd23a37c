"""Needs with a date pattern, and what one need asks of its own shifts."""

from datetime import date

from psycopg2 import IntegrityError

from odoo import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, SecurityMissionsCase

MAY = (date(2027, 5, 1), date(2027, 5, 31))


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestNeedPatterns(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post = cls.make_post()
        cls.dogs = cls.env.ref("security_workforce.activity_cyno")

    def need(self, **values):
        return self.env["security.post.need"].create(
            {
                "post_id": self.post.id,
                "hour_start": 8,
                "duration": 4,
                "headcount": 1,
                **values,
            }
        )

    def days(self):
        shifts = self.env["security.shift"]._generate(self.post, *MAY)
        return sorted(shift.date_start.day for shift in shifts)

    def test_first_monday(self):
        need = self.need(weekday="0", month_week="1")
        self.assertEqual(self.days(), [3])
        self.assertIn("(first of the month)", need.display_name)

    def test_every_other_week(self):
        need = self.need(weekday="0", week_step=2, week_anchor="2027-05-12")
        self.assertEqual(self.days(), [10, 24])
        self.assertIn("(every 2 weeks from", need.display_name)

    def test_public_holidays_of_the_firm(self):
        """The Ascension is on 6 May in 2027, Pentecost Monday on 17 May."""
        need = self.need(holidays="only")
        self.assertEqual(self.days(), [1, 6, 8, 17])
        self.assertIn("on public holidays only", need.display_name)

    def test_not_on_public_holidays(self):
        self.need(weekday="3", holidays="not")
        self.assertEqual(self.days(), [13, 20, 27])

    def test_a_pattern_given_later_keeps_the_shifts_made(self):
        need = self.need(weekday="0")
        self.assertEqual(self.days(), [3, 10, 17, 24, 31])
        need.month_week = "1"
        missing, surplus, changed = self.env["security.shift"]._compare(self.post, *MAY)
        self.assertEqual((missing, len(surplus), changed), (0, 4, {}))

    def test_what_makes_no_sense_is_refused(self):
        for values in (
            {},
            {"holidays": "not"},
            {"weekday": "0", "week_step": 2},
            {"weekday": "0", "week_step": 0},
            {"date": "2027-05-03", "month_week": "1"},
            {"weekday": "0", "date": "2027-05-03"},
        ):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.need(**values)

    # ------------------------------------------------------------
    # Requirements of a need
    # ------------------------------------------------------------

    def ask(self, need):
        return self.env["security.requirement"].create(
            {
                "scope": "need",
                "need_id": need.id,
                "kind": "activity",
                "activity_id": self.dogs.id,
                "enforcement": "block",
                "company_id": self.company.id,
            }
        )

    def test_judged_for_the_shifts_of_the_need_only(self):
        day, night = self.need(weekday="0"), self.need(weekday="0", hour_start=20)
        asked = self.ask(night)
        shifts = self.env["security.shift"]._generate(self.post, *MAY)
        by_need = shifts.grouped(lambda s: int(s.demand_key.split(":")[0]))
        for need, blocked in ((day, False), (night, True)):
            shift = by_need[need.id][0]
            shift.employee_id = self.guard
            self.assertEqual(shift.eligibility == "blocked", blocked)
        self.assertIn("Need of a post", str(shift.eligibility_findings))
        free = self.make_shift(self.post, "2027-06-07 20:00", "2027-06-07 23:00")
        free.employee_id = self.guard
        self.assertNotEqual(free.eligibility, "blocked")
        self.assertIn(asked, self.post.effective_requirement_ids)
        self.assertEqual(asked.origin, f"Need of a post {night.display_name}")

    def test_asked_of_candidates_before_they_are_put_on(self):
        night = self.need(weekday="0", hour_start=20)
        self.ask(night)
        shift = self.env["security.shift"]._generate(self.post, *MAY)[0]
        found = self.guard._security_verdicts([shift._engine_slot()], shift.ids)
        self.assertIn("block", [f.severity for f in found[self.guard.id][0]])

    def test_goes_with_its_need(self):
        night = self.need(weekday="0", hour_start=20)
        asked = self.ask(night)
        shift = self.env["security.shift"]._generate(self.post, *MAY)[0]
        shift.employee_id = self.guard
        self.assertEqual(shift.eligibility, "blocked")
        copied = self.post.copy({"name": "North"})
        self.assertEqual(copied.need_ids.requirement_ids.scope, "need")
        self.post.need_ids = [Command.delete(night.id)]
        self.assertFalse(asked.exists())
        self.assertNotEqual(shift.eligibility, "blocked")

    def test_queries_do_not_grow_with_the_needs(self):
        counts = []
        for number in range(6):
            self.ask(self.need(weekday=str(number)))
            if number in (0, 2, 5):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.env["security.shift"]._engine_places(self.post.ids)
                counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])
