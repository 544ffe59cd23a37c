"""The road from the contract to the invoice, as its travellers walk it."""

from io import BytesIO

import openpyxl

from odoo.addons.security_missions.tests import test_legal_notice

from .road import Refused, RoadCase

ACCOUNTANT = (
    "security_workforce.group_security_user",
    "sales_team.group_sale_salesman_all_leads",
    "account.group_account_invoice",
)
LAW = "ne confère aucune prérogative de puissance publique"


class TestRoad(RoadCase):
    """One night of the clock change, sold at 25.00 EUR: 13 hours, 370.00 EUR."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.setup_firm()
        cls.make_user("accountant_r", *ACCOUNTANT)
        cls.make_user("planner_r", "security_workforce.group_security_planner")
        for login in ("guard_r", "stranger_r"):
            user = cls.make_user(login, "base.group_portal")
            cls.make_guard(login.capitalize(), user=user)
        cls.night_guard = cls.env["hr.employee"].search([("name", "=", "Guard_r")])
        dogs = cls.env.ref("security_workforce.activity_cyno")
        cls.dog_handler = cls.make_guard("Dog handler", activity_id=dogs.id)
        for login, company in (
            ("client_r", cls.client),
            ("rival_r", cls.make_client("Rival")),
        ):
            user = cls.make_user(login, "base.group_portal")
            user.partner_id.parent_id = company

    def test_from_contract_to_invoice(self):
        with self.at("2026-10-05 09:00"):
            order_id = self._sell()
            self._plan(order_id)
        with self.at("2026-10-20 09:00"):
            shift_id = self._assign_and_publish()
        self._work(shift_id)
        with self.at("2026-10-26 09:00"):
            self._approve(shift_id)
            move_id = self._invoice(order_id)
            self._read_annex(move_id)
            self._read_as_client(move_id)

    # ------------------------------------------------------------
    # Contract: the accountant
    # ------------------------------------------------------------

    def _sell(self):
        quotation = {
            "partner_id": self.client.id,
            "order_line": [
                (0, 0, {"product_id": self.product.id, "product_uom_qty": 13})
            ],
        }
        outsiders = ("planner_r", "guard_r", "client_r")
        self.assert_no_right(outsiders, "sale.order", "create", [quotation])

        self.login("accountant_r")
        (order_id,) = self.call("sale.order", "create", [quotation])
        self.press("sale.order", "action_confirm", [order_id])

        (order,) = self.call(
            "sale.order", "read", [order_id], ["state", "security_mission_ids"]
        )
        self.assertEqual(order["state"], "sale")
        self.assertEqual(len(order["security_mission_ids"]), 1)
        lines = self.call(
            "sale.order.line",
            "search_read",
            [("order_id", "=", order_id)],
            ["security_band", "price_unit"],
        )
        self.assertEqual(
            {line["security_band"]: line["price_unit"] for line in lines},
            {False: 25.0, "night": 2.5, "sunday": 2.5, "holiday": 25.0},
        )
        return order_id

    # ------------------------------------------------------------
    # Needs and shifts: the planner
    # ------------------------------------------------------------

    def _plan(self, order_id):
        need = {"date": "2026-10-24", "hour_start": 19.0, "duration": 12.0}
        self.login("planner_r")
        (mission,) = self.call(
            "security.mission",
            "search_read",
            [("sale_order_id", "=", order_id)],
            ["state", "post_ids"],
        )
        self.assertEqual(mission["state"], "active")
        (self.post_id,) = mission["post_ids"]

        others = ("accountant_r", "guard_r", "client_r")
        wizard = {
            "post_ids": [(6, 0, [self.post_id])],
            "date_from": "2026-10-01",
            "date_to": "2026-10-31",
        }
        vals = {"need_ids": [(0, 0, need)]}
        self.assert_no_right(others, "security.post", "write", [self.post_id], vals)
        self.assert_no_right(others, "security.shift.generate", "create", [wizard])

        self.login("planner_r")
        self.call("security.post", "write", [self.post_id], vals)
        for expected in ("ir.actions.act_window", "ir.actions.client"):
            (wizard_id,) = self.call("security.shift.generate", "create", [wizard])
            action = self.press("security.shift.generate", "action_generate", wizard_id)
            # The second time there is nothing to add, and a notification says so.
            self.assertEqual(action["type"], expected)
        (shift,) = self._shifts()
        self.assertEqual(shift["date_start"], "2026-10-24 17:00:00")
        self.assertEqual(shift["date_stop"], "2026-10-25 06:00:00")
        self.assertEqual(shift["hours"], 13.0)

    def _shifts(self):
        return self.call(
            "security.shift",
            "search_read",
            [("post_id", "=", self.post_id)],
            ["date_start", "date_stop", "hours", "state", "presence"],
        )

    def _assign_and_publish(self):
        self.login("planner_r")
        (shift,) = self._shifts()
        ids = [shift["id"]]
        write, publish = "write", "action_publish"

        self.assert_refused(
            "assign one before publishing", "security.shift", publish, ids
        )
        self.call("security.shift", write, ids, {"employee_id": self.dog_handler.id})
        self.assert_refused("CSI L612-20", "security.shift", publish, ids)

        guard = {"employee_id": self.night_guard.id}
        others = ("accountant_r", "guard_r", "client_r")
        self.assert_no_right(others, "security.shift", write, ids, guard)
        self.login("planner_r")
        self.call("security.shift", write, ids, guard)
        self.assert_no_right(others, "security.shift", publish, ids)

        self.login("guard_r")
        self.assertIn("No shift is published for you", self.page("/my/shifts"))
        self.login("planner_r")
        self.press("security.shift", publish, ids)
        self.assertEqual(self._shifts()[0]["state"], "published")
        return shift["id"]

    # ------------------------------------------------------------
    # Work: the guard
    # ------------------------------------------------------------

    def _work(self, shift_id):
        with self.at("2026-10-24 17:30"):
            self.login("guard_r")
            html = self.page("/my/shifts")
            self.assertIn(f'data-shift="{shift_id}"', html)
            self.assertNotIn("Clock In", html)
            self.assertIn("It is too early", self.clock(shift_id, "clock_in").text)
            self.assertEqual(self.clock(shift_id, "clock_in", False).status_code, 400)
            self.assert_no_right(
                ["guard_r"], "security.shift", "write", [shift_id], {"note": "mine"}
            )
            self.assert_no_right(["guard_r"], "hr.attendance", "create", [{}])
        with self.at("2026-10-24 19:00"):
            for login in ("stranger_r", "client_r", "planner_r"):
                self.login(login)
                self.assertNotIn(f'data-shift="{shift_id}"', self.page("/my/shifts"))
                self.assertEqual(self.clock(shift_id, "clock_in").status_code, 404)
            self.login("guard_r")
            self.assertIn("Clock In", self.page("/my/shifts"))
            self.assertIn("Clock Out", self.clock(shift_id, "clock_in").text)
            self.login("planner_r")
            self.assertEqual(self._shifts()[0]["presence"], "present")
            self.assert_refused(
                "has not clocked out", "security.shift", "action_approve", [shift_id]
            )
        with self.at("2026-10-25 07:00"):
            self.login("guard_r")
            self.assertNotIn("Clock Out", self.clock(shift_id, "clock_out").text)

    # ------------------------------------------------------------
    # Approval: the planner
    # ------------------------------------------------------------

    def _approve(self, shift_id):
        others = ("accountant_r", "guard_r", "client_r")
        approve = "security.shift", "action_approve", [shift_id]
        self.assert_no_right(others, *approve)
        self.login("planner_r")
        self.press(*approve)
        self.press(*approve)  # a second press adds nothing

        lines = self.call(
            "security.work.line",
            "search_read",
            [("shift_id", "=", shift_id)],
            ["hours", "is_night", "is_sunday", "is_holiday"],
            order="date_start",
        )
        kinds = [(line["hours"], line["is_night"], line["is_sunday"]) for line in lines]
        self.assertEqual(
            kinds,
            [
                (2.0, False, False),
                (3.0, True, False),
                (7.0, True, True),
                (1.0, False, True),
            ],
        )
        work_line = "security.work.line"
        self.assert_no_right(["planner_r", *others], work_line, "create", [{}])
        self.login("planner_r")
        line_id = lines[0]["id"]
        self.assert_refused("never edited", work_line, "write", line_id, {"hours": 1})
        moved = {"date_stop": "2026-10-25 05:00:00"}
        self.assert_refused(
            "are approved", "security.shift", "write", [shift_id], moved
        )

    # ------------------------------------------------------------
    # Invoice: the accountant, then the client
    # ------------------------------------------------------------

    def _invoice(self, order_id):
        wizard = {
            "sale_order_ids": [(6, 0, [order_id])],
            "advance_payment_method": "delivered",
        }
        others = ("planner_r", "guard_r", "client_r")
        self.assert_no_right(others, "sale.advance.payment.inv", "create", [wizard])
        self.login("accountant_r")
        (wizard_id,) = self.call("sale.advance.payment.inv", "create", [wizard])
        self.press("sale.advance.payment.inv", "create_invoices", [wizard_id])
        (order,) = self.call("sale.order", "read", [order_id], ["invoice_ids"])
        (move_id,) = order["invoice_ids"]

        self.assert_no_right(others, "account.move", "action_post", [move_id])
        self.login("accountant_r")
        self.press("account.move", "action_post", [move_id])
        fields = ["state", "amount_untaxed", "amount_total"]
        (move,) = self.call("account.move", "read", [move_id], fields)
        self.assertEqual(move["state"], "posted")
        self.assertEqual(move["amount_untaxed"], 370.0)
        self.assertEqual(move["amount_total"], 444.0)
        return move_id

    def _read_annex(self, move_id):
        url = f"/report/xlsx/security_missions.invoice_annex/{move_id}"
        for login in ("guard_r", "client_r", "rival_r", "planner_r"):
            with self.subTest(login=login):
                self.login(login)
                response = self.url_open(url, timeout=60)
                self.assertNotEqual(response.content[:2], b"PK")
        self.login("accountant_r")
        response = self.url_open(url, timeout=60)
        self.assertEqual(response.status_code, 200)
        sheet = openpyxl.load_workbook(BytesIO(response.content)).active
        rows = list(sheet.iter_rows(values_only=True))
        head = next(i for i, row in enumerate(rows) if row[0] == "Date")
        total = next(i for i, row in enumerate(rows) if row[0] == "Untaxed total")
        amounts = [row[-1] for row in rows[head + 1 : total] if row[-1] is not None]
        self.assertEqual(len(amounts), 4)
        self.assertAlmostEqual(sum(amounts), 370.0, places=2)
        self.assertAlmostEqual(rows[total][-1], 370.0, places=2)

    def _read_as_client(self, move_id):
        url = f"/my/invoices/{move_id}"
        self.login("rival_r")
        self.assertNotIn(f"/my/invoices/{move_id}", self.url_open(url).url)
        self.login("client_r")
        self.assertIn('id="invoice_html"', self.page(url))
        html = self.page(f"{url}?report_type=html")
        self.assertRegex(html, r"370[.,]00")
        self.assertIn(LAW, html)
        self.want_real_pdf()
        test_legal_notice.TestLegalNotice.patch_font(self)
        response = self.url_open(f"{url}?report_type=pdf&download=true", timeout=120)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        text = test_legal_notice.plain(test_legal_notice.pdf_text(response.content))
        self.assertIn(LAW, text)
        self.assertIn(self.company.security_authorisation_number, text)


class TestDoors(RoadCase):
    """The doors of the road are shut to those who are not logged in."""

    def test_nobody(self):
        for url in ("/my/shifts", "/odoo/security-rota", "/odoo/security-hours"):
            with self.subTest(url=url):
                self.assertIn("/web/login", self.url_open(url).url)
        with self.assertRaises(Refused):
            self.call("security.shift", "search_read", [], ["date_start"])
