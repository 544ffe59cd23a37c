from odoo import fields, models


class SecurityLogbookCheck(models.Model):
    """What a verification of a log book found."""

    _name = "security.logbook.check"
    _description = "Verification of a Log Book"
    _order = "date desc, id desc"
    _rec_name = "date"
    _check_company_auto = True

    logbook_id = fields.Many2one(
        "security.logbook", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="logbook_id.company_id", store=True, index=True
    )
    date = fields.Datetime(
        "Verified On", required=True, default=fields.Datetime.now, readonly=True
    )
    user_id = fields.Many2one(
        "res.users", "Verified By", default=lambda self: self.env.uid, readonly=True
    )
    outcome = fields.Selection(
        [("good", "In order"), ("broken", "Altered")], required=True, readonly=True
    )
    entry_count = fields.Integer("Sealed Entries", readonly=True)
    waiting_count = fields.Integer("Not Sealed Yet", readonly=True)
    redacted_count = fields.Integer("Redacted", readonly=True)
    checkpoint_count = fields.Integer("Checkpoints", readonly=True)
    green_until = fields.Integer(
        "In Order Up To", readonly=True, help="Number of the last entry in order."
    )
    confirmed_until = fields.Integer(
        "Signed Up To", readonly=True, help="Last entry that a checkpoint confirms."
    )
    first_broken = fields.Integer("First Broken Entry", readonly=True)
    summary = fields.Char("First Thing Found", readonly=True)
    details = fields.Text("All That Was Found", readonly=True)
    warnings = fields.Text("What to Look After", readonly=True)

    def _keep(self, book, report):
        """Keep a report of the engine, in words."""
        lang = "fr" if (self.env.lang or "").startswith("fr") else "en"
        words = [found.words(lang) for found in report.breaks]
        waiting = [("logbook_id", "=", book.id), ("seq", "=", False)]
        return self.create(
            {
                "logbook_id": book.id,
                "outcome": "broken" if words else "good",
                "entry_count": report.count,
                "waiting_count": self.env["security.logbook.entry"].search_count(
                    waiting
                ),
                "redacted_count": report.redacted,
                "checkpoint_count": report.checkpoints,
                "green_until": report.green_until,
                "confirmed_until": report.confirmed,
                "first_broken": report.first.seq if words else 0,
                "summary": words[0] if words else False,
                "details": "\n".join(words),
                "warnings": "\n".join(self.env["security.seal.key"]._health()),
            }
        )
