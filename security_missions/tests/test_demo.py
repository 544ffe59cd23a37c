from datetime import timedelta
from itertools import pairwise

from odoo import fields
from odoo.tests import TransactionCase, tagged

from ..demo.firm_data import CLIENTS, SITES


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    """The demonstration firm is alive and honest, built by the users' own methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        demo = cls.env["security.demo"]
        # A database with demonstration data has a firm, of another day perhaps.
        demo._build_missions()
        cls.company = demo._demo_company()
        cls.env = cls.env(
            context={
                **cls.env.context,
                "tz": "Europe/Paris",
                "allowed_company_ids": cls.company.ids,
            }
        )
        cls.shifts = cls.env["security.shift"].search(
            [("company_id", "=", cls.company.id)]
        )
        today = fields.Date.context_today(cls.env.user)
        cls.month = cls.env["security.demo"]._local_start(today.replace(day=1))

    def _own(self, model):
        return self.env[model].search([("company_id", "=", self.company.id)])

    def test_shape(self):
        sites = self._own("security.site")
        self.assertEqual(len(sites), len(SITES))
        self.assertEqual(len(sites.partner_id), len(CLIENTS))
        self.assertEqual(len(self._own("security.mission")), len(CLIENTS) + 1)
        held = self.shifts.filtered(lambda s: s.state != "cancelled")
        self.assertGreater(len(held), 1_500)
        self.assertGreater(len(held.employee_id), 30)

    def test_last_month_is_invoiced_to_the_cent(self):
        past = self.shifts.filtered(
            lambda s: s.state == "done" and s.date_start < self.month
        )
        self.assertGreater(len(past), 400)
        self.assertTrue(all(past.mapped("approval_date")))
        invoices = self._own("account.move").filtered("has_security_work")
        self.assertEqual(len(invoices), len(CLIENTS))
        self.assertEqual(set(invoices.mapped("state")), {"posted"})
        billed = invoices.invoice_line_ids.security_work_line_ids
        self.assertEqual(billed, past.work_line_ids)
        for invoice in invoices:
            rows = invoice._security_annex_rows()
            total = round(sum(amount for *__, amount in rows), 2)
            self.assertEqual(total, round(invoice.amount_untaxed, 2))
            self.assertAlmostEqual(
                invoice.amount_tax, invoice.amount_untaxed * 0.2, delta=0.05
            )

    def test_present_and_future(self):
        now = fields.Datetime.now()
        later = self.shifts.filtered(lambda s: s.date_start > now)
        self.assertTrue(later.filtered(lambda s: s.state == "published"))
        self.assertTrue(later.filtered(lambda s: s.state == "draft" and s.employee_id))
        holes = later.filtered(lambda s: s.state == "draft" and not s.employee_id)
        self.assertGreater(len(holes), 5)
        self.assertLess(len(holes), len(later) / 5)
        for presence in ("late", "early", "worked"):
            self.assertTrue(
                self.env["security.shift"].search_count([("presence", "=", presence)])
            )

    def test_rota_keeps_rest_and_daily_hours(self):
        held = self.shifts.filtered(lambda s: s.employee_id and s.state != "cancelled")
        for shifts in held.sorted("date_start").grouped("employee_id").values():
            self.assertLessEqual(max(shifts.mapped("hours")), 13)
            for shift, following in pairwise(shifts):
                self.assertGreaterEqual(
                    following.date_start - shift.date_stop, timedelta(hours=11)
                )

    def test_guard_login_has_a_shift_to_clock(self):
        user = self.env["security.demo"]._demo_user("guard")
        mine = self.env["security.shift"].with_user(user)
        shift = mine.search([("state", "=", "published")], order="date_start", limit=1)
        self.assertLess(shift.date_start, fields.Datetime.now() + timedelta(hours=1))
        shift._clock_in()
        self.assertEqual(shift.state, "started")

    def test_building_again_adds_nothing(self):
        before = len(self.shifts)
        self.env["security.demo"]._build_missions()
        self.assertEqual(len(self._own("security.shift")), before)

    def test_rounds_of_the_past_nights(self):
        rounds = self._own("security.patrol")
        self.assertEqual(len(rounds.route_id), 2)
        for state in ("done", "missed", "incomplete", "planned"):
            self.assertTrue(rounds.filtered(lambda p, s=state: p.state == s), state)
        doubtful = rounds.filtered(lambda p: "burst" in (p.doubts or ""))
        self.assertTrue(doubtful)
        self.assertEqual(set(doubtful.mapped("review_state")), {"to_review"})
