from odoo.tests import HttpCase, tagged

from .import_common import ImportCase, card_row, guard_row


@tagged("post_install", "-at_install")
class TestGuardImportTour(ImportCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The tour reads the words of the screen.
        cls.env["res.lang"]._activate_lang("en_US")
        cls.importer.lang = "en_US"

    def test_the_page_writes_batch_after_batch(self):
        # More than two batches.
        numbers = range(1, 106)
        wizard = self.checked(
            [guard_row(n) for n in numbers], [card_row(1), card_row(2)]
        )
        self.start_tour(
            f"/odoo/security-import-guards/{wizard.id}",
            "security_workforce.guard_import",
            login=self.importer.login,
        )
        self.assertEqual((wizard.state, wizard.created_count), ("done", 105))
        self.assertEqual(len(self.staff()), 105)
