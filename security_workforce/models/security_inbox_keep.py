import json
from datetime import datetime

from odoo import models
from odoo.tools import SQL

COLUMNS = (
    *("device_id", "employee_id", "company_id", "uuid", "number", "kind", "payload"),
    *("digest", "device_time", "happened_at", "received_at", "skew", "state"),
    *("message", "create_uid", "write_uid", "create_date", "write_date"),
)


class SecurityInbox(models.Model):
    """Facts are kept once, all those of a request in one statement."""

    _inherit = "security.inbox"

    def _keep(self, rows):
        """Insert what is new; each row learns its ``id``, 0 when it was there.

        A row under a known identity with another content is kept as a conflict.
        """
        for row in rows:
            row.update(
                id=0,
                create_uid=self.env.uid,
                write_uid=self.env.uid,
                create_date=row["received_at"],
                write_date=row["received_at"],
            )
        self._insert(rows)
        others = [row for row in rows if not row["id"]]
        self._insert(others, state="conflict")
        self.invalidate_model()

    def _insert(self, rows, **changes):
        """Rows that the table takes get their ``id`` and ``changes``; in one statement,
        whatever their number, and in their order."""
        if not rows:
            return
        # Two requests, or two rows of this one, with the same fact: the first wins.
        self.env.cr.execute(
            SQL(
                """INSERT INTO security_inbox (%(columns)s)
                SELECT %(columns)s
                FROM jsonb_populate_recordset(NULL::security_inbox, %(rows)s)
                    WITH ORDINALITY AS told
                WHERE NOT EXISTS (SELECT FROM security_inbox kept WHERE
                    kept.device_id = told.device_id AND kept.uuid = told.uuid
                    AND kept.digest = told.digest)
                ORDER BY told.ordinality
                ON CONFLICT DO NOTHING RETURNING uuid, digest, id""",
                columns=SQL(", ").join(map(SQL.identifier, COLUMNS)),
                rows=json.dumps([_stored(row | changes) for row in rows]),
            )
        )
        made = {
            (uuid, digest): row_id for uuid, digest, row_id in self.env.cr.fetchall()
        }
        for row in rows:
            if row_id := made.pop((row["uuid"], row["digest"]), None):
                row.update(changes, id=row_id)


def _stored(row):
    """What of a row goes into the table, in JSON types."""
    return {
        name: str(row[name]) if isinstance(row[name], datetime) else row[name]
        for name in COLUMNS
    }
