"""The guard's published rota over HTTP: read, acknowledged, answered, printed."""

from datetime import timedelta
from io import BytesIO
from unittest.mock import patch

from pypdf import PdfReader

from odoo.tests import freeze_time, tagged

from .common import AUTHORISATION, NOW
from .test_portal import PortalCase

ROTA = "/my/security/rota"
SOON = ("2027-04-16 20:00", "2027-04-17 04:00")


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestRota(PortalCase):
    def setUp(self):
        super().setUp()
        self.shift = self.mine(SOON)
        self.version = self.last()

    def last(self):
        return self.env["security.publication"].search(
            [("employee_id", "=", self.guard.id), ("is_current", "=", True)]
        )

    def send(self, path, token=None):
        return self.url_open(
            f"{ROTA}/{path}", data={"csrf_token": token or self.token()}
        )

    def test_he_reads_his_shifts(self):
        page = self.url_open(ROTA)
        self.assertEqual(page.status_code, 200)
        for text in ("April 2027", "20:00", "04:00", "Entrance", "I have read it"):
            self.assertIn(text, page.text)
        self.authenticate("colleague", "colleague")
        self.assertIn("No rota is published for you", self.url_open(ROTA).text)

    def test_he_says_that_he_has_read_it(self):
        response = self.send(f"{self.version.id}/read")
        self.assertEqual(response.status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(self.version.acknowledged_by_id, self.guard_user)
        self.assertEqual(self.version.acknowledgement_channel, "portal")
        self.assertEqual(self.shift.acknowledgement, "acknowledged")
        self.assertNotIn("I have read it", response.text)

    def test_without_the_token_nothing_is_acknowledged(self):
        response = self.send(f"{self.version.id}/read", token="forged")
        self.assertEqual(response.status_code, 400)
        self.env.invalidate_all()
        self.assertFalse(self.version.acknowledged_at)

    def test_a_version_replaced_meanwhile_says_so(self):
        self.shift.date_stop += timedelta(hours=1)
        response = self.send(f"{self.version.id}/read")
        self.assertIn("was replaced since", response.text)
        self.env.invalidate_all()
        self.assertFalse(self.version.acknowledged_at)

    def test_another_guard_finds_nothing(self):
        self.shift.date_stop += timedelta(hours=1)
        notice = self.env["security.notice"].search([("shift_id", "=", self.shift.id)])
        self.authenticate("colleague", "colleague")
        version = self.last()
        for path in (
            f"{version.id}/read",
            f"change/{notice.id}/given",
            "999999999/read",
        ):
            self.assertEqual(self.send(path).status_code, 404, path)
        pdf = self.url_open(f"{ROTA}/{version.id}/pdf")
        self.assertEqual(pdf.status_code, 404)
        self.env.invalidate_all()
        self.assertFalse(version.acknowledged_at)
        self.assertEqual(notice.consent, "pending")

    def test_a_planner_does_not_read_for_the_guard(self):
        self.make_user("chief", "security_workforce.group_security_planner")
        self.authenticate("chief", "chief")
        self.assertEqual(self.send(f"{self.version.id}/read").status_code, 404)

    def test_he_answers_a_late_change(self):
        self.shift.date_stop += timedelta(hours=1)
        notice = self.env["security.notice"].search([("shift_id", "=", self.shift.id)])
        page = self.url_open(ROTA).text
        self.assertIn("Do you agree to this change?", page)
        self.assertIn("Refusing has no consequence for you.", page)
        self.send(f"change/{notice.id}/refused")
        self.env.invalidate_all()
        self.assertEqual(
            (notice.consent, notice.consent_channel), ("refused", "portal")
        )
        self.assertEqual(notice.consent_by_id, self.guard_user)
        self.assertNotIn("Do you agree", self.url_open(ROTA).text)

    def test_the_pdf_is_that_of_the_version(self):
        reports = type(self.env["ir.actions.report"])
        render = reports._run_wkhtmltopdf
        # Web fonts are drawn as shapes, in which no reader finds a word.
        style = "<style>* {font-family: sans-serif !important}</style></head>"

        def in_system_font(records, bodies, *args, **kwargs):
            bodies = [str(body).replace("</head>", style) for body in bodies]
            return render(records, bodies, *args, **kwargs)

        self.site.name = "Renamed since"
        with (
            patch.object(reports, "_run_wkhtmltopdf", in_system_font),
            self.allow_pdf_render(),
        ):
            self.version.with_context(force_report_rendering=True)._print()
        self.assertTrue(self.version._verify()[self.version])
        self.env.flush_all()
        response = self.url_open(f"{ROTA}/{self.version.id}/pdf")
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        pages = PdfReader(BytesIO(response.content)).pages
        text = "".join("".join(page.extract_text().split()) for page in pages)
        for expected in (
            "Individualrota",
            "AmineTest",
            "April2027",
            "20:00",
            "04:00",
            "Entrance",
            "Horizon",
            "VigieSAS",
            AUTHORISATION,
            self.version.sha256,
        ):
            self.assertIn(expected, text)
        self.assertNotIn("Renamed", text)
