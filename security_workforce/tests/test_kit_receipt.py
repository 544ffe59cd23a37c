from io import BytesIO
from unittest.mock import patch

from pypdf import PdfReader

from odoo.tests import HttpCase, freeze_time, tagged

from .common import NOW
from .test_checklist import ChecklistCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestKitReceipt(ChecklistCase, HttpCase):
    """HttpCase: the PDF engine fetches its styles from the server."""

    def pages(self, items):
        """The text of each page, as the planner prints it."""
        report = self.env.ref("security_workforce.security_kit_receipt_report")
        reports = type(self.env["ir.actions.report"])
        render = reports._run_wkhtmltopdf
        # Debian's wkhtmltopdf draws the web fonts of Odoo as shapes, in which no
        # reader finds a word.
        style = "<style>* {font-family: sans-serif !important}</style></head>"

        def in_system_font(records, bodies, *args, **kwargs):
            bodies = [str(body).replace("</head>", style) for body in bodies]
            return render(records, bodies, *args, **kwargs)

        report = report.with_user(self.planner)
        with (
            patch.object(reports, "_run_wkhtmltopdf", in_system_font),
            self.allow_pdf_render(),
        ):
            content, kind = report.with_context(
                force_report_rendering=True
            )._render_qweb_pdf(report.report_name, items.ids)
        self.assertEqual(kind, "pdf")
        # Without spaces: the reader takes the kerning of "Te" for one.
        return [
            "".join(page.extract_text().split())
            for page in PdfReader(BytesIO(content)).pages
        ]

    def test_the_receipt_names_what_each_guard_holds(self):
        parka = self.hand_over(self.anna, size="L", quantity=2)
        radio = self.hand_over(self.boris, "Radio", kind="equipment", serial="R-12")
        back = self.hand_over(self.boris, "Torch", kind="equipment")
        back.action_return()
        pages = self.pages(parka | radio | back)
        self.assertEqual(len(pages), 2)
        [hers] = [page for page in pages if "AnnaTest" in page]
        [his] = [page for page in pages if "BorisTest" in page]
        self.assertIn("Parka", hers)
        self.assertNotIn("Radio", hers)
        self.assertIn("R-12", his)
        self.assertNotIn("Torch", his)
