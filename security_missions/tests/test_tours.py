from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import Command, fields
from odoo.tests import HttpCase, tagged

from .common import SecurityMissionsMixin, utc


@tagged("post_install", "-at_install")
class TestTours(SecurityMissionsMixin, HttpCase):
    """The planner's and the guard's day in a real browser, on the real clock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.setup_firm()

    def test_planner(self):
        """Generate, assign by drag, publish, be refused and sent back, approve."""
        self.make_user(
            "tour_planner",
            "security_workforce.group_security_planner",
        )
        covered = self.make_guard("Bruno Covered")
        dogs = self.env.ref("security_workforce.activity_cyno")
        uncovered = self.make_guard("Nadia Uncovered", activity_id=dogs.id)
        today = fields.Date.context_today(self.env.user)
        need_day = today.replace(day=1) + relativedelta(months=1, days=9)
        post = self.make_post(
            "Gate",
            need_ids=[
                Command.create({"date": need_day, "hour_start": 8, "duration": 10})
            ],
        )
        mission = self.env["security.mission"].create(
            {
                "name": "Tour mission",
                "partner_id": self.client.id,
                "site_ids": [Command.set(self.site.ids)],
                "post_ids": [Command.set(post.ids)],
            }
        )
        mission.action_activate()
        done = self._shift("Yesterday", covered, timedelta(days=-1))
        self.attend(done)

        self.start_tour("/odoo", "security_missions_planner", login="tour_planner")

        shift = post.shift_ids
        self.assertEqual(shift.employee_id, covered)
        self.assertEqual(shift.state, "published")
        self.assertEqual(shift.hours, 10)
        self.assertTrue(done.approval_date)
        self.assertFalse(
            self.env["security.shift"].search([("employee_id", "=", uncovered.id)])
        )

    def test_eligibility(self):
        """Read a refusal, take another guard; answer for a shift that is too long."""
        self.make_user("tour_rules", "security_workforce.group_security_planner")
        self.obey_the_law()
        stranger = self.make_guard("Ada Expired", date_expiry="2026-02-01")
        self.make_guard("Ida Expired", date_expiry="2026-02-01")
        start = fields.Datetime.now().replace(second=0) + timedelta(days=8)
        post = self.make_post("Rules")
        refused, too_long = self.env["security.shift"].create(
            [
                {
                    "post_id": post.id,
                    "employee_id": guard.id,
                    "date_start": start + timedelta(days=day),
                    "date_stop": start + timedelta(days=day, hours=hours),
                }
                for guard, day, hours in ((stranger, 0, 6), (self.guard, 1, 13))
            ]
        )
        for shift, tour in (
            (refused, "security_missions_eligibility"),
            (too_long, "security_missions_override"),
        ):
            self.start_tour(f"/odoo/security-rota/{shift.id}", tour, login="tour_rules")

        self.env.invalidate_all()
        self.assertIn(refused.employee_id, self.guard | self.other_guard)
        self.assertEqual(refused.eligibility, "ok")
        self.assertEqual(too_long.state, "published")
        self.assertEqual(too_long.override_ids.reason, "The relief is on strike")

    def test_rota_board(self):
        """Drag, be refused, undo, go over midnight, delete with the keys."""
        self.make_user("tour_board", "security_workforce.group_security_planner")
        monday = fields.Date.context_today(self.env.user)
        monday -= timedelta(days=monday.weekday())

        def make(post, day, start, hours, guard=None):
            wall = f"{monday + timedelta(days=day)} {start}"
            begin = utc(wall)
            return self.env["security.shift"].create(
                {
                    "post_id": post.id,
                    "employee_id": guard and guard.id,
                    "date_start": begin,
                    "date_stop": begin + timedelta(hours=hours),
                }
            )

        gate, late, many = map(self.make_post, ("Gate", "Late", "Many"))
        make(gate, 1, "08:00", 8)
        make(late, 1, "10:00", 8, self.other_guard)
        evening = make(late, 2, "16:00", 8, self.other_guard)
        morning = make(late, 6, "00:00", 6, self.other_guard)
        # Six in one cell: 08:00 to 12:00, 09:00 to 13:00…
        deleted = [make(many, 4, f"{hour:02}:00", 4) for hour in range(8, 14)][3]
        key = f"1:{monday + timedelta(days=4)}:660:0"
        deleted.demand_key = key

        self.start_tour(
            "/odoo/action-security_missions.security_rota_board_action",
            "security_missions_rota_board",
            login="tour_board",
        )

        self.env.invalidate_all()
        self.assertFalse(gate.shift_ids.employee_id)
        self.assertEqual((evening.hours, morning.hours), (8, 8))
        self.assertFalse(deleted.exists())
        self.assertEqual(many.shift_ids.filtered("demand_key").demand_key, key)
        self.assertEqual(len(many.shift_ids), 6)

    def test_publication(self):
        """Publish a month, be read by one guard of two, see who is left."""
        self.make_user("tour_publisher", "security_workforce.group_security_planner")
        reader = self.make_guard(
            "Rita Reads", user=self.make_user("tour_reader", "base.group_portal")
        )
        other = self.make_guard("Ugo Unread")
        month = fields.Date.context_today(self.env.user) + relativedelta(
            months=1, day=10
        )
        for days, name, guard in (
            (0, "Gate", reader),
            (1, "Dock", reader),
            (0, "Yard", other),
        ):
            day = month + timedelta(days=days)
            self.make_shift(self.make_post(name), f"{day} 08:00", f"{day} 16:00", guard)
        board = "/odoo/action-security_missions.security_rota_board_action"
        desk = self.browser_size

        self.start_tour(board, "security_missions_publication", login="tour_publisher")
        self.browser_size, self.touch_enabled = "390x844", True
        self.start_tour(
            "/my", "security_missions_publication_read", login="tour_reader"
        )
        self.browser_size, self.touch_enabled = desk, False
        self.start_tour(
            board, "security_missions_publication_seen", login="tour_publisher"
        )

        self.env.invalidate_all()
        versions = self.env["security.publication"].search(
            [("employee_id", "in", (reader | other).ids)]
        )
        read = versions.filtered("acknowledged_at")
        self.assertEqual(len(versions), 2)
        self.assertEqual(read.employee_id, reader)
        self.assertEqual(
            (read.shift_count, read.acknowledgement_channel), (2, "portal")
        )
        self.assertEqual(read.acknowledged_by_id.login, "tour_reader")

    def test_a_guard_without_shift_has_a_row(self):
        """What the board asks for its rows, with the planner's own rights."""
        planner = self.make_user(
            "rows_planner", "security_workforce.group_security_planner"
        )
        guards = (
            self.env["hr.employee.public"]
            .with_user(planner)
            .search([("has_card", "=", True), ("company_id", "=", self.company.id)])
        )
        self.assertIn(self.guard.id, guards.ids)

    def _shift(self, post, guard, delay):
        """A published shift of six hours around now, moved by ``delay``."""
        start = fields.Datetime.now().replace(second=0) + delay - timedelta(minutes=2)
        shift = self.env["security.shift"].create(
            {
                "post_id": self.make_post(post).id,
                "employee_id": guard.id,
                "date_start": start,
                "date_stop": start + timedelta(hours=6),
            }
        )
        shift.action_publish()
        return shift


