"""The annex says what the invoice says, to the cent: read back from the real file."""

from io import BytesIO

from openpyxl import load_workbook

from odoo import Command
from odoo.tests import tagged

from .common import SecurityMissionsCase

CLOCK_BACK = ("2026-10-24 19:00", "2026-10-25 07:00")


@tagged("post_install", "-at_install")
class TestAnnex(SecurityMissionsCase):
    def sheets(self, moves, user=None):
        """[[row values]] of each sheet of the annex, as the user prints it."""
        report = self.env.ref("security_missions.invoice_annex_report")
        if user:
            report = report.with_user(user).sudo(False)
        content, kind = report._render(report.report_name, moves.ids)
        self.assertEqual(kind, "xlsx")
        book = load_workbook(BytesIO(content))
        return [[list(row) for row in sheet.values] for sheet in book]

    def assertAnnexTotal(self, move):
        """Rows add up to the total written, and both to the untaxed total."""
        (rows,) = self.sheets(move)
        heads = next(i for i, row in enumerate(rows) if row[0] == "Date")
        total = next(i for i, row in enumerate(rows) if row[0] == "Untaxed total")
        amounts = [row[-1] for row in rows[heads + 1 : total]]
        rounding = move.currency_id.rounding
        self.assertTrue(amounts)
        for amount in amounts:
            self.assertAlmostEqual(amount / rounding, round(amount / rounding), 6)
        self.assertAlmostEqual(sum(amounts), move.amount_untaxed, 6)
        self.assertAlmostEqual(rows[total][-1], move.amount_untaxed, 6)
        return rows[heads + 1 : total]

    def test_one_row_per_work_line(self):
        order = self.make_order(25.0)
        shift = self.work(self.post_of(order), *CLOCK_BACK)
        rows = self.assertAnnexTotal(self.invoice(order))
        self.assertEqual(len(rows), len(shift.work_line_ids))
        date, site, post, guard, card, start, stop, hours, kind, amount = rows[0]
        self.assertEqual(date.strftime("%Y-%m-%d"), "2026-10-24")
        self.assertEqual((site, post), ("Horizon", "Guarding"))
        self.assertEqual(guard, "Amine", "the first name only")
        self.assertEqual(card, self.cards_of(self.guard).number)
        self.assertEqual(start.strftime("%d %H:%M"), "24 19:00")
        self.assertEqual(stop.strftime("%d %H:%M"), "24 21:00")
        self.assertEqual((hours, kind.lower(), amount), (2, "day", 50))
        self.assertEqual([row[7] for row in rows], [2, 3, 7, 1])
        # 3 × 27.50, 7 × 30.00, 1 × 27.50
        self.assertEqual([row[9] for row in rows], [50, 82.5, 210, 27.5])

    def test_a_name_is_never_a_formula(self):
        order = self.make_order(25.0)
        post = self.post_of(order)
        post.name = "=1+1"
        self.work(post, *CLOCK_BACK)
        report = self.env.ref("security_missions.invoice_annex_report")
        content, __ = report._render(report.report_name, self.invoice(order).ids)
        cells = [
            cell
            for row in load_workbook(BytesIO(content)).active.iter_rows()
            for cell in row
            if cell.value == "=1+1"
        ]
        self.assertTrue(cells)
        # openpyxl calls a formula "f" and a string "s".
        self.assertEqual({cell.data_type for cell in cells}, {"s"})

    def test_no_surname_in_the_file(self):
        order = self.make_order(25.0)
        self.work(self.post_of(order), *CLOCK_BACK)
        text = str(self.sheets(self.invoice(order)))
        self.assertIn("Amine", text)
        self.assertNotIn("Amine Test", text)

    def test_legal_notice_and_client(self):
        order = self.make_order(25.0)
        self.work(self.post_of(order), *CLOCK_BACK)
        text = str(self.sheets(self.invoice(order)))
        self.assertIn(self.company.security_authorisation_number, text)
        self.assertIn("prérogative de puissance publique", text)
        self.assertIn("Tour Horizon", text)

    def test_awkward_prices_and_times(self):
        order = self.make_order(23.37, percents=(10, 10, 100))
        post = self.post_of(order)
        for day in range(5, 10):
            self.work(post, f"2027-04-{day:02} 17:40", f"2027-04-{day + 1:02} 01:00")
        rows = self.assertAnnexTotal(self.invoice(order))
        self.assertEqual(len(rows), 10)

    def test_thirds_of_hours_and_of_cents(self):
        order = self.make_order(0.01, 33.33, 19.99, percents=(33.33, 7.77, 66.6))
        for index, guard in enumerate((self.guard, self.other_guard)):
            for day, start, stop in (
                (3, "20:20", "23:40"),
                (5, "06:10", "06:11"),
                (6, "20:59", "22:01"),
            ):
                self.work(
                    self.post_of(order, index + 1),
                    f"2027-04-{day:02} {start}",
                    f"2027-04-{day:02} {stop}",
                    guard=guard,
                )
        self.work(
            self.post_of(order, 0), "2027-04-04 19:00", "2027-04-05 03:20", self.guard
        )
        self.assertAnnexTotal(self.invoice(order))

    def test_several_orders_in_one_invoice(self):
        orders = self.make_order(23.37) | self.make_order(31.13, 27.01)
        self.work(self.post_of(orders[0]), *CLOCK_BACK)
        self.work(
            self.post_of(orders[1], 0),
            "2026-11-10 19:00",
            "2026-11-11 02:20",
            guard=self.other_guard,
        )
        self.work(self.post_of(orders[1], 1), "2027-04-04 20:10", "2027-04-05 03:30")
        move = self.invoice(orders)
        self.assertEqual(len(move), 1)
        self.assertAnnexTotal(move)

    def test_several_invoices_in_one_file(self):
        orders = self.make_order(23.37) | self.make_order(31.13)
        self.work(self.post_of(orders[0]), *CLOCK_BACK)
        self.work(self.post_of(orders[1]), "2027-04-04 20:10", "2027-04-05 03:30")
        moves = self.invoice(orders[0]) | self.invoice(orders[1])
        self.assertEqual(len(self.sheets(moves)), 2)

    def test_several_drafts_in_one_file(self):
        moves = self.env["account.move"]
        for day in range(5, 8):
            order = self.make_order(23.37)
            self.work(
                self.post_of(order),
                f"2027-04-{day:02} 08:00",
                f"2027-04-{day:02} 12:00",
            )
            moves |= self.invoice(order, post=False)
        self.assertEqual(len(self.sheets(moves)), 3)

    def test_discount(self):
        order = self.make_order(23.37, confirm=False)
        order._guarding_lines().discount = 7.5
        order.action_confirm()
        self.work(self.post_of(order), *CLOCK_BACK)
        self.assertAnnexTotal(self.invoice(order))

    def foreign_order(self, code, price):
        currency = self.env.ref(f"base.{code}")
        currency.active = True
        currency.rate_ids.unlink()
        currency.rate_ids = [
            Command.create(
                {"name": "2026-01-01", "rate": 1.17, "company_id": self.company.id}
            )
        ]
        pricelist = self.env["product.pricelist"].create(
            {"name": code, "currency_id": currency.id, "company_id": self.company.id}
        )
        order = self.make_order(price, pricelist_id=pricelist.id)
        self.assertEqual(order.currency_id, currency)
        return order

    def test_foreign_currency(self):
        order = self.foreign_order("USD", 27.77)
        self.work(self.post_of(order), *CLOCK_BACK)
        self.work(self.post_of(order), "2027-04-04 20:10", "2027-04-05 03:30")
        move = self.invoice(order)
        self.assertEqual(move.currency_id.name, "USD")
        self.assertAnnexTotal(move)

    def test_currency_without_cents(self):
        order = self.foreign_order("JPY", 2777)
        self.work(self.post_of(order), *CLOCK_BACK)
        self.work(self.post_of(order), "2027-04-04 20:10", "2027-04-05 03:30")
        self.assertAnnexTotal(self.invoice(order))

    def test_other_products_are_told_as_such(self):
        order = self.make_order(23.37, confirm=False)
        radio = self.env["product.product"].create(
            {"name": "Radio", "type": "service", "list_price": 3.33}
        )
        order.order_line = [
            Command.create({"product_id": radio.id, "product_uom_qty": 3}),
            Command.create({"display_type": "line_note", "name": "Thank you"}),
        ]
        order.action_confirm()
        self.work(self.post_of(order), *CLOCK_BACK)
        rows = self.assertAnnexTotal(self.invoice(order))
        self.assertEqual((rows[-1][2], rows[-1][9]), ("Radio", 9.99))

    def test_down_payment(self):
        order = self.make_order(25.0, confirm=False)
        order._guarding_lines().product_uom_qty = 13
        order.action_confirm()
        wizard = self.env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": order.ids,
                "advance_payment_method": "fixed",
                "fixed_amount": 100,
            }
        )
        wizard.create_invoices()
        order.invoice_ids.action_post()
        self.work(self.post_of(order), *CLOCK_BACK)
        move = self.invoice(order, final=True)
        rows = self.assertAnnexTotal(move)
        self.assertEqual(len(rows), 5)
        self.assertLess(rows[-1][9], 0)

    def test_price_includes_the_tax(self):
        included = self.make_tax(
            self.company, 20, name="TVA incluse", price_include_override="tax_included"
        )
        order = self.make_order(23.37, confirm=False)
        order._guarding_lines().tax_ids = included
        order.action_confirm()
        self.work(self.post_of(order), *CLOCK_BACK)
        self.assertAnnexTotal(self.invoice(order))

    def test_the_card_of_that_day(self):
        """The card carried then, not the one that replaced it."""
        old = self.cards_of(self.guard)
        self.make_card(
            self.guard,
            number="CAR-075-2036-06-01-20310000001",
            date_issued="2027-04-01",
            date_expiry="2036-06-01",
        )
        order = self.make_order(25.0)
        self.work(self.post_of(order), *CLOCK_BACK)
        rows = self.assertAnnexTotal(self.invoice(order))
        self.assertEqual({row[4] for row in rows}, {old.number})

    def test_an_accountant_prints_it(self):
        """By his own rights, without any right on posts, shifts or cards."""
        accountant = self.make_user("accountant", "account.group_account_invoice")
        order = self.make_order(25.0)
        self.work(self.post_of(order), *CLOCK_BACK)
        move = self.invoice(order)
        self.env.invalidate_all()
        (rows,) = self.sheets(move, accountant)
        self.assertIn(self.cards_of(self.guard).number, str(rows))
