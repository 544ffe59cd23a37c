from odoo import fields, models

from .security_card_check_import_line import check_choices


class SecurityCardCheckBatch(models.TransientModel):
    """One result for several cards that were looked up together."""

    _name = "security.card.check.batch"
    _description = "Record Verifications"

    card_ids = fields.Many2many("security.card", string="Cards", required=True)
    method = fields.Selection(
        check_choices("method"),
        required=True,
        default="directory",
    )
    result = fields.Selection(
        check_choices("result"),
        required=True,
    )
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    note = fields.Text()
    attachment_ids = fields.Many2many("ir.attachment", string="Proof")

    def action_confirm(self):
        """Record one verification for each card."""
        self.ensure_one()
        self.env["security.card.check"].create(
            [
                {
                    "card_id": card.id,
                    "method": self.method,
                    "result": self.result,
                    "date": self.date,
                    "note": self.note,
                    # Each line has its own copy: one file belongs to one line.
                    "attachment_ids": [
                        fields.Command.link(proof.copy().id)
                        for proof in self.attachment_ids
                    ],
                }
                for card in self.card_ids
            ]
        )
        return {"type": "ir.actions.act_window_close"}
