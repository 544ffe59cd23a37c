from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.base.models.res_partner import _tz_get


class SecuritySite(models.Model):
    _name = "security.site"
    _description = "Guarded Site"
    _inherit = ["security.covered.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "name, id"
    _check_company_auto = True
    _cover_field = "site_id"

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Client",
        required=True,
        index=True,
        tracking=True,
        check_company=True,
    )
    address_id = fields.Many2one(
        "res.partner",
        compute="_compute_address_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        help="Where the guards report for duty.",
    )
    tz = fields.Selection(
        _tz_get,
        "Timezone",
        required=True,
        default=lambda self: self._default_tz(),
        help="Night, Sunday and public holidays are those of this place.",
    )
    color = fields.Integer()
    note = fields.Html("Notes")
    post_ids = fields.One2many("security.post", "site_id", "Posts")
    closure_ids = fields.One2many(
        "security.site.closure", "site_id", "Closed Days", copy=False
    )
    mission_ids = fields.Many2many("security.mission", string="Missions")
    post_count = fields.Integer(compute="_compute_post_count")

    def _default_tz(self):
        return self.env.company.partner_id.tz or self.env.user.tz or "Europe/Paris"

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("partner_id")
    def _compute_address_id(self):
        for site in self:
            site.address_id = site.address_id or site.partner_id

    @api.depends("post_ids")
    def _compute_post_count(self):
        counts = dict(
            self.env["security.post"]._read_group(
                [("site_id", "in", self.ids)], ["site_id"], ["__count"]
            )
        )
        for site in self:
            site.post_count = counts.get(site, 0)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._check_timezone(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_timezone([vals])
        return super().write(vals)

    def _check_timezone(self, vals_list):
        """Say in words what the field would refuse with a programmer's error."""
        known = dict(_tz_get(self))
        for vals in vals_list:
            if vals.get("tz") and vals["tz"] not in known:
                raise ValidationError(
                    self.env._(
                        "“%(timezone)s” is not a timezone: choose one of the list, "
                        "such as Europe/Paris.",
                        timezone=vals["tz"],
                    )
                )

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_open_posts(self):
        """Posts of this site."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_missions.security_post_action"
        )
        return {
            **action,
            "domain": [("site_id", "=", self.id)],
            "context": {"default_site_id": self.id},
        }

    def action_open_shifts(self):
        """Rota of this site."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_missions.security_shift_action"
        )
        return {**action, "domain": [("site_id", "=", self.id)]}
