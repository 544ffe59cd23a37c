from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, WorkforceCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestOverride(WorkforceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Override = cls.env["security.override"]
        cls.planner = cls.new_user("planner", "group_security_planner")

    def new(self, user=None, **vals):
        """A derogation for Anna by the planner, unless told."""
        return self.Override.with_user(user or self.planner).create(
            {
                "employee_id": self.anna.id,
                "rule_code": "TPS-01",
                "reason": "Relief absent",
                **vals,
            }
        )

    def test_who_and_when_are_not_a_choice(self):
        override = self.new(user_id=self.env.uid, date="2020-01-01 00:00:00")
        self.assertEqual(override.user_id, self.planner)
        self.assertEqual(override.date, fields.Datetime.from_string(NOW))
        self.assertEqual(override.company_id, self.company)
        self.assertEqual(override.display_name, "TPS-01 – Anna Test")

    def test_recorded_on_its_form(self):
        with Form(self.Override.with_user(self.planner)) as form:
            form.employee_id = self.env["hr.employee"].browse(self.anna.id)
            form.rule_code = "TPS-04"
            form.reason = "Storm"
        self.assertEqual(form.record.user_id, self.planner)

    def test_a_reason_is_said(self):
        for vals in ({"reason": "  "}, {"rule_code": " "}):
            with self.assertRaises(ValidationError):
                self.new(**vals)

    def test_never_changed_nor_deleted(self):
        override = self.new()
        with self.assertRaisesRegex(UserError, "never changed"):
            override.sudo().reason = "Another"
        with self.assertRaisesRegex(UserError, "never deleted"):
            override.sudo().unlink()
        for user in (self.planner, self.new_user("manager", "group_security_manager")):
            with self.assertRaises(AccessError):
                override.with_user(user).unlink()
            # The refusal of a change explains itself, rights or not.
            with self.assertRaises(UserError):
                override.with_user(user).write({"reason": "Another"})
        self.assertEqual(override.reason, "Relief absent")

    def test_a_guard_with_a_derogation_is_not_deleted(self):
        self.new()
        with self.assertRaises(Exception):  # noqa: B017 - by ORM or by database
            self.anna.unlink()

    def test_the_register_does_not_follow_the_guard(self):
        override = self.new()
        other = self.env["res.company"].create({"name": "Second Guarding"})
        self.env.user.company_ids |= other
        self.anna.with_context(
            allowed_company_ids=(self.company | other).ids
        ).company_id = other
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(override.company_id, self.company)

    def test_who_reads_and_who_records(self):
        self.new()
        for group, reads, creates in (
            ("group_security_user", False, False),
            ("group_security_operator", False, False),
            ("group_security_credential_officer", False, False),
            ("hr.group_hr_user", False, False),
            ("group_security_planner", True, True),
            ("group_security_compliance_officer", True, False),
            ("group_security_manager", True, True),
        ):
            user = self.new_user(group.replace(".", "_"), group)
            Override = self.Override.with_user(user)
            self.assertEqual(Override.has_access("read"), reads, group)
            self.assertEqual(Override.has_access("create"), creates, group)
            self.assertFalse(Override.has_access("write"), group)
            self.assertFalse(Override.has_access("unlink"), group)
            if reads:
                found = Override.search([("employee_id", "=", self.anna.id)])
                self.assertEqual(found.reason, "Relief absent")

    def test_another_firm_sees_nothing(self):
        override = self.new()
        other = self.env["res.company"].create({"name": "Second Guarding"})
        stranger = self.new_user("stranger", "group_security_planner")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        env = self.env(user=stranger, context={"allowed_company_ids": other.ids})
        self.assertFalse(env["security.override"].search([]))
        with self.assertRaises(AccessError):
            override.with_env(env).read(["reason"])
        with self.assertRaises(AccessError):
            env["security.override"].create(
                {
                    "employee_id": self.anna.id,
                    "rule_code": "TPS-01",
                    "reason": "X",
                    "company_id": other.id,
                }
            )
