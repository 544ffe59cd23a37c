"""What is worked is what is billed: the hours of the agreement, and their price."""

from odoo import Command
from odoo.tests import tagged

from .common import SecurityMissionsCase

CLOCK_BACK = ("2026-10-24 19:00", "2026-10-25 07:00")
HOLIDAY = ("2026-11-10 19:00", "2026-11-11 07:00")
CLOCK_FORWARD = ("2027-03-27 20:00", "2027-03-28 08:00")


@tagged("post_install", "-at_install")
class TestNights(SecurityMissionsCase):
    """The three nights of the agreement, to the minute."""

    def setUp(self):
        super().setUp()
        self.order = self.make_order(25.0)
        self.post = self.post_of(self.order)

    def test_clock_goes_back(self):
        shift = self.work(self.post, *CLOCK_BACK)
        self.assertEqual(
            self.kinds(shift),
            {
                (False, False, False): 2,
                (True, False, False): 3,
                (True, True, False): 7,
                (False, True, False): 1,
            },
        )
        self.assertEqual(
            self.qty(self.order), {"base": 13, "night": 10, "sunday": 8, "holiday": 0}
        )

    def test_clock_goes_back_is_billed_370(self):
        self.work(self.post, *CLOCK_BACK)
        move = self.invoice(self.order)
        amounts = {
            line.sale_line_ids.security_band or "base": line.price_subtotal
            for line in move.invoice_line_ids
        }
        self.assertEqual(amounts, {"base": 325.0, "night": 25.0, "sunday": 20.0})
        self.assertEqual(move.amount_untaxed, 370.0)
        self.assertEqual(move.amount_total, 444.0)

    def test_public_holiday(self):
        shift = self.work(self.post, *HOLIDAY)
        self.assertEqual(
            self.kinds(shift),
            {
                (False, False, False): 2,
                (True, False, False): 3,
                (True, False, True): 6,
                (False, False, True): 1,
            },
        )
        # 12 × 25 + 9 night hours × 2.50 + 7 holiday hours × 25
        self.assertEqual(self.invoice(self.order).amount_untaxed, 497.5)

    def test_clock_goes_forward(self):
        shift = self.work(self.post, *CLOCK_FORWARD)
        self.assertEqual(shift.worked_hours, 11)
        self.assertEqual(
            self.kinds(shift),
            {
                (False, False, False): 1,
                (True, False, False): 3,
                (True, True, False): 5,
                (False, True, False): 2,
            },
        )
        # 11 × 25 + 8 night hours × 2.50 + 7 Sunday hours × 2.50
        self.assertEqual(self.invoice(self.order).amount_untaxed, 312.5)

    def test_local_law_not_utc_nor_the_user(self):
        """21:00 in Cayenne is midnight UTC and 02:00 in Paris."""
        self.site.tz = "America/Cayenne"
        shift = self.work(
            self.post, "2027-03-29 20:00", "2027-03-29 22:00", tz="America/Cayenne"
        )
        # Easter Monday there as well.
        self.assertEqual(
            self.kinds(shift), {(False, False, True): 1, (True, False, True): 1}
        )

    def test_seconds_are_dropped(self):
        shift = self.make_shift(
            self.post,
            "2027-04-06 08:00",
            "2027-04-06 12:00",
            self.guard,
            state="published",
        )
        self.attend(
            shift,
            shift.date_start.replace(second=59),
            shift.date_stop.replace(second=31),
        )
        shift.action_approve()
        self.assertEqual(sum(shift.work_line_ids.mapped("hours")), 4)

    def test_two_presences_with_a_break(self):
        shift = self.make_shift(
            self.post,
            "2027-04-06 08:00",
            "2027-04-06 18:00",
            self.guard,
            state="published",
        )
        noon = shift.date_start.replace(hour=10)
        self.attend(shift, check_out=noon)
        self.attend(shift, noon.replace(hour=11))
        shift.action_approve()
        self.assertEqual(shift.worked_hours, 9)
        self.assertEqual(self.qty(self.order)["base"], 9)


