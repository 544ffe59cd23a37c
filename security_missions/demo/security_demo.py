from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Command

from .firm_data import (
    CLIENTS,
    CONTRACTS,
    EVENT,
    EVENT_CLIENT,
    EVENT_DAYS,
    EVENT_IN_DAYS,
    EVENT_NAME,
    PRODUCTS,
    QUOTATION,
    QUOTATION_CLIENT,
    SITES,
)

TZ = "Europe/Paris"
WEEKS_OF_A_CONTRACT = 52


class SecurityDemo(models.AbstractModel):
    """The contracts of the firm: clients, sites, orders, posts and their needs.

    Each step is taken by the login whose work it is, so that a missing right shows.
    """

    _inherit = "security.demo"

    @api.model
    def _build_missions(self):
        """Build the clients and three months of life of the firm."""
        self._build_workforce()
        company = self._demo_company()
        sites = self.env["security.site"].search_count(
            [("company_id", "=", company.id)], limit=1
        )
        if not sites:
            self = self.with_company(company).with_context(  # noqa: PLW0642
                tz=TZ, lang=self._demo_lang()
            )
            self._load_chart(company)
            self._make_contracts()
            self._live_months()
            self._live_posts()

    @api.model
    def _demo_user_groups(self):
        groups = super()._demo_user_groups()
        groups["accountant"] += [
            "account.group_account_invoice",
            "sales_team.group_sale_salesman_all_leads",
        ]
        return groups

    @api.model
    def _demo_as(self, login):
        """This builder with the login and the rights of a user of the firm."""
        return self.with_user(self._demo_user(login)).with_company(self.env.company)

    # ------------------------------------------------------------
    # Accounting
    # ------------------------------------------------------------

    def _load_chart(self, company):
        """The French chart of accounts when it is there, else the generic one."""
        Chart = self.env["account.chart.template"]
        known = Chart._get_chart_template_mapping()
        code = "fr" if known.get("fr", {}).get("installed") else "generic_coa"
        if company.chart_template != code and not company._existing_accounting():
            currency = company.currency_id
            # The public method warns when, as here, it runs while modules load.
            Chart._load(code, company, install_demo=False)
            # The generic chart pays in dollars.
            company.currency_id = currency
        # A list made before the firm had its currency would sell in that one.
        self.env["product.pricelist"].search(
            [
                ("company_id", "=", company.id),
                ("currency_id", "!=", company.currency_id.id),
            ]
        ).currency_id = company.currency_id

    def _demo_vat(self):
        """The tax of guarding in France: 20 %, due on payment of the invoice."""
        tax = self.env["account.chart.template"].ref(
            "tva_normale_encaissement", raise_if_not_found=False
        )
        return tax or self.env["account.tax"].create(
            {
                "name": "TVA 20 %",
                "amount": 20,
                "type_tax_use": "sale",
                "tax_scope": "service",
                "company_id": self.env.company.id,
            }
        )

    # ------------------------------------------------------------
    # Contracts
    # ------------------------------------------------------------

    def _make_contracts(self):
        clients = self._create_clients()
        sites = self._demo_as("planner")._create_sites(clients)
        products = self._create_products()
        first = self._first_of_last_month()
        accountant = self._demo_as("accountant")
        for key, rows in CONTRACTS.items():
            order = accountant._sell(clients[key], rows, sites, products, first)
            self._demo_as("planner")._set_needs(order.id, rows, self._weekly_needs)
        start = fields.Date.context_today(self) + timedelta(days=EVENT_IN_DAYS)
        event = accountant._sell(clients[EVENT_CLIENT], EVENT, sites, products, start)
        planner = self._demo_as("planner")
        planner._set_needs(event.id, EVENT, lambda row: self._event_needs(row, start))
        planner.env["security.mission"].search(
            [("sale_order_id", "=", event.id)]
        ).write(
            {
                "name": EVENT_NAME,
                "date_stop": start + timedelta(days=EVENT_DAYS - 1),
            }
        )
        accountant._quote(clients[QUOTATION_CLIENT], sites, products)

    def _first_of_last_month(self):
        today = fields.Date.context_today(self)
        return today.replace(day=1) - relativedelta(months=1)

    def _create_clients(self):
        terms = self.env.ref("account.account_payment_term_30days", False)
        partners = self.env["res.partner"].create(
            [
                {
                    "name": name,
                    "is_company": True,
                    "street": street,
                    "zip": code,
                    "city": city,
                    "country_id": self.env.ref("base.fr").id,
                    "company_registry": siret,
                    "vat": self._vat_number(siret),
                    "email": f"comptabilite@{key}.example",
                    "lang": self._demo_lang(),
                    "tz": TZ,
                    "property_payment_term_id": terms and terms.id,
                }
                for key, (name, street, code, city, siret) in CLIENTS.items()
            ]
        )
        clients = dict(zip(CLIENTS, partners, strict=True))
        contact = self._demo_user("client").partner_id
        contact.write(
            {
                "parent_id": clients["hospital"].id,
                "function": "Responsable sûreté",
            }
        )
        return clients

    def _vat_number(self, siret):
        siren = siret[:9]
        return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}"

    def _create_sites(self, clients):
        """{key: security.site}; the addresses are those of the clients' contacts."""
        addresses = (
            self.sudo()
            .env["res.partner"]
            .create(
                [
                    {
                        "name": name,
                        "type": "delivery",
                        "parent_id": clients[client].id,
                        "street": street,
                        "zip": code,
                        "city": city,
                        "country_id": self.env.ref("base.fr").id,
                        "tz": TZ,
                    }
                    for client, name, street, code, city in SITES.values()
                ]
            )
        )
        sites = self.env["security.site"].create(
            [
                {
                    "name": name,
                    "partner_id": clients[client].id,
                    "address_id": address.id,
                    "tz": TZ,
                    "color": color,
                }
                for color, (address, (client, name, *__)) in enumerate(
                    zip(addresses, SITES.values(), strict=True), start=1
                )
            ]
        )
        return dict(zip(SITES, sites, strict=True))

    def _create_products(self):
        """{key: product.product}, taxed at the French rate for this firm."""
        own = self.env.ref("security_missions.product_guarding")
        values = own.copy_data()[0]
        codes = self.env["security.activity"].search([("active", "=", True)])
        codes = codes.grouped("code")
        made = own.create(
            [
                {
                    **values,
                    "name": name,
                    "default_code": code,
                    "list_price": price,
                    "security_activity_id": codes[activity].id,
                    "company_id": self.env.company.id,
                }
                for name, code, activity, price in PRODUCTS.values()
            ]
        )
        products = {"ads": own, **dict(zip(PRODUCTS, made, strict=True))}
        vat = self._demo_vat()
        for product in products.values():
            foreign = product.taxes_id.filtered(
                lambda tax: tax.company_id != self.env.company
            )
            product.taxes_id = foreign | vat
        return products

    # ------------------------------------------------------------
    # Orders, by the accountant
    # ------------------------------------------------------------

    def _sell(self, client, rows, sites, products, start):
        """A confirmed order of one year, whose mission starts on ``start``."""
        order = self._new_order(client, start)
        order.order_line = [
            Command.create(
                {
                    "product_id": products[product].id,
                    "name": f"{sites[site].name} - {post}",
                    "product_uom_qty": self._hours_sold(needs),
                    "price_unit": price,
                    "security_site_id": sites[site].id,
                    # The premiums of a line come right after it.
                    "sequence": 10 * rank,
                }
            )
            for rank, (site, product, price, post, needs) in enumerate(rows, start=1)
        ]
        order.action_confirm()
        order.date_order = order.commitment_date - timedelta(days=20)
        return order

    def _new_order(self, client, start):
        noon = fields.Datetime.to_datetime(start) + timedelta(hours=12)
        return self.env["sale.order"].create(
            {"partner_id": client.id, "commitment_date": noon}
        )

    def _hours_sold(self, needs):
        """Hours of a contract: a year of weekly needs, or those of the event."""
        if any(isinstance(days, int) for days, *__ in needs):
            return sum(hours * heads for __, __, hours, heads in needs)
        week = sum(len(days) * hours * heads for days, __, hours, heads in needs)
        return week * WEEKS_OF_A_CONTRACT or 14

    def _quote(self, client, sites, products):
        order = self._new_order(client, fields.Date.context_today(self))
        order.order_line = [
            Command.create(
                {
                    "product_id": products[product].id,
                    "name": f"{sites[site].name} - {post}",
                    "product_uom_qty": hours,
                    "price_unit": price,
                    "security_site_id": sites[site].id,
                }
            )
            for site, product, price, post, hours in QUOTATION
        ]
        return order

    # ------------------------------------------------------------
    # Posts and needs, by the planner
    # ------------------------------------------------------------

    def _set_needs(self, order_id, rows, needs_of):
        """Name the posts that the order made, and say who is needed when."""
        mission = self.env["security.mission"].search(
            [("sale_order_id", "=", order_id)]
        )
        posts = mission.post_ids.sorted("id")
        for sequence, (post, row) in enumerate(zip(posts, rows, strict=True), start=1):
            post.write(
                {
                    "name": row[3],
                    "sequence": sequence,
                    "need_ids": [Command.create(need) for need in needs_of(row)],
                }
            )

    def _weekly_needs(self, row):
        return [
            self._need(hour, duration, heads, weekday=day)
            for days, hour, duration, heads in row[4]
            for day in days
        ]

    def _event_needs(self, row, start):
        return [
            self._need(hour, duration, heads, date=start + timedelta(days=day))
            for day, hour, duration, heads in row[4]
        ]

    def _need(self, hour, duration, heads, **when):
        return {
            **when,
            "hour_start": hour,
            "duration": duration,
            "headcount": heads,
        }
