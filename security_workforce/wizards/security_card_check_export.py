import base64
import csv
import io

from odoo import api, fields, models
from odoo.tools import format_date


class SecurityCardCheckExport(models.TransientModel):
    """The list of cards to look up, which comes back through the import."""

    _name = "security.card.check.export"
    _description = "List for the Checker"

    card_ids = fields.Many2many("security.card", required=True, readonly=True)
    file = fields.Binary(compute="_compute_file")

    @api.depends("card_ids")
    def _compute_file(self):
        for export in self:
            # With its mark, so that spreadsheets read the accents.
            export.file = base64.b64encode(export._content().encode("utf-8-sig"))

    def _content(self):
        """The file as text: one line per card; the last columns are to be filled."""
        self.ensure_one()
        target = io.StringIO()
        writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
        writer.writerow(
            [
                self.env._("Surname"),
                self.env._("Guard"),
                self.env._("NUB"),
                self.env._("Number"),
                self.env._("Activity"),
                self.env._("Valid until"),
                self.env._("Last verified on"),
                self.env._("Result"),
                self.env._("Date"),
                self.env._("Method"),
                self.env._("Note"),
            ]
        )
        for card in self.card_ids.sorted(lambda c: (c._surname(), c.id)):
            writer.writerow(map(_harmless, self._line(card)))
        return target.getvalue()

    def _line(self, card):
        verified = card.last_check_date
        return [
            card._surname(),
            card.employee_id.sudo().name,
            card.nub,
            card.number,
            card.activity_id.code,
            format_date(self.env, card.date_expiry),
            verified
            and format_date(
                self.env, fields.Datetime.context_timestamp(self, verified).date()
            ),
            *[""] * 4,
        ]

    def _action_download(self):
        self.ensure_one()
        name = self.env._("cards-to-verify")
        day = fields.Date.context_today(self)
        return {
            "type": "ir.actions.act_url",
            "target": "download",
            "url": f"/web/content/{self._name}/{self.id}/file/{name}-{day}.csv"
            "?download=true",
        }


def _harmless(value):
    """A text that a spreadsheet does not take for a formula."""
    text = str(value or "")
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
