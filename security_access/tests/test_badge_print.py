import base64
import io
import subprocess
import tempfile
from pathlib import Path

import zxingcpp
from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import BadgeCommon

REPORT = "security_access.security_badge_report"


@tagged("post_install", "-at_install")
class TestBadgePrint(BadgeCommon, HttpCase):
    def _print(self, badges):
        """The real pages, as pictures, and their text."""
        report = self.env["ir.actions.report"].with_user(self.access_officer)
        with self.allow_pdf_render():
            pdf, __ = report.with_context(force_report_rendering=True)._render_qweb_pdf(
                REPORT, badges.ids
            )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "badges.pdf")
            path.write_bytes(pdf)
            command = ["pdftoppm", "-r", "300", "-png", str(path), f"{folder}/page"]
            subprocess.run(command, check=True)
            text = subprocess.run(
                ["pdftotext", str(path), "-"], check=True, capture_output=True
            ).stdout.decode()
            pages = [
                Image.open(io.BytesIO(page.read_bytes()))
                for page in sorted(Path(folder).glob("page*.png"))
            ]
        return pages, text

    def test_the_card_reads_back(self):
        others = self.env["hr.employee"].create(
            [
                {"name": "Amélie Desrousseaux-Lefebvre", "job_title": "Agente SSIAP 1"},
                {"name": "Noé"},
            ]
        )
        badges = self.badge | self.env["security.badge"]._issue(others)
        pages, text = self._print(badges)
        self.assertEqual(len(pages), 3, "One page per card, no empty one")
        for page, badge in zip(pages, badges, strict=True):
            # 85.6 x 54 mm at 300 dots per inch, within a dot.
            self.assertAlmostEqual(page.width, 85.6 / 25.4 * 300, delta=3)
            self.assertAlmostEqual(page.height, 54 / 25.4 * 300, delta=3)
            found = [code.text for code in zxingcpp.read_barcodes(page)]
            self.assertEqual(found, [badge._code()], badge.name)
        for words in ("Noé", "Lefebvre", self.badge.name, self.env.company.name):
            self.assertIn(words, text)
        self.assertEqual(text.count("R612-18"), 3)

    def test_a_photograph_instead_of_initials(self):
        photo = io.BytesIO()
        Image.new("RGB", (300, 400), "#00c800").save(photo, "PNG")
        self.guard.image_1920 = base64.b64encode(photo.getvalue())
        (page,), __ = self._print(self.badge)
        inside = page.convert("RGB").getpixel((page.width // 6, page.height // 2))
        self.assertEqual(inside, (0, 200, 0))

    def test_who_may_print(self):
        report = self.env["ir.actions.report"]
        for user in (self.user, self.planner, self.operator):
            with self.assertRaises(AccessError):
                report.with_user(user)._render_qweb_html(REPORT, self.badge.ids)

    def test_an_ended_badge_is_not_printed(self):
        self.badge._revoke("lost")
        with self.assertRaisesRegex(UserError, "no longer in use"):
            self.env["ir.actions.report"]._render_qweb_html(REPORT, self.badge.ids)
