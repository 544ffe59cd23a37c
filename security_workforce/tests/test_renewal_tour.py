from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestRenewalTour(HttpCase):
    """HR renews a card end to end, in a real browser and on the real clock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Made here, not while the browser waits for them.
        cls.env["ir.qweb"]._pregenerate_assets_bundles()

    def test_renewal(self):
        self.env["res.lang"]._activate_lang("en_US")
        today = fields.Date.context_today(self.env.user)
        company = self.env["res.company"].create(
            {"name": "Tour Guarding", "country_id": self.env.ref("base.fr").id}
        )
        hr = new_test_user(
            self.env,
            "tour_hr",
            groups="hr.group_hr_user,"
            "security_workforce.group_security_credential_officer",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
            lang="en_US",
        )
        guard = self.env["hr.employee"].create(
            {"name": "Tara Tour", "company_id": company.id}
        )
        old = self.env["security.card"].create(
            {
                "employee_id": guard.id,
                "activity_id": self.env.ref("security_workforce.activity_sh").id,
                "number": "2021-0024376-CAR-SH-1055859",
                "date_issued": today - relativedelta(years=4, months=8),
                "date_expiry": today + relativedelta(months=4),
            }
        )
        self.env["security.card.check"].create({"card_id": old.id, "result": "valid"})
        self.assertEqual(old.state, "to_renew")

        self.start_tour(
            "/odoo/security-cards-to-renew",
            "security_workforce_renewal",
            login="tour_hr",
        )

        self.env.invalidate_all()
        renewal = old.renewal_ids
        new = renewal.new_card_id
        self.assertEqual((renewal.step, renewal.user_id), ("done", hr))
        self.assertEqual(new.number, "2026-0099999-CAR-SH-1055859")
        self.assertEqual((new.state, new.check_ids.user_id), ("valid", hr))
        self.assertEqual(old.state, "receipt")
        self.assertTrue(old.renewal_followed)
