from odoo import api, models
from odoo.tools import SQL, config

# Names the locks of PostgreSQL that stand for the places.
PLACES_LOCK = 1_936_029_303
PLACES = "security_workforce.phones_at_once"


class SecurityInbox(models.Model):
    """How many phones are heard at once.

    After a cut of the network all of them speak together. Heard together they would
    keep every process busy, and the office would wait behind them: most come back soon.
    """

    _inherit = "security.inbox"

    @api.model
    def _has_turn(self):
        """Take a place until the end of this transaction; False: none is free.

        The places are counted by PostgreSQL, for all processes of the server.
        """
        self.env.cr.execute(
            SQL(
                """SELECT place FROM generate_series(1, %s) AS place
                WHERE pg_try_advisory_xact_lock(%s, place) LIMIT 1""",
                self._places(),
                PLACES_LOCK,
            )
        )
        return bool(self.env.cr.rowcount)

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
