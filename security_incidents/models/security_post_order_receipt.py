from odoo import api, models


class SecurityPostOrderReceipt(models.Model):
    """That a guard has read the orders of his post is an entry of the log book."""

    _inherit = "security.post.order.receipt"

    @api.model_create_multi
    def create(self, vals_list):
        receipts = super().create(vals_list)
        on_post = receipts.sudo().filtered("shift_id")
        if notes := [receipt._log_note() for receipt in on_post]:
            self.env["security.logbook.entry"]._note_many(notes)
        return receipts

    def _log_note(self):
        shift = self.shift_id
        lang = shift.company_id.partner_id.lang or self.env.lang
        receipt = self.with_context(lang=lang)
        return {
            "site": shift.site_id,
            "kind": "order",
            "at": self.read_at,
            "shift": shift,
            "employee": self.employee_id,
            "text": receipt.env._(
                "%(guard)s has read “%(order)s”, version %(number)s.",
                guard=receipt.employee_id.name,
                order=receipt.order_id.display_name,
                number=receipt.number,
            ),
        }
