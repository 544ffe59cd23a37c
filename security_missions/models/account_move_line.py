from collections import Counter

from odoo import Command, fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # Not copied: a duplicated invoice bills nothing that was worked. A credit note
    # takes them along through the hook below.
    security_work_line_ids = fields.Many2many(
        "security.work.line",
        "security_work_line_account_move_line_rel",
        "move_line_id",
        "work_line_id",
        "Approved Work",
        copy=False,
        readonly=True,
    )

    def _copy_data_extend_business_fields(self, values):
        values["security_work_line_ids"] = [
            Command.set(self.security_work_line_ids.ids)
        ]
        return super()._copy_data_extend_business_fields(values)

    def _billed_work_lines(self):
        """Work lines these invoice lines bill, less those that were credited."""
        balance = Counter()
        for line in self.filtered(lambda line: line.parent_state != "cancel"):
            sign = -1 if line.move_id.reversed_entry_id else 1
            for work_line in line.security_work_line_ids:
                balance[work_line] += sign
        billed = [work_line.id for work_line, count in balance.items() if count > 0]
        return self.env["security.work.line"].browse(billed)
