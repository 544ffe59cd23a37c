from datetime import date
from functools import partial

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged

from .common import NOW, TODAY, WorkforceCase


class QualificationCase(WorkforceCase):
    """The catalogue, and lines of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The sentences are looked at in English, whatever the users speak.
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))
        cls.anna, cls.boris = (cls.anna | cls.boris).with_env(cls.env)
        cls.Line = cls.env["hr.employee.skill"]
        cls.sst = cls.env.ref("security_workforce.skill_sst")
        cls.ssiap2 = cls.env.ref("security_workforce.skill_ssiap2")
        cls.language = cls.env["hr.skill.type"].create({"name": "Tongues"})
        cls.env["hr.skill.level"].create(
            {"name": "Fair", "skill_type_id": cls.language.id, "level_progress": 50}
        )
        cls.breton = cls.env["hr.skill"].create(
            {"name": "Breton", "skill_type_id": cls.language.id}
        )

    @classmethod
    def line_vals(cls, skill=None, employee=None, **vals):
        """First aid of Anna since 10 March 2026 unless told."""
        skill = skill or cls.sst
        return {
            "employee_id": (employee or cls.anna).id,
            "skill_type_id": skill.skill_type_id.id,
            "skill_id": skill.id,
            "skill_level_id": skill.skill_type_id.skill_level_ids[:1].id,
            "valid_from": "2026-03-10",
            **vals,
        }

    @classmethod
    def new_line(cls, *args, **vals):
        return cls.Line.create(cls.line_vals(*args, **vals))


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestQualification(QualificationCase):
    """A line of a regulated type: its dates, its proof, its history."""

    def test_the_catalogue_is_regulated_and_sourced(self):
        skills = self.env["hr.skill"].search([("is_regulated", "=", True)])
        codes = set(skills.mapped("security_code"))
        self.assertLessEqual(
            {"SSIAP1", "SSIAP2", "SSIAP3", "SST", "PSE1", "H0B0", "MOBILE", "TFP-APS"},
            codes,
        )
        self.assertEqual((self.sst.validity_months, self.sst.refresher_hours), (24, 7))
        self.assertEqual(self.ssiap2.covers_ids.security_code, "SSIAP1")
        ssiap3 = self.env.ref("security_workforce.skill_ssiap3")
        self.assertFalse(ssiap3.covers_ids)

    def test_the_last_day_follows_the_catalogue(self):
        self.assertEqual(self.new_line().valid_to, date(2028, 3, 9))
        told = self.new_line(self.ssiap2, valid_to="2027-01-31")
        self.assertEqual(told.valid_to, date(2027, 1, 31))
        endless = self.new_line(self.env.ref("security_workforce.skill_tfp_aps"))
        self.assertFalse(endless.valid_to)
        self.assertFalse(self.new_line(self.breton).valid_to)

    def test_the_day_is_that_of_the_entry(self):
        vals = self.line_vals()
        del vals["valid_from"]
        line = self.Line.create(vals)
        self.assertEqual(line.valid_from, TODAY)
        self.assertEqual(line.valid_to, date(2028, 11, 22))

    def test_codes_are_tidied_and_unique(self):
        skill = self.env["hr.skill"].create(
            {
                "name": "Drone",
                "security_code": " drone ",
                "skill_type_id": self.sst.skill_type_id.id,
            }
        )
        self.assertEqual(skill.security_code, "DRONE")
        with self.assertRaisesRegex(ValidationError, "good for itself"):
            skill.covers_ids = skill

    def test_verify_says_who_and_when(self):
        line = self.new_line().with_user(self.officer)
        with self.assertRaisesRegex(UserError, "verification method"):
            line.action_verify()
        line.verification_method = "original"
        line.action_verify()
        self.assertEqual((line.verified_on, line.verified_by_id), (TODAY, self.officer))

    def test_nobody_writes_the_verification_by_hand(self):
        with self.assertRaisesRegex(UserError, "Verify"):
            self.new_line(verified_on="2026-01-01")
        line = self.new_line(self.ssiap2)
        for vals in ({"verified_on": "2026-01-01"}, {"verified_by_id": self.env.uid}):
            with self.assertRaisesRegex(UserError, "Verify"):
                line.with_user(self.officer).with_context(security_verifying=1).write(
                    vals
                )
        Line = self.Line.with_context(default_verified_on="2026-01-01")
        plain = Line.create(
            self.line_vals(self.env.ref("security_workforce.skill_h0b0"))
        )
        self.assertFalse(plain.verified_on)

    def test_a_verified_line_is_kept(self):
        line = self.new_line(verification_method="body")
        line.action_verify()
        for vals in (
            {"valid_from": "2026-04-01"},
            {"skill_id": self.ssiap2.id},
            {"certificate_number": "X"},
            {"valid_to": "2029-01-01"},
            {"valid_to": False},
        ):
            with self.assertRaisesRegex(UserError, "record a new qualification"):
                line.with_user(self.officer).write(vals)
        with self.assertRaisesRegex(UserError, "history"):
            line.with_user(self.officer).unlink()
        line.with_user(self.officer).valid_to = "2026-11-22"
        self.assertEqual(line.valid_to, date(2026, 11, 22))

    def test_renewing_keeps_the_old_line(self):
        old = self.new_line(valid_from="2024-03-10", verification_method="body")
        old.action_verify()
        new = self.new_line()
        self.anna.write({"certification_ids": [Command.update(new.id, {})]})
        lines = self.Line.search(
            [("employee_id", "=", self.anna.id), ("skill_id", "=", self.sst.id)],
            order="valid_from",
        )
        self.assertEqual(lines, old | new)
        self.assertEqual(old.valid_to, date(2026, 3, 9))

    def test_the_core_form_does_not_lose_a_verified_line(self):
        line = self.new_line(valid_from="2024-03-10", verification_method="body")
        line.action_verify()
        # What the core's own tab sends when an expired line is taken out.
        with self.assertRaisesRegex(UserError, "history"):
            self.anna.write({"certification_ids": [Command.delete(line.id)]})
        self.assertTrue(line.exists())

    def test_a_draft_can_be_corrected_and_deleted(self):
        line = self.new_line().with_user(self.officer)
        line.certificate_number = "A-1"
        line.unlink()
        self.assertFalse(line.exists())


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestQualificationRights(QualificationCase):
    """Nobody but a card officer makes a certificate."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plain = cls.new_user("plain_guard")
        cls.anna.user_id = cls.plain
        cls.hr = cls.new_user("hr_only", "hr.group_hr_user")
        cls.planner = cls.new_user("planner_only", "group_security_planner")

    def strangers(self):
        return (self.plain, self.hr, self.planner)

    def test_a_stranger_creates_none(self):
        for user in self.strangers():
            for employee in (self.anna, self.boris):
                with self.assertRaises(AccessError, msg=user.login):
                    self.Line.with_user(user).create(self.line_vals(employee=employee))
        self.assertFalse(
            self.Line.search([("employee_id", "=", self.anna.id)]),
        )

    def test_nor_through_the_form_of_the_employee(self):
        vals = self.line_vals()
        for name in ("certification_ids", "current_employee_skill_ids"):
            with self.assertRaises(AccessError, msg=name):
                self.anna.with_user(self.hr).write({name: [Command.create(dict(vals))]})
        with self.assertRaises(AccessError):
            self.env["hr.employee"].with_user(self.hr).create(
                {"name": "New", "employee_skill_ids": [Command.create(dict(vals))]}
            )

    def test_a_stranger_changes_and_deletes_none(self):
        line = self.new_line()
        for user in self.strangers():
            theirs = line.with_user(user)
            for step in (
                partial(theirs.write, {"valid_to": "2040-01-01"}),
                theirs.action_verify,
                theirs.unlink,
            ):
                with self.assertRaises(AccessError, msg=user.login):
                    step()
        self.assertEqual(line.valid_to, date(2028, 3, 9))

    def test_a_plain_skill_does_not_become_a_certificate(self):
        for user in (self.plain, self.hr):
            own = self.Line.with_user(user).create(self.line_vals(self.breton))
            forged = self.line_vals()
            del forged["employee_id"]
            with self.assertRaises(AccessError, msg=user.login):
                own.write(forged)
            self.env.invalidate_all()
            self.assertEqual(own.skill_id, self.breton)
            own.sudo().unlink()

    def test_hr_does_not_open_the_type_to_itself(self):
        skill_type = self.sst.skill_type_id
        for record, vals in (
            (skill_type, {"is_regulated": False}),
            (self.sst, {"skill_type_id": self.language.id}),
            (self.sst, {"validity_months": 600}),
            (self.breton, {"skill_type_id": skill_type.id}),
            (skill_type.skill_level_ids, {"level_progress": 1}),
            (self.language, {"is_regulated": True}),
        ):
            with self.assertRaises(AccessError, msg=record):
                record.with_user(self.hr).write(vals)
        with self.assertRaises(AccessError):
            skill_type.with_user(self.hr).unlink()
        with self.assertRaises(AccessError):
            self.env["hr.skill"].with_user(self.plain).create(
                {"name": "Forged", "skill_type_id": skill_type.id}
            )

    def test_hr_still_handles_plain_skills(self):
        line = self.Line.with_user(self.hr).create(
            self.line_vals(self.breton, employee=self.boris)
        )
        line.unlink()
        self.assertFalse(line.exists())
        self.breton.with_user(self.hr).name = "Breton (Vannes)"
        self.assertEqual(self.breton.name, "Breton (Vannes)")

    def test_the_officer_does_all_without_hr_rights(self):
        line = self.Line.with_user(self.officer).create(self.line_vals())
        line.write({"verification_method": "original", "certificate_file": b"QQ=="})
        line.action_verify()
        self.assertEqual(line.verified_by_id, self.officer)
        plain = self.new_line(self.breton)
        with self.assertRaises(AccessError):
            plain.with_user(self.officer).write({"valid_to": "2030-01-01"})

    def test_the_certificate_is_not_for_all(self):
        line = self.new_line(certificate_file=b"QQ==")
        for user in (self.plain, self.planner):
            line.with_user(user).read(["skill_id", "valid_to"])
            with self.assertRaises(AccessError):
                line.with_user(user).read(["certificate_file"])
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "hr.employee.skill"),
                    ("res_id", "=", line.id),
                    ("res_field", "=", "certificate_file"),
                ]
            )
        )
        self.assertTrue(attachment)
        with self.assertRaises(AccessError):
            attachment.with_user(self.planner).read(["datas"])

    def test_a_regulated_training_is_not_forged(self):
        Resume = self.env["hr.resume.line"]
        kind = self.env.ref("security_workforce.resume_type_regulated")
        vals = {"name": "SST", "employee_id": self.anna.id, "line_type_id": kind.id}
        for user in self.strangers():
            with self.assertRaises(AccessError, msg=user.login):
                Resume.with_user(user).create(vals)
        own = Resume.with_user(self.plain).create({**vals, "line_type_id": False})
        with self.assertRaises(AccessError):
            own.line_type_id = kind
        with self.assertRaises(AccessError):
            kind.with_user(self.hr).is_regulated = False
        self.assertTrue(Resume.with_user(self.officer).create(vals))

    def test_another_firm_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Second Guarding"})
        officer = new_test_user(
            self.env,
            "workforce_second_officer",
            groups="security_workforce.group_security_credential_officer",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        line = self.new_line()
        env = self.env(user=officer, context={"allowed_company_ids": other.ids})
        self.assertFalse(env["hr.employee.skill"].search([("is_regulated", "=", True)]))
        with self.assertRaises(AccessError):
            line.with_env(env).read(["valid_to"])
