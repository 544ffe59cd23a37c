"""The client's days of the log book, and the export, over HTTP."""

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged

from .test_logbook import LogbookCommon


@tagged("post_install", "-at_install")
class TestLogbookPages(LogbookCommon, HttpCase):
    def seal(self):
        return self.book._seal_all()

    def test_the_client_reads_released_days_without_names(self):
        self.note("Vitre brisée", persons=[{"role": "witness", "name": "Mme Secrète"}])
        client = new_test_user(self.env, "client_day", groups="base.group_portal")
        client.partner_id.parent_id = self.client
        stranger = new_test_user(self.env, "client_no", groups="base.group_portal")
        day = self.env["security.logbook.day"].create(
            {
                "logbook_id": self.book.id,
                "date": fields.Datetime.context_timestamp(
                    self.book.with_context(tz=self.site.tz), fields.Datetime.now()
                ).date(),
            }
        )
        page = f"/my/security/logbook/{self.site.id}/{day.date}"
        self.authenticate("client_day", "client_day")
        self.assertEqual(self.url_open(page).status_code, 404)
        day.with_user(self.operator).action_release()
        shown = self.url_open(page)
        self.assertEqual(shown.status_code, 200)
        self.assertIn("Vitre brisée", shown.text)
        self.assertNotIn("Secrète", shown.text)
        self.assertNotIn(self.guard.name, shown.text)
        self.assertIn(page, self.url_open("/my/security/logbook").text)
        self.assertIn('href="/my/security/logbook"', self.url_open("/my").text)
        self.assertIn('href="/my/security/logbook"', shown.text, "the way back")
        for wrong in ("2026-99-01", "x", "%27"):
            answer = self.url_open(f"/my/security/logbook/{self.site.id}/{wrong}")
            self.assertEqual(answer.status_code, 404)
        self.authenticate("client_no", "client_no")
        self.assertEqual(self.url_open(page).status_code, 404)
        self.assertTrue(stranger)

    def test_the_export_runs_by_itself(self):
        self.note("Un", photos=[self.photo()])
        self.note("Deux")
        self.seal()
        self.book._checkpoint()
        address = f"/security/logbook/{self.book.id}/export"
        self.authenticate("incident_operator", "incident_operator")
        self.assertEqual(self.url_open(address).status_code, 404)
        self.authenticate("logbook_compliance", "logbook_compliance")
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200, answer.text[:300])
        with tempfile.TemporaryDirectory() as folder:
            zipfile.ZipFile(io.BytesIO(answer.content)).extractall(folder)
            export = Path(folder, "export.json")

            def run():
                return subprocess.run(
                    [
                        *(sys.executable, "verify_logbook.py", "export.json"),
                        *("--key", "public_keys.txt", "--witness", "checkpoints.txt"),
                        *("--photos", "photos", "--lang", "en"),
                    ],
                    cwd=folder,
                    capture_output=True,
                    text=True,
                )

            good = run()
            self.assertEqual(good.returncode, 0, good.stdout + good.stderr)
            data = json.loads(export.read_text())
            data["entries"][1]["content"]["text"] = "Trois"
            export.write_text(json.dumps(data))
            self.assertIn("Entry 2", run().stdout)
