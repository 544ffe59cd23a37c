from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..engine.facts import Option, Requirement
from .common import WorkforceCase


@tagged("post_install", "-at_install")
class TestRequirement(WorkforceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fire, cls.other_type = cls.env["hr.skill.type"].create(
            [
                {
                    "name": name,
                    "skill_ids": [
                        Command.create({"name": f"{name} 1"}),
                        Command.create({"name": f"{name} 2"}),
                    ],
                    "skill_level_ids": [
                        Command.create({"name": "Holder", "level_progress": 0}),
                        Command.create({"name": "Expert", "level_progress": 100}),
                    ],
                }
                for name in ("Fire", "Aid")
            ]
        )
        cls.fire_1, cls.fire_2 = cls.fire.skill_ids.sorted("name")
        levels = cls.fire.skill_level_ids.sorted("level_progress")
        cls.holder, cls.expert = levels

    def new(self, *options, **vals):
        """A requirement of the test firm for these (skill, level)."""
        return self.env["security.requirement"].create(
            {
                "company_id": self.company.id,
                "option_ids": [
                    Command.create(self.option(skill, level))
                    for skill, level in options
                ],
                **vals,
            }
        )

    def option(self, skill, level=None):
        return {
            "skill_type_id": skill.skill_type_id.id,
            "skill_id": skill.id,
            "skill_level_id": level and level.id,
        }

    # ------------------------------------------------------------
    # Names and facts
    # ------------------------------------------------------------

    def test_named_after_what_it_asks(self):
        requirement = self.new((self.fire_1, self.holder), (self.fire_2, self.expert))
        self.assertEqual(requirement.name, "Fire 1 or Fire 2 (Expert)")
        self.assertEqual(requirement.display_name, requirement.name)
        requirement.write({"quantity_mode": "team", "team_minimum": 2})
        self.assertEqual(requirement.name, "Fire 1 or Fire 2 (Expert) (2 of the team)")
        self.fire_1.name = "SSIAP 1"
        self.assertIn("SSIAP 1 or", requirement.name)

    def test_found_by_its_qualification(self):
        requirement = self.new((self.fire_1, None), source="arrêté du 2 mai 2005")
        Model = self.env["security.requirement"]
        for text in ("fire 1", "2 mai 2005"):
            self.assertIn(requirement.id, [r[0] for r in Model.name_search(text)])
        self.assertFalse(Model.name_search("no such thing"))

    def test_read_by_the_rules(self):
        requirement = self.new(
            (self.fire_1, None),
            (self.fire_2, self.expert),
            enforcement="block",
            source="Test text art. 1",
            date_from="2026-01-01",
        )
        facts = requirement._engine_requirement()
        self.assertEqual(
            facts,
            Requirement(
                key=requirement.id,
                options=(
                    Option(self.fire_1.id, "Fire 1", 0, facts.options[0].code),
                    Option(
                        self.fire_2.id, "Fire 2 (Expert)", 100, facts.options[1].code
                    ),
                ),
                enforcement="block",
                scope="All posts of the firm",
                source="Test text art. 1",
                team=0,
                start=requirement.date_from,
                end=None,
            ),
        )

    def test_a_team_is_counted_only_when_asked(self):
        requirement = self.new((self.fire_1, None), team_minimum=3)
        self.assertEqual(requirement._engine_requirement().team, 0)
        requirement.quantity_mode = "team"
        self.assertEqual(requirement._engine_requirement().team, 3)

    def test_a_card_is_an_option_with_those_that_cover_it(self):
        requirement = self.new(kind="activity", activity_id=self.sge.id)
        self.assertEqual(requirement.name, self.sge.name)
        options = requirement._engine_requirement().options
        self.assertEqual(
            {option.skill for option in options},
            {("activity", self.sge.id), ("activity", self.sh.id)},
        )
        self.assertEqual({option.code for option in options}, {"SGE", "SH"})

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    def test_something_must_be_asked(self):
        with self.assertRaisesRegex(ValidationError, "at least one qualification"):
            self.new()
        with self.assertRaisesRegex(ValidationError, "Choose the activity"):
            self.new((self.fire_1, None), kind="activity")
        requirement = self.new((self.fire_1, None))
        with self.assertRaises(ValidationError):
            requirement.option_ids = [Command.clear()]

    def test_skill_and_level_are_of_the_type(self):
        requirement = self.new((self.fire_1, None))
        with self.assertRaisesRegex(ValidationError, "not of the type"):
            requirement.option_ids.skill_id = self.other_type.skill_ids[0]
        with self.assertRaisesRegex(ValidationError, "not of the type"):
            requirement.option_ids.skill_level_id = self.other_type.skill_level_ids[0]

    def test_a_team_has_at_least_one(self):
        requirement = self.new((self.fire_1, None), team_minimum=0)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            requirement.quantity_mode = "team"
            requirement.flush_recordset()

    def test_dates_in_order(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.new((self.fire_1, None), date_from="2026-02-01", date_to="2026-01-31")

    def test_the_form_forgets_a_skill_of_another_type(self):
        with Form(self.env["security.requirement"]) as form:
            with form.option_ids.new() as option:
                option.skill_type_id = self.fire
                option.skill_id = self.fire_1
                option.skill_level_id = self.expert
                option.skill_type_id = self.other_type
                self.assertFalse(option.skill_id)
                self.assertFalse(option.skill_level_id)
                option.skill_id = self.other_type.skill_ids[0]
        self.assertEqual(form.record.option_ids.skill_type_id, self.other_type)

    def test_a_copy_keeps_the_qualifications(self):
        requirement = self.new((self.fire_1, None))
        self.assertEqual(requirement.copy().option_ids.skill_id, self.fire_1)

    # ------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------

    def test_who_reads_and_who_writes(self):
        requirement = self.new((self.fire_1, None))
        for group, reads, writes in (
            ("group_security_user", False, False),
            ("group_security_operator", False, False),
            ("group_security_planner", True, False),
            ("group_security_compliance_officer", True, False),
            ("group_security_credential_officer", True, True),
            ("group_security_manager", True, True),
        ):
            user = self.new_user(group, group)
            seen = requirement.with_user(user)
            for record in (seen, requirement.option_ids.with_user(user)):
                self.assertEqual(record.has_access("read"), reads, group)
                for operation in ("write", "unlink"):
                    self.assertEqual(record.has_access(operation), writes, group)
                self.assertEqual(record.browse().has_access("create"), writes, group)
            if reads:
                self.assertEqual(seen.name, "Fire 1")
                self.assertTrue(seen._engine_requirement().options)

    def test_another_firm_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Second Guarding"})
        theirs = self.new((self.fire_1, None), company_id=other.id)
        user = self.new_user("reader", "group_security_manager")
        env = self.env(user=user, context={"allowed_company_ids": self.company.ids})
        self.assertNotIn(theirs.id, env["security.requirement"].search([]).ids)
        for record in (theirs, theirs.option_ids):
            with self.assertRaises(AccessError):
                record.with_env(env).read(["name"])
