"""Rolling teams when a guard cannot come, or when one of them cannot be rolled."""

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import security_rotation_team
from .common import utc
from .test_rotation import FIRST, RotationCase


@tagged("post_install", "-at_install")
class TestRotationTrouble(RotationCase):
    def declare(self, **values):
        one = self.env["security.availability"].create(
            {
                "employee_id": self.guard.id,
                "date_start": utc("2027-04-27 08:00"),
                "date_stop": utc("2027-04-27 12:00"),
                "is_weekly": True,
                **values,
            }
        )
        one.action_tell()
        return one

    def test_an_accepted_unavailability_leaves_an_open_shift(self):
        """Every Tuesday morning: it was said a week before."""
        one = self.declare()
        self.assertEqual(self.kinds(self.preview()), [("new", False)] * 8)
        one.action_accept()
        wizard = self.preview()
        told = wizard.line_ids.filtered(lambda line: line.kind == "refused")
        self.assertEqual(told.mapped("reason"), ["unavailable"])
        self.assertEqual(told.meant_id, self.guard)
        wizard.action_roll()
        [vacant] = self.shifts().filtered(lambda shift: not shift.employee_id)
        self.assertEqual(vacant.date_start, utc("2027-05-04 07:00"))

    def test_a_wish_leaves_no_shift_open(self):
        self.declare(kind="off")
        self.assertEqual(self.kinds(self.preview()), [("new", False)] * 8)

    def test_each_team_notes_its_own(self):
        other = self.make_team(
            (self.guard, 0), name="Door", post_id=self.make_post("Door").id
        )
        other.anchor = "2027-05-04"
        other.member_ids.employee_id = self.make_guard("Third Test")
        self.preview(last=FIRST, teams=self.team | other).action_roll()
        self.assertEqual(self.team.last_roll, "New shift: 2")
        self.assertEqual(other.last_roll, "Nothing to change")
        # What a cycle no longer wants is of the team it was made for.
        self.team.member_ids[0].unlink()
        self.preview(last=FIRST, teams=self.team | other).action_roll()
        self.assertEqual(self.team.last_roll, "No longer in the cycle: 1")
        self.assertEqual(other.last_roll, "Nothing to change")

    def test_the_clockwork_notes_in_the_language_of_the_firm(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.company.partner_id.lang = "fr_FR"
        self.company.security_rotation_weeks = 1
        self.rotation.line_ids.unlink()
        self.team.with_context(lang="en_US")._roll_ahead()
        self.assertEqual(self.team.last_roll, "Rien à changer")

    def test_one_bad_team_does_not_stop_the_others(self):
        self.company.security_rotation_weeks = 1
        second = self.make_team(
            (self.make_guard("Third Test"), 0), post_id=self.make_post("Later").id
        )
        bad, roll = self.team, type(self.team)._roll_ahead

        def trouble(team):
            roll(team)
            if team == bad:
                raise ValueError("no such thing")

        cron = self.env.ref("security_missions.ir_cron_rotation")
        with (
            patch.object(type(self.team), "_roll_ahead", trouble),
            mute_logger(security_rotation_team.__name__),
            self.enter_registry_test_mode(),
        ):
            cron.method_direct_trigger()
        self.assertFalse(self.shifts(), "half of it was kept")
        self.assertTrue(second.shift_ids)
