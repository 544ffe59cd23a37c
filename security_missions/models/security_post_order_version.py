from odoo import fields, models


class SecurityPostOrderVersion(models.Model):
    """The text of an order as it was published, in each language."""

    _name = "security.post.order.version"
    _description = "Version of a Post Order"
    _inherit = ["security.append.only.mixin"]
    _order = "number desc, id desc"
    _rec_name = "number"

    order_id = fields.Many2one(
        "security.post.order", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, index=True, precompute=True
    )
    number = fields.Integer(required=True)
    texts = fields.Json(required=True)
    published_at = fields.Datetime("Published On", required=True)
    published_by_id = fields.Many2one("res.users")

    _number_uniq = models.UniqueIndex(
        "(order_id, number)", "This version was published already: reload the order."
    )

    def _text(self, lang):
        """{"title", "body"} in a language, else in the first one there is."""
        self.ensure_one()
        return self.texts.get(lang) or next(iter(self.texts.values()))
