"""Who sees phones and what they sent, and who decides on it."""

import uuid

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..models.security_device import ENROLLING
from .common import WorkforceCase
from .rights_matrix import PEOPLE

HIDDEN = ("security.photo", "security.throttle")


@tagged("post_install", "-at_install")
class TestDeviceRights(WorkforceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            name: new_test_user(
                cls.env,
                f"device_{name}",
                groups=group,
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )
            for name, group in PEOPLE.items()
        }
        cls.stranger_firm = cls.env["res.company"].create({"name": "Another firm"})
        cls.own = cls._phone(cls.users["guard"], cls.company)
        cls.other = cls._phone(cls.users["client"], cls.company)
        cls.facts = cls._fact(cls.own), cls._fact(cls.other)

    @classmethod
    def _phone(cls, user, company):
        guard = cls.env["hr.employee"].create(
            {
                "name": user.name or user.login,
                "user_id": user.id,
                "company_id": company.id,
            }
        )
        return (
            cls.env["security.device"]
            .with_context(security_device=ENROLLING)
            .create(
                {
                    "name": "Phone",
                    "employee_id": guard.id,
                    "company_id": company.id,
                    "token": str(uuid.uuid4()),
                    "public_key": str(uuid.uuid4()),
                }
            )
        )

    @classmethod
    def _fact(cls, device):
        event = {
            "uuid": str(uuid.uuid4()),
            "n": 1,
            "kind": "unheard_of",
            "at": 1_800_000_000_000,
            "data": {},
            "prev": "0" * 64,
            "h": "0" * 64,
        }
        cls.env["security.inbox"]._receive(device, [event], 1_800_000_000_000)
        return cls.env["security.inbox"].search([("device_id", "=", device.id)])

    def test_each_reads_his_own_and_the_office_all(self):
        for name in ("planner", "operator", "manager"):
            for record in (self.own, self.other, *self.facts):
                record.with_user(self.users[name]).check_access("read")
        for record in (self.own, self.facts[0]):
            record.with_user(self.users["guard"]).check_access("read")
        for name in ("guard", "reader", "hr_manager", "colleague", "public", "access"):
            for record in (self.other, self.facts[1]):
                with self.assertRaises(AccessError, msg=f"{name} {record}"):
                    record.with_user(self.users[name]).check_access("read")

    def test_nobody_of_another_firm(self):
        stranger = self.users["planner"].copy(
            {
                "login": "stranger_t",
                "company_id": self.stranger_firm.id,
                "company_ids": [Command.set(self.stranger_firm.ids)],
            }
        )
        for record in (self.own, self.facts[0]):
            with self.assertRaises(AccessError):
                record.with_user(stranger).check_access("read")

    def test_nobody_writes_them_by_hand(self):
        for user in self.users.values():
            for record in (self.own, self.facts[0]):
                with self.assertRaises(UserError, msg=user.login):
                    record.with_user(user).write({"state": "revoked"})
                with self.assertRaises(UserError, msg=user.login):
                    record.with_user(user).copy()

    def test_who_revokes(self):
        self.own.with_user(self.users["guard"]).action_revoke()
        self.assertEqual(self.own.state, "revoked")
        for name in ("guard", "reader", "hr_manager"):
            with self.assertRaises(UserError, msg=name):
                self.other.with_user(self.users[name]).action_revoke()
        self.other.with_user(self.users["operator"]).action_revoke()
        self.assertEqual(self.other.revoked_by, self.users["operator"])

    def test_who_decides(self):
        for name in ("guard", "reader", "hr_manager", "client"):
            with self.assertRaises(UserError, msg=name):
                self.facts[0].with_user(self.users[name]).action_dismiss()
        self.facts[0].with_user(self.users["planner"]).action_dismiss()
        self.assertEqual(self.facts[0].state, "dismissed")

    def test_who_enrols(self):
        guard = self.env["hr.employee.public"].browse(self.own.employee_id.id)
        for name in ("guard", "reader", "hr_manager", "client"):
            with self.assertRaises(AccessError, msg=name):
                guard.with_user(self.users[name]).action_enrol_phone()
        action = guard.with_user(self.users["planner"]).action_enrol_phone()
        code = self.env["security.device.code"].browse(action["res_id"])
        shown = code.with_user(self.users["planner"]).with_context(**action["context"])
        self.assertIn("/guard/#enrol=", shown.link)
        # In the answer itself: another request would not carry the code.
        self.assertTrue(shown.picture.startswith("data:image/png;base64,iVBOR"))
        with self.assertRaises(AccessError):
            code.with_user(self.users["operator"]).read(["expires_at"])

    def test_what_is_on_its_way_is_nobody_s(self):
        for model in HIDDEN:
            for name, user in self.users.items():
                self.assertFalse(
                    self.env[model].with_user(user).has_access("read"),
                    f"{name} {model}",
                )
