import gzip
import json
import re

from odoo.tests import HttpCase, tagged

SHELL = re.compile(r"^const SHELL = (.*);$", re.MULTILINE)


@tagged("post_install", "-at_install")
class TestGuardApp(HttpCase):
    """The static side of the guard's page: the same for all, strict, kept offline."""

    def _shell(self):
        answer = self.url_open("/guard/sw.js")
        return json.loads(SHELL.search(answer.text).group(1))

    def test_page_holds_nothing_of_anybody_and_is_strict(self):
        anonymous = self.url_open("/guard/")
        self.authenticate("admin", "admin")
        known = self.url_open("/guard/")
        self.assertEqual(anonymous.status_code, 200)
        self.assertEqual(anonymous.text, known.text)
        policy = anonymous.headers["Content-Security-Policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertIn("script-src 'self';", policy)
        self.assertNotIn("unsafe", policy)
        self.assertEqual(anonymous.headers["Cache-Control"], "no-store")
        self.assertEqual(anonymous.headers["X-Content-Type-Options"], "nosniff")
        for script in re.findall(r"<script[^>]*>", anonymous.text):
            self.assertIn("src=", script)
        self.assertNotIn("<style", anonymous.text)
        self.assertNotIn(" style=", anonymous.text)

    def test_address_without_slash_leads_to_the_page(self):
        answer = self.url_open("/guard", allow_redirects=False)
        self.assertIn(answer.status_code, (302, 303))
        self.assertTrue(answer.headers["Location"].endswith("/guard/"))

    def test_worker_may_serve_the_page_only(self):
        answer = self.url_open("/guard/sw.js")
        self.assertEqual(answer.headers["Service-Worker-Allowed"], "/guard/")
        self.assertEqual(answer.headers["Cache-Control"], "no-cache")
        self.assertIn("javascript", answer.headers["Content-Type"])
        shell = self._shell()
        self.assertIn("/guard/", shell["files"])
        self.assertFalse([one for one in shell["files"] if "/guard/api" in one])

    def test_every_file_of_the_shell_is_there(self):
        for address in self._shell()["files"]:
            with self.subTest(address=address):
                answer = self.url_open(address, allow_redirects=False)
                self.assertEqual(answer.status_code, 200)
                self.assertTrue(answer.content)

    def test_version_of_the_shell_follows_its_files(self):
        before = self._shell()["version"]
        self.assertEqual(self._shell()["version"], before)
        self.env["ir.asset"].create(
            {
                "name": "One more file",
                "bundle": "security_missions.assets_guard",
                "path": "security_missions/static/src/guard_worker/sw.js",
            }
        )
        self.assertNotEqual(self._shell()["version"], before)

    def test_script_is_whole_and_compressed(self):
        (address,) = [one for one in self._shell()["files"] if "/guard/app/" in one]
        answer = self.url_open(address)
        self.assertEqual(answer.headers["Content-Encoding"], "gzip")
        self.assertIn("immutable", answer.headers["Cache-Control"])
        self.assertIn("@security_missions/guard/core/outbox", answer.text)
        self.assertNotIn("eval(", answer.text)
        first_load = gzip.compress(answer.content)
        self.assertLess(len(first_load), 300 * 1024)

    def test_script_of_another_version_is_not_mixed_in(self):
        answer = self.url_open("/guard/app/0000000.js")
        self.assertEqual(answer.status_code, 404)

    def test_manifest_can_be_installed(self):
        answer = self.url_open("/guard/manifest.webmanifest")
        manifest = answer.json()
        self.assertIn("manifest+json", answer.headers["Content-Type"])
        self.assertEqual(
            (manifest["scope"], manifest["start_url"]), ("/guard/", "/guard/")
        )
        for icon in manifest["icons"]:
            self.assertEqual(self.url_open(icon["src"]).status_code, 200)

    def test_words_are_kept_for_good_under_their_own_address(self):
        (address,) = [one for one in self._shell()["files"] if "/terms/" in one]
        answer = self.url_open(address)
        self.assertIsInstance(answer.json(), dict)
        self.assertIn("immutable", answer.headers["Cache-Control"])
        other = self.url_open("/guard/terms/0000000000000000/fr.json")
        self.assertEqual(other.headers["Cache-Control"], "no-store")
        self.assertEqual(self.url_open("/guard/terms/x/de.json").status_code, 404)
