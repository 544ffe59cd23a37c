"""What a cycle is worth, what the law says of it, and what rolling it costs."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import Form, tagged

from .test_performance import BATCH, TestQueries
from .test_rotation import RotationCase


@tagged("post_install", "-at_install")
class TestRotationFigures(RotationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.obey_the_law()

    def test_figures_of_patterns(self):
        hours = {
            name: self.make_rotation(name).weekly_hours
            for name, _label in self.rotation._fields["start_from"].selection
        }
        self.assertEqual(hours.pop("4-2"), 8 * 4 * 7 / 6)
        self.assertEqual(set(hours.values()), {42})

    def test_start_again_from_another(self):
        form = Form(self.rotation)
        form.start_from = "dupont"
        form.save()
        self.assertEqual(self.rotation.day_count, 28)
        self.assertEqual(len(self.rotation.line_ids), 14)

    def test_what_cannot_be_legal_is_told(self):
        pitman = self.make_rotation("2-2-3")
        self.assertIn("A civil week has 60 h: 48 h at most.", pitman.law_warning)
        office = self.env["security.rotation"].create(
            {
                "name": "Office",
                "day_count": 7,
                "line_ids": [
                    Command.create({"day": day, "hour_start": 8, "duration": 7})
                    for day in range(1, 6)
                ],
            }
        )
        self.assertFalse(office.law_warning)
        self.assertEqual(office.sundays_off, 4)
        office.line_ids = [Command.create({"day": 6}), Command.create({"day": 7})]
        self.assertIn("A civil week has 7 days: 6 at most.", office.law_warning)
        self.assertEqual(office.sundays_off, 0)

    def test_a_figure_of_the_firm_counts(self):
        pitman = self.make_rotation("2-2-3")
        self.lift_limits(self.company)
        pitman.invalidate_recordset(["law_warning"])
        self.assertNotIn("A civil week", pitman.law_warning or "")

    def test_the_team_is_told_as_its_cycle_falls_on_the_week(self):
        five = self.env["security.rotation"].create(
            {
                "name": "Five",
                "day_count": 14,
                "line_ids": [Command.create({"day": day}) for day in range(1, 6)],
            }
        )
        self.assertIn("60 h", five.law_warning)
        self.team.rotation_id = five
        self.team.member_ids[1].unlink()
        self.team.anchor = "2027-05-06"
        self.assertNotIn("A civil week has 60", self.team.law_warning or "")
        self.team.anchor = "2027-05-03"
        self.assertIn("A civil week has 60", self.team.law_warning)

    def test_a_team_is_told_each_rule_once_with_its_worst_figure(self):
        """Its members begin on other days of the week: each has figures of his own."""
        self.team.rotation_id = self.env["security.rotation"].create(
            {
                "name": "Five",
                "day_count": 14,
                "line_ids": [
                    Command.create({"day": day, "duration": 12}) for day in range(1, 7)
                ],
            }
        )
        told = self.team.law_warning
        self.assertEqual(told.count("<ul"), 1)
        self.assertEqual(told.count("A civil week has"), 1)
        self.assertIn("A civil week has 72 h", told)

    def test_strips(self):
        self.assertEqual(self.rotation.strip.count("table-info"), 4)
        self.assertEqual(self.team.strip.count("table-info"), 8)
        self.assertIn(self.guard.name, self.team.strip)
        self.rotation.day_count = 366
        self.assertEqual(self.rotation.strip.count("<td"), 366)

    def test_names_are_escaped(self):
        self.rotation.line_ids[0].label = "<b>"
        self.assertIn("&lt;b&gt;", self.rotation.strip)


@tagged("post_install", "-at_install")
class TestRotationQueries(RotationCase):
    queries = TestQueries.queries

    def roll_days(self, first, days):
        shifts = self.env["security.shift"]
        start = fields.Date.to_date(first)
        stop = start + timedelta(days=days - 1)
        steps = shifts._rotation_steps(self.team, start, stop)
        shifts._rotation_apply(self.team, steps)
        return len(steps)

    def test_ten_times_as_many_shifts(self):
        self.roll_days("2027-05-03", 8)
        found = []
        small = self.queries(lambda: found.append(self.roll_days("2027-06-01", 16)))
        large = self.queries(lambda: found.append(self.roll_days("2028-01-01", 160)))
        self.assertEqual(found, [16, 160])
        rows = sum(count // BATCH + 1 for count in found)
        self.assertLessEqual(sum(large.values()), sum(small.values()) + 2 * rows)

    def test_plan_alone(self):
        shifts = self.env["security.shift"]
        days = list(
            map(fields.Date.to_date, ("2027-06-01", "2027-06-16", "2028-05-01"))
        )
        small = self.queries(lambda: shifts._rotation_steps(self.team, *days[:2]))
        large = self.queries(
            lambda: shifts._rotation_steps(self.team, days[0], days[2])
        )
        self.assertEqual(sum(large.values()), sum(small.values()))
