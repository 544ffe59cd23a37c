from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import hmac

# Rows are worth nothing once the longest window has passed.
KEPT = timedelta(days=1)


class SecurityThrottle(models.Model):
    """Wrong guesses of codes and tokens, counted for all processes and restarts.

    Written on a cursor of its own: the refusal that follows rolls the request back.
    """

    _name = "security.throttle"
    _description = "Wrong Guess"
    _log_access = False

    # What was guessed and by whom, as a keyed hash: no address is stored.
    fingerprint = fields.Char(required=True, readonly=True)
    noted_at = fields.Datetime(required=True, readonly=True)

    _fingerprint_idx = models.Index("(fingerprint, noted_at)")

    @api.model
    def _note(self, purpose, *identities):
        """One more wrong guess by each of ``identities`` (address, device, user)."""
        now = fields.Datetime.now()
        rows = [
            {"fingerprint": self._fingerprint(purpose, identity), "noted_at": now}
            for identity in identities
            if identity
        ]
        with self.env.registry.cursor() as cr:
            self.with_env(self.env(cr=cr)).sudo().create(rows)

    @api.model
    def _must_wait(self, purpose, *identities, tries=5, minutes=15):
        """Whether one of ``identities`` was wrong ``tries`` times lately."""
        since = fields.Datetime.now() - timedelta(minutes=minutes)
        prints = [self._fingerprint(purpose, who) for who in identities if who]
        # sudo: nobody reads this table.
        counts = self.sudo()._read_group(
            [("fingerprint", "in", prints), ("noted_at", ">", since)],
            ["fingerprint"],
            ["__count"],
        )
        return any(count >= tries for __, count in counts)

    def _fingerprint(self, purpose, identity):
        return hmac(self.env(su=True), "security.throttle", (purpose, identity))

    @api.autovacuum
    def _gc_old(self):
        limit = fields.Datetime.now() - KEPT
        self.sudo().search([("noted_at", "<", limit)]).unlink()
