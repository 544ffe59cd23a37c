from odoo.tests import TransactionCase, tagged

from ..demo.security_demo_cards import LEFT, NOT_ATTACHED


@tagged("post_install", "-at_install")
class TestDemoCards(TransactionCase):
    """Whatever the day, the demonstration shows files, alerts and a list kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.demo = cls.env["security.demo"]
        cls.demo._build_workforce()
        cls.company = cls.demo._demo_company()
        cls.ours = [("company_id", "=", cls.company.id)]

    def test_renewals(self):
        renewals = self.env["security.card.renewal"].search(self.ours)
        self.assertGreaterEqual(len(renewals), 5)
        self.assertGreaterEqual(len(set(renewals.mapped("step"))), 2)
        self.assertEqual(renewals.user_id, self.demo._demo_user("hr"))

    def test_alerts(self):
        alerts = self.env["security.card.alert"].search(self.ours)
        self.assertEqual(set(alerts.mapped("told")), {"mail", "no_email"})
        self.assertEqual(alerts.user_id, self.demo._demo_user("hr"))
        self.assertFalse(
            self.env["mail.mail"].search_count(
                [("model", "=", alerts._name), ("res_id", "in", alerts.ids)]
            )
        )
        due = {vals["card_id"] for vals in self.env["security.card"]._alerts_due()}
        self.assertFalse(due & set(alerts.card_id.ids))

    def test_attachments(self):
        missing = self.env["security.card"].search(
            [("attachment_missing", "=", True), *self.ours]
        )
        self.assertEqual(set(missing.employee_id.mapped("name")), set(NOT_ATTACHED))
        left = self.env["security.attachment"].search(
            [("to_detach", "=", True), *self.ours]
        )
        self.assertEqual(left.employee_id.name, LEFT)
        self.assertTrue(left.activity_ids)
