import time

from odoo import fields
from odoo.tests import TransactionCase, tagged

STATES = {
    "valid": 34,
    "to_renew": 6,
    "expired": 2,
    "suspended": 1,
    "receipt": 1,
    "draft": 1,
}


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.demo = cls.env["security.demo"]
        start = time.monotonic()
        cls.demo._build_workforce()
        cls.seconds = time.monotonic() - start
        cls.company = cls.demo._demo_company()
        cls.cards = cls.env["security.card"].search(
            [("company_id", "=", cls.company.id)]
        )

    def test_firm(self):
        self.assertEqual(self.company.country_id.code, "FR")
        self.assertEqual(self.company.currency_id.name, "EUR")
        self.assertFalse(self.company.security_authorisation_warning)
        self.assertTrue(self.company.logo)
        self.assertLess(self.seconds, 30)

    def test_guards_and_cards(self):
        self.assertEqual(len(self.demo._demo_guards()), 40)
        self.assertEqual(len(self.demo._demo_guards("dog")), 5)
        counts = {k: len(v) for k, v in self.cards.grouped("state").items()}
        self.assertEqual(counts, STATES)
        self.assertFalse([c.number for c in self.cards if c.number_warning])

    def test_every_state_is_the_one_of_its_dates_and_checks(self):
        today = fields.Date.context_today(self.cards)
        for card in self.cards:
            if card.state in ("valid", "to_renew", "receipt", "expired"):
                self.assertEqual(card.state, card._dated_state(today))
                self.assertIn("valid", card.check_ids.mapped("result"))
            else:
                self.assertIn(card.employee_id.name, ("Bruno Teixeira", "Thi Mai Pham"))

    def test_users_have_their_rights_and_log_in(self):
        rights = {
            "planner": "security_workforce.group_security_planner",
            "hr": "security_workforce.group_security_credential_officer",
            "operator": "security_workforce.group_security_operator",
            "gate": "security_workforce.group_security_access_officer",
            "accountant": "security_workforce.group_security_user",
            "compliance": "security_workforce.group_security_compliance_officer",
            "guard": "base.group_portal",
            "client": "base.group_portal",
        }
        for login, group in rights.items():
            user = self.demo._demo_user(login)
            self.assertTrue(user.has_group(group), login)
            self.assertFalse(
                user.has_group("security_workforce.group_security_manager")
            )
            user.with_user(user)._check_credentials(
                {"type": "password", "login": login, "password": login},
                {"interactive": False},
            )

    def test_the_guard_reads_his_own_card_only(self):
        user = self.demo._demo_user("guard")
        cards = self.env["security.card"].with_user(user).search([])
        self.assertEqual(len(cards), 1)
        self.assertEqual(cards.employee_id.sudo().user_id, user)

    def test_twice_makes_nothing_twice(self):
        names = ["res.company", "res.users", "hr.employee", "hr.job", "hr.department"]
        names += ["security.card", "security.card.check", "mail.message"]
        models = [self.env[name] for name in names]
        before = [model.search_count([]) for model in models]
        self.demo._build_workforce()
        self.assertEqual(before, [model.search_count([]) for model in models])
