"""A small firm made by the tests themselves, and the short way to worked hours.

Times are written as the planner reads them, on the wall clock of the site
(Europe/Paris unless told otherwise): ``"2026-10-24 19:00"``.
"""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from odoo import Command, fields
from odoo.tests import TransactionCase, freeze_time, new_test_user

from odoo.addons.base.tests.common import DISABLED_MAIL_CONTEXT

PARIS = "Europe/Paris"
# After the three nights of the agreement that are tested, so that they are worked.
NOW = "2027-04-15 09:00:00"
AUTHORISATION = "AUT-075-2127-01-01-20270000001"
# A firm without limits of working time: the tests of hours and bills are about what
# was worked, allowed or not. Those of the rules go back to the law (obey_the_law).
NO_LIMITS = {
    "max_vacation_h": 25,
    "max_civil_day_h": 25,
    "min_rest_h": 0,
    "min_rest_floor_h": 0,
    "min_rest_switch_h": 0,
    "max_week_h": 168,
    "avg_weeks_h": 168,
    "weekly_rest_h": 0,
    "weekly_rest_cycle_h": 0,
    "max_days_per_week": 7,
}
PERCENTS = (
    "security_night_percent",
    "security_sunday_percent",
    "security_holiday_percent",
)


def utc(wall, tz=PARIS, fold=0):
    """Naive UTC of a wall time: ``fold=1`` is the second 02:30 of an October night."""
    local = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(tz), fold=fold)
    return local.astimezone(timezone.utc).replace(tzinfo=None)


