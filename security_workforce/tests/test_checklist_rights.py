from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged

from .common import ALL, CREATE, NOW, OPERATIONS, READ, WRITE
from .test_checklist import ChecklistCase

STEP, LIST, LINE, WAIVE, KIT = (
    "security.checklist.step",
    "security.checklist",
    "security.checklist.line",
    "security.checklist.waive",
    "security.kit.item",
)
READER = {STEP: {READ}, LIST: {READ}, LINE: {READ}, KIT: {READ}}
OFFICER = {**READER, LIST: {READ, WRITE, CREATE}, WAIVE: ALL}
# group: what it may do on each model; nothing where a model is not named.
RIGHTS = {
    "base.group_user": {},
    "base.group_portal": {},
    "hr.group_hr_user": {**OFFICER, KIT: ALL},
    "security_workforce.group_security_user": {STEP: {READ}},
    "security_workforce.group_security_access_officer": {STEP: {READ}},
    "security_workforce.group_security_operator": {STEP: {READ}},
    "security_workforce.group_security_planner": {
        **READER,
        KIT: {READ, WRITE, CREATE},
    },
    "security_workforce.group_security_compliance_officer": READER,
    "security_workforce.group_security_credential_officer": OFFICER,
    "security_workforce.group_security_manager": {
        **OFFICER,
        STEP: ALL,
        KIT: {READ, WRITE, CREATE},
    },
}


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestChecklistRights(ChecklistCase):
    def test_each_group_and_operation(self):
        for group, rights in RIGHTS.items():
            user = new_test_user(
                self.env,
                group.rpartition(".")[2],
                groups=group,
                company_id=self.company.id,
                company_ids=[Command.set(self.company.ids)],
            )
            for model in (STEP, LIST, LINE, WAIVE, KIT):
                Model = self.env[model].with_user(user)
                allowed = {name for name in OPERATIONS if Model.has_access(name)}
                self.assertEqual(allowed, rights.get(model, set()), (group, model))

    def test_another_firm_sees_and_does_nothing(self):
        item = self.hand_over(self.anna)
        checklist = self.joining()
        line = checklist.line_ids[0]
        step = self.env[STEP].create(
            {"name": "Radio", "code": "RADIO", "company_id": self.company.id}
        )
        other = self.env["res.company"].create({"name": "Second Guarding"})
        user = new_test_user(
            self.env,
            "workforce_other",
            groups="security_workforce.group_security_manager,hr.group_hr_user",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        env = self.env(user=user, context={"allowed_company_ids": other.ids})
        for record in (item, checklist, line, step):
            theirs = record.with_env(env)
            self.assertFalse(theirs.search([("id", "=", record.id)]))
            with self.assertRaises(AccessError):
                theirs.read(["display_name"])
        for forbidden in (
            lambda: checklist.with_env(env).action_refresh(),
            lambda: checklist.with_env(env).action_cancel(),
            lambda: line.with_env(env)._waive("Because"),
            lambda: item.with_env(env).write({"size": "M"}),
            lambda: item.with_env(env).unlink(),
            lambda: step.with_env(env).write({"mandatory": False}),
            lambda: env[LIST].create({"employee_id": self.boris.id}),
            lambda: env[KIT].create({"employee_id": self.boris.id, "name": "Parka"}),
        ):
            with self.assertRaises(AccessError):
                forbidden()

    def test_a_planner_reads_and_changes_nothing(self):
        checklist = self.joining().with_user(self.planner)
        line = self.line(checklist, "CARD")
        self.assertEqual(line.read(["state", "reason", "name"])[0]["state"], "missing")
        for forbidden in (
            checklist.action_refresh,
            checklist.action_cancel,
            checklist.action_reopen,
            line.action_tick,
            lambda: line._waive("Because"),
            lambda: checklist.write({"date": "2027-01-01"}),
        ):
            with self.assertRaises(AccessError):
                forbidden()
        self.assertEqual(
            line.action_open_fact()["res_model"],
            self.env["security.card"]._name,
        )

    def test_a_step_of_another_firm_is_not_on_the_list(self):
        other = self.env["res.company"].create({"name": "Second Guarding"})
        self.env[STEP].create(
            {"name": "Theirs", "code": "THEIRS", "company_id": other.id}
        )
        self.env[STEP].create(
            {"name": "Ours", "code": "OURS", "company_id": self.company.id}
        )
        codes = self.joining().line_ids.step_id.mapped("code")
        self.assertIn("OURS", codes)
        self.assertNotIn("THEIRS", codes)
