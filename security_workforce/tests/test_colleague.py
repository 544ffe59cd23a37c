"""A colleague without HR rights and the file of a guard."""

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, WorkforceCase

OURS = "security_"
# The core looks for a private field in the public file, where it is not.
REFUSALS = (AccessError, KeyError, ValueError)
# What the suite adds to the employee under names of its own.
CARDS = {"card_ids", "card_count", "has_card"}


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestColleague(WorkforceCase):
    """He reads the directory without an error, and nothing of what HR keeps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new_card()
        cls.anna.write(
            {
                "birthday": "1990-01-01",
                "security_permit_jobs": "Paris",
                "security_permit_receipt_until": "2027-01-01",
                "security_declared_on": "2026-01-02",
                "security_coefficient": 140,
            }
        )
        cls.env["security.aptitude"].create(
            {"employee_id": cls.anna.id, "date": "2026-03-02"}
        )
        cls.colleague = cls.new_user("colleague")
        cls.env.flush_all()
        cls.env.invalidate_all()

    def setUp(self):
        super().setUp()
        self.as_colleague = self.env(
            user=self.colleague, context={"allowed_company_ids": self.company.ids}
        )

    def specification(self):
        """What the web client asks for: every field of the public views."""
        Model = self.as_colleague["hr.employee.public"]
        views = Model.get_views([(False, "form"), (False, "list"), (False, "kanban")])
        names = set()
        for view in views["views"].values():
            names |= {
                node.get("name")
                for node in etree.fromstring(view["arch"]).iter("field")
                # The fields of an embedded list are those of another model.
                if not any(up.tag == "field" for up in node.iterancestors())
            }
        return {name: {} for name in names & set(Model._fields)}

    def assert_refused(self, method, *args, **kwargs):
        try:
            method(*args, **kwargs)
        except REFUSALS:
            return
        self.fail("Nothing refused it.")

    def test_the_public_file_is_read_as_the_client_does(self):
        fields = self.specification()
        self.assertGreater(len(fields), 8)
        # The core answers for hr.employee with the public file.
        for model in ("hr.employee.public", "hr.employee"):
            Model = self.as_colleague[model]
            shown = {name: {} for name in fields if name in Model._fields}
            with self.subTest(model):
                anna = Model.browse(self.anna.id)
                (read,) = anna.web_read(shown)
                found = Model.web_search_read([("id", "=", anna.id)], shown)
                self.assertEqual(read["name"], "Anna Test")
                self.assertEqual(found["records"][0]["name"], "Anna Test")

    def test_every_field_he_is_shown_can_be_read(self):
        public = self.as_colleague["hr.employee.public"]
        anna = public.browse(self.anna.id)
        for name in public.fields_get():
            with self.subTest(name):
                (read,) = anna.web_read({name: {}})
                self.assertIn(name, read)

    def test_no_private_field_is_shown(self):
        fields = self.env["hr.employee"]._fields
        private = {n for n in fields if n.startswith(OURS)} | CARDS
        for model in ("hr.employee.public", "hr.employee"):
            shown = set(self.as_colleague[model].fields_get())
            self.assertFalse(private & shown, model)

    def test_no_private_field_is_read_nor_searched(self):
        fields = self.env["hr.employee"]._fields
        anna = self.anna.with_env(self.as_colleague)
        private = [n for n in fields if n.startswith(OURS)]
        self.assertGreater(len(private), 8)
        for name in private:
            with self.subTest(name):
                self.assert_refused(anna.web_read, {name: {}})
                self.assert_refused(anna.search, [(name, "!=", False)])
                self.assert_refused(anna.search, [], order=name)

    def test_nothing_comes_with_an_attachment_or_a_message(self):
        """The register of visits does not leak through what hangs on it."""
        visit = self.env["security.aptitude"].search(
            [("employee_id", "=", self.anna.id)]
        )
        visit.document_file = b"YQ=="
        attachments = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "security.aptitude"),
                ("res_id", "=", visit.id),
                ("res_field", "=", "document_file"),
            ]
        )
        self.assertEqual(len(attachments), 1)
        with self.assertRaises(AccessError):
            attachments.with_env(self.as_colleague).read(["datas"])
