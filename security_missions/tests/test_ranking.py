"""“Who can take this?”: in which order, why, and what each leaves of the price."""

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, SecurityMissionsCase, utc


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRanking(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.obey_the_law()
        cls.company.security_charges_percent = 0
        cls.post = cls.post_of(cls.make_order(25.0))
        cls.knows = cls.make_guard("Zack Knows")
        for guard in cls.guard | cls.other_guard | cls.knows:
            guard.sudo().version_id.write(
                {"wage": 1516.7, "security_weekly_hours": 35.0}
            )
        cls.knows.sudo().version_id.wage = 3033.4
        cls.make_shift(cls.post, "2027-04-05 08:00", "2027-04-05 16:00", cls.knows)
        cls.vacant = cls.make_shift(cls.post, "2027-05-12 08:00", "2027-05-12 16:00")
        cls.planner = cls.make_user(
            "rankplanner",
            "base.group_user",
            "security_workforce.group_security_planner",
        )

    def rows(self, shift=None):
        rows = (shift or self.vacant).with_user(self.planner)._candidates()
        return {row["name"]: row for row in rows}

    def test_cost_and_margin_of_each(self):
        rows = self.rows()
        # 8 h at 10 and at 20 euros (1,516.70 and 3,033.40 for 151.67 h), a meal.
        self.assertAlmostEqual(rows["Zoe Test"]["cost"], 84.48, 2)
        self.assertAlmostEqual(rows["Zack Knows"]["cost"], 164.48, 2)
        self.assertAlmostEqual(rows["Zoe Test"]["margin"], 200 - 84.48, 2)
        self.assertAlmostEqual(rows["Zoe Test"]["hours_due"], 151.7, 1)

    def test_whoever_knows_the_site_comes_first_when_that_counts(self):
        self.company.security_rank_cost = 0
        self.assertEqual(next(iter(self.rows())), "Zack Knows")
        self.assertIn("8 h on this site", self.rows()["Zack Knows"]["rank_reasons"])
        self.assertIn("new to this site", self.rows()["Zoe Test"]["rank_reasons"])
        self.company.write({"security_rank_cost": 100, "security_rank_site": 0})
        self.assertEqual(next(iter(self.rows())), "Amine Test")

    def test_reasons_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        [row] = [
            row
            for row in self.vacant.with_context(lang="fr_FR")._candidates()
            if row["name"] == "Zoe Test"
        ]
        self.assertIn("ne connaît pas ce site", row["rank_reasons"])

    def test_the_stopped_are_below_without_rank(self):
        self.make_guard("Aaron Expired", date_expiry="2027-05-02")
        rows = self.rows()
        self.assertEqual(list(rows)[-1], "Aaron Expired")
        self.assertIsNone(rows["Aaron Expired"]["score"])
        self.assertIsNone(rows["Aaron Expired"]["cost"])

    def test_the_list_shows_rank_cost_and_margin(self):
        wizard = (
            self.env["security.shift.candidates"]
            .with_user(self.planner)
            .create({"shift_id": self.vacant.id})
        )
        self.assertEqual(wizard.line_ids.mapped("rank"), [1, 2, 3])
        self.assertTrue(all(wizard.line_ids.mapped("has_margin")))

    def test_no_wage_and_no_order_is_not_a_cost_of_nothing(self):
        self.other_guard.sudo().version_id.wage = 0
        self.post.sale_line_id = False
        rows = self.rows()
        self.assertIsNone(rows["Zoe Test"]["cost"])
        self.assertIsNone(rows["Amine Test"]["margin"])
        self.assertTrue(rows["Amine Test"]["cost"])

    def test_the_shift_tells_planners_only(self):
        self.vacant.employee_id = self.guard
        shift = self.vacant.with_user(self.planner)
        self.assertAlmostEqual(shift.planned_cost, 84.48, 2)
        self.assertAlmostEqual(shift.planned_margin, 115.52, 2)
        reader = self.make_user(
            "rankreader", "base.group_user", "security_workforce.group_security_user"
        )
        with self.assertRaises(AccessError):
            self.vacant.with_user(reader).read(["planned_cost"])

    def test_as_many_queries_for_more_guards(self):
        counts = []
        for _size in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(self.vacant._candidates())
            counts.append(self.env.cr.sql_log_count - before)
            for number in range(12):
                self.make_guard(f"Guard {number}")
        self.assertLessEqual(counts[1], counts[0])
        self.assertLessEqual(counts[1], 23)

    def test_a_short_shift_is_paid_four_hours(self):
        short = self.make_shift(self.post, "2027-05-12 08:00", "2027-05-12 10:00")
        self.assertEqual(short.date_start, utc("2027-05-12 08:00"))
        self.assertAlmostEqual(self.rows(short)["Zoe Test"]["cost"], 40.0, 2)
