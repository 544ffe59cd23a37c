"""What a post, a site and a mission ask, written where the place is described."""

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, SecurityMissionsCase, utc

TRADE = "security_workforce.group_security_"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestPlaceRequirements(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mission = cls.env["security.mission"].create(
            {
                "name": "Festival",
                "partner_id": cls.client.id,
                "site_ids": [Command.link(cls.site.id)],
            }
        )
        cls.post = cls.make_post(mission_id=cls.mission.id)
        cls.places = {"post": cls.post, "site": cls.site, "mission": cls.mission}
        cls.of_the_firm = cls.env["security.requirement"].create(
            {"kind": "activity", "activity_id": cls.activity.id}
        )
        cls.dogs = cls.env.ref("security_workforce.activity_cyno")
        cls.manager = cls.make_user("boss", f"{TRADE}manager")
        cls.planner = cls.make_user("planner", f"{TRADE}planner")

    def add(self, scope, user=None):
        """A manager adds a line on the form of the place."""
        with Form(self.places[scope].with_user(user or self.manager)) as form:
            with form.requirement_ids.new() as line:
                line.kind = "activity"
                line.activity_id = self.activity
                line.enforcement = "block"
        return self.places[scope].requirement_ids

    def test_added_from_each_form(self):
        for scope, place in self.places.items():
            with self.subTest(scope):
                added = self.add(scope)
                self.assertEqual(added.scope, scope)
                self.assertEqual(added[f"{scope}_id"], place)
                self.assertEqual(added.company_id, self.company)

    def test_each_says_where_it_comes_from(self):
        for scope in self.places:
            self.add(scope)
        self.env.invalidate_all()
        in_force = self.post.effective_requirement_ids
        self.assertEqual(
            set(in_force.mapped("origin")),
            {
                "All posts of the firm Vigie SAS",
                "Site Horizon",
                "Mission Festival",
                "Post Entrance",
            },
        )
        self.assertEqual(
            set(self.site.effective_requirement_ids.mapped("scope")),
            {"site", "company"},
        )
        self.assertEqual(
            set(self.mission.effective_requirement_ids.mapped("scope")),
            {"mission", "company"},
        )

    def phase(self, **values):
        return self.env["security.mission.phase"].create(
            {
                "name": "Stage building",
                "mission_id": self.mission.id,
                "date_start": "2027-05-04",
                "date_stop": "2027-05-05",
                "requirement_ids": [
                    Command.create(
                        {
                            "scope": "phase",
                            "kind": "activity",
                            "activity_id": self.dogs.id,
                            "enforcement": "block",
                        }
                    )
                ],
                **values,
            }
        )

    def shifts(self):
        guard = self.make_guard("Dupont")
        return self.env["security.shift"].create(
            [
                {
                    "post_id": self.post.id,
                    "employee_id": guard.id,
                    "date_start": utc(f"{day} 08:00"),
                    "date_stop": utc(f"{day} 16:00"),
                }
                for day in ("2027-05-03", "2027-05-04", "2027-05-05", "2027-05-06")
            ]
        )

    def refused(self, shifts):
        return [
            "QUA-01" in {row["rule"] for row in shift.eligibility_findings or ()}
            for shift in shifts
        ]

    def test_a_phase_asks_on_its_days_only(self):
        shifts = self.shifts()
        phase = self.phase()
        self.assertEqual(self.refused(shifts), [False, True, True, False])
        origins = self.post.effective_requirement_ids.mapped("origin")
        self.assertIn("Phase of a mission Stage building", origins)
        phase.date_stop = "2027-05-04"
        self.assertEqual(self.refused(shifts), [False, True, False, False])
        phase.unlink()
        self.assertEqual(self.refused(shifts), [False] * 4)

    def test_a_phase_within_its_mission(self):
        self.mission.write({"date_start": "2027-05-01", "date_stop": "2027-05-10"})
        with self.assertRaises(ValidationError) as refused:
            self.phase(date_stop="2027-05-11")
        self.assertIn("Festival", str(refused.exception))
        with self.assertRaises(ValidationError):
            self.phase(date_start="2027-04-30")
        self.phase()
        with self.assertRaises(ValidationError):
            self.mission.date_stop = "2027-05-04"

    def test_a_phase_on_the_form_of_its_mission(self):
        with Form(self.mission.with_user(self.manager)) as form:
            with form.phase_ids.new() as phase:
                phase.name = "Public"
                phase.date_start = "2027-05-04"
                phase.date_stop = "2027-05-05"
                with phase.requirement_ids.new() as line:
                    line.kind = "activity"
                    line.activity_id = self.activity
        added = self.mission.phase_ids.requirement_ids
        self.assertEqual(added.scope, "phase")
        self.assertEqual(added.company_id, self.company)

    def test_a_planner_reads_and_adds_none(self):
        self.add("post")
        for scope, place in self.places.items():
            form = Form(place.with_user(self.planner))
            self.assertTrue(form.effective_requirement_ids, scope)
        view = self.post.with_user(self.planner).get_view(view_type="form")
        node = view["arch"].rpartition('name="requirement_ids"')[2]
        self.assertIn('create="False"', node.partition("</field>")[0])

    def test_queries_do_not_grow_with_places(self):
        sites = self.site
        for number in range(10):
            sites |= self.make_site(f"Site {number}")
        counts = []
        for asked in (sites[:2], sites):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            asked.mapped("effective_requirement_ids.origin")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
