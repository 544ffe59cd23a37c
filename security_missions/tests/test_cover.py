"""Needed against planned, post by post."""

from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, SecurityMissionsCase, utc


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCover(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post = cls.make_post()
        cls.env["security.post.need"].create(
            {
                "post_id": cls.post.id,
                "weekday": "0",
                "hour_start": 19,
                "duration": 12,
                "headcount": 2,
            }
        )

    def cover(self, first="2027-05-03", last="2027-05-04"):
        form = Form(self.env["security.cover"])
        form.date_from, form.date_to = first, last
        form.post_ids.add(self.post)
        wizard = form.save()
        action = wizard.action_show()
        return self.env["security.cover.line"].search(action["domain"])

    def test_gap_and_surplus(self):
        self.make_shift(self.post, "2027-05-03 19:00", "2027-05-04 07:00", self.guard)
        self.make_shift(self.post, "2027-05-04 09:00", "2027-05-04 11:00", self.guard)
        gap, surplus = self.cover()
        self.assertEqual((gap.kind, gap.needed, gap.planned), ("gap", 2, 1))
        self.assertEqual((gap.needed_hours, gap.gap_hours), (24, 12))
        self.assertEqual((surplus.kind, surplus.surplus_hours), ("surplus", 2))
        self.assertEqual(gap.date_start, utc("2027-05-03 19:00"))
        shifts = gap.action_open_shifts()["domain"]
        self.assertEqual(self.env["security.shift"].search_count(shifts), 1)

    def test_a_shift_without_guard_or_cancelled_covers_nothing(self):
        empty = self.make_shift(self.post, "2027-05-03 19:00", "2027-05-04 07:00")
        empty.employee_id = False
        dropped = self.make_shift(
            self.post, "2027-05-03 19:00", "2027-05-04 07:00", self.guard
        )
        dropped.action_cancel()
        self.assertEqual(self.cover().mapped("planned"), [0])

    def test_the_night_of_the_eve_is_held_still(self):
        [morning] = self.cover("2027-05-04", "2027-05-04")
        self.assertEqual(morning.date_start, utc("2027-05-04 00:00"))
        self.assertEqual(morning.needed_hours, 14)

    def test_the_night_of_the_clock_change_lasts_eleven_hours(self):
        self.post.need_ids.weekday = "5"
        lines = self.cover("2027-03-27", "2027-03-28")
        self.assertEqual(sum(lines.mapped("gap_hours")), 22)

    def test_nothing_to_compare(self):
        with self.assertRaises(UserError) as refused:
            self.cover("2027-05-05", "2027-05-06")
        self.assertIn("Nobody is needed", str(refused.exception))
        with self.assertRaises(UserError):
            self.cover("2027-05-06", "2027-05-05")

    def test_map_of_a_month(self):
        self.make_shift(self.post, "2027-05-03 19:00", "2027-05-04 07:00", self.guard)
        self.make_shift(self.post, "2027-05-05 09:00", "2027-05-05 11:00", self.guard)
        found = self.env["security.post"].get_cover_map(
            "2027-05-01", "2027-05-31", [("id", "=", self.post.id)]
        )
        self.assertEqual(len(found["days"]), 31)
        [row] = found["rows"]
        cells = {
            day: (cell["missing"], cell["surplus"])
            for day, cell in row["cells"].items()
        }
        self.assertEqual(
            cells,
            {
                "2027-05-03": (1, 0),
                "2027-05-05": (0, 1),
                "2027-05-10": (2, 0),
                "2027-05-17": (2, 0),
                "2027-05-24": (2, 0),
                "2027-05-31": (2, 0),
            },
        )
        self.assertEqual(
            row["cells"]["2027-05-03"]["title"],
            "19:00-07:00: 1 planned, 2 needed",
        )
        # 12 of 4 nights of 24 hours and the 10 of the last one in May.
        self.assertEqual(found["percent"], "11 %")
        action = self.post.action_open_day("2027-05-05")
        self.assertEqual(self.env["security.shift"].search_count(action["domain"]), 1)

    def test_map_refuses_a_year(self):
        with self.assertRaises(UserError):
            self.env["security.post"].get_cover_map("2027-01-01", "2027-12-31")

    def test_figure_of_the_month(self):
        self.post.need_ids.write({"weekday": False, "date": "2027-04-20"})
        mission = self.env["security.mission"].create(
            {"name": "Gala", "partner_id": self.client.id, "date_start": False}
        )
        self.assertFalse(mission.cover_label)
        self.post.mission_id = mission
        self.env.invalidate_all()
        self.assertEqual((mission | mission).cover_label, "0 %")
        self.make_shift(self.post, "2027-04-20 19:00", "2027-04-21 07:00", self.guard)
        self.env.invalidate_all()
        self.assertEqual((mission.cover_label, self.site.cover_label), ("50 %", "50 %"))
        self.make_shift(
            self.post, "2027-04-20 19:00", "2027-04-21 06:59", self.other_guard
        )
        self.env.invalidate_all()
        self.assertEqual(self.site.cover_label, "99 %")
        params = self.site.action_open_cover()["params"]
        self.assertEqual(params["domain"], [("site_id", "=", self.site.id)])

    def test_figure_of_many_sites_in_as_many_queries(self):
        sites, counts = self.site, []
        for number in range(8):
            site = self.make_site(f"Site {number}")
            self.post.copy({"site_id": site.id})
            sites |= site
        self.env.flush_all()
        for asked in (sites[:1], sites[:2], sites):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            asked.mapped("cover_label")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])

    def test_queries_do_not_grow_with_the_shifts(self):
        posts, counts = self.post, []
        for number in range(9):
            posts |= self.post.copy({"name": f"Gate {number}"})
        self.env.flush_all()
        for asked in (posts[:2], posts):
            wizard = self.env["security.cover"].create(
                {"date_from": "2027-05-01", "date_to": "2027-05-31"}
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            wizard._lines(asked)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
