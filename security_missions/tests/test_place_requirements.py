"""What a post, a site and a mission ask, written where the place is described."""

from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, SecurityMissionsCase

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

    def test_a_planner_reads_and_adds_none(self):
        self.add("post")
        for scope, place in self.places.items():
            form = Form(place.with_user(self.planner))
            self.assertTrue(form.effective_requirement_ids, scope)
        view = self.post.with_user(self.planner).get_view(view_type="form")
        node = view["arch"].partition('name="requirement_ids"')[2]
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
