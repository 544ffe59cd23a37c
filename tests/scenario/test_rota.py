"""The life of a rota: an amendment, a solved month, a publication, a sick guard."""

import re

from odoo.tests import tagged

from .road import RoadCase

FIRST, LAST = "2027-05-01", "2027-05-31"


@tagged("standard", "post_install", "-at_install")
class TestRota(RoadCase):
    """A desk held from 8:00 to 16:00 on working days, sold at 25.00 EUR an hour."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.setup_firm()
        cls.obey_the_law()
        cls.make_user("planner_t", "security_workforce.group_security_planner")
        cls.guards = cls.env["hr.employee"]
        for login in ("first_t", "second_t", "third_t"):
            user = cls.make_user(login, "base.group_portal")
            guard = cls.make_guard(login.capitalize(), user=user)
            guard.work_email = f"{login}@guards.example.com"
            guard.sudo().version_id.write(
                {"wage": 1516.7, "security_weekly_hours": 35.0}
            )
            cls.guards |= guard
        (cls.guard | cls.other_guard).active = False
        cls.company.security_charges_percent = 0
        cls.order = cls.make_order()
        cls.order.security_mission_ids.date_start = "2027-01-01"
        cls.post = cls.post_of(cls.order)
        cls.needs = cls.env["security.post.need"].create(
            [
                {
                    "post_id": cls.post.id,
                    "weekday": str(weekday),
                    "hour_start": 8,
                    "duration": 8,
                    "headcount": 1,
                }
                for weekday in range(5)
            ]
        )

    def test_from_amendment_to_replacement(self):
        with self.at("2027-04-05 09:00"):
            self._generate()
            self._amend()
        # The dates of a clock that stands still do not go to another process.
        self._solve()
        with self.at("2027-04-06 09:00"):
            shift = self._publish()
            self._read_by_the_guard(shift.employee_id)
        # Fourteen hours before the shift.
        with self.at("2027-05-05 18:00"):
            sick, taker = self._replace(shift)
            self._check_ledger(shift, sick, taker)
            self._check_margin(shift)

    # ------------------------------------------------------------
    # The need and its amendment
    # ------------------------------------------------------------

    def _shifts(self):
        self.env.invalidate_all()
        return self.env["security.shift"].search([("post_id", "=", self.post.id)])

    def _generate(self):
        self.login("planner_t")
        (wizard,) = self.call(
            "security.shift.generate",
            "create",
            [
                {
                    "date_from": FIRST,
                    "date_to": LAST,
                    "post_ids": [(6, 0, self.post.ids)],
                }
            ],
        )
        self.press("security.shift.generate", "action_generate", [wizard])
        return wizard

    def _amend(self):
        """From 17 May the client wants two guards on Mondays, and until 18:00."""
        before = self._shifts()
        self.assertEqual(len(before), 21)
        monday = self.needs[0]
        self.call("security.post.need", "write", monday.ids, {"date_to": "2027-05-16"})
        self.call(
            "security.post.need",
            "create",
            [
                {
                    "post_id": self.post.id,
                    "weekday": "0",
                    "hour_start": 8.0,
                    "duration": 10.0,
                    "headcount": 2,
                    "date_from": "2027-05-17",
                    "order_ref": "PO-118",
                }
            ],
        )
        self._generate()
        after = self._shifts()
        # Three Mondays change: 17, 24 and 31 May.
        gone, added = before - after, after - before
        self.assertEqual((len(gone), len(added)), (3, 6))
        self.assertEqual(set(added.mapped("hours")), {10})
        self._generate()
        self.assertEqual(self._shifts(), after)

    # ------------------------------------------------------------
    # The plan
    # ------------------------------------------------------------

    def _solve(self):
        self.login("planner_t")
        (run_id,) = self.call(
            "security.roster.run",
            "create",
            [
                {
                    "date_from": FIRST,
                    "date_to": LAST,
                    "post_ids": [(6, 0, self.post.ids)],
                    "seconds": 10,
                }
            ],
        )
        run = self.env["security.roster.run"].browse(run_id)
        # In this thread: another one would not see what is not committed.
        run._solve_now()
        self.assertEqual(run.state, "done", run.message)
        self.assertEqual((run.needed, run.covered), (24, 24))
        self.press("security.roster.run", "action_apply", [run_id])
        shifts = self._shifts()
        self.assertTrue(all(shift.employee_id for shift in shifts))
        stopped = shifts.filtered(lambda s: s.eligibility in ("blocked", "override"))
        self.assertFalse(stopped)

    def _publish(self):
        self.login("planner_t")
        shifts = self._shifts()
        self.press("security.shift", "action_publish", shifts.ids)
        self.env.invalidate_all()
        self.assertEqual(set(shifts.mapped("state")), {"published"})
        versions = self.env["security.publication"].search(
            [("employee_id", "in", self.guards.ids)]
        )
        self.assertEqual(versions.employee_id, shifts.employee_id)
        self.assertEqual(set(versions.mapped("number")), {1})
        return shifts.filtered(lambda s: str(s.date_start.date()) == "2027-05-06")

    def _read_by_the_guard(self, guard):
        self.login(guard.user_id.login)
        page = self.page("/my/security/rota")
        self.assertIn("I have read it", page)
        token = re.search(r'csrf_token: "([^"]+)"', page)[1]
        version = self.env["security.publication"].search(
            [("employee_id", "=", guard.id)]
        )
        self.url_open(
            f"/my/security/rota/{version.id}/read", data={"csrf_token": token}
        )
        self.env.invalidate_all()
        self.assertEqual(version.acknowledged_by_id, guard.user_id)

    # ------------------------------------------------------------
    # A guard calls in sick
    # ------------------------------------------------------------

    def _replace(self, shift):
        """Offered to all who may; the first who says yes on his page has it."""
        sick = shift.employee_id
        self.login("planner_t")
        (offer_id,) = self.call(
            "security.shift.offer",
            "create",
            [{"shift_id": shift.id, "mode": "first_accept", "ground": "absence"}],
        )
        self.press("security.shift.offer", "action_open", [offer_id])
        offer = self.env["security.shift.offer"].browse(offer_id)
        self.env.invalidate_all()
        self.assertTrue(offer.answer_ids)
        self.assertNotIn(sick, offer.answer_ids.employee_id)
        answer = offer.answer_ids[0]
        taker = answer.employee_id
        self.login(taker.user_id.login)
        page = self.page("/my/security/offers")
        token = re.search(r'csrf_token: "([^"]+)"', page)[1]
        said = self.url_open(
            f"/my/security/offers/{answer.id}/yes", data={"csrf_token": token}
        )
        self.assertIn("The shift is yours.", said.text)
        self.env.invalidate_all()
        self.assertEqual((shift.employee_id, shift.state), (taker, "published"))
        return sick, taker

    def _check_ledger(self, shift, sick, taker):
        rows = self.env["security.notice"].search([("shift_id", "=", shift.id)])
        told = {row.employee_id: row for row in rows}
        self.assertEqual(set(told), {sick, taker})
        self.assertEqual(told[sick].kind, "removed")
        row = told[taker]
        self.assertEqual(
            (row.kind, row.ground, row.tier), ("assigned", "absence", "urgent")
        )
        self.assertEqual(row.notice_hours, 14)
        self.assertEqual(row.required, "express")
        self.assertEqual((row.consent_answer, row.consent_channel), ("given", "portal"))
        versions = self.env["security.publication"].search(
            [("employee_id", "=", taker.id)], order="number"
        )
        self.assertEqual(versions.mapped("number"), list(range(1, len(versions) + 1)))
        self.assertEqual(shift.acknowledgement, "pending")

    def _check_margin(self, shift):
        """Ascension Day: eight hours at 25.00 EUR and as much again, less eight at
        10.00 EUR, as much again, and the meal."""
        planned = shift.with_user(
            self.env["res.users"].search([("login", "=", "planner_t")])
        )
        self.assertAlmostEqual(planned.planned_cost, 164.48, 2)
        self.assertAlmostEqual(planned.planned_margin, 235.52, 2)
