"""Writing in a log book while somebody else writes or seals, on two real connections.

The data is committed, so that both see it, and removed again afterwards.
"""

from psycopg2 import errors

from odoo import SUPERUSER_ID, fields
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import DISABLED_MAIL_CONTEXT
from odoo.addons.security_workforce.models.security_seal_chain_mixin import LOCK

ENTRY = "security_logbook_entry"
# Whoever waits longer than this for a lock fails the test.
PATIENCE = "400ms"


@tagged("post_install", "-at_install")
class TestLogbookConnections(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self.remove)
        with self.registry.cursor() as cr:
            env = self.env_of(cr)
            partner = env["res.partner"].create({"name": "Two Pens"})
            site, untouched = env["security.site"].create(
                [
                    {"name": name, "partner_id": partner.id}
                    for name in ("Two Pens", "New")
                ]
            )
            self.partner, self.site, self.untouched = partner.id, site.id, untouched.id
            self.first = self.note(env, "First").id
            self.book = env["security.logbook"]._of(site).id

    def env_of(self, cr):
        return Environment(cr, SUPERUSER_ID, DISABLED_MAIL_CONTEXT)

    def note(self, env, text, site_id=None):
        site = env["security.site"].browse(site_id or self.site)
        return env["security.logbook.entry"]._note(
            site, "note", fields.Datetime.now(), text=text
        )

    def remove(self):
        """Registers refuse to be deleted, by anybody but the owner of their table."""
        with self.registry.cursor() as cr:
            sites = (self.site, self.untouched)
            books = self.env_of(cr)["security.logbook"]
            for book in books.search([("site_id", "in", sites)]):
                for kind in ("log", "points"):
                    book._witness_path(kind).unlink(missing_ok=True)
            cr.execute(f"ALTER TABLE {ENTRY} DISABLE TRIGGER USER")
            for query, value in (
                (f"DELETE FROM {ENTRY} WHERE site_id IN %s", sites),
                ("DELETE FROM security_logbook WHERE site_id IN %s", sites),
                ("DELETE FROM security_site WHERE id IN %s", sites),
                ("DELETE FROM res_partner WHERE id = %s", self.partner),
            ):
                cr.execute(query, [value])
            cr.execute(f"ALTER TABLE {ENTRY} ENABLE TRIGGER USER")

    def impatient(self):
        """A connection that fails rather than wait for a lock."""
        cr = self.registry.cursor()
        cr.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        return cr

    def test_writing_never_waits_for_the_seal(self):
        with self.registry.cursor() as sealing:
            book = self.env_of(sealing)["security.logbook"].browse(self.book)
            # Numbers and hashes are written, and not committed.
            self.assertEqual(book._seal_batch(), 1)
            with self.impatient() as writing:
                env = self.env_of(writing)
                second = self.note(env, "Second")
                # About the very entry that is being sealed.
                first = env["security.logbook.entry"].browse(self.first)
                right = first._correct("First, put right")
                env.flush_all()
                self.assertFalse(first.seq or second.seq or right.seq)
            # The control: the lock is held, whoever asks for it does wait.
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(errors.LockNotAvailable),
                self.impatient() as other,
            ):
                other.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, self.book])
        with self.registry.cursor() as cr:
            book = self.env_of(cr)["security.logbook"].browse(self.book)
            self.assertEqual(book._seal_all(), 2)
        with self.registry.cursor() as cr:
            env = self.env_of(cr)
            report = env["security.logbook"].browse(self.book)._verify_chain()
            self.assertEqual((report.count, report.breaks), (3, []))

    def test_sealing_never_waits_for_who_writes(self):
        with self.registry.cursor() as writing:
            self.note(self.env_of(writing), "Not committed yet")
            with self.impatient() as sealing:
                book = self.env_of(sealing)["security.logbook"].browse(self.book)
                self.assertEqual(book._seal_batch(), 1)
        with self.registry.cursor() as cr:
            book = self.env_of(cr)["security.logbook"].browse(self.book)
            self.assertEqual(book._seal_all(), 1)
            self.assertFalse(book._verify_chain().breaks)

    def test_two_first_entries_of_a_site(self):
        """The second one clashes, is run again and finds the book of the first."""
        tries = []

        def second():
            tries.append(two)
            self.note(two, "Second", self.untouched)

        with self.registry.cursor() as first, self.registry.cursor() as other:
            two = self.env_of(other)
            # What the second one sees of the database is that of this instant.
            self.assertTrue(two["security.site"].browse(self.untouched).name)
            self.note(self.env_of(first), "First", self.untouched)
            first.commit()
            with mute_logger("odoo.sql_db", "odoo.service.model"):
                retrying(second, two)
        self.assertEqual(len(tries), 2)
        with self.registry.cursor() as cr:
            book = self.env_of(cr)["security.site"].browse(self.untouched).logbook_ids
            self.assertEqual(sorted(book.entry_ids.mapped("text")), ["First", "Second"])
            self.assertEqual(book._seal_all(), 2)
