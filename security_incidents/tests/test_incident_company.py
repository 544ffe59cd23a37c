from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import IncidentCommon


@tagged("post_install", "-at_install")
class TestIncidentCompany(IncidentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": "Other firm"})
        cls.other_site = cls._make_site(cls.other_company)

    def test_each_company_numbers_its_own(self):
        self._report()
        first = self.env["security.incident"].create(
            {"title": "Elsewhere", "site_id": self.other_site.id}
        )
        self.assertEqual(first.company_id, self.other_company)
        self.assertTrue(first.name.endswith("/00001"), first.name)

    def test_sequences_leave_with_the_module(self):
        sequences = self.env["ir.sequence"].search([("code", "=", "security.incident")])
        companies = self.env["res.company"].with_context(active_test=False).search([])
        self.assertEqual(sequences.company_id, companies)
        self.assertEqual(len(sequences), len(companies))
        owners = {name.split(".")[0] for name in sequences.get_external_id().values()}
        self.assertEqual(owners, {"security_incidents"})

    def test_another_company_is_out_of_sight(self):
        foreign = self.env["security.incident"].create(
            {"title": "Elsewhere", "site_id": self.other_site.id}
        )
        incidents = self.env["security.incident"].with_user(self.operator)
        self.assertFalse(incidents.search([("id", "=", foreign.id)]))
        with self.assertRaises(AccessError):
            foreign.with_user(self.operator).read(["title"])
        with self.assertRaises(AccessError):
            foreign.with_user(self.operator).action_report()

    def test_shift_of_another_company(self):
        with self.assertRaises(UserError):
            self.env["security.incident"].create(
                {
                    "title": "Mixed",
                    "shift_id": self.shift.id,
                    "site_id": self.other_site.id,
                }
            )
