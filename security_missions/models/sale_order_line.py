from odoo import Command, api, fields, models

BANDS = {
    "night": ("security_night_percent", "security_missions.product_night"),
    "sunday": ("security_sunday_percent", "security_missions.product_sunday"),
    "holiday": ("security_holiday_percent", "security_missions.product_holiday"),
}


class SaleOrderLine(models.Model):
    """A guarding line is delivered by approved hours; its premiums follow it."""

    _inherit = "sale.order.line"

    qty_delivered_method = fields.Selection(
        selection_add=[("security_shift", "Approved hours of guards")],
        ondelete={"security_shift": "set manual"},
    )
    # The premium lines take these from the line they belong to.
    price_unit = fields.Float(recursive=True)
    tax_ids = fields.Many2many(recursive=True)
    analytic_distribution = fields.Json(recursive=True)
    security_band = fields.Selection(
        [
            ("night", "Night"),
            ("sunday", "Sunday"),
            ("holiday", "Public holiday"),
        ],
        "Premium",
        readonly=True,
        help="Hours of this kind are delivered on this line, on top of the base line.",
    )
    security_parent_line_id = fields.Many2one(
        "sale.order.line",
        "Premium Of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="cascade",
    )
    security_premium_line_ids = fields.One2many(
        "sale.order.line", "security_parent_line_id", "Premiums"
    )
    security_site_id = fields.Many2one(
        "security.site",
        "Site",
        check_company=True,
        help="Empty: the site at the delivery address of the order.",
    )
    security_post_ids = fields.One2many("security.post", "sale_line_id", "Posts")
    security_work_line_ids = fields.One2many(
        "security.work.line", "sale_line_id", "Approved Work"
    )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("product_id", "security_band")
    def _compute_qty_delivered_method(self):
        result = super()._compute_qty_delivered_method()
        for line in self:
            service = line.product_id.service_type == "security_shift"
            if not line.is_expense and (line.security_band or service):
                line.qty_delivered_method = "security_shift"
        return result

    @api.depends(
        "security_work_line_ids.hours",
        "security_parent_line_id.security_work_line_ids.hours",
    )
    def _compute_qty_delivered(self):
        return super()._compute_qty_delivered()

    @api.depends(
        "security_parent_line_id.price_unit",
        "security_parent_line_id.discount",
        "security_parent_line_id.product_uom_id",
        "order_id.security_night_percent",
        "order_id.security_sunday_percent",
        "order_id.security_holiday_percent",
    )
    def _compute_price_unit(self):
        return super()._compute_price_unit()

    def _get_display_price(self):
        """A premium is a percentage of the price of the line it belongs to."""
        if not self.security_band:
            return super()._get_display_price()
        parent = self.security_parent_line_id
        base = parent.price_unit * (1 - parent.discount / 100)
        base = parent.product_uom_id._compute_price(base, self.product_uom_id)
        return base * self.order_id[BANDS[self.security_band][0]] / 100

    def _get_sale_order_line_multiline_description_sale(self):
        """A premium says which line it belongs to: an order may have several."""
        description = super()._get_sale_order_line_multiline_description_sale()
        parent = self.security_parent_line_id
        if not parent:
            return description
        return f"{description}\n{parent.name.splitlines()[0]}"

    @api.depends("security_parent_line_id.tax_ids")
    def _compute_tax_ids(self):
        """A premium is taxed as the work it is paid for."""
        premiums = self.filtered("security_parent_line_id")
        for line in premiums:
            line.tax_ids = line.security_parent_line_id.tax_ids
        return super(SaleOrderLine, self - premiums)._compute_tax_ids()

    @api.depends("security_parent_line_id.analytic_distribution")
    def _compute_analytic_distribution(self):
        premiums = self.filtered("security_parent_line_id")
        for line in premiums:
            parent = line.security_parent_line_id
            line.analytic_distribution = parent.analytic_distribution
        return super(SaleOrderLine, self - premiums)._compute_analytic_distribution()

    def _prepare_qty_delivered(self):
        delivered = super()._prepare_qty_delivered()
        lines = self.filtered(
            lambda line: line.qty_delivered_method == "security_shift"
        )
        hours = lines._approved_hours()
        hour = self.env.ref("uom.product_uom_hour")
        for line in lines:
            delivered[line] = hour._compute_quantity(
                hours.get((line._hours_line().id, line.security_band), 0.0),
                line.product_uom_id or hour,
                round=False,
            )
        return delivered

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._follow_product()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if "product_id" in vals:
            self._follow_product()
        return result

    # ------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------

    def _hours_line(self):
        """The line the work lines point to: its own, or that of the premium's base."""
        return (self.security_parent_line_id or self)._origin

    def _approved_hours(self):
        """{(guarding line id, band or False): hours}, in one query."""
        result = {}
        groups = (
            self.env["security.work.line"]
            .sudo()
            ._read_group(
                [("sale_line_id", "in", [line._hours_line().id for line in self])],
                ["sale_line_id", "is_night", "is_sunday", "is_holiday"],
                ["hours:sum"],
            )
        )
        for line, is_night, is_sunday, is_holiday, hours in groups:
            bands = {
                False: True,
                "night": is_night,
                "sunday": is_sunday,
                "holiday": is_holiday,
            }
            for band, carried in bands.items():
                if carried:
                    result[line.id, band] = result.get((line.id, band), 0.0) + hours
        return result

    def _follow_product(self):
        """Guarding lines have their premiums, and a post once sold; others none."""
        guarding = self.order_id._guarding_lines() & self
        guarding._make_premium_lines()
        (self - guarding).security_premium_line_ids.unlink()
        guarding.filtered(
            lambda line: line.state == "sale"
        ).order_id._make_security_missions()

    def _make_premium_lines(self):
        """Add the premium lines the contract asks for and that are not there yet."""
        values = []
        for line in self:
            present = set(line.security_premium_line_ids.mapped("security_band"))
            values += [
                {
                    "order_id": line.order_id.id,
                    "product_id": self.env.ref(product).id,
                    "product_uom_id": line.product_uom_id.id,
                    "product_uom_qty": 0.0,
                    "sequence": line.sequence,
                    "security_band": band,
                    "security_parent_line_id": line.id,
                }
                for band, (percent, product) in BANDS.items()
                if line.order_id[percent] and band not in present
            ]
        return self.create(values) if values else self.browse()

    def _make_security_post(self, mission):
        """The post guarded under this line, on its site or that of the order."""
        self.ensure_one()
        order = self.order_id
        site = self.security_site_id or order._security_site()
        mission.site_ids = [Command.link(site.id)]
        post = {
            "name": self.product_id.name,
            "site_id": site.id,
            "mission_id": mission.id,
            "sale_line_id": self.id,
        }
        if self.product_id.security_activity_id:
            post["activity_id"] = self.product_id.security_activity_id.id
        return self.env["security.post"].create(post)

    # ------------------------------------------------------------
    # INVOICING
    # ------------------------------------------------------------

    def _prepare_invoice_line(self, **optional_values):
        values = super()._prepare_invoice_line(**optional_values)
        if self.qty_delivered_method == "security_shift":
            work_lines = self._work_lines_to_invoice()
            values["security_work_line_ids"] = [Command.set(work_lines.ids)]
        return values

    def _work_lines_to_invoice(self):
        """Approved work of this line that no live invoice line has taken yet."""
        self.ensure_one()
        domain = [("sale_line_id", "=", self._hours_line().id)]
        if self.security_band:
            domain.append((f"is_{self.security_band}", "=", True))
        work_lines = self.env["security.work.line"].sudo().search(domain)
        return work_lines - self.invoice_lines.sudo()._billed_work_lines()
