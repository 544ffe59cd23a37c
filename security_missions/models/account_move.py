from odoo import api, fields, models

from ..engine.pricing import allocate


class AccountMove(models.Model):
    _inherit = "account.move"

    has_security_work = fields.Boolean(compute="_compute_has_security_work")

    @api.depends("invoice_line_ids.security_work_line_ids")
    def _compute_has_security_work(self):
        for move in self:
            move.has_security_work = bool(move.invoice_line_ids.security_work_line_ids)

    def _security_annex_rows(self):
        """What was worked for this invoice: [(work line or empty, label, amount)].

        One row per work line, whose amount joins its share of the base line and of
        each premium, then one row per invoice line that bills no work. The amounts
        are in the currency of the invoice and add up to its untaxed total exactly.
        """
        self.ensure_one()
        amounts = {}
        others = []
        for line in self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        ):
            # Not price_subtotal, rounded line by line: what is left of the rounding
            # of the whole invoice is in the journal items only.
            billed = self.currency_id.round(line.amount_currency * self.direction_sign)
            work_lines = line.security_work_line_ids.sudo()
            hours = work_lines.mapped("hours")
            if not round(sum(hours), 6):
                others.append((work_lines.browse(), line.name, billed))
                continue
            shares = allocate(billed, hours, self.currency_id.rounding)
            for work_line, share in zip(work_lines, shares, strict=True):
                amounts[work_line] = amounts.get(work_line, 0.0) + share
        worked = sorted(
            amounts, key=lambda line: (line.date_start, line.post_id.id, line.id)
        )
        return [(line, line.kind, amounts[line]) for line in worked] + others
