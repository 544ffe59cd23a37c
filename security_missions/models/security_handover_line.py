from odoo import api, fields, models

from .security_handover_item import ANSWERS


class SecurityHandoverLine(models.Model):
    """One item handed over, as it was found."""

    _name = "security.handover.line"
    _description = "Line of a Relief"
    _order = "sequence, id"

    handover_id = fields.Many2one(
        "security.handover", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="handover_id.company_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    item_id = fields.Many2one(
        "security.handover.item", index="btree_not_null", ondelete="set null"
    )
    name = fields.Char(required=True)
    answer = fields.Selection(ANSWERS, required=True, default="check")
    expected = fields.Float()
    is_ok = fields.Boolean("In Order")
    number = fields.Float("Found")
    comment = fields.Char()
    differs = fields.Boolean(compute="_compute_differs", store=True)

    @api.depends("answer", "is_ok", "number", "expected")
    def _compute_differs(self):
        for line in self:
            if line.answer == "check":
                line.differs = not line.is_ok
            else:
                line.differs = bool(
                    line.answer == "number"
                    and line.expected
                    and line.number != line.expected
                )