class SecurityMissionsMixin:
    """Builders for TransactionCase and HttpCase alike."""

    @classmethod
    def setup_firm(cls):
        """A French firm with accounts, a client, a site, a post and two guards."""
        # The sentences are checked in English, whatever the database speaks.
        cls.env["res.lang"]._activate_lang("en_US")
        context = {**cls.env.context, **DISABLED_MAIL_CONTEXT, "lang": "en_US"}
        cls.company = cls.make_company("Vigie SAS")
        cls.env.user.write(
            {
                "company_ids": [Command.link(cls.company.id)],
                "company_id": cls.company.id,
            }
        )
        cls.env = cls.env(
            context={**context, "allowed_company_ids": cls.company.ids, "tz": PARIS}
        )
        cls.company = cls.env["res.company"].browse(cls.company.id)
        cls.activity = cls.env.ref("security_workforce.activity_sh")
        cls.product = cls.env.ref("security_missions.product_guarding")
        cls.product.taxes_id = cls.company.account_sale_tax_id
        cls.client = cls.make_client("Tour Horizon")
        cls.site = cls.make_site()
        cls.no_limits = cls.lift_limits(cls.company)
        cls.guard = cls.make_guard("Amine Test")
        cls.other_guard = cls.make_guard("Zoe Test")

    # ------------------------------------------------------------
    # Firm
    # ------------------------------------------------------------

    @classmethod
    def make_company(cls, name):
        """A company in France and EUR with accounts and a sales tax of 20 %."""
        france = cls.env.ref("base.fr")
        euro = cls.env.ref("base.EUR")
        euro.active = True
        company = cls.env["res.company"].create(
            {
                "name": name,
                "country_id": france.id,
                "currency_id": euro.id,
                "security_authorisation_number": AUTHORISATION,
            }
        )
        charts = cls.env["account.chart.template"].with_context(
            allowed_company_ids=company.ids
        )
        charts.try_loading("generic_coa", company=company, install_demo=False)
        company.write({"currency_id": euro.id, "account_fiscal_country_id": france.id})
        # Those of the generic chart are American.
        for model in ("account.fiscal.position", "account.tax"):
            cls.env[model].search([("company_id", "=", company.id)]).unlink()
        company.account_sale_tax_id = cls.make_tax(company, 20)
        return company

    @classmethod
    def lift_limits(cls, company):
        """The figures of a firm whose agreement limits no working time."""
        return cls.env["security.parameter"].create(
            [
                {
                    "code": code,
                    "name": code,
                    "unit": "count",
                    "value_number": value,
                    "company_id": company.id,
                    "source": "Agreement of the firm",
                }
                for code, value in NO_LIMITS.items()
            ]
        )

    @classmethod
    def obey_the_law(cls):
        """Back to the figures of the law and of the collective agreement."""
        cls.no_limits.unlink()

    @classmethod
    def make_tax(cls, company, amount, **values):
        group = cls.env["account.tax.group"].create(
            {"name": f"TVA {amount}", "company_id": company.id}
        )
        return cls.env["account.tax"].create(
            {
                "name": f"TVA {amount} %",
                "amount": amount,
                "type_tax_use": "sale",
                "company_id": company.id,
                "country_id": cls.env.ref("base.fr").id,
                "tax_group_id": group.id,
                **values,
            }
        )

    @classmethod
    def make_user(cls, login, *groups, company=None, **values):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login=login,
            groups=",".join(groups),
            name=login.capitalize(),
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            tz=PARIS,
            lang="en_US",
            **values,
        )

    @classmethod
    def make_client(cls, name, **values):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "city": "Paris",
                "lang": "en_US",
                "country_id": cls.env.ref("base.fr").id,
                **values,
            }
        )

    @classmethod
    def make_site(cls, name="Horizon", tz=PARIS, **values):
        return cls.env["security.site"].create(
            {"name": name, "partner_id": cls.client.id, "tz": tz, **values}
        )

    @classmethod
    def make_post(cls, name="Entrance", **values):
        return cls.env["security.post"].create(
            {"name": name, "site_id": cls.site.id, **values}
        )

    # ------------------------------------------------------------
    # Guards and cards
    # ------------------------------------------------------------

    @classmethod
    def make_guard(cls, name, card=True, user=None, company=None, **card_values):
        """An employee; with a verified card for surveillance unless ``card=False``."""
        employee = cls.env["hr.employee"].create(
            {
                "name": name,
                "company_id": (company or cls.company).id,
                "user_id": user.id if user else False,
                "tz": PARIS,
            }
        )
        if card:
            cls.make_card(employee, **card_values)
        return employee

    @classmethod
    def make_card(cls, employee, verified=True, **values):
        card = cls.env["security.card"].create(
            {
                "employee_id": employee.id,
                "number": f"CAR-075-2031-06-01-2026{employee.id:07}",
                "activity_id": cls.env.ref("security_workforce.activity_sh").id,
                "date_issued": "2026-01-01",
                "date_expiry": "2031-06-01",
                **values,
            }
        )
        if verified:
            cls.env["security.card.check"].create(
                {"card_id": card.id, "method": "directory", "result": "valid"}
            )
        return card

    @classmethod
    def cards_of(cls, employee):
        return cls.env["security.card"].search([("employee_id", "=", employee.id)])

    # ------------------------------------------------------------
    # From the order to the hours
    # ------------------------------------------------------------

    @classmethod
    def make_order(cls, *prices, percents=(10, 10, 100), confirm=True, **values):
        """An order with one guarding line per price (25.00 when none is given).

        :param percents: night, Sunday and holiday premiums
        """
        order = cls.env["sale.order"].create(
            {
                "partner_id": cls.client.id,
                **dict(zip(PERCENTS, percents, strict=True)),
                "order_line": [
                    Command.create(
                        {
                            "product_id": cls.product.id,
                            "product_uom_qty": 0,
                            "price_unit": price,
                            "security_site_id": cls.site.id,
                        }
                    )
                    for price in prices or (25.0,)
                ],
                **values,
            }
        )
        if confirm:
            order.action_confirm()
        return order

    @classmethod
    def make_shift(cls, post, start, stop, guard=None, tz=PARIS, state="draft"):
        """A shift given by wall times, published when asked."""
        shift = cls.env["security.shift"].create(
            {
                "post_id": post.id,
                "employee_id": guard.id if guard else False,
                "date_start": utc(start, tz),
                "date_stop": utc(stop, tz),
            }
        )
        if state == "published":
            shift.action_publish()
        return shift

    @classmethod
    def attend(cls, shift, check_in=None, check_out=None):
        """Record the presence of the guard, as planned unless told otherwise (UTC).

        ``check_out=False`` leaves him on post.
        """
        return cls.env["hr.attendance"].create(
            {
                "employee_id": shift.employee_id.id,
                "security_shift_id": shift.id,
                "check_in": check_in or shift.date_start,
                "check_out": shift.date_stop if check_out is None else check_out,
            }
        )

    @classmethod
    def work(cls, post, start, stop, guard=None, tz=PARIS, approve=True):
        """A shift worked as planned, its hours approved."""
        shift = cls.make_shift(post, start, stop, guard or cls.guard, tz, "published")
        cls.attend(shift)
        if approve:
            shift.action_approve()
        return shift

    @classmethod
    def post_of(cls, order, index=0):
        """The post of the n-th guarding line of a confirmed order."""
        return order._guarding_lines()[index].security_post_ids

    def qty(self, order, index=0):
        """{band or "base": hours delivered} of the n-th guarding line."""
        line = order._guarding_lines()[index]
        return {
            each.security_band or "base": each.qty_delivered
            for each in line | line.security_premium_line_ids
        }

    def kinds(self, shift):
        """{(night, sunday, holiday): hours} of the live work lines of a shift."""
        result = {}
        for line in shift.work_line_ids.filtered(lambda l: l.state == "approved"):
            key = line.is_night, line.is_sunday, line.is_holiday
            result[key] = result.get(key, 0) + line.hours
        return result

    def invoice(self, orders, post=True, **kwargs):
        """Invoice what is to be invoiced; posted unless told otherwise."""
        move = orders._create_invoices(**kwargs)
        if post:
            move.action_post()
        return move


@freeze_time(NOW)
class SecurityMissionsCase(SecurityMissionsMixin, TransactionCase):
    """The firm of the mixin, on the morning of ``NOW``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_firm()

    def at(self, wall, tz=PARIS):
        """Move the clock to a wall time (context manager)."""
        return freeze_time(fields.Datetime.to_string(utc(wall, tz)))
