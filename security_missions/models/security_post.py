from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class SecurityPost(models.Model):
    _name = "security.post"
    _description = "Security Post"
    _inherit = ["security.placed.mixin"]
    _order = "site_id, sequence, name, id"
    _check_company_auto = True
    _place_field = "site_id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    site_id = fields.Many2one(
        "security.site",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="site_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="site_id.partner_id", string="Client")
    tz = fields.Selection(related="site_id.tz")
    mission_id = fields.Many2one(
        "security.mission", index="btree_not_null", check_company=True
    )
    activity_id = fields.Many2one(
        "security.activity",
        required=True,
        default=lambda self: self.env.ref("security_workforce.activity_sh", False),
        help="The guard's professional card must carry this activity.",
    )
    need_ids = fields.One2many("security.post.need", "post_id", "Needs", copy=True)
    need_summary = fields.Char("Needs in Words", compute="_compute_need_summary")
    sale_line_id = fields.Many2one(
        "sale.order.line",
        "Order Line",
        index="btree_not_null",
        check_company=True,
        domain="[('qty_delivered_method', '=', 'security_shift'),"
        " ('security_band', '=', False), ('state', '=', 'sale')]",
        help="Approved hours on this post are delivered on this line.",
    )
    instructions = fields.Html()
    shift_ids = fields.One2many("security.shift", "post_id", "Shifts")

    @api.constrains("sale_line_id")
    def _check_sale_line(self):
        """Hours on any other line would be delivered nowhere, hence never billed."""
        for post in self:
            # sudo: planners see no order, only the line their post is billed on.
            line = post.sudo().sale_line_id
            if line and (
                line.qty_delivered_method != "security_shift" or line.security_band
            ):
                raise ValidationError(
                    self.env._(
                        "“%(line)s” does not bill hours of guards: choose a guarding "
                        "line of the order.",
                        line=line.display_name,
                    )
                )

    @api.depends("name", "site_id.name")
    def _compute_display_name(self):
        for post in self:
            post.display_name = f"{post.site_id.name} / {post.name}"

    @api.model
    def _search_display_name(self, operator, value):
        """Find a post by the name it is shown and exported with: “site / post”."""
        domain = Domain(super()._search_display_name(operator, value))
        if operator in Domain.NEGATIVE_OPERATORS:
            return domain
        values = [value] if isinstance(value, str) else value or []
        for text in values:
            site, slash, name = str(text).rpartition(" / ")
            if slash:
                exact = "=" if operator == "in" else operator
                domain |= Domain("site_id.name", exact, site) & Domain(
                    "name", exact, name
                )
        return domain

    @api.depends(
        "need_ids.weekday",
        "need_ids.date",
        "need_ids.hour_start",
        "need_ids.duration",
        "need_ids.headcount",
        "need_ids.date_from",
        "need_ids.date_to",
        "need_ids.week_step",
        "need_ids.week_anchor",
        "need_ids.month_week",
        "need_ids.holidays",
    )
    @api.depends_context("lang")
    def _compute_need_summary(self):
        for post in self:
            post.need_summary = post.need_ids._summary()

    def action_generate(self):
        """Open the wizard that makes the shifts of a period for these posts."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Generate Shifts"),
            "res_model": "security.shift.generate",
            "view_mode": "form",
            "target": "new",
            "context": {"default_post_ids": self.ids},
        }
