"""Who answered for a shift, when and why; and the register that is kept."""

from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, SecurityMissionsCase

TRADE = "security_workforce.group_security_"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestDerogationShown(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.obey_the_law()
        cls.post = cls.make_post()
        cls.shift = cls.make_shift(
            cls.post, "2027-05-03 08:00", "2027-05-03 21:00", cls.guard
        )
        cls.planner = cls.make_user("planner", f"{TRADE}planner")
        cls.override = (
            cls.env["security.override"]
            .with_user(cls.planner)
            .create(
                {
                    "shift_id": cls.shift.id,
                    "employee_id": cls.guard.id,
                    "rule_code": "TPS-01",
                    "reason": "The relief is on strike",
                }
            )
        )
        cls.env.flush_all()

    def reasons(self, user, **context):
        self.env.invalidate_all()
        shift = self.shift.with_user(user).with_context(**context)
        return str(shift.eligibility_reasons)

    def test_said_under_the_finding(self):
        self.assertEqual(self.shift.eligibility, "warning")
        told = self.reasons(self.planner)
        self.assertIn("Answered for by Planner on", told)
        self.assertIn("The relief is on strike", told)
        self.assertIn("27", told)

    def test_a_reader_is_told_who_not_why(self):
        reader = self.make_user("reader", f"{TRADE}user")
        told = self.reasons(reader)
        self.assertIn("Answered for by Planner on", told)
        self.assertNotIn("strike", told)
        self.assertNotIn("override_ids", self.form_of(reader)._view["fields"])

    def test_the_register_is_on_the_form(self):
        form = self.form_of(self.planner)
        self.assertEqual(len(form.override_ids), 1)
        officer = self.make_user("officer", f"{TRADE}compliance_officer")
        self.assertEqual(len(self.form_of(officer).override_ids), 1)

    def form_of(self, user):
        return Form(self.shift.with_user(user))

    def test_a_shift_answered_for_is_cancelled_not_deleted(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        for lang, words in (
            ("en_US", "Planner has answered for “.*cancel the shift"),
            ("fr_FR", "Planner a justifié «.*annulez la vacation"),
        ):
            shift = self.shift.with_user(self.planner).with_context(lang=lang)
            with self.subTest(lang), self.assertRaisesRegex(UserError, words):
                shift.unlink()
        self.shift.with_user(self.planner).action_cancel()
        self.assertEqual(self.shift.state, "cancelled")
        self.assertTrue(self.override.exists())

    def test_several_shifts_are_kept_or_deleted_together(self):
        alone = self.make_shift(self.post, "2027-05-10 08:00", "2027-05-10 16:00")
        with self.assertRaises(UserError):
            (alone | self.shift).unlink()
        self.assertTrue(alone.exists())
        alone.unlink()
        self.assertFalse(alone.exists())
