"""Who may do what on each model of the module.

A new model: a line in ``RIGHTS`` and a record in ``samples``.
"""

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOW, WorkforceCase
from .rights_matrix import ALL, OPERATIONS, READ, RightsMatrix

HR = "hr_officer hr_manager"
# Who reads the cards without keeping them.
WATCHING = "planner operator compliance"
# Everybody with a group of the suite.
TRADES = f"reader access credentials {WATCHING}"
RIGHTS = {
    "security.activity": {READ: f"{TRADES} {HR} guard client", ALL: "manager"},
    "security.card": {READ: f"{WATCHING} {HR} guard", ALL: "credentials manager"},
    "security.card.check": {READ: f"{WATCHING} {HR}", "r-c-": "credentials manager"},
    "security.card.receipt": {ALL: "credentials manager"},
    "security.regime": {READ: f"{TRADES} {HR}", ALL: "manager"},
    "security.parameter": {READ: f"{TRADES} {HR}", ALL: "manager"},
    "security.requirement": {READ: "planner compliance", ALL: "credentials manager"},
    "security.requirement.option": {
        READ: "planner compliance",
        ALL: "credentials manager",
    },
    "security.override": {READ: "compliance", "r-c-": "planner manager"},
    "security.dog": {READ: WATCHING, ALL: f"credentials manager {HR}"},
    "security.aptitude": {ALL: f"credentials manager {HR}"},
    "security.aptitude.restriction": {READ: f"credentials {HR}", ALL: "manager"},
    "security.training.course": {
        READ: "planner compliance",
        ALL: f"credentials manager {HR}",
    },
}
# test_card_rights, test_training_rights, test_checklist_rights, test_employer_card,
# test_guard_import, test_staff_register and test_device_rights say who may do what
# on these.
TESTED_ELSEWHERE = (
    "security.attachment",
    "security.card.alert",
    "security.card.check.batch",
    "security.card.check.export",
    "security.card.check.import",
    "security.card.check.import.line",
    "security.card.renewal",
    "security.card.renewal.card",
    "security.checklist",
    "security.checklist.line",
    "security.checklist.step",
    "security.checklist.waive",
    "security.device",
    "security.device.code",
    "security.employer.card",
    "security.guard.import",
    "security.guard.import.line",
    "security.inbox",
    "security.kit.item",
    "security.photo",
    "security.seal.checkpoint",
    "security.seal.key",
    "security.staff.register",
    "security.throttle",
    "security.training.attendee",
    "security.training.proposal",
    "security.training.proposal.line",
    "security.training.session",
    "security.training.slot",
)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestRightsMatrix(RightsMatrix, WorkforceCase):
    module = "security_workforce"
    rights = RIGHTS
    registers = ("security.card.check", "security.override")
    tested_elsewhere = TESTED_ELSEWHERE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign_company = cls.env["res.company"].create({"name": "Second Firm"})
        cls.env.user.company_ids |= cls.foreign_company
        both = (cls.company | cls.foreign_company).ids
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": both})
        cls.users = cls.make_people()
        cls.files = {
            company.id: cls.file_of(company)
            for company in cls.company | cls.foreign_company
        }

    @classmethod
    def file_of(cls, company):
        """A guard of the firm with a card, and a requirement of the firm."""
        mine = company == cls.company
        guard = cls.env["hr.employee"].create(
            {
                "name": f"Guard of {company.name}",
                "company_id": company.id,
                "user_id": cls.users["guard"].id if mine else False,
            }
        )
        card = cls.Card.create(
            {
                "employee_id": guard.id,
                "activity_id": cls.sh.id,
                "number": f"CAR-075-2029-02-01-2024{guard.id:07}",
                "date_issued": "2024-02-02",
            }
        )
        requirement = cls.env["security.requirement"].create(
            {"kind": "activity", "activity_id": cls.sh.id, "company_id": company.id}
        )
        return guard, card, requirement

    def samples(self, company, number=1):
        """The record of each model belongs to the guard who is a user."""
        guard, card, requirement = self.files[company.id]
        skill = self.env.ref("security_workforce.skill_sst")
        option = {"skill_type_id": skill.skill_type_id.id, "skill_id": skill.id}
        code = {"code": f"NEW{number}", "name": "New"}
        return {
            "security.activity": (code, {"name": "Other"}),
            "security.card": (
                {
                    "employee_id": guard.id,
                    "activity_id": self.cyno.id,
                    "number": f"CAR-075-2029-02-01-2024012345{number}",
                },
                {"date_issued": "2024-02-02"},
            ),
            "security.card.check": (
                {"card_id": card.id, "result": "valid"},
                {"result": "invalid"},
            ),
            "security.card.receipt": (
                {"card_id": card.id, "date_expiry": "2027-01-01"},
                {"date_expiry": "2027-02-01"},
            ),
            "security.regime": (
                {**code, "company_id": company.id},
                {"name": "Other"},
            ),
            "security.parameter": (
                {
                    **code,
                    "value_number": 1,
                    "source": "Agreement",
                    "company_id": company.id,
                },
                {"value_number": 2},
            ),
            "security.requirement": (
                {"option_ids": [Command.create(option)], "company_id": company.id},
                {"enforcement": "warn"},
            ),
            "security.requirement.option": (
                {"requirement_id": requirement.id, **option},
                {"sequence": 20},
            ),
            "security.override": (
                {"employee_id": guard.id, "rule_code": "TPS-01", "reason": "Flood"},
                {"reason": "Fire"},
            ),
            "security.dog": (
                {
                    "name": "Rex",
                    "employee_id": guard.id,
                    "identification": f"25026960412345{number}",
                },
                {"breed": "Malinois"},
            ),
            "security.aptitude": (
                {"employee_id": guard.id, "date": "2026-03-02"},
                {"document_ref": "A 1"},
            ),
            "security.aptitude.restriction": (code, {"name": "Other"}),
            "security.training.course": ({**code, "hours": 7}, {"hours": 14}),
        }

    def test_the_dialogs_of_hr_are_of_hr_alone(self):
        """The import asks for a card officer too, see ``test_guard_import``."""
        for model in (
            "security.guard.import",
            "security.guard.import.line",
            "security.staff.register",
        ):
            for name, user in self.users.items():
                expected = name in HR.split()
                for operation in OPERATIONS.values():
                    with self.subTest(f"{name}: {operation} {model}"):
                        allowed = self.env[model].with_user(user).has_access(operation)
                        self.assertEqual(allowed, expected)
