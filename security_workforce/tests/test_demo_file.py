from odoo import fields
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestDemoFile(TransactionCase):
    """The files of the demonstration's guards tell a story that is true today."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.demo = cls.env["security.demo"]
        cls.demo._build_workforce()
        cls.guards = cls.demo._demo_guards()

    def test_every_guard_has_a_file(self):
        told = self.guards._security_person_facts()
        self.assertEqual(len(told), 40)
        for facts in told.values():
            self.assertTrue(facts["qualifications"], facts["name"])
            self.assertTrue(facts["visits"], facts["name"])
            self.assertTrue(facts["declared_on"], facts["name"])

    def test_who_needs_a_permit(self):
        told = self.guards._security_person_facts().values()
        needing = [facts for facts in told if facts["needs_permit"]]
        self.assertEqual(len(needing), 3)
        for facts in needing:
            self.assertTrue(facts["permit_end"])
            self.assertLess(facts["permit_checked_on"], facts["declared_on"])

    def test_who_is_late(self):
        today = fields.Date.context_today(self.guards)
        lines = self.env["hr.employee.skill"].search(
            [("employee_id", "in", self.guards.ids)]
        )
        self.assertEqual(len(lines.filtered(lambda line: not line.verified_on)), 2)
        expired = lines.filtered(lambda line: line.valid_to and line.valid_to < today)
        self.assertEqual(expired.employee_id.mapped("name"), ["Dragan Petrov"])

    def test_dogs_are_on_the_cards(self):
        dogs = self.env["security.dog"].search([("employee_id", "in", self.guards.ids)])
        self.assertEqual(len(dogs), 5)
        self.assertTrue(all(dog.on_card and dog.documents_end for dog in dogs))
