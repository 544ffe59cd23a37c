from odoo import api, fields, models

from ..engine import seal
from ..engine.verify_logbook import GENESIS, digest


class SecuritySealCheckpoint(models.Model):
    """Where a chain stood, signed; kept here and by witnesses who are not us."""

    _name = "security.seal.checkpoint"
    _description = "Signed Checkpoint"
    _inherit = ["security.append.only.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _answered_once = ("sent_at", "sent_to")

    chain = fields.Char(required=True, index=True)
    number = fields.Integer(required=True)
    seq = fields.Integer("Last Entry", required=True)
    hash = fields.Char("Hash of the Last Entry", required=True)
    date = fields.Datetime("Signed On", required=True)
    kid = fields.Char("Key Name", required=True)
    token = fields.Text("Signed Text", required=True)
    company_id = fields.Many2one("res.company", required=True, index=True)
    sent_at = fields.Datetime()
    sent_to = fields.Char()

    _number_unique = models.UniqueIndex(
        "(chain, number)", "This checkpoint was made already."
    )

    @api.depends("number", "date")
    def _compute_display_name(self):
        for point in self:
            point.display_name = self.env._(
                "Checkpoint %(number)s (entry %(entry)s)",
                number=point.number,
                entry=point.seq,
            )

    @api.model
    def _sign(self, chain, company, seq, found):
        """Sign that ``chain`` stands on entry ``seq`` with the hash ``found``."""
        Key, points = self.env["security.seal.key"], self.sudo()
        key = Key._active()
        last = points.search([("chain", "=", chain)], order="number desc", limit=1)
        now = fields.Datetime.now()
        token = seal.checkpoint(
            key._open(),
            key.kid,
            chain,
            (seq, found),
            now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            last.number + 1,
            digest(last.token) if last else GENESIS,
        )
        return points.create(
            {
                "chain": chain,
                "company_id": company.id,
                "number": last.number + 1,
                "seq": seq,
                "hash": found,
                "date": now,
                "kid": key.kid,
                "token": token,
            }
        )
