"""The wizard makes the shifts that the needs ask for, and none twice."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import SecurityMissionsCase, utc


@tagged("post_install", "-at_install")
class TestGenerate(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.make_order()
        cls.mission = cls.order.security_mission_ids
        cls.mission.date_start = "2026-01-01"
        cls.post = cls.post_of(cls.order)

    def need(self, post=None, **values):
        values = {"hour_start": 19, "duration": 12, "headcount": 1, **values}
        return self.env["security.post.need"].create(
            {"post_id": (post or self.post).id, **values}
        )

    def generate(self, first, last, **values):
        """The shifts that are new after running the wizard."""
        shifts = self.env["security.shift"]
        before = shifts.search([])
        self.env["security.shift.generate"].create(
            {
                "date_from": first,
                "date_to": last,
                **(values or {"post_ids": [Command.set(self.post.ids)]}),
            }
        ).action_generate()
        return shifts.search([]) - before

    def test_week_of_nights(self):
        for weekday in range(7):
            self.need(weekday=str(weekday), headcount=2)
        shifts = self.generate("2027-05-03", "2027-05-09")
        self.assertEqual(len(shifts), 14)
        self.assertEqual(set(shifts.mapped("state")), {"draft"})
        self.assertEqual(set(shifts.mapped("hours")), {12})
        self.assertFalse(shifts.employee_id)
        self.assertEqual(shifts.mission_id, self.mission)
        self.assertEqual(min(shifts.mapped("date_start")), utc("2027-05-03 19:00"))

    def test_twice_makes_none_twice(self):
        self.need(weekday="0", headcount=3)
        self.assertEqual(len(self.generate("2027-05-03", "2027-05-31")), 15)
        self.assertFalse(self.generate("2027-05-03", "2027-05-31"))
        self.assertEqual(len(self.generate("2027-05-03", "2027-06-07")), 3)

    def test_told_when_there_is_nothing_new(self):
        self.need(weekday="0")
        self.generate("2027-05-03", "2027-05-03")
        wizard = self.env["security.shift.generate"].create(
            {
                "date_from": "2027-05-03",
                "date_to": "2027-05-03",
                "post_ids": [Command.set(self.post.ids)],
            }
        )
        action = wizard.action_generate()
        self.assertIn("Nothing to add", action["params"]["message"])

    def test_one_more_guard(self):
        need = self.need(weekday="0")
        self.generate("2027-05-03", "2027-05-03")
        need.headcount = 3
        self.assertEqual(len(self.generate("2027-05-03", "2027-05-03")), 2)

    def test_moved_shift_is_not_made_again(self):
        """Even when the planner moved it out of the period."""
        self.need(weekday="0")
        shift = self.generate("2027-05-03", "2027-05-03")
        shift.write(
            {"date_start": "2027-05-02 05:00:00", "date_stop": "2027-05-02 17:00:00"}
        )
        self.need(weekday="1")
        again = self.generate("2027-05-03", "2027-05-04")
        self.assertEqual(again.mapped("date_start"), [utc("2027-05-04 19:00")])

    def test_cancelled_shift_is_not_made_again(self):
        self.need(weekday="0")
        self.generate("2027-05-03", "2027-05-03").action_cancel()
        self.assertFalse(self.generate("2027-05-03", "2027-05-03"))

    def test_deleted_draft_is_made_again(self):
        self.need(weekday="0")
        self.generate("2027-05-03", "2027-05-03").unlink()
        self.assertEqual(len(self.generate("2027-05-03", "2027-05-03")), 1)

    def test_need_of_one_date(self):
        self.need(date="2027-05-08", hour_start=14.5, duration=9.25, headcount=40)
        shifts = self.generate("2027-05-01", "2027-05-31")
        self.assertEqual(len(shifts), 40)
        self.assertEqual(set(shifts.mapped("date_start")), {utc("2027-05-08 14:30")})
        self.assertEqual(set(shifts.mapped("date_stop")), {utc("2027-05-08 23:45")})

    def test_night_the_clock_goes_back(self):
        self.need(weekday="5")
        shift = self.generate("2027-10-30", "2027-10-30")
        self.assertEqual(shift.hours, 13)
        self.assertEqual(shift.date_stop, utc("2027-10-31 07:00"))

    def test_night_the_clock_goes_forward(self):
        self.need(weekday="5")
        shift = self.generate("2027-03-27", "2027-03-27")
        self.assertEqual(shift.hours, 11)
        self.assertEqual(shift.date_stop, utc("2027-03-28 07:00"))

    def test_a_day_and_night_post_when_the_clock_goes_back(self):
        """23 hours in March and 25 in October, a day on the clock all the same."""
        self.need(weekday="6", hour_start=0, duration=24)
        shift = self.generate("2027-03-28", "2027-03-28")
        self.assertEqual(shift.hours, 23)
        self.assertEqual(self.generate("2027-10-31", "2027-10-31").hours, 25)

    def test_mission_dates_clip_the_period(self):
        for weekday in range(7):
            self.need(weekday=str(weekday))
        self.mission.write({"date_start": "2027-05-05", "date_stop": "2027-05-07"})
        shifts = self.generate("2027-05-01", "2027-05-31")
        self.assertEqual(
            sorted(shifts.mapped("date_start")),
            [utc(f"2027-05-{day:02} 19:00") for day in (5, 6, 7)],
        )

    def test_closed_missions_ask_for_nobody(self):
        self.need(weekday="0")
        self.mission.action_done()
        with self.assertRaisesRegex(UserError, "None of these posts needs anybody"):
            self.generate("2027-05-03", "2027-05-31")

    def test_post_without_mission(self):
        post = self.make_post()
        self.need(post, weekday="0")
        shifts = self.generate(
            "2027-05-03", "2027-05-03", post_ids=[Command.set(post.ids)]
        )
        self.assertEqual(len(shifts), 1)
        self.assertFalse(shifts.mission_id)

    def test_all_posts_of_the_missions(self):
        for weekday in ("0", "1"):
            self.need(weekday=weekday)
        other = self.make_order(30.0)
        other.security_mission_ids.date_start = "2026-01-01"
        self.need(self.post_of(other), weekday="2")
        missions = self.mission | other.security_mission_ids
        shifts = self.generate(
            "2027-05-03", "2027-05-09", mission_ids=[Command.set(missions.ids)]
        )
        self.assertEqual(len(shifts), 3)

    def test_two_timezones_in_one_run(self):
        island = self.make_site("Fort-de-France", tz="America/Martinique")
        post = self.make_post(site_id=island.id)
        for each in (self.post, post):
            self.need(each, weekday="0")
        posts = self.post | post
        shifts = self.generate(
            "2027-05-03", "2027-05-03", post_ids=[Command.set(posts.ids)]
        )
        self.assertEqual(
            sorted(shifts.mapped("date_start")),
            [
                utc("2027-05-03 19:00"),
                utc("2027-05-03 19:00", "America/Martinique"),
            ],
        )

    def test_period_offered_is_next_month(self):
        for today, first, last in (
            ("2027-04-15", "2027-05-01", "2027-05-31"),
            ("2027-01-31", "2027-02-01", "2027-02-28"),
            ("2027-12-31", "2028-01-01", "2028-01-31"),
            ("2028-01-15", "2028-02-01", "2028-02-29"),
        ):
            with self.subTest(today), self.at(f"{today} 12:00"):
                values = self.env["security.shift.generate"].default_get(
                    ["date_from", "date_to"]
                )
                self.assertEqual(str(values["date_from"]), first)
                self.assertEqual(str(values["date_to"]), last)

    def test_as_the_planner_types_it(self):
        self.need(weekday="0")
        planner = self.make_user("planner", "security_workforce.group_security_planner")
        action = self.mission.with_user(planner).action_generate()
        wizard = Form(
            self.env["security.shift.generate"]
            .with_user(planner)
            .with_context(**action["context"])
        )
        result = wizard.save().action_generate()
        shifts = self.env["security.shift"].search(result["domain"])
        self.assertEqual(len(shifts), 5)
        self.assertEqual(shifts.create_uid, planner)

    # ------------------------------------------------------------
    # Amendments
    # ------------------------------------------------------------

    def compare(self, first="2027-05-03", last="2027-05-16"):
        """The wizard as the planner sees it before he says go."""
        form = Form(
            self.env["security.shift.generate"].with_context(
                default_post_ids=self.post.ids
            )
        )
        form.date_from, form.date_to = first, last
        return form

    def test_validity_closing_and_order_number(self):
        need = self.need(weekday="0", date_from="2027-05-10", order_ref="PO-7")
        self.assertIn("05/10/2027", need.display_name)
        self.env["security.site.closure"].create(
            {
                "name": "Works",
                "site_id": self.post.site_id.id,
                "date_from": "2027-05-17",
                "date_to": "2027-05-20",
            }
        )
        made = self.generate("2027-05-01", "2027-05-31")
        self.assertEqual(
            [f"{start:%d}" for start in made.mapped("date_start")],
            ["10", "24", "31"],
        )

    def test_a_closed_post_closes_no_other(self):
        other = self.post.copy({"site_id": self.post.site_id.id})
        (self.post | other).need_ids.unlink()
        for post in self.post | other:
            self.need(post, weekday="0")
        self.env["security.site.closure"].create(
            {
                "name": "Works",
                "site_id": self.post.site_id.id,
                "post_id": other.id,
                "date_from": "2027-05-01",
                "date_to": "2027-05-31",
            }
        )
        made = self.generate(
            "2027-05-03", "2027-05-09", post_ids=[Command.set((self.post | other).ids)]
        )
        self.assertEqual(made.post_id, self.post)

    def test_an_amendment_is_proposed_and_followed(self):
        need = self.need(weekday="0")
        empty, held = self.generate("2027-05-03", "2027-05-16")
        held.employee_id = self.guard
        need.hour_start = 20
        form = self.compare()
        self.assertEqual(form.missing_count, 0)
        wizard = form.save()
        proposed = {line.shift_id: line.chosen for line in wizard.line_ids}
        self.assertEqual(proposed, {empty: True, held: False})
        self.assertEqual(wizard.line_ids[0].new_start, utc("2027-05-03 20:00"))
        wizard.action_generate()
        self.assertEqual(empty.date_start, utc("2027-05-03 20:00"))
        self.assertEqual(held.date_start, utc("2027-05-10 19:00"))
        wizard = self.compare().save()
        self.assertEqual(wizard.line_ids.shift_id, held)
        wizard.line_ids.chosen = True
        wizard.action_generate()
        self.assertEqual(held.date_start, utc("2027-05-10 20:00"))
        self.assertFalse(self.compare().save().line_ids)

    def test_a_shift_given_away_meanwhile_is_not_moved(self):
        need = self.need(weekday="0")
        shift = self.generate("2027-05-03", "2027-05-03")
        need.hour_start = 20
        wizard = self.compare().save()
        self.assertTrue(wizard.line_ids.chosen)
        shift.employee_id = self.guard
        with self.assertRaises(UserError) as refused:
            wizard.action_generate()
        self.assertIn("has changed since", str(refused.exception))
        self.assertEqual(shift.date_start, utc("2027-05-03 19:00"))

    def test_what_the_planner_moved_is_no_difference(self):
        self.need(weekday="0")
        shift = self.generate("2027-05-03", "2027-05-03")
        shift.write({"date_stop": utc("2027-05-04 06:00")})
        self.assertFalse(self.compare().save().line_ids)

    def test_no_longer_needed(self):
        need = self.need(weekday="0", headcount=2)
        shifts = self.generate("2027-05-03", "2027-05-09")
        published = shifts[0]
        published.employee_id = self.guard
        published.action_publish()
        need.unlink()
        other = self.need(weekday="1")
        form = self.compare()
        self.assertEqual(form.missing_count, 2)
        wizard = form.save()
        self.assertEqual(wizard.missing_count, 2)
        self.assertEqual(set(wizard.line_ids.mapped("kind")), {"surplus"})
        wizard.action_generate()
        self.assertEqual(published.state, "published")
        self.assertFalse(shifts[1].exists())
        wizard = self.compare().save()
        wizard.line_ids.chosen = True
        wizard.action_generate()
        self.assertEqual(published.state, "cancelled")
        # Needed again, made again.
        self.assertFalse(published.demand_key)
        self.assertTrue(other.exists())

    def test_a_made_up_line_moves_no_shift_of_elsewhere(self):
        self.need(weekday="0")
        stranger = self.make_shift(self.post, "2027-06-10 08:00", "2027-06-10 16:00")
        wizard = self.compare().save()
        made_up = {"shift_id": stranger.id, "state": "draft", "chosen": True}
        wizard.line_ids = [Command.create(made_up)]
        wizard.action_generate()
        self.assertTrue(stranger.exists())
        self.assertEqual(stranger.date_start, utc("2027-06-10 08:00"))
