from odoo import api, fields, models

from .sale_order_line import BANDS


class SaleOrder(models.Model):
    _inherit = "sale.order"

    security_night_percent = fields.Float(
        "Night Premium (%)",
        compute="_compute_security_percents",
        store=True,
        readonly=False,
        precompute=True,
        help="Of the hourly price, from 21:00 to 06:00.",
    )
    security_sunday_percent = fields.Float(
        "Sunday Premium (%)",
        compute="_compute_security_percents",
        store=True,
        readonly=False,
        precompute=True,
    )
    security_holiday_percent = fields.Float(
        "Public Holiday Premium (%)",
        compute="_compute_security_percents",
        store=True,
        readonly=False,
        precompute=True,
    )
    security_mission_ids = fields.One2many(
        "security.mission", "sale_order_id", "Missions"
    )
    has_security_lines = fields.Boolean(compute="_compute_has_security_lines")

    _security_percents_positive = models.Constraint(
        "CHECK (security_night_percent >= 0 AND security_sunday_percent >= 0"
        " AND security_holiday_percent >= 0)",
        "A premium is a percentage of 0 or more.",
    )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("company_id")
    def _compute_security_percents(self):
        for order in self:
            company = order.company_id
            order.security_night_percent = company.security_night_percent
            order.security_sunday_percent = company.security_sunday_percent
            order.security_holiday_percent = company.security_holiday_percent

    @api.depends("order_line.qty_delivered_method")
    def _compute_has_security_lines(self):
        for order in self:
            order.has_security_lines = bool(order._guarding_lines())

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def write(self, vals):
        result = super().write(vals)
        if any(percent in vals for percent, __ in BANDS.values()):
            # A premium agreed after the guarding line was written has no line yet.
            self._guarding_lines()._make_premium_lines()
        return result

    def _get_copiable_order_lines(self):
        # The copied guarding lines make their own premiums.
        lines = super()._get_copiable_order_lines()
        return lines.filtered(lambda line: not line.security_band)

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def _action_confirm(self):
        result = super()._action_confirm()
        self._make_security_missions()
        return result

    def _action_cancel(self):
        # Whoever may cancel the order ends what it had started.
        missions = self.sudo().security_mission_ids
        missions.filtered(lambda m: m.state in ("draft", "active")).action_cancel()
        return super()._action_cancel()

    def action_open_security_mission(self):
        """The mission made by this order."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "security.mission",
            "res_id": self.security_mission_ids[:1].id,
            "view_mode": "form",
        }

    # ------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------

    def _guarding_lines(self):
        return self.order_line.filtered(
            lambda line: (
                line.qty_delivered_method == "security_shift" and not line.security_band
            )
        )

    def _make_security_missions(self):
        """One mission per order, one post per guarding line; safe to call again.

        Salespeople have no right on missions: confirming an order is the one thing
        they do to them, hence the superuser mode.
        """
        for order in self.sudo():
            lines = order._guarding_lines()
            if not lines:
                continue
            mission = order.security_mission_ids or order._make_security_mission()
            if mission.state in ("draft", "cancelled"):
                mission.action_activate()
            for line in lines.filtered(lambda line: not line.security_post_ids):
                line._make_security_post(mission)

    def _make_security_mission(self):
        self.ensure_one()
        start = self.commitment_date or self.date_order
        return self.env["security.mission"].create(
            {
                "name": self.env._(
                    "%(client)s - %(order)s",
                    client=self.partner_id.commercial_partner_id.name,
                    order=self.name,
                ),
                "company_id": self.company_id.id,
                "partner_id": self.partner_id.id,
                "sale_order_id": self.id,
                "date_start": fields.Datetime.context_timestamp(self, start).date(),
            }
        )

    def _security_site(self):
        """The site at the delivery address of the order, made when there is none."""
        self.ensure_one()
        address = self.partner_shipping_id
        site = self.env["security.site"].search(
            [
                ("address_id", "=", address.id),
                ("company_id", "=", self.company_id.id),
            ],
            limit=1,
        )
        return site or site.create(
            {
                "name": address.name or self.partner_id.commercial_partner_id.name,
                "company_id": self.company_id.id,
                "partner_id": self.partner_id.id,
                "address_id": address.id,
                "tz": address.tz or site._default_tz(),
            }
        )
