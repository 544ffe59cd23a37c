"""Who may write SQL and switch the triggers off alters a sealed log book: it is found.

A short run by default; SECURITY_TAMPERINGS=1000 is the long one, which prints what it
counted. Each tampering is taken back before the next one.
"""

import logging
import os
import random
from collections import Counter

from odoo.tests import tagged

from odoo.addons.security_workforce.engine import seal
from odoo.addons.security_workforce.engine.verify_logbook import (
    GENESIS,
    commit,
    digest,
    leaf,
    verify,
    verify_export,
)

from .test_logbook import LogbookCommon

_logger = logging.getLogger(__name__)
COUNT = int(os.environ.get("SECURITY_TAMPERINGS", "36"))
SEED = int(os.environ.get("SECURITY_TAMPERINGS_SEED", "5"))
ENTRIES, EVERY = 60, 6
ENTRY = "security_logbook_entry"
# What a chain alone cannot see.
UNSEEN_BY_A_CHAIN = {
    "rehash",
    "inserted",
    "truncated",
    "truncated_with_checkpoints",
    "checkpoint_removed",
    "checkpoint_last_removed",
    "checkpoint_forged",
    "resigned",
}


@tagged("post_install", "-at_install")
class TestTampering(LogbookCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kinds = sorted(
            name.removeprefix("tamper_") for name in dir(cls) if name[:7] == "tamper_"
        )

    def setUp(self):
        super().setUp()
        for number in range(ENTRIES):
            photos = [self.photo((8 + number, 9))] if number % 5 == 0 else []
            self.note(f"Ronde {number}", photos=photos)
            if number % EVERY == EVERY - 1:
                self.seal()
                self.book._checkpoint()
                self.book._witness()
            if number == EVERY - 1:
                target = self.Entry.browse(self.id_of(3))
                target.with_user(self.compliance)._redact("Droit à l'effacement")
        self.seal()
        self.book._checkpoint()
        self.book._witness()
        self.sql(f"ALTER TABLE {ENTRY} DISABLE TRIGGER USER")
        self.sql("ALTER TABLE security_seal_checkpoint DISABLE TRIGGER USER")
        self.sql("DROP INDEX security_logbook_entry_seq_unique")
        self.picked = random.Random(SEED)

    # ------------------------------------------------------------
    # Twelve classes and more; each says where the first broken entry is
    # ------------------------------------------------------------

    def set_at(self, at, assignment, *values):
        self.sql(
            f"UPDATE {ENTRY} SET {assignment} WHERE logbook_id = %s AND seq = %s",
            *values,
            self.book.id,
            at,
        )

    def tamper_content(self, at):
        self.set_at(at, "text = text || %s", self.picked.choice((".", " ", "x")))
        return at

    def tamper_persons(self, at):
        self.set_at(at, "persons = %s", '[{"role": "suspect", "name": "Z"}]')
        return at

    def tamper_author(self, at):
        self.set_at(at, "user_id = 1, employee_id = NULL")
        return at

    def tamper_time(self, at):
        name = self.picked.choice(("happened_at", "entered_at", "received_at"))
        self.set_at(at, f"{name} = {name} + interval '1 second'")
        return at

    def tamper_place(self, at):
        self.set_at(at, "post_id = %s", self.other_post.id)
        return at

    def tamper_unreadable(self, at):
        """What stops whoever reads it is no way to stop the verification."""
        broken = self.picked.choice(("x", "[NaN]", "[1, null]", "5", '{"a": 1}'))
        self.set_at(at, "photo_hashes = %s", broken)
        return at

    def tamper_removed(self, at):
        at = min(at, ENTRIES - 1)
        self.cut(f"seq = {at}")
        return at

    def tamper_swapped(self, at):
        at = min(at, ENTRIES - 1)
        self.set_at(at, "seq = -1")
        self.set_at(at + 1, "seq = %s", at)
        self.set_at(-1, "seq = %s", at + 1)
        return at

    def tamper_salt(self, at):
        self.set_at(at, "salt = %s", seal.new_salt())
        return at

    def tamper_erased(self, at):
        self.set_at(at, "salt = NULL, text = NULL, persons = NULL, author_name = NULL")
        return at

    def tamper_unsealed(self, at):
        at = min(at, ENTRIES - 1)
        self.set_at(at, "seq = NULL, hash = NULL, prev_hash = NULL")
        return at

    def tamper_photo(self, at):
        at = self.picked.choice(range(12, ENTRIES, 5))
        file = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "security.logbook.entry"),
                ("res_id", "=", self.id_of(at)),
            ]
        )
        other = self.env["ir.attachment"].create(
            {"name": "o", "raw": self.photo((99, 98 + at))}
        )
        self.sql(
            "UPDATE ir_attachment SET store_fname = %s, db_datas = %s WHERE id = %s",
            other.store_fname or None,
            other.db_datas or None,
            file.id,
        )
        return at

    def tamper_rehash(self, at):
        self.set_at(at, "text = 'Rien'")
        self.rehash(at)
        return at

    def tamper_inserted(self, at):
        self.sql(
            f"UPDATE {ENTRY} SET seq = seq + 1 WHERE logbook_id = %s AND seq >= %s",
            self.book.id,
            at,
        )
        columns = ", ".join(
            name
            for name, field in self.Entry._fields.items()
            if field.store and field.column_type and name not in ("id", "seq", "uuid")
        )
        self.sql(
            f"INSERT INTO {ENTRY} ({columns}, seq, uuid) SELECT {columns}, %s,"
            f" gen_random_uuid()::text FROM {ENTRY} WHERE logbook_id = %s AND seq = %s",
            at,
            self.book.id,
            at + 1,
        )
        # Those of the entry that was copied are not with this one.
        self.set_at(at, "photo_hashes = NULL")
        self.rehash(at)
        return at

    def tamper_truncated(self, at):
        self.cut(f"seq >= {at}")
        return at

    def tamper_truncated_with_checkpoints(self, at):
        self.cut(f"seq >= {at}")
        self.sql(
            "DELETE FROM security_seal_checkpoint WHERE chain = %s AND seq >= %s",
            self.book.chain,
            at,
        )
        return at

    def tamper_checkpoint_removed(self, at):
        number = self.picked.randrange(1, ENTRIES // EVERY)
        self.sql(
            "DELETE FROM security_seal_checkpoint WHERE chain = %s AND number = %s",
            self.book.chain,
            number,
        )
        return ("checkpoint_removed", number)

    def tamper_checkpoint_last_removed(self, at):
        last = self.env["security.seal.checkpoint"].search(
            [("chain", "=", self.book.chain)], order="number desc", limit=1
        )
        number = last.number
        self.sql("DELETE FROM security_seal_checkpoint WHERE id = %s", last.id)
        return ("checkpoint_removed", number)

    def tamper_checkpoint_forged(self, at):
        number = self.picked.randrange(1, ENTRIES // EVERY)
        self.sql(
            "UPDATE security_seal_checkpoint SET token = left(token, -9) || 'AAAAAAAAA'"
            " WHERE chain = %s AND number = %s",
            self.book.chain,
            number,
        )
        return ("checkpoint_forged", number)

    def tamper_resigned(self, at):
        """All sealed anew and signed with a key of one's own, put in the table."""
        self.tamper_rehash(at)
        secret = b"of the forger"
        kid, public, wrapped = seal.new_key(secret)
        self.sql(
            "INSERT INTO security_seal_key (kid, public_key, state, endorsement)"
            " VALUES (%s, %s, 'retired', %s)",
            kid,
            public,
            seal.endorse(secret, public),
        )
        private, before = seal.open_key(wrapped, secret), GENESIS
        points = self.env["security.seal.checkpoint"].search(
            [("chain", "=", self.book.chain)], order="number"
        )
        hashes = dict(self.hashes())
        for point in points:
            token = seal.checkpoint(
                private,
                kid,
                self.book.chain,
                (point.seq, hashes[point.seq]),
                "2026-11-27T00:00:00Z",
                point.number,
                before,
            )
            before = digest(token)
            self.sql(
                "UPDATE security_seal_checkpoint SET token = %s, kid = %s"
                " WHERE id = %s",
                token,
                kid,
                point.id,
            )
        return at

    # ------------------------------------------------------------
    # Helpers of the forger
    # ------------------------------------------------------------

    def id_of(self, at):
        return self.Entry.search(
            [("logbook_id", "=", self.book.id), ("seq", "=", at)], limit=1
        ).id

    def cut(self, which):
        """Delete, and whatever points to what is deleted is let go of."""
        self.sql(
            f"UPDATE {ENTRY} SET target_id = NULL WHERE target_id IN (SELECT id FROM"
            f" {ENTRY} WHERE logbook_id = %s AND {which})",
            self.book.id,
        )
        self.sql(f"DELETE FROM {ENTRY} WHERE logbook_id = %s AND {which}", self.book.id)

    def hashes(self):
        self.env.cr.execute(
            f"SELECT seq, hash FROM {ENTRY} WHERE logbook_id = %s AND seq IS NOT NULL",
            [self.book.id],
        )
        return self.env.cr.fetchall()

    def rehash(self, start):
        """Commit and chain again from an entry on, as the server would."""
        prev = GENESIS
        for entry in list(self.book._entries()):
            if entry.seq >= start:
                head = dict(entry.head)
                if entry.salt:
                    head["commitment"] = commit(entry.salt, entry.content)
                found = leaf(prev, head)
                self.set_at(
                    entry.seq,
                    "commitment = %s, prev_hash = %s, hash = %s",
                    head["commitment"],
                    prev,
                    found,
                )
                prev = found
            else:
                prev = entry.hash

    # ------------------------------------------------------------
    # Tests
    # ------------------------------------------------------------

    def test_each_tampering_is_found_and_a_chain_alone_misses_some(self):
        self.assertFalse(self.verify().breaks)
        witness = self.book._tokens()
        found, missed, by_export = Counter(), Counter(), Counter()
        for number in range(COUNT):
            kind = self.kinds[number % len(self.kinds)]
            at = self.picked.randrange(9, ENTRIES + 1)
            self.env.cr.execute("SAVEPOINT tampering")
            expected = getattr(self, f"tamper_{kind}")(at)
            report = self.verify()
            self.assertTrue(report.breaks, f"{kind} at {at} was not found")
            if isinstance(expected, tuple):
                said = {(b.code, b.number) for b in report.breaks}
                self.assertIn(expected, said, kind)
            else:
                self.assertEqual(report.first.seq, expected, (kind, report.breaks[:3]))
            self.assertTrue(report.first.words("fr"))
            found[kind] += 1
            keys = self.env["security.seal.key"]._trusted()
            by_export[kind] += bool(
                verify_export(self.book._export(), keys, witness).breaks
            )
            alone = verify(self.book._entries(), photos=self.book._photo_digests())
            missed[kind] += not alone.breaks
            self.env.cr.execute("ROLLBACK TO SAVEPOINT tampering")
            self.env.invalidate_all()
        _logger.info(
            "Tamperings found: %s of %s over %s classes; by the export with the public "
            "key and the mails: %s; missed by a chain without checkpoints: %s. %s",
            *(found.total(), COUNT, len(self.kinds)),
            *(by_export.total(), missed.total()),
            ", ".join(f"{kind}: {times}" for kind, times in found.items()),
        )
        self.assertGreaterEqual(len(self.kinds), 12)
        for kind, times in found.items():
            unseen = kind in UNSEEN_BY_A_CHAIN
            self.assertEqual(missed[kind], times if unseen else 0, kind)
            # The pictures are beside the export.
            self.assertEqual(by_export[kind], 0 if kind == "photo" else times, kind)
        self.assertFalse(self.verify().breaks)
