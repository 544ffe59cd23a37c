"""Writing, correcting, redacting and sealing a log book; who reads what."""

import base64
import io
import json
from datetime import datetime

from PIL import Image
from psycopg2 import errors

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.security_workforce.engine.verify_logbook import verify_export

from .common import IncidentCommon


class LogbookCommon(IncidentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Entry = cls.env["security.logbook.entry"]
        cls.compliance = new_test_user(
            cls.env,
            "logbook_compliance",
            groups="security_workforce.group_security_compliance_officer",
        )

    def setUp(self):
        super().setUp()
        self.addCleanup(self._remove_witness)

    def _remove_witness(self):
        for path in self.paths():
            path.unlink(missing_ok=True)

    def paths(self):
        books = self.env["security.logbook"].search([])
        return [b._witness_path(kind) for b in books for kind in ("log", "points")]

    def note(self, text="Ronde faite", at=None, **values):
        at = at or fields.Datetime.now()
        return self.Entry.with_user(self.operator)._note(
            self.site, "note", at, **{"text": text, "shift": self.shift, **values}
        )

    @property
    def book(self):
        return self.env["security.logbook"]._of(self.site)

    def seal(self):
        with self.enter_registry_test_mode():
            return self.book._seal_all()

    def verify(self, **values):
        return self.book._verify_chain(**values)

    def sql(self, query, *values):
        self.env.flush_all()
        self.env.cr.execute(query, values)
        self.env.invalidate_all()

    def as_owner(self, query, *values):
        """What somebody does who may switch the triggers off."""
        self.sql("ALTER TABLE security_logbook_entry DISABLE TRIGGER USER")
        self.sql(query, *values)
        self.sql("ALTER TABLE security_logbook_entry ENABLE TRIGGER USER")

    def publish(self):
        """Past the rules on who may hold a shift, which are not looked at here."""
        self.sql(
            "UPDATE security_shift SET state = 'published' WHERE id = %s", self.shift.id
        )
        return self.shift

    def run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "security_incidents.ir_cron_logbook_seal"
            ).method_direct_trigger()

    def photo(self, size=(40, 30), exif=True, kind="JPEG"):
        picture, out = Image.new("RGB", size, "red"), io.BytesIO()
        tags = Image.Exif()
        tags[0x010F] = "SECRETMAKER"
        picture.save(out, kind, **({"exif": tags} if exif else {}))
        return out.getvalue()


