from odoo import fields, models

ANSWERS = [("check", "Yes or no"), ("number", "Number"), ("text", "Text")]


class SecurityHandoverItem(models.Model):
    """What is checked when one guard relieves another at a post."""

    _name = "security.handover.item"
    _description = "Item to Hand Over"
    _inherit = ["security.placed.mixin"]
    _order = "sequence, id"
    _check_company_auto = True
    _place_field = "post_id"

    post_id = fields.Many2one(
        "security.post", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="post_id.company_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    answer = fields.Selection(ANSWERS, required=True, default="check")
    expected = fields.Float(help="The number that should be found, 0: any.")
