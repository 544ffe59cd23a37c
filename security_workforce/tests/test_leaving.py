from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .common import NOW, TODAY
from .test_checklist import ChecklistCase

LEAVING = ["EQUIPMENT-BACK", "UNIFORM-BACK", "CARD-BACK", "CNAPS", "LOGIN", "PAPERS"]


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestLeaving(ChecklistCase):
    def own_steps(self, checklist):
        """Steps of this module: the rota brings one of its own."""
        codes = [line.step_id.code for line in checklist.line_ids]
        return [code for code in codes if code in LEAVING]

    def test_kit_and_login(self):
        user = new_test_user(
            self.env, "workforce_leaver", groups="base.group_portal", name="Anna"
        )
        self.anna.user_id = user
        parka = self.hand_over(self.anna, size="L", quantity=2)
        radio = self.hand_over(self.anna, "Radio", kind="equipment", serial="R-12")
        checklist = self.leaving()
        self.assertEqual(self.own_steps(checklist), LEAVING)
        self.assertIn("2 × Parka (L)", self.line(checklist, "UNIFORM-BACK").reason)
        self.assertIn("Radio", self.line(checklist, "EQUIPMENT-BACK").reason)
        self.assertIn("workforce_leaver", self.line(checklist, "LOGIN").reason)
        radio.with_user(self.planner).action_return()
        self.assertEqual(self.states(checklist)["EQUIPMENT-BACK"], "met")
        self.assertEqual(self.states(checklist)["UNIFORM-BACK"], "missing")
        self.assertEqual(radio.returned_to_id, self.planner)
        parka.action_return()
        user.active = False
        states = self.states(checklist)
        self.assertEqual((states["UNIFORM-BACK"], states["LOGIN"]), ("met", "met"))
        for code in ("CARD-BACK", "CNAPS", "PAPERS"):
            self.line(checklist, code).action_tick()
        self.assertEqual(checklist.state, "cleared")

    def depart(self, guards, day="2026-11-30", **vals):
        # The core keeps the dates of contracts for HR administrators.
        wizard = (
            self.env["hr.departure.wizard"]
            .with_user(
                self.new_user(f"boss{guards.id}{len(vals)}", "hr.group_hr_manager")
            )
            .with_context(active_ids=guards.ids)
            .create({"departure_date": day, **vals})
        )
        wizard.action_register_departure()
        return wizard

    def test_a_departure_opens_the_list_of_a_guard(self):
        self.new_card()
        self.depart(self.anna)
        checklist = self.anna.security_checklist_ids
        self.assertEqual(checklist.direction, "leaving")
        self.assertEqual(checklist.date, date(2026, 11, 30))
        self.assertEqual(self.line(checklist, "CNAPS").deadline, date(2026, 12, 7))

    def test_a_departure_of_somebody_else_does_not(self):
        wizard = self.depart(self.boris)
        self.assertFalse(wizard.security_leaving)
        self.assertFalse(self.boris.security_checklist_ids)
        self.depart(self.boris, security_leaving=True)
        self.assertEqual(self.boris.security_checklist_ids.mapped("state"), ["open"])

    def contract(self, end, guard=None):
        (guard or self.anna).write(
            {"contract_date_start": "2026-06-01", "contract_date_end": end}
        )

    def test_a_contract_that_ends_soon_opens_it(self):
        self.new_card()
        self.contract("2026-12-23")
        self.assertFalse(self.anna.security_checklist_ids, "The firm did not ask")
        self.company.security_checklist_auto = True
        self.contract("2027-03-01")
        self.assertFalse(self.anna.security_checklist_ids, "Too early")
        self.contract("2026-12-23")
        checklist = self.anna.security_checklist_ids
        self.assertEqual(checklist.date, date(2026, 12, 23))
        self.contract("2026-12-20")
        self.assertEqual(checklist.date, date(2026, 12, 20))
        self.assertEqual(len(self.anna.security_checklist_ids), 1)

    def test_the_night_opens_it_once(self):
        self.company.security_checklist_auto = True
        self.new_card()
        self.contract("2027-03-01")
        cron = self.env.ref("security_workforce.ir_cron_workforce_follow_lists")
        for day, count in (("2027-01-29", 0), ("2027-01-30", 1), ("2027-01-31", 1)):
            with freeze_time(f"{day} 03:00:00"), self.enter_registry_test_mode():
                cron.method_direct_trigger()
            self.env.invalidate_all()
            self.assertEqual(len(self.anna.security_checklist_ids), count, day)
        self.anna.security_checklist_ids.action_cancel()
        with freeze_time("2027-02-01 03:00:00"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(
            self.anna.security_checklist_ids.mapped("state"), ["cancelled"]
        )

    def test_another_contract_follows(self):
        self.company.security_checklist_auto = True
        self.new_card()
        self.contract("2026-12-20")
        self.anna.security_checklist_ids.action_cancel()
        self.anna.create_version(
            {
                "date_version": date(2026, 12, 21),
                "contract_date_start": date(2026, 12, 21),
                "contract_date_end": False,
            }
        )
        self.assertFalse(
            self.env["hr.employee"]._security_leaving_around(self.company, TODAY, 60)
        )


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestKit(ChecklistCase):
    def test_who_handed_over_is_a_fact(self):
        item = (
            self.env["security.kit.item"]
            .with_user(self.planner)
            .create(
                {
                    "employee_id": self.anna.id,
                    "name": "Parka",
                    "given_by_id": self.hr.id,
                }
            )
        )
        self.assertEqual(item.given_by_id, self.planner)
        item.write({"given_by_id": self.hr.id, "returned_to_id": self.hr.id})
        self.assertEqual(item.given_by_id, self.planner)
        self.assertFalse(item.returned_to_id)

    def test_numbers_and_days(self):
        for wrong in ({"quantity": 0}, {"returned_on": "2026-11-01"}):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
                self.hand_over(self.anna, **wrong)

    def test_what_was_given_back_stays(self):
        item = self.hand_over(self.anna)
        item.action_return()
        with self.assertRaisesRegex(UserError, "stays in the register"):
            item.unlink()
        self.hand_over(self.anna, "By mistake").unlink()
