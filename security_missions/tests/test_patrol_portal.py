"""Rounds as a guard's phone, a client and a screen see them: their own, no other."""

import json

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, tagged

from .common import NOW, SecurityMissionsMixin, utc
from .test_patrol import PatrolCase

PAGE = "/my/security/rounds"


@tagged("post_install", "-at_install")
class TestPatrolBundle(PatrolCase):
    def bundle(self, guard=None, wall="2027-04-15 19:00"):
        with self.at(wall):
            return self.Patrol._bundle_of(guard or self.guard)

    def test_the_phone_has_the_rounds_of_its_shifts(self):
        rounds = self.plan()
        data = self.bundle()
        self.assertEqual([r["id"] for r in data["routes"]], self.route.ids)
        self.assertEqual(data["routes"][0]["shifts"], self.shift.ids)
        self.assertEqual(len(data["places"]), 3)
        # That of the next evening is in no shift of his.
        self.assertEqual([p["id"] for p in data["planned"]], rounds[:1].ids)
        self.assertEqual(data["planned"][0]["start"], "2027-04-15T20:00:00Z")
        self.assertEqual(json.loads(json.dumps(data))["routes"], data["routes"])

    def test_a_guard_elsewhere_has_none(self):
        self.plan()
        empty = {"routes": [], "places": {}, "planned": []}
        self.assertEqual(self.bundle(self.other_guard), empty)

    def test_a_round_of_another_phone_is_not_offered(self):
        planned = self.plan()[0]
        self.begin("2027-04-15 22:00", planned)
        self.assertEqual(self.bundle()["planned"][0]["state"], "running")
        self.make_shift(
            self.post,
            "2027-04-15 20:00",
            "2027-04-16 06:00",
            self.other_guard,
            state="published",
        )
        self.assertEqual(self.bundle(self.other_guard)["planned"], [])

    def test_a_fixed_number_of_queries(self):
        def count():
            self.env.invalidate_all()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.bundle()
            return self.env.cr.sql_log_count - before

        self.plan()
        count()
        one = count()
        for __ in range(4):
            self.make_route()
        routes = self.env["security.patrol.route"].search([])
        with self.at("2027-04-15 12:00"):
            self.Patrol._plan_routes(routes.filtered(lambda r: r.site_id == self.site))
        self.assertEqual(len(self.bundle()["planned"]), 5)
        self.assertEqual(count(), one)

    def test_a_guard_reads_his_own_rounds_only(self):
        patrol = self.begin("2027-04-15 22:00", self.plan()[0])
        scan = self.scan(patrol, 0, "2027-04-15 22:05")
        for record in (patrol, scan, patrol.point_ids):
            record.with_user(self.guard_user).read(["display_name"])
        stranger = self.make_user("patrol_stranger", "base.group_portal")
        for record in (patrol, scan, patrol.point_ids, self.route, self.points):
            with self.assertRaises(AccessError):
                record.with_user(stranger).read(["display_name"])
        for record in (self.route, self.points):
            with self.assertRaises(AccessError):
                record.with_user(self.guard_user).read(["display_name"])


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestClientRounds(SecurityMissionsMixin, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_firm()
        cls.post = cls.make_post()
        cls.site.name = "Tower of ours"
        cls.client_user = cls.make_user("tower", "base.group_portal")
        cls.client_user.partner_id.parent_id = cls.client
        cls.stranger = cls.make_user("stranger", "base.group_portal")
        cls.stranger.partner_id.parent_id = cls.make_client("Other firm")
        cls.away = cls.env["security.site"].create(
            {"name": "Depot of others", "partner_id": cls.make_client("Third").id}
        )
        cls.make_user("officer", "security_workforce.group_security_user")
        places = cls.env["security.checkpoint"].create(
            [
                {"name": name, "site_id": site.id}
                for name, site in (
                    ("Door", cls.site),
                    ("Roof", cls.site),
                    ("Gate of others", cls.away),
                )
            ]
        )
        cls.route = cls.env["security.patrol.route"].create(
            {
                "name": "Tour",
                "site_id": cls.away.id,
                "is_vehicle": True,
                "line_ids": [
                    Command.create({"checkpoint_id": place.id}) for place in places
                ],
            }
        )
        cls.patrol = cls.env["security.patrol"].create(
            cls.route._round_vals(utc("2027-04-14 22:00"))
        )
        cls.patrol.write({"state": "incomplete", "employee_id": cls.guard.id})
        cls.patrol.point_ids[:2].write({"state": "done", "passed_at": NOW})
        cls.patrol.point_ids[2].state = "missed"

    def page(self, login, path=""):
        self.authenticate(login, login)
        return self.url_open(PAGE + path)

    def test_a_client_sees_his_points_and_no_name(self):
        page = self.page("tower").text
        self.assertIn("Tower of ours", page)
        self.assertIn("Done: 1", " ".join(page.split()).replace("</t>", ""))
        for hidden in ("Depot of others", "Gate of others", self.guard.name):
            self.assertNotIn(hidden, page)

    def test_a_client_is_offered_no_page_of_guards(self):
        self.authenticate("tower", "tower")
        home = self.url_open("/my").text
        self.assertIn(f'href="{PAGE}"', home)
        for page in ("rota", "swaps"):
            self.assertNotIn(f'href="/my/security/{page}"', home)

    def test_nothing_of_another_client(self):
        for login in ("stranger", "officer"):
            self.assertNotIn("Tower of ours", self.page(login).text)
            for site in (self.site, self.away):
                self.assertEqual(self.page(login, f"/{site.id}").status_code, 404)
        self.assertEqual(self.page("tower", f"/{self.site.id}").status_code, 200)
        self.assertEqual(self.page("tower", f"/{self.away.id}").status_code, 404)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(PAGE).url)

    def test_a_screen_shows_its_code_to_whoever_has_its_address(self):
        point = self.env["security.checkpoint"].create(
            {"name": "Hall", "site_id": self.site.id, "is_shown": True}
        )
        address = point._screen_url()
        self.authenticate(None, None)
        page = self.url_open(address)
        self.assertEqual(page.status_code, 200)
        self.assertIn("data:image/png", page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        for wrong in (address[:-1] + "é", address[:-1], address + "x"):
            self.assertEqual(self.url_open(wrong).status_code, 404, wrong)
        point.action_renew_code()
        self.assertEqual(self.url_open(address).status_code, 404)
