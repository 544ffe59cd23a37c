"""“Who can take this?”: the allowed first, the others with why."""

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, SecurityMissionsCase, utc


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCandidates(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.obey_the_law()
        cls.no_card = cls.make_guard("Nina Nocard", card=False)
        cls.expired = cls.make_guard("Ed Expired", date_expiry="2027-05-02")
        cls.busy = cls.make_guard("Bea Busy")
        cls.shift = cls.env["security.shift"].create(
            {
                "post_id": cls.make_post().id,
                "employee_id": cls.guard.id,
                "date_start": utc("2027-05-03 08:00"),
                "date_stop": utc("2027-05-03 16:00"),
            }
        )
        cls.shift.copy(
            {
                "employee_id": cls.busy.id,
                "date_start": utc("2027-05-03 12:00"),
                "date_stop": utc("2027-05-03 20:00"),
            }
        )
        cls.planner = cls.make_user(
            "candidatesplanner",
            "base.group_user",
            "security_workforce.group_security_planner",
        )

    def ask(self, user=None):
        wizards = self.env["security.shift.candidates"].with_user(user or self.planner)
        return wizards.create({"shift_id": self.shift.id})

    def test_the_allowed_first_then_the_others_with_why(self):
        wizard = self.ask()
        lines = {line.name: line for line in wizard.line_ids}
        # The one who holds it is no candidate, nor whoever holds no title at all.
        self.assertEqual(set(lines), {"Zoe Test", "Ed Expired", "Bea Busy"})
        self.assertEqual(wizard.line_ids[0].name, "Zoe Test")
        self.assertEqual(lines["Zoe Test"].eligibility, "ok")
        self.assertEqual(lines["Ed Expired"].eligibility, "blocked")
        self.assertIn("PRO-01", lines["Ed Expired"].reasons)
        self.assertIn("TPS-19", lines["Bea Busy"].reasons)
        self.assertEqual(wizard.allowed_count, 1)

    def test_assign_from_the_list(self):
        self.ask().line_ids[0].action_assign()
        self.assertEqual(self.shift.employee_id, self.other_guard)
        self.assertEqual(self.shift.eligibility, "ok")

    def test_each_blocked_shift_has_a_guard_who_may_when_one_exists(self):
        """The same answer as trying every guard, one after the other."""
        tried = {}
        for guard in self.guard | self.other_guard | self.expired:
            shift = (
                self.shift.copy({"employee_id": guard.id})
                if (guard != self.guard)
                else self.shift
            )
            tried[guard.name] = shift.eligibility
            if shift != self.shift:
                shift.unlink()
        listed = {line.name: line.eligibility for line in self.ask().line_ids}
        for name in ("Zoe Test", "Ed Expired"):
            self.assertEqual(listed[name], tried[name])

    def test_planners_only(self):
        for group in (
            "security_workforce.group_security_user",
            "security_workforce.group_security_operator",
        ):
            user = self.make_user(f"cand{group[-8:]}", "base.group_user", group)
            with self.assertRaises(AccessError):
                self.ask(user)
