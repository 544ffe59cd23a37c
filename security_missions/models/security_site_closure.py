from odoo import fields, models


class SecuritySiteClosure(models.Model):
    """Days on which a site, or one of its posts, needs nobody: a holiday, works, a
    suspended contract."""

    _name = "security.site.closure"
    _description = "Closed Days of a Site"
    _inherit = ["security.placed.mixin"]
    _order = "date_from desc, id"
    _check_company_auto = True
    _place_field = "site_id"

    name = fields.Char("Reason", required=True)
    site_id = fields.Many2one(
        "security.site",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="site_id.company_id", store=True, index=True, precompute=True
    )
    post_id = fields.Many2one(
        "security.post",
        "Only This Post",
        domain="[('site_id', '=', site_id)]",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="Empty: every post of the site.",
    )
    date_from = fields.Date("First Day", required=True)
    date_to = fields.Date("Last Day", required=True)
    order_ref = fields.Char(
        "Client's Order No.", help="The client's letter or amendment that says so."
    )

    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "The closed days end before they start."
    )

    def _closed_days(self, posts):
        """``{post id: [(first day, last day)]}`` of these closures."""
        return {
            post.id: [
                (closure.date_from, closure.date_to)
                for closure in self
                if closure.site_id == post.site_id
                and closure.post_id in (post, closure.post_id.browse())
            ]
            for post in posts
        }
