from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    service_type = fields.Selection(
        selection_add=[("security_shift", "Approved hours of guards")],
        ondelete={"security_shift": "set manual"},
    )
    security_activity_id = fields.Many2one(
        "security.activity",
        "Activity",
        help="Posts made from this product ask for a card with this activity.",
    )
