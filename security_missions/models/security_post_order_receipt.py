from odoo import fields, models

from ..engine import post_orders


class SecurityPostOrderReceipt(models.Model):
    """A guard has read a version of an order."""

    _name = "security.post.order.receipt"
    _description = "Receipt of a Post Order"
    _inherit = ["security.append.only.mixin"]
    _order = "read_at desc, id desc"
    _check_company_auto = True

    order_id = fields.Many2one(
        "security.post.order", required=True, index=True, ondelete="restrict"
    )
    version_id = fields.Many2one(
        "security.post.order.version", required=True, index=True, ondelete="restrict"
    )
    number = fields.Integer(related="version_id.number", string="Version Read")
    employee_id = fields.Many2one(
        "hr.employee", "Guard", required=True, index=True, ondelete="restrict"
    )
    shift_id = fields.Many2one(
        "security.shift", index="btree_not_null", ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, index=True, precompute=True
    )
    read_at = fields.Datetime("Read On", required=True)

    _once = models.UniqueIndex(
        "(version_id, employee_id, COALESCE(shift_id, 0))",
        "This guard has acknowledged this version already.",
    )

    def _engine_receipts(self):
        return [
            post_orders.Receipt(
                receipt.order_id.id,
                receipt.version_id.number,
                receipt.shift_id.id or None,
            )
            for receipt in self
        ]
