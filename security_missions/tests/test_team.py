"""At least one of the team: judged over all those at work at once."""

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, SecurityMissionsCase

DAY = ("2027-05-03 08:00", "2027-05-03 16:00")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTeam(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.obey_the_law()
        cls.post = cls.make_post("Entrance")
        cls.tower = cls.make_post("Tower")
        cls.skill = cls.env.ref("security_workforce.skill_ssiap1")
        cls.requirement = cls.env["security.requirement"].create(
            {
                "scope": "site",
                "site_id": cls.site.id,
                "company_id": cls.company.id,
                "quantity_mode": "team",
                "team_minimum": 1,
                "enforcement": "block",
                "option_ids": [
                    Command.create(
                        {
                            "skill_type_id": cls.skill.skill_type_id.id,
                            "skill_id": cls.skill.id,
                        }
                    )
                ],
            }
        )

    def qualify(self, guard):
        return self.env["hr.employee.skill"].create(
            {
                "employee_id": guard.id,
                "skill_type_id": self.skill.skill_type_id.id,
                "skill_id": self.skill.id,
                "skill_level_id": self.skill.skill_type_id.skill_level_ids[0].id,
                "valid_from": "2027-01-01",
            }
        )

    def lacks(self, shift):
        """The severity of what is missing in the team of a shift, if anything."""
        rows = [r for r in shift.eligibility_findings or [] if r["rule"] == "QUA-01"]
        return rows[0]["severity"] if rows else None

    def test_one_of_the_site_is_enough(self):
        first = self.make_shift(self.post, *DAY, self.guard)
        second = self.make_shift(self.tower, *DAY, self.other_guard)
        self.assertEqual([self.lacks(s) for s in first | second], ["block", "block"])
        qualified = self.qualify(self.other_guard)
        self.assertEqual([self.lacks(s) for s in first | second], [None, None])
        qualified.unlink()
        self.assertEqual([self.lacks(s) for s in first | second], ["block", "block"])

    def test_whoever_leaves_is_missed_by_the_others(self):
        self.qualify(self.other_guard)
        first = self.make_shift(self.post, *DAY, self.guard)
        second = self.make_shift(self.tower, *DAY, self.other_guard)
        self.assertIsNone(self.lacks(first))
        second.date_start = second.date_start.replace(hour=9)
        self.assertEqual(self.lacks(first), "block")
        second.date_start = first.date_start
        self.assertIsNone(self.lacks(first))
        second.unlink()
        self.assertEqual(self.lacks(first), "block")

    def test_a_free_shift_may_still_bring_it(self):
        first = self.make_shift(self.post, *DAY, self.guard)
        free = self.make_shift(self.tower, *DAY)
        self.assertEqual(self.lacks(first), "warn")
        first.action_publish()
        first.action_draft()
        free.action_cancel()
        self.assertEqual(self.lacks(first), "block")
        with self.assertRaisesRegex(ValidationError, "SSIAP 1"):
            first.action_publish()

    def test_another_site_and_another_hour_do_not_count(self):
        self.qualify(self.other_guard)
        site = self.make_site("Elsewhere")
        first = self.make_shift(self.post, *DAY, self.guard)
        self.make_shift(self.make_post("Far", site_id=site.id), *DAY, self.other_guard)
        self.assertEqual(self.lacks(first), "block")

    def test_whoever_has_it_can_take_the_shift_that_misses_it(self):
        self.qualify(self.other_guard)
        plain = self.make_guard("Plain Test")
        self.make_shift(self.tower, *DAY, self.guard)
        free = self.make_shift(self.post, *DAY)
        answers = (self.other_guard | plain)._security_verdicts(
            [free._engine_slot()], without=free.ids
        )
        rules = {key: {f.rule for f in found} for key, [found] in answers.items()}
        self.assertNotIn("QUA-01", rules[self.other_guard.id])
        self.assertIn("QUA-01", rules[plain.id])

    def test_nothing_is_asked_where_no_firm_asks(self):
        self.requirement.unlink()
        first = self.make_shift(self.post, *DAY, self.guard)
        self.assertIsNone(self.lacks(first))
        self.assertFalse(first._teammates())
