"""Rolling a team: open shifts first, exceptions kept, nothing twice."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import SecurityMissionsCase, utc

FIRST, LAST = "2027-05-03", "2027-05-10"


class RotationCase(SecurityMissionsCase):
    """A team of two on a gate: two days, two nights, four off."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post = cls.make_post("Gate")
        cls.rotation = cls.make_rotation("2x12")
        cls.team = cls.make_team((cls.guard, 0), (cls.other_guard, 2))

    @classmethod
    def make_rotation(cls, name):
        form = Form(cls.env["security.rotation"])
        form.name = name
        form.start_from = name
        return form.save()

    @classmethod
    def make_team(cls, *members, **values):
        return cls.env["security.rotation.team"].create(
            {
                "name": "Gate",
                "rotation_id": cls.rotation.id,
                "post_id": cls.post.id,
                "anchor": FIRST,
                "member_ids": [
                    Command.create(
                        {"employee_id": guard and guard.id, "offset": offset}
                    )
                    for guard, offset in members
                ],
                **values,
            }
        )

    def preview(self, first=FIRST, last=LAST, teams=None):
        wizard = self.env["security.rotation.roll"].create(
            {
                "team_ids": [Command.set((teams or self.team).ids)],
                "date_from": first,
                "date_to": last,
            }
        )
        wizard.action_preview()
        return wizard

    def roll(self, *args, **kwargs):
        self.preview(*args, **kwargs).action_roll()
        return self.shifts()

    def shifts(self):
        return self.env["security.shift"].search([("post_id", "=", self.post.id)])

    def kinds(self, wizard):
        return [(line.kind, line.reason) for line in wizard.line_ids]

    def of(self, guard):
        return self.shifts().filtered(lambda s: s.employee_id == guard)


