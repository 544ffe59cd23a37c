import random

from psycopg2.errors import LockNotAvailable

from odoo import api, models
from odoo.tools import SQL, config

# Names the locks of PostgreSQL that stand for the places.
PLACES_LOCK = 1_936_029_303
PLACES = "security_workforce.phones_at_once"
# Milliseconds that one waits for a place: long beside the hearing of one phone.
LONGEST_WAIT = 2000


class SecurityInbox(models.Model):
    """How many phones are heard at once.

    After a cut of the network all of them speak together. Heard together they would
    keep every process busy, and the office would wait behind them: most come back soon.
    """

    _inherit = "security.inbox"

    @api.model
    def _has_turn(self):
        """Take a place until the end of this transaction; False: none is free.

        The places are counted by PostgreSQL, for all processes of the server. Some wait
        for theirs, so that none is ever empty while phones stand at the door.
        """
        places = self._places()
        if self._take_one_of(1, places):
            return True
        seats = max(0, config["workers"] - places) // 2
        return self._take_one_of(-seats, -1) and self._waits_for(
            random.randint(1, places)
        )

    @api.model
    def _take_one_of(self, first, last):
        """Take one of these locks, if one is free."""
        self.env.cr.execute(
            SQL(
                """SELECT place FROM generate_series(%s, %s) AS place
                WHERE pg_try_advisory_xact_lock(%s, place) LIMIT 1""",
                first,
                last,
                PLACES_LOCK,
            )
        )
        return bool(self.env.cr.rowcount)

    @api.model
    def _waits_for(self, place):
        """Whether whoever has this place left it in time."""
        lock = SQL("SELECT pg_advisory_xact_lock(%s, %s)", PLACES_LOCK, place)
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(SQL("SET LOCAL lock_timeout = %s", LONGEST_WAIT))
                self.env.cr.execute(lock, log_exceptions=False)
                self.env.cr.execute("SET LOCAL lock_timeout = DEFAULT")
        except LockNotAvailable:
            return False
        return True

    @api.model
    def _places(self):
        """Half of the processes, so that the office finds one that is free.

        One process has no gain from hearing two. ``PLACES`` in the system parameters
        says otherwise.
        """
        # sudo: guards read no parameters.
        told = self.env["ir.config_parameter"].sudo().get_param(PLACES) or ""
        most = int(told) if told.isdecimal() else config["workers"] // 2
        return max(1, most)
