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

    def test_the_form_says_who_may_take_a_shift_whose_guard_is_stopped(self):
        shift = self.shift.with_user(self.planner)
        self.assertFalse(shift.replacement_hint)
        self.shift.employee_id = self.expired
        self.assertEqual(shift.replacement_hint, "May take it: Amine Test, Zoe Test.")
        self.cards_of(self.guard).action_suspend()
        self.cards_of(self.other_guard).action_suspend()
        self.env.invalidate_all()
        self.assertEqual(shift.replacement_hint, "No other guard may take it as it is.")

    def test_the_names_that_are_told_are_few(self):
        for number in range(6):
            self.make_guard(f"Guard {number}")
        self.shift.employee_id = self.expired
        hint = self.shift.with_user(self.planner).replacement_hint
        self.assertTrue(hint.endswith("Guard 3 and 3 more."), hint)

    def test_the_hint_costs_the_same_whatever_the_number_of_guards(self):
        self.shift.employee_id = self.expired
        counts = []
        for _size in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(self.shift.replacement_hint)
            counts.append(self.env.cr.sql_log_count - before)
            for number in range(12):
                self.make_guard(f"Guard {number}")
        self.assertLessEqual(counts[1], counts[0])

    def test_planners_only(self):
        for group in (
            "security_workforce.group_security_user",
            "security_workforce.group_security_operator",
        ):
            user = self.make_user(f"cand{group[-8:]}", "base.group_user", group)
            with self.assertRaises(AccessError):
                self.ask(user)