@tagged("post_install", "-at_install")
class TestPhoneTour(TestTours):
    """The guard clocks in and out with one hand, on a phone."""

    browser_size = "390x844"
    touch_enabled = True
    # Only what is done on a phone.
    test_planner = None
    test_eligibility = None
    test_rota_board = None
    test_publication = None
    test_a_guard_without_shift_has_a_row = None

    def test_guard(self):
        user = self.make_user("tour_guard", "base.group_portal")
        guard = self.make_guard("Farid Phone", user=user)
        now = self._shift("Now", guard, timedelta())
        later = self._shift("Later", guard, timedelta(days=1))

        self.start_tour("/my", "security_missions_guard", login="tour_guard")

        self.assertEqual((now | later).mapped("state"), ["done", "published"])
        self.assertTrue(now.attendance_ids.check_out)

    def test_offer(self):
        """He says yes from the portal, and the shift is his."""
        planner = self.make_user(
            "tour_offers", "security_workforce.group_security_planner"
        )
        user = self.make_user("tour_offered", "base.group_portal")
        guard = self.make_guard("Oscar Offered", user=user)
        start = fields.Datetime.now().replace(second=0) + timedelta(days=8)
        shift, other = self.env["security.shift"].create(
            [
                {
                    "post_id": self.make_post(name).id,
                    "date_start": start + timedelta(days=day),
                    "date_stop": start + timedelta(days=day, hours=6),
                }
                for day, name in enumerate(("Night Gate", "Day Gate"))
            ]
        )
        for each, asked in ((shift, guard), (other, self.other_guard)):
            offer = self.env["security.shift.offer"].with_user(planner)
            offer = offer.create({"shift_id": each.id, "mode": "first_accept"})
            offer._open(asked)

        self.start_tour("/my", "security_missions_guard_offer", login="tour_offered")

        self.env.invalidate_all()
        self.assertEqual(shift.employee_id, guard)
        self.assertFalse(other.employee_id)