@tagged("post_install", "-at_install")
class TestRotation(RotationCase):
    def test_nothing_is_written_before_it_is_seen(self):
        wizard = self.preview()
        self.assertEqual(self.kinds(wizard), [("new", False)] * 8)
        self.assertFalse(self.shifts())
        self.assertIn("New shift: 8", wizard.summary)

    def test_a_cycle(self):
        shifts = self.roll()
        self.assertEqual(len(shifts), 8)
        self.assertEqual(set(shifts.mapped("state")), {"draft"})
        self.assertEqual(shifts.rotation_team_id, self.team)
        self.assertEqual(
            self.of(self.guard).mapped("date_start"),
            [
                utc("2027-05-03 07:00"),
                utc("2027-05-04 07:00"),
                utc("2027-05-05 19:00"),
                utc("2027-05-06 19:00"),
            ],
        )
        # Two days further into the cycle: nights first.
        self.assertEqual(
            min(self.of(self.other_guard).mapped("date_start")),
            utc("2027-05-03 19:00"),
        )
        self.assertEqual(str(self.team.rolled_until), LAST)
        self.assertIn("8", self.team.last_roll)

    def test_twice_adds_nothing(self):
        shifts = self.roll()
        wizard = self.preview()
        self.assertFalse(wizard.line_ids)
        self.assertIn("Nothing to roll", wizard.summary)
        wizard.action_roll()
        self.assertEqual(self.shifts(), shifts)

    def test_the_open_shifts_of_the_needs_are_taken_first(self):
        self.env["security.post.need"].create(
            [
                {"post_id": self.post.id, "date": FIRST, "hour_start": hour}
                for hour in (7, 19)
            ]
        )
        made = self.env["security.shift"]._generate(
            self.post, *map(fields.Date.to_date, (FIRST, FIRST))
        )
        shifts = self.roll(last=FIRST)
        self.assertEqual(shifts, made)
        self.assertEqual(shifts.employee_id, self.guard | self.other_guard)
        self.assertFalse(self.preview(last=FIRST).line_ids)
        # Leaving the team gives them back: the need is there still.
        self.team.member_ids.unlink()
        wizard = self.preview(last=FIRST)
        self.assertEqual(self.kinds(wizard), [("surplus", False)] * 2)
        wizard.action_roll()
        self.assertEqual(self.shifts(), made)
        self.assertFalse(made.employee_id)
        self.assertFalse(any(made.mapped("rotation_key")))
        self.assertTrue(all(made.mapped("demand_key")))

    def test_exceptions_survive_a_new_roll(self):
        self.roll()
        moved, given, cancelled, _last = self.of(self.guard)
        moved.date_stop += timedelta(hours=1)
        third = self.make_guard("Third Test")
        given.employee_id = third
        cancelled.action_cancel()
        published = self.of(self.other_guard)[0]
        published.action_publish()
        # The cycle changes under them all.
        self.rotation.line_ids.hour_start = 8
        wizard = self.preview()
        kept = wizard.line_ids.filtered(lambda l: l.kind == "kept")
        self.assertEqual(
            {line.shift_id: line.reason for line in kept},
            {
                moved: "moved",
                given: "given",
                cancelled: "cancelled",
                published: "published",
            },
        )
        self.assertFalse(any(kept.mapped("chosen")))
        # Nobody ticks them in spite of that.
        kept.chosen = True
        wizard.action_roll()
        self.assertEqual(moved.date_stop, utc("2027-05-03 20:00"))
        self.assertEqual(given.employee_id, third)
        self.assertEqual(cancelled.state, "cancelled")
        self.assertEqual(published.date_start, utc("2027-05-03 19:00"))
        self.assertEqual(published.state, "published")

    def test_the_cycle_changed(self):
        shifts = self.roll()
        self.rotation.line_ids.filtered(lambda l: l.label == "D").hour_start = 6
        wizard = self.preview()
        self.assertEqual(self.kinds(wizard), [("changed", False)] * 4)
        wizard.line_ids[0].chosen = False
        wizard.action_roll()
        self.assertEqual(self.shifts(), shifts)
        self.assertEqual(
            self.of(self.guard)[:2].mapped("date_start"),
            [utc("2027-05-03 07:00"), utc("2027-05-04 06:00")],
        )

    def test_two_guards_swap_their_places(self):
        self.roll()
        mine, theirs = self.of(self.guard), self.of(self.other_guard)
        one, two = self.team.member_ids
        one.employee_id, two.employee_id = self.other_guard, self.guard
        self.roll()
        self.assertEqual(self.of(self.guard), theirs)
        self.assertEqual(self.of(self.other_guard), mine)

    def test_a_guard_on_leave_leaves_an_open_shift(self):
        self.env["hr.leave"].create(
            {
                "name": "Away",
                "employee_id": self.guard.id,
                "holiday_status_id": self.env["hr.leave.type"]
                .create({"name": "Leave", "requires_allocation": False})
                .id,
                "request_date_from": "2027-05-04",
                "request_date_to": "2027-05-04",
            }
        )._action_validate(check_state=False)
        wizard = self.preview()
        self.assertEqual(self.kinds(wizard).count(("refused", "leave")), 1)
        told = wizard.line_ids.filtered(lambda l: l.kind == "refused")
        self.assertEqual(told.meant_id, self.guard)
        wizard.action_roll()
        [vacant] = self.shifts().filtered(lambda s: not s.employee_id)
        self.assertEqual(vacant.date_start, utc("2027-05-04 07:00"))
        # Told again, made no more; a replacement stays.
        self.assertEqual(self.kinds(self.preview()), [("refused", "leave")])
        third = self.make_guard("Third Test")
        vacant.employee_id = third
        self.assertEqual(self.kinds(self.preview()), [("kept", "given")])

    def test_a_guard_busy_elsewhere_leaves_an_open_shift(self):
        other = self.make_shift(
            self.make_post("Door"), "2027-05-03 12:00", "2027-05-03 14:00", self.guard
        )
        wizard = self.preview()
        told = wizard.line_ids.filtered(lambda l: l.kind == "refused")
        self.assertEqual(told.reason, "overlap")
        self.assertEqual(told.obstacle_id, other)
        wizard.action_roll()
        self.assertEqual(len(self.of(self.guard)), 3)
        other.unlink()
        self.roll()
        self.assertEqual(len(self.of(self.guard)), 4)
        self.assertEqual(len(self.shifts()), 8)

    def test_what_he_holds_already_is_not_doubled(self):
        mine = self.make_shift(
            self.post,
            "2027-05-03 07:00",
            "2027-05-03 19:00",
            self.guard,
            state="published",
        )
        self.assertIn(("linked", False), self.kinds(self.preview()))
        self.assertEqual(len(self.roll()), 8)
        self.assertEqual(mine.state, "published")
        self.assertEqual(mine.rotation_team_id, self.team)

    def test_a_list_that_is_old_does_nothing(self):
        wizard = self.preview()
        self.roll()
        with self.assertRaisesRegex(UserError, "has changed since"):
            wizard.action_roll()
        self.assertEqual(len(self.shifts()), 8)

    def test_clock_change_and_year_end(self):
        self.team.anchor = "2027-10-28"
        shifts = self.roll("2027-10-29", "2027-11-01")
        self.assertEqual(
            sorted(set(shifts.filtered("employee_id").mapped("hours"))), [12, 13]
        )
        self.roll("2027-12-28", "2028-01-03")
        self.assertFalse(self.preview("2027-12-28", "2028-01-03").line_ids)

    def test_closed_days_and_dates_of_the_team(self):
        self.env["security.site.closure"].create(
            {
                "name": "Works",
                "site_id": self.site.id,
                "date_from": "2027-05-04",
                "date_to": "2027-05-04",
            }
        )
        self.team.date_to = "2027-05-05"
        days = {str(s.date_start.date()) for s in self.roll()}
        self.assertEqual(days, {"2027-05-03", "2027-05-05"})

    def test_a_place_without_guard(self):
        self.team.member_ids[0].employee_id = False
        self.assertEqual(len(self.roll().filtered(lambda s: not s.employee_id)), 4)

    def test_impossible(self):
        with self.assertRaisesRegex(UserError, "ends before it starts"):
            self.preview(LAST, FIRST)
        with self.assertRaisesRegex(UserError, "at least one team"):
            self.env["security.rotation.roll"].create(
                {"date_from": FIRST, "date_to": LAST}
            ).action_preview()
        with self.assertRaisesRegex(ValidationError, "Day 4 is beyond the 3 days"):
            self.rotation.day_count = 3
        with self.assertRaisesRegex(ValidationError, "starts between"):
            self.rotation.line_ids[0].hour_start = 24
        with self.assertRaisesRegex(ValidationError, "one minute to 24 hours"):
            self.rotation.line_ids[1].duration = 0

    def test_only_planners_roll(self):
        reader = self.make_user("reader", "security_workforce.group_security_user")
        with self.assertRaises(AccessError):
            self.env["security.rotation.roll"].with_user(reader).create(
                {"date_from": FIRST, "date_to": LAST}
            )
        planner = self.make_user("plan", "security_workforce.group_security_planner")
        wizard = (
            self.env["security.rotation.roll"]
            .with_user(planner)
            .create(
                {
                    "team_ids": [Command.set(self.team.ids)],
                    "date_from": FIRST,
                    "date_to": LAST,
                }
            )
        )
        wizard.action_preview()
        wizard.action_roll()
        self.assertEqual(len(self.shifts()), 8)

    def test_each_firm_has_its_own(self):
        other = self.make_company("Ronde SARL")
        self.env.user.company_ids |= other
        stranger = self.make_guard("Stranger", company=other)
        with self.assertRaises(UserError):
            self.team.member_ids[0].employee_id = stranger
        planner = self.make_user(
            "plan", "security_workforce.group_security_planner", company=other
        )
        env = self.env(user=planner, context={"allowed_company_ids": other.ids})
        self.assertFalse(env["security.rotation.team"].search([]))
        self.assertFalse(env["security.rotation"].search([]))


@tagged("post_install", "-at_install")
class TestRotationCron(RotationCase):
    def run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("security_missions.ir_cron_rotation").method_direct_trigger()

    def test_rolls_to_the_horizon(self):
        self.company.security_rotation_weeks = 2
        self.company.partner_id.lang = "en_US"
        self.team.anchor = "2027-04-16"
        self.run_cron()
        shifts = self.shifts()
        self.assertEqual(str(self.team.rolled_until), "2027-04-29")
        # Fourteen days from tomorrow on: 4 + 4 and 4 + 2 + 2 of each cycle.
        self.assertEqual(min(shifts.mapped("date_start")), utc("2027-04-16 07:00"))
        self.assertLess(max(shifts.mapped("date_start")), utc("2027-04-30 00:00"))
        self.run_cron()
        self.assertEqual(self.shifts(), shifts)
        self.assertEqual(self.team.last_roll, "Nothing to change")

    def test_not_when_the_firm_does_not_want_it(self):
        self.company.security_rotation_weeks = 0
        self.run_cron()
        self.assertFalse(self.shifts())

    def test_not_for_an_archived_team(self):
        self.team.active = False
        self.run_cron()
        self.assertFalse(self.shifts())