@tagged("post_install", "-at_install")
class TestLogbook(LogbookCommon):
    def test_an_entry_is_sealed_after_it_is_written(self):
        entry = self.note(persons=[{"role": "witness", "name": "M. Petit"}])
        self.assertFalse(entry.seq)
        self.assertEqual(self.seal(), 1)
        self.assertEqual(entry.seq, 1)
        self.assertTrue(entry.hash)
        self.note("Suite")
        self.assertEqual(self.seal(), 1)
        report = self.verify()
        self.assertFalse(report.breaks)
        self.assertEqual((report.count, report.green_until), (2, 2))

    def test_nobody_changes_or_deletes(self):
        entry = self.note()
        with self.assertRaises(UserError):
            entry.write({"text": "Autre"})
        with self.assertRaises(UserError):
            entry.unlink()
        with self.assertRaises(UserError), self.cr.savepoint():
            self.Entry.create({"text": "Direct"})
        for query in (
            "UPDATE security_logbook_entry SET text = 'Autre' WHERE id = %s",
            "DELETE FROM security_logbook_entry WHERE id = %s",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(errors.RestrictViolation),
                self.cr.savepoint(),
            ):
                self.sql(query, entry.id)

    def test_a_correction_points_to_what_it_corrects(self):
        entry = self.note("Porte 3 ouverte")
        right = entry.with_user(self.operator)._correct("Porte 4 ouverte")
        self.assertEqual((right.target_id, right.kind), (entry, "correction"))
        self.assertEqual(entry.text, "Porte 3 ouverte")
        self.seal()
        self.assertFalse(self.verify().breaks)
        with self.assertRaises(UserError):
            entry._correct("  ")

    def test_redaction_erases_and_the_chain_holds(self):
        entry = self.note("M. Petit a crié", photos=[self.photo()])
        with self.assertRaisesRegex(UserError, "not sealed yet"):
            entry.with_user(self.compliance)._redact("Right to erasure")
        self.seal()
        with self.assertRaises(AccessError):
            entry.with_user(self.operator)._redact("Right to erasure")
        with self.assertRaises(UserError):
            entry.with_user(self.compliance)._redact(" ")
        entry.with_user(self.compliance)._redact("Right to erasure")
        self.assertTrue(entry.is_redacted)
        self.assertFalse(entry.text or entry.author_name or entry.photo_ids)
        self.assertIn(entry, self.Entry.search([("is_redacted", "=", True)]))
        self.seal()
        report = self.verify()
        self.assertFalse(report.breaks)
        self.assertEqual(report.redacted, 1)
        with self.assertRaises(UserError):
            entry.with_user(self.compliance)._redact("Again")

    def test_photos_are_drawn_again(self):
        sent = self.photo((3000, 1000))
        self.assertIn(b"SECRETMAKER", sent)
        entry = self.note(photos=[sent, self.photo(kind="PNG", exif=False)])
        first = entry.photo_ids.sorted("id")[0]
        self.assertNotIn(b"SECRETMAKER", first.raw)
        self.assertEqual(Image.open(io.BytesIO(first.raw)).size, (1600, 533))
        self.seal()
        self.assertFalse(self.verify().breaks)
        with self.assertRaises(UserError):
            first.unlink()
        with self.assertRaises(UserError):
            first.write({"raw": self.photo()})

    def test_what_is_no_photo_is_refused(self):
        svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
        bomb = io.BytesIO()
        Image.new("1", (12000, 12000)).save(bomb, "PNG")
        before = self.Entry.search_count([])
        for data in (
            svg,
            b"<html>",
            b"",
            b"GIF89a",
            bomb.getvalue(),
            self.photo()[:60],
        ):
            with self.assertRaises(UserError):
                self.note(photos=[data])
        polyglot = self.photo() + b"<script>alert(1)</script>"
        kept = self.note(photos=[polyglot]).photo_ids
        self.assertNotIn(b"<script>", kept.raw)
        self.assertEqual(self.Entry.search_count([]), before + 1)

    def test_a_photo_that_comes_later_is_an_entry(self):
        entry = self.note()
        self.seal()
        late = self.env["ir.attachment"].create(
            {"name": "x.jpg", "raw": self.photo(), "mimetype": "image/jpeg"}
        )
        added = entry._photo_arrived(late)
        self.assertEqual((added.kind, added.target_id), ("photo", entry))
        self.seal()
        self.assertFalse(self.verify().breaks)

    def test_clocking_writes(self):
        shift = self.publish()
        presence = self.env["hr.attendance"].create(
            {
                "employee_id": self.guard.id,
                "check_in": shift.date_start,
                "security_shift_id": shift.id,
            }
        )
        (entry,) = self.Entry.search([("shift_id", "=", shift.id)])
        self.assertEqual(
            (entry.kind, entry.happened_at), ("clock_in", shift.date_start)
        )
        self.assertEqual(entry.author_name, self.guard.name)
        late = fields.Datetime.add(shift.date_start, minutes=7)
        presence.check_in = late
        presence.check_out = fields.Datetime.add(late, hours=2)
        kinds = self.Entry.search([("shift_id", "=", shift.id)], order="id").mapped(
            "kind"
        )
        self.assertEqual(kinds, ["clock_in", "clock_change", "clock_out"])

    def test_checkpoints_are_signed_sent_and_found_again(self):
        self.book.witness_email = "temoin@client.example"
        self.note()
        self.run_cron()
        points = self.env["security.seal.checkpoint"]
        mine = [("chain", "=", self.book.chain)]
        self.assertFalse(points.search(mine))
        self.as_owner(
            "UPDATE security_logbook_entry SET sealed_at = sealed_at - interval '1 h'"
        )
        self.run_cron()
        point = points.search(mine)
        self.assertEqual((point.number, point.seq), (1, 1))
        mail = self.env["mail.mail"].search(
            [("email_to", "=", "temoin@client.example")]
        )
        self.assertIn(point.token, mail.body_html)
        self.assertTrue(point.sent_at)
        report = self.verify()
        self.assertEqual((report.confirmed, report.breaks), (1, []))
        with self.assertRaises(UserError):
            point.write({"token": "x"})

    def test_the_end_of_a_shift_is_signed_at_once(self):
        self.Entry._note(self.site, "clock_out", fields.Datetime.now())
        self.run_cron()
        self.assertEqual(self.verify().confirmed, 1)

    def test_the_export_verifies_by_itself(self):
        self.note(photos=[self.photo()])
        self.note("Deux")
        self.seal()
        self.book._checkpoint()
        export = json.loads(json.dumps(self.book._export()))
        self.assertFalse(verify_export(export).breaks)
        export["entries"][0]["content"]["text"] = "Autre"
        self.assertEqual(verify_export(export).first.code, "altered_content")

    def test_the_button_keeps_what_it_found(self):
        self.note()
        self.note("Deux")
        self.seal()
        action = self.book.with_user(self.user).action_verify()
        check = self.env["security.logbook.check"].browse(action["res_id"])
        self.assertEqual((check.outcome, check.green_until), ("good", 2))
        self.as_owner(
            "UPDATE security_logbook_entry SET text = 'x' WHERE seq = 2 AND"
            " logbook_id = %s",
            self.book.id,
        )
        check = self.book._check()
        self.assertEqual((check.outcome, check.first_broken), ("broken", 2))
        self.assertTrue(self.book.is_broken)
        self.assertIn("Entry 2", self.book.message_ids[0].body)

    def test_day_of_the_place(self):
        self.site.tz = "Europe/Paris"
        for at in (
            datetime(2026, 10, 24, 21, 59),
            datetime(2026, 10, 24, 22, 0),
            datetime(2026, 10, 25, 22, 59),
            datetime(2026, 10, 25, 23, 0),
        ):
            self.note(str(at), at=at)
        day = self.env["security.logbook.day"].create(
            {"logbook_id": self.book.id, "date": "2026-10-25"}
        )
        self.assertEqual(
            day._entries().mapped("text"),
            ["2026-10-24 22:00:00", "2026-10-25 22:59:00"],
        )
        self.seal()
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "security_incidents.report_logbook_day", day.ids
        )
        sheet = day._sheet()
        self.assertIn(sheet["first"].hash.encode(), html)
        self.assertIn(sheet["point"].token.encode(), html)
        self.assertTrue(base64.b64decode(sheet["qr"]).startswith(b"\x89PNG"))

    def test_writing_costs_the_same_however_long_the_book(self):
        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.note()
            self.env.flush_all()
            return self.cr.sql_log_count - before

        cost()
        first = cost()
        for _n in range(50):
            self.note()
        self.assertEqual(cost(), first)

    def test_who_reads_what(self):
        guard = new_test_user(self.env, "logbook_guard", groups="base.group_portal")
        self.guard.user_id = guard
        entry = self.note()
        self.publish()
        other = self.note(post=self.other_post, shift=None)
        mine = self.Entry.with_user(guard).search([])
        self.assertIn(entry, mine)
        self.assertNotIn(other, mine)
        client = new_test_user(self.env, "logbook_client", groups="base.group_portal")
        self.assertFalse(self.Entry.with_user(client).search([]))
        for user in (guard, self.user):
            with self.assertRaises(AccessError):
                entry.with_user(user).sudo(False)._redact("x")
        with self.assertRaises(AccessError):
            self.env["security.seal.key"].with_user(self.manager).search([])

    def test_the_office_writes(self):
        wizard = (
            self.env["security.logbook.write"]
            .with_user(self.operator)
            .create(
                {
                    "site_id": self.site.id,
                    "category_id": self.env.ref(
                        "security_incidents.logbook_category_visit"
                    ).id,
                    "text": "Livraison",
                    "person_ids": [(0, 0, {"role": "visitor", "name": "Durand"})],
                }
            )
        )
        wizard.action_write()
        entry = self.Entry.search([("text", "=", "Livraison")])
        self.assertEqual(entry.user_id, self.operator)
        self.assertEqual(entry.persons_words, "Visitor: Durand")
        with self.assertRaises(AccessError):
            self.env["security.logbook.write"].with_user(self.user).create({})
