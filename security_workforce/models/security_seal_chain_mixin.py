import fcntl
import logging
import os
import uuid
from pathlib import Path

from psycopg2 import errors
from psycopg2.extras import execute_values

from odoo import fields, models
from odoo.tools import SQL, config

from ..engine import seal
from ..engine.verify_logbook import FORMAT, GENESIS, NOT_OURS, Entry, verify

_logger = logging.getLogger(__name__)
# First key of the advisory locks; the second one is the chain.
LOCK = 19_1352
BATCH = 1000
LINE = 65
TRIES = 3
# Rows that are fetched at a time when a whole chain is read.
PAGE = 2000


class SecuritySealChainMixin(models.AbstractModel):
    """Owner of a chain: seals its rows, signs checkpoints, verifies."""

    _name = "security.seal.chain.mixin"
    _description = "Chain of Seals"

    # Model of the rows, which inherits security.sealed.mixin.
    _entry_model = None

    chain = fields.Char(
        "Chain Name",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        default=lambda self: str(uuid.uuid4()),
    )

    # ------------------------------------------------------------
    # SEAL
    # ------------------------------------------------------------

    def _seal_all(self):
        """Seal what waits, in transactions of their own; how many rows were sealed.

        Somebody else may seal the same chain: what was read before he let go of the
        lock is out of date, PostgreSQL says so, and the batch starts again.
        """
        self.ensure_one()
        total = 0
        while True:
            done = self._seal_one_batch()
            total += done
            if done < BATCH:
                return total

    def _seal_one_batch(self):
        for last_try in (False,) * (TRIES - 1) + (True,):
            try:
                with self.env.registry.cursor() as cr:
                    done = self.with_env(self.env(cr=cr))._seal_batch()
            except (errors.SerializationFailure, errors.UniqueViolation):
                if last_try:
                    raise
            else:
                # Only what is committed is witnessed.
                with self.env.registry.cursor() as cr:
                    self.with_env(self.env(cr=cr))._witness()
                return done
        return 0

    def _seal_batch(self):
        """Seal up to ``BATCH`` rows; the first statement of its transaction locks."""
        cr, rows = self.env.cr, self.env[self._entry_model]
        cr.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, self.id])
        pending = self._rows("e.seq IS NULL ORDER BY e.id LIMIT %s", BATCH)
        if not pending:
            return 0
        last, prev = self._last_sealed()
        # A row may point to one that gets its number in this very batch.
        numbers = {row["id"]: last + n for n, row in enumerate(pending, 1)}
        for row in pending:
            row["target"] = row["target"] or numbers.get(row["target_id"])
        sealed = seal.seal(prev, last, map(rows._seal_head, pending))
        execute_values(
            cr._obj,
            f"UPDATE {rows._table} e SET seq = v.seq, prev_hash = v.prev,"
            " hash = v.hash, sealed_at = v.at FROM (VALUES %s)"
            " AS v(id, seq, prev, hash, at) WHERE e.id = v.id",
            [
                (row["id"], *found[:3], fields.Datetime.now())
                for row, found in zip(pending, sealed, strict=True)
            ],
        )
        rows.invalidate_model(["seq", "prev_hash", "hash", "sealed_at"])
        return len(pending)

    def _last_sealed(self):
        """(number, hash) of the last sealed row."""
        rows = self.env[self._entry_model]
        self.env.cr.execute(
            f"SELECT seq, hash FROM {rows._table} WHERE {rows._chain_field} = %s"
            " AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1",
            [self.id],
        )
        return self.env.cr.fetchone() or (0, GENESIS)

    def _rows(self, where, *values):
        """Rows of the chain as dicts, past the ORM: its cache is what an altered row
        would hide behind, and 100,000 records do not fit in it."""
        self.env.cr.execute(self._select(where), [self.id, *values])
        return self.env.cr.dictfetchall()

    def _select(self, where):
        """Query of what is sealed of the rows; its first value is the chain's id."""
        rows = self.env[self._entry_model]
        columns = dict.fromkeys(
            (
                *("id", "seq", "prev_hash", "hash", "salt", "commitment", "target_id"),
                *rows._head_columns,
                *rows._personal,
            )
        )
        return (
            f"SELECT {', '.join(f'e.{name}' for name in columns)}, t.seq AS target"
            f" FROM {rows._table} e LEFT JOIN {rows._table} t ON t.id = e.target_id"
            f" WHERE e.{rows._chain_field} = %s AND {where}"
        )

    def _stream(self):
        """Sealed rows as dicts in the order of their numbers, from one query that is
        read as it is consumed: a chain is sorted once and never held whole."""
        cr, name = self.env.cr, SQL.identifier(f"seal_{uuid.uuid4().hex}")
        query = SQL(self._select("e.seq IS NOT NULL ORDER BY e.seq, e.id"), self.id)
        cr.execute(SQL("DECLARE %s NO SCROLL CURSOR FOR %s", name, query))
        while True:
            cr.execute(SQL("FETCH %s FROM %s", PAGE, name))
            names, page = [column.name for column in cr.description], cr.fetchall()
            for row in page:
                yield dict(zip(names, row, strict=True))
            if len(page) < PAGE:
                break
        cr.execute(SQL("CLOSE %s", name))

    def _sign_checkpoint(self):
        """Sign where the chain stands, unless it was done; the checkpoint or none."""
        self.ensure_one()
        Checkpoint = self.env["security.seal.checkpoint"]
        seq, found = self._last_sealed()
        made = [("chain", "=", self.chain), ("seq", "=", seq)]
        if not seq or Checkpoint.sudo().search_count(made, limit=1):
            return Checkpoint
        try:
            return Checkpoint._sign(self.chain, self.company_id, seq, found)
        except seal.SealError:
            # The entries are sealed all the same; the health of the key says it.
            _logger.exception("No checkpoint can be signed.")
            return Checkpoint

    # ------------------------------------------------------------
    # WITNESS: a file that SQL does not reach
    # ------------------------------------------------------------

    def _witness_path(self, kind="log"):
        """``log``: the hash of each entry; ``points``: the signed checkpoints."""
        folder = Path(config.filestore(self.env.cr.dbname)) / "security_seal"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{self.chain}.{kind}"

    def _witness(self):
        """Add what the files do not have yet, once it is committed; no line is ever
        written again."""
        rows = self.env[self._entry_model]
        hashes = SQL(
            "SELECT hash FROM %s WHERE %s = %s AND seq IS NOT NULL ORDER BY seq",
            SQL.identifier(rows._table),
            SQL.identifier(rows._chain_field),
            self.id,
        )
        tokens = SQL(
            "SELECT token FROM security_seal_checkpoint WHERE chain = %s"
            " ORDER BY number",
            self.chain,
        )
        try:
            self._witness_file("log", hashes)
            self._witness_file("points", tokens)
        except OSError:
            # The seal itself stands: a full disk must not stop the log.
            _logger.exception("The witness file of a chain was not written.")

    def _witness_file(self, kind, query):
        with self._witness_path(kind).open("ab+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            known = file.tell() // LINE if kind == "log" else self._lines(file)
            self.env.cr.execute(SQL("%s OFFSET %s", query, known))
            lines = "".join(f"{found}\n" for (found,) in self.env.cr.fetchall())
            file.write(lines.encode())
            file.flush()
            os.fsync(file.fileno())

    def _lines(self, file):
        file.seek(0)
        return sum(1 for _line in file)

    def _witnessed(self, kind="log"):
        """What a file holds, the oldest first."""
        path = self._witness_path(kind)
        return path.read_text().split() if path.exists() else []

    # ------------------------------------------------------------
    # VERIFY
    # ------------------------------------------------------------

    def _entries(self):
        """Sealed rows as the engine verifies them, in the order of their numbers."""
        rows = self.env[self._entry_model]
        for row in self._stream():
            try:
                head = rows._seal_head(row)
            except NOT_OURS:
                # A column was given what no entry holds: it has no seal.
                head = {}
            head["seq"] = row["seq"]
            yield Entry(
                row["seq"],
                row["prev_hash"] or "",
                row["hash"] or "",
                head,
                row["salt"],
                rows._seal_content(row),
            )

    def _tokens(self):
        points = self.env["security.seal.checkpoint"].sudo()
        found = points.search_fetch(
            [("chain", "=", self.chain)], ["token"], order="number, id"
        )
        return [point.token or "" for point in found]

    def _export(self):
        """All that the stand-alone verifier needs, with public keys only."""
        self.ensure_one()
        return {
            "format": FORMAT,
            "chain": self.chain,
            "name": self.display_name,
            "entries": [entry._asdict() for entry in self._entries()],
            "checkpoints": self._tokens(),
            "keys": self.env["security.seal.key"]._trusted(),
        }

    def _photo_digests(self):
        """Function (entry number) -> SHA-256 of its photos, or None if it has none."""
        return None

    def _verify_chain(self, witnessed=True):
        """Report on the whole chain (``engine.verify_logbook.Report``).

        :param witnessed: compare with the file that was written beside, too
        """
        self.ensure_one()
        self.env.flush_all()
        return verify(
            self._entries(),
            self._tokens(),
            self.env["security.seal.key"]._trusted(),
            self.chain,
            self._witnessed("points") if witnessed else (),
            self._witnessed() if witnessed else (),
            photos=self._photo_digests(),
        )