@tagged("post_install", "-at_install")
class TestPremiums(SecurityMissionsCase):
    """Premium lines follow the line they are paid on top of."""

    def premiums(self, order):
        return {
            line.security_band: line
            for line in order.order_line.filtered("security_band")
        }

    def test_default_percents_are_those_of_the_branch(self):
        order = self.env["sale.order"].create({"partner_id": self.client.id})
        self.assertEqual(
            [
                order.security_night_percent,
                order.security_sunday_percent,
                order.security_holiday_percent,
            ],
            [10, 10, 100],
        )

    def test_default_percents_are_those_of_the_firm(self):
        self.company.security_night_percent = 12
        order = self.env["sale.order"].create({"partner_id": self.client.id})
        self.company.security_night_percent = 15
        self.assertEqual(order.security_night_percent, 12, "a contract is a contract")

    def test_one_line_per_band(self):
        order = self.make_order(confirm=False)
        prices = {b: line.price_unit for b, line in self.premiums(order).items()}
        self.assertEqual(prices, {"night": 2.5, "sunday": 2.5, "holiday": 25})

    def test_percent_zero_makes_no_line(self):
        order = self.make_order(percents=(0, 10, 0))
        self.assertEqual(list(self.premiums(order)), ["sunday"])
        self.work(self.post_of(order), *CLOCK_BACK)
        self.assertEqual(self.invoice(order).amount_untaxed, 345)

    def test_percent_agreed_later_makes_its_line(self):
        order = self.make_order(percents=(0, 0, 0), confirm=False)
        self.assertFalse(self.premiums(order))
        order.security_night_percent = 20
        self.assertEqual(list(self.premiums(order)), ["night"])
        self.assertEqual(self.premiums(order)["night"].price_unit, 5)
        order.security_night_percent = 30
        self.assertEqual(len(order.order_line), 2)

    def test_premiums_follow_price_discount_and_percent(self):
        order = self.make_order(confirm=False)
        base = order._guarding_lines()
        night = self.premiums(order)["night"]
        base.price_unit = 30
        self.assertEqual(night.price_unit, 3)
        base.discount = 10
        self.assertAlmostEqual(night.price_unit, 2.7)
        order.security_night_percent = 20
        self.assertAlmostEqual(night.price_unit, 5.4)

    def test_premiums_stay_once_invoiced(self):
        order = self.make_order()
        night = self.premiums(order)["night"]
        self.work(self.post_of(order), *CLOCK_BACK)
        self.invoice(order)
        order.security_night_percent = 50
        order._guarding_lines().price_unit = 50
        self.assertEqual(night.price_unit, 2.5)

    def test_premium_is_taxed_as_its_line(self):
        reduced = self.make_tax(self.company, 10)
        order = self.make_order(confirm=False)
        base = order._guarding_lines()
        bands = self.premiums(order).values()
        self.assertEqual({line.tax_ids for line in bands}, {base.tax_ids})
        base.tax_ids = reduced
        self.assertEqual({line.tax_ids for line in bands}, {reduced})
        base.tax_ids = False
        self.assertFalse(order.order_line.tax_ids)

    def test_premium_goes_to_the_analytic_account_of_its_line(self):
        plan = self.env["account.analytic.plan"].create({"name": "Clients"})
        account = self.env["account.analytic.account"].create(
            {"name": "Horizon", "plan_id": plan.id, "company_id": self.company.id}
        )
        order = self.make_order(confirm=False)
        order._guarding_lines().analytic_distribution = {str(account.id): 100}
        order.action_confirm()
        self.work(self.post_of(order), *CLOCK_BACK)
        move = self.invoice(order)
        entries = self.env["account.analytic.line"].search(
            [("move_line_id", "in", move.invoice_line_ids.ids)]
        )
        self.assertEqual(
            [line.analytic_distribution for line in move.invoice_line_ids],
            [{str(account.id): 100}] * 3,
        )
        self.assertEqual(sum(entries.mapped("amount")), move.amount_untaxed)

    def test_two_guarding_lines(self):
        order = self.make_order(25.0, 40.0)
        self.assertEqual(len(order.order_line), 8)
        self.assertEqual(len(order.security_mission_ids.post_ids), 2)
        self.work(self.post_of(order, 0), "2027-04-06 20:00", "2027-04-06 22:00")
        self.work(
            self.post_of(order, 1),
            "2027-04-04 20:00",
            "2027-04-04 23:00",
            guard=self.other_guard,
        )
        self.assertEqual(
            self.qty(order, 0), {"base": 2, "night": 1, "sunday": 0, "holiday": 0}
        )
        self.assertEqual(
            self.qty(order, 1), {"base": 3, "night": 2, "sunday": 3, "holiday": 0}
        )
        # 50 + 2.50 and 120 + 8 + 12
        self.assertEqual(self.invoice(order).amount_untaxed, 192.5)

    def test_line_priced_by_the_day(self):
        """12 h are a day and a half; premiums stay by the hour, at the same price."""
        order = self.make_order(confirm=False)
        base = order._guarding_lines()
        base.product_uom_id = self.env.ref("uom.product_uom_day")
        base.price_unit = 200
        order.action_confirm()
        self.assertEqual(self.premiums(order)["night"].price_unit, 2.5)
        self.work(self.post_of(order), "2027-04-06 10:00", "2027-04-06 22:00")
        self.assertEqual(self.qty(order)["base"], 1.5)
        self.assertEqual(self.invoice(order).amount_untaxed, 302.5)

    def test_duplicated_quotation_has_the_same_lines(self):
        order = self.make_order(25.0, 40.0)
        copy = order.copy()
        self.assertEqual(len(copy.order_line), 8)
        self.assertEqual(
            copy.order_line.filtered("security_band").security_parent_line_id,
            copy._guarding_lines(),
        )
        self.assertFalse(copy.security_mission_ids)

    def test_product_put_on_the_line_later(self):
        order = self.make_order(confirm=False)
        other = self.env["product.product"].create(
            {"name": "Radio", "type": "service", "list_price": 3}
        )
        base = order._guarding_lines()
        base.product_id = other
        self.assertFalse(self.premiums(order))
        base.product_id = self.product
        self.assertEqual(len(self.premiums(order)), 3)

    def test_line_added_to_a_confirmed_order(self):
        order = self.make_order()
        order.order_line = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "price_unit": 30,
                    "security_site_id": self.site.id,
                }
            )
        ]
        self.assertEqual(len(order.order_line), 8)
        self.assertEqual(len(order.security_mission_ids), 1)
        self.assertEqual(len(order.security_mission_ids.post_ids), 2)

    def test_removed_line_takes_its_premiums_away(self):
        order = self.make_order(25.0, 40.0, confirm=False)
        order._guarding_lines()[0].unlink()
        order.invalidate_recordset()
        self.assertEqual(len(order.order_line), 4)
