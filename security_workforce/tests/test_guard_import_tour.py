from odoo.tests import HttpCase, tagged

from ..wizards import security_guard_import
from .import_common import ImportCase, card_row, guard_row


@tagged("post_install", "-at_install")
class TestGuardImportTour(ImportCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The tour reads the words of the screen.
        cls.env["res.lang"]._activate_lang("en_US")
        cls.importer.lang = "en_US"
        # Made here, not while the browser waits for them.
        cls.env["ir.qweb"]._pregenerate_assets_bundles()

    def test_the_page_writes_batch_after_batch(self):
        # Three batches.
        self.patch(security_guard_import, "BATCH", 5)
        numbers = range(1, 13)
        wizard = self.checked(
            [guard_row(n) for n in numbers], [card_row(1), card_row(2)]
        )
        self.start_tour(
            f"/odoo/security-import-guards/{wizard.id}",
            "security_workforce.guard_import",
            login=self.importer.login,
        )
        self.assertEqual((wizard.state, wizard.created_count), ("done", 12))
        self.assertEqual(len(self.staff()), 12)
