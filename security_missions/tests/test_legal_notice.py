"""CSI L612-14 and L612-15: what every document of the firm carries in its body."""

import re
from io import BytesIO

from pypdf import PdfReader

from odoo.tests import HttpCase, freeze_time, tagged

from .common import AUTHORISATION, NOW, SecurityMissionsMixin

SENTENCE = (
    "L'autorisation d'exercice ne confère aucune prérogative de puissance publique à "
    "l'entreprise ou aux personnes qui en bénéficient."
)


def plain(text):
    """Text as a reader sees it: entities, tags and line breaks do not count."""
    text = re.sub(r"<[^>]+>", " ", text)
    text = text.replace("&#39;", "'").replace("&#x27;", "'").replace("’", "'")
    return " ".join(text.split())


def pdf_text(content):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLegalNotice(SecurityMissionsMixin, HttpCase):
    """HttpCase: the PDF engine fetches its styles from the server."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_firm()
        cls.quotation = cls.make_order(confirm=False)
        cls.order = cls.make_order()
        cls.work(cls.post_of(cls.order), "2027-04-06 08:00", "2027-04-06 16:00")
        cls.invoice = cls.order._create_invoices()
        cls.invoice.action_post()

    def assertNotice(self, text):
        text = plain(text)
        self.assertIn(AUTHORISATION, text)
        self.assertIn(SENTENCE, text)

    def patch_font(self):
        """Have the PDF engine write in a font of the system.

        Debian's wkhtmltopdf draws the web fonts of Odoo as shapes, in which no
        reader finds a word.
        """
        reports = type(self.env["ir.actions.report"])
        render = reports._run_wkhtmltopdf
        style = "<style>* {font-family: sans-serif !important}</style></head>"

        def in_system_font(records, bodies, *args, **kwargs):
            bodies = [str(body).replace("</head>", style) for body in bodies]
            return render(records, bodies, *args, **kwargs)

        self.patch(reports, "_run_wkhtmltopdf", in_system_font)

    def documents(self):
        return (
            ("quotation", "sale.action_report_saleorder", self.quotation),
            ("order", "sale.action_report_saleorder", self.order),
            ("invoice", "account.account_invoices", self.invoice),
            (
                "invoice without payment",
                "account.account_invoices_without_payment",
                self.invoice,
            ),
        )

    def test_html(self):
        for name, report, record in self.documents():
            with self.subTest(name):
                action = self.env.ref(report)
                html, __ = action._render_qweb_html(action.report_name, record.ids)
                self.assertNotice(html.decode())

    def test_html_in_another_language(self):
        """The law's words are quoted, not translated."""
        self.client.lang = "fr_FR" if self.env["res.lang"]._lang_get("fr_FR") else False
        action = self.env.ref("account.account_invoices")
        html, __ = action._render_qweb_html(action.report_name, self.invoice.ids)
        self.assertNotice(html.decode())

    def test_pdf(self):
        self.patch_font()
        for name, report, record in self.documents():
            with self.subTest(name):
                action = self.env.ref(report).with_context(force_report_rendering=True)
                content, kind = action._render_qweb_pdf(action.report_name, record.ids)
                self.assertEqual(kind, "pdf")
                self.assertNotice(pdf_text(content))

    def test_portal_page_of_the_quotation(self):
        page = self.url_open(self.quotation._get_share_url(redirect=True))
        self.assertEqual(page.status_code, 200)
        self.assertNotice(page.text)

    def test_without_authorisation_the_sentence_stays(self):
        self.company.security_authorisation_number = False
        action = self.env.ref("sale.action_report_saleorder")
        html, __ = action._render_qweb_html(action.report_name, self.order.ids)
        self.assertIn(SENTENCE, plain(html.decode()))

    def test_notice_is_that_of_the_firm_of_the_document(self):
        other = self.make_company("Autre SAS")
        other.security_authorisation_number = "AUT-013-2127-01-01-20270000009"
        action = self.env.ref("sale.action_report_saleorder").with_company(other)
        html, __ = action._render_qweb_html(action.report_name, self.order.ids)
        self.assertNotice(html.decode())
        self.assertNotIn("AUT-013", html.decode())
