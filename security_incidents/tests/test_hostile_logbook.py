"""The log book's pages, the call for help and the verifier, by whoever means harm."""

import io
import json
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from odoo import fields
from odoo.tests import new_test_user, tagged

from odoo.addons.security_missions.tests.hostile import (
    TABLES,
    WRONG_IDS,
    HostileCase,
)
from odoo.addons.security_workforce.engine import verify_logbook

from .guard_phone import GuardPhone
from .test_logbook import LogbookCommon

WRONG_DAYS = (
    *WRONG_IDS,
    *("2026-13-01", "2026-02-30", "0000-00-00", "99999-01-01", "2026-01-01T00:00:00"),
    *("today", "2026-01", "20260101", "-2026-01-01", "2026-01-01%27", "9999-12-31"),
)
# Exports that are none, or that were written to make the verifier fall.
WRONG_EXPORTS = (
    *("", "{", "null", "[]", "{}", "1", "NaN", "[" * 100_000, "9" * 5000),
    *('{"entries": null}', '{"entries": [1]}', '{"entries": [{}]}', '{"entries": 5}'),
)


@tagged("post_install", "-at_install")
class TestHostileLogbook(LogbookCommon, HostileCase):
    tables = (
        *TABLES,
        "security_alert",
        "security_incident",
        "security_logbook",
        "security_logbook_check",
        "security_logbook_day",
        "security_logbook_entry",
        "security_seal_checkpoint",
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        client = new_test_user(cls.env, "log_client", groups="base.group_portal")
        client.partner_id.parent_id = cls.client
        stranger = new_test_user(cls.env, "log_stranger", groups="base.group_portal")
        stranger.partner_id.parent_id = cls.env["res.partner"].create({"name": "Else"})
        cls.guard_user = new_test_user(cls.env, "log_guard", groups="base.group_portal")
        cls.guard.user_id = cls.guard_user

    def released(self):
        """The address of a day that the client may read."""
        self.note("Vitre brisée")
        self.book._seal_all()
        local = fields.Datetime.context_timestamp(
            self.book.with_context(tz=self.site.tz), fields.Datetime.now()
        )
        days = self.env["security.logbook.day"]
        day = days.create({"logbook_id": self.book.id, "date": local.date()})
        day.with_user(self.operator).action_release()
        return f"/my/security/logbook/{self.site.id}/{day.date}"

    def test_days_of_others_and_days_that_are_none(self):
        page = self.released()
        self.authenticate("log_client", "log_client")
        with self.nothing_happens():
            self.assertEqual(self.url_open(page).status_code, 200)
            for wrong in WRONG_DAYS:
                for address in (
                    f"/my/security/logbook/{self.site.id}/{wrong}",
                    f"/my/security/logbook/{wrong}/{page.rpartition('/')[2]}",
                ):
                    self.assertRefused(self.url_open(address), 404, 400, about=address)
            for login in ("log_stranger", "log_guard", "incident_user"):
                self.authenticate(login, login)
                self.assertRefused(self.url_open(page), 404, about=login)
                days = self.url_open("/my/security/logbook")
                self.assertNotIn(page, days.text)

    def test_exports_that_are_not_for_them(self):
        self.released()
        with self.nothing_happens():
            for login in ("log_client", "log_guard", "incident_operator"):
                self.authenticate(login, login)
                address = f"/security/logbook/{self.book.id}/export"
                self.assertRefused(self.url_open(address), 404, 403, about=login)
            self.authenticate("logbook_compliance", "logbook_compliance")
            for wrong in WRONG_IDS:
                address = f"/security/logbook/{wrong}/export"
                self.assertRefused(self.url_open(address), 404, 400, about=address)

    def test_calls_for_help_that_are_none(self):
        phone, path = GuardPhone(self.env, self.guard), "/guard/api/sos"
        event = phone.fact("sos", fields.Datetime.now())
        note = phone.fact("log_entry", fields.Datetime.now(), text="x")
        with self.nothing_happens():
            for events in (None, 1, "x", {}, [None], [[]], [1], [note], [event, note]):
                answer = phone.request(self, path, events)
                self.assertTold(answer, 400, "bad_request", events)
            for sent_at in (None, "x", -1, 10**16, True, 1.5, [], 1e300):
                answer = phone.request(self, path, [event], sent_at=sent_at)
                self.assertTold(answer, 400, "bad_request", sent_at)
            answer = phone.request(self, path, [event], more="x" * 5000)
            self.assertRefused(answer, 413)
        stranger = GuardPhone(self.env, self.guard)
        stranger.device = phone.device
        phone.device.action_revoke()
        with self.nothing_happens():
            answer = phone.request(self, path, [event])
            self.assertTold(answer, 403, "revoked")
            answer = stranger.request(self, path, [event])
            self.assertTold(answer, 401, "signature")

    def test_a_call_for_help_counts_once_however_often_it_is_sent(self):
        phone = GuardPhone(self.env, self.guard)
        event = phone.fact("sos", fields.Datetime.now())
        for _time in range(5):
            for path in ("/guard/api/sos", "/guard/api/sync"):
                self.assertEqual(phone.request(self, path, [event]).status_code, 200)
        alerts = self.env["security.alert"].search([("kind", "=", "sos")])
        mine = alerts.filtered(lambda alert: alert.employee_id == self.guard)
        self.assertEqual(len(mine), 1)

    # ------------------------------------------------------------
    # The verifier, run as the expert of the other side does
    # ------------------------------------------------------------

    def export(self):
        self.note("Un", photos=[self.photo()])
        self.note("Deux")
        self.book._seal_all()
        self.book._checkpoint()
        self.authenticate("logbook_compliance", "logbook_compliance")
        answer = self.url_open(f"/security/logbook/{self.book.id}/export")
        return zipfile.ZipFile(io.BytesIO(answer.content))

    def test_exports_that_were_made_to_make_the_verifier_fall(self):
        """0: in order; 1: altered; 2: unreadable; never a fault, nor long."""
        with tempfile.TemporaryDirectory() as folder:
            self.export().extractall(folder)
            good = json.loads(Path(folder, "export.json").read_text())
            cases = [*WRONG_EXPORTS, *map(json.dumps, self.broken(good))]
            for text in cases:
                Path(folder, "export.json").write_text(text)
                begin = time.monotonic()
                # In this process: 0.2 s of Python for each would be long.
                with self.subTest(text=text[:80]):
                    found = verify_logbook.main([f"{folder}/export.json"])
                    self.assertIn(found, (1, 2))
                    self.assertLess(time.monotonic() - begin, 5)
            run = subprocess.run(
                [
                    sys.executable,
                    f"{folder}/verify_logbook.py",
                    f"{folder}/export.json",
                ],
                capture_output=True,
                text=True,
            )
            self.assertNotIn("Traceback", run.stderr)

    def broken(self, good):
        """The export with each value of an entry, and of a checkpoint, replaced."""
        entry, *others = good["entries"]
        values = (None, 1, -1, 1.5, "x", [], {}, [[]], True, 10**40, "\ud800")
        for name in entry:
            for value in values:
                if value != entry[name]:
                    yield {**good, "entries": [{**entry, name: value}, *others]}
        for name in entry["head"]:
            for value in values:
                head = {**entry["head"], name: value}
                if head != entry["head"]:
                    yield {**good, "entries": [{**entry, "head": head}, *others]}
        for name in ("entries", "checkpoints", "keys", "chain"):
            for value in (None, 1, "x", [1], {"a": 1}, [None], [[]]):
                if (name, value) not in (("keys", None), ("chain", None)):
                    yield {**good, name: value}
        (token,) = good["checkpoints"]
        for wrong in (token[:-1], token.replace(".", ".."), "a.b.c", "é.é.é", "..", ""):
            yield {**good, "checkpoints": [wrong]}
        yield {**good, "checkpoints": [re.sub(r"\.[^.]+\.", ".bnVsbA.", token)]}
