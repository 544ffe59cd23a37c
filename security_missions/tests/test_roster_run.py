"""The rota solved in the real worker process, checked by the rules themselves."""

import threading
import time
from datetime import date, timedelta
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command
from odoo.api import Environment
from odoo.exceptions import AccessError, UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, TransactionCase, freeze_time, tagged
from odoo.tests.common import get_db_name

from ..engine.roster.client import Run
from .common import SecurityMissionsMixin, utc

# A Monday to come, and the six days after it.
MONDAY = date.today() + timedelta(days=28 - date.today().weekday())
DAYS = [str(MONDAY + timedelta(days=number)) for number in range(7)]


class RosterCase(SecurityMissionsMixin, TransactionCase):
    """The clock is the real one: a frozen day is no plain date for the worker."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_firm()
        cls.obey_the_law()
        cls.third = cls.make_guard("Iris Test")
        cls.guards = cls.guard | cls.other_guard | cls.third
        cls.post = cls.make_post()
        cls.env["security.roster.run"].search([]).unlink()

    def make_run(self, **values):
        return self.env["security.roster.run"].create(
            {
                "date_from": DAYS[0],
                "date_to": DAYS[-1],
                "seconds": 10,
                "company_id": self.company.id,
                **values,
            }
        )

    def open_week(self, hours=("07:00", "19:00"), post=None):
        return self.env["security.shift"].union(
            *(
                self.make_shift(
                    post or self.post, f"{day} {hours[0]}", f"{day} {hours[1]}"
                )
                for day in DAYS
            )
        )

    def assert_lawful(self, shifts):
        shifts.invalidate_recordset()
        for shift in shifts.filtered("employee_id"):
            self.assertIn(
                shift.eligibility, ("ok", "warning"), shift.eligibility_findings
            )


@tagged("post_install", "-at_install")
class TestRosterRun(RosterCase):
    def test_a_week_is_filled_and_applied(self):
        shifts = self.open_week()
        run = self.make_run()
        run._solve_now()
        self.assertEqual(run.state, "done", run.message)
        self.assertEqual((run.needed, run.covered), (7, 7))
        self.assertEqual(run.cover_percent, 100)
        self.assertFalse(shifts.employee_id, "nothing changes before it is applied")
        self.assertEqual(len(run.assignment_ids), 7)
        run.action_apply()
        self.assertEqual(run.state, "applied")
        self.assertTrue(all(shift.employee_id for shift in shifts))
        self.assertEqual(set(shifts.mapped("state")), {"draft"})
        self.assert_lawful(shifts)
        run.action_undo()
        self.assertFalse(shifts.employee_id)
        self.assertEqual(run.state, "done")

    def test_locked_shifts_stay_and_count(self):
        """Who has a night keeps it, and rests before what he is given."""
        other = self.make_post("Night")
        locked = self.make_shift(
            other, f"{DAYS[0]} 19:00", f"{DAYS[1]} 07:00", self.guard, state="published"
        )
        kept = self.make_shift(
            other, f"{DAYS[2]} 07:00", f"{DAYS[2]} 19:00", self.other_guard
        )
        shifts = self.open_week()
        run = self.make_run()
        run._solve_now()
        self.assertNotIn(locked, run.assignment_ids.shift_id)
        run.action_apply()
        self.assertEqual(locked.employee_id, self.guard)
        self.assertEqual(kept.employee_id, self.other_guard)
        near = shifts.filtered(lambda s: s.date_start < utc(f"{DAYS[1]} 19:00"))
        self.assertEqual(len(near), 2)
        self.assertNotIn(self.guard, near.employee_id)
        self.assert_lawful(shifts | locked | kept)

    def test_absent_guards_and_those_without_card_get_nothing(self):
        self.make_guard("No Card", card=False)
        leave_type = self.env["hr.leave.type"].create(
            {
                "name": "Time off",
                "requires_allocation": False,
                "leave_validation_type": "no_validation",
                "company_id": self.company.id,
            }
        )
        self.env["hr.leave"].create(
            {
                "name": "Away",
                "employee_id": self.guard.id,
                "holiday_status_id": leave_type.id,
                "request_date_from": DAYS[0],
                "request_date_to": DAYS[-1],
            }
        )
        self.open_week()
        run = self.make_run()
        run._solve_now()
        self.assertEqual(run.covered, 7)
        self.assertEqual(run.assignment_ids.employee_id, self.other_guard | self.third)

    def test_what_cannot_be_covered_says_why(self):
        """Three guards cannot hold day and night of two posts."""
        for name in ("North", "South"):
            post = self.make_post(name)
            self.open_week(post=post)
            self.open_week(("19:00", "23:00"), post=post)
        run = self.make_run(seconds=6)
        run._solve_now()
        self.assertTrue(0 < run.covered < run.needed)
        self.assertEqual(len(run.uncovered_ids), run.needed - run.covered)
        told = "\n".join(run.uncovered_ids.mapped("reasons"))
        self.assertIn("with the other shifts of this rota, more than 48 h", told)
        self.assertIn("2 guards (", told)
        run.action_apply()
        self.assert_lawful(self.env["security.shift"].search([]))

    def test_repair_moves_as_little_as_possible(self):
        shifts = self.open_week()
        takers = [self.guard, self.other_guard, self.third]
        for number, shift in enumerate(shifts):
            shift.employee_id = takers[number % 3]
        before = {shift: shift.employee_id for shift in shifts}
        run = self.make_run(
            mode="repair", absent_employee_id=self.guard.id, absent_to=DAYS[3]
        )
        run._solve_now()
        lost = shifts.filtered(
            lambda s: (
                s.employee_id == self.guard and s.date_start < utc(f"{DAYS[4]} 00:00")
            )
        )
        self.assertEqual(run.assignment_ids.shift_id, lost)
        run.action_apply()
        for shift in shifts - lost:
            self.assertEqual(shift.employee_id, before[shift])
        self.assertTrue(all(lost.mapped("employee_id")))
        self.assertNotIn(self.guard, lost.employee_id)
        run.action_undo()
        self.assertEqual({s: s.employee_id for s in shifts}, before)

    def test_apply_refuses_what_changed_and_keeps_the_rest(self):
        shifts = self.open_week()
        run = self.make_run()
        run._solve_now()
        taken, busy, gone = run.assignment_ids[:3]
        stranger = self.make_guard("Paul Late")
        taken.shift_id.employee_id = stranger
        # At the hours he was to have: his other days stay lawful.
        day = busy.shift_id.date_start.date()
        self.make_shift(
            self.make_post("Else"), f"{day} 07:00", f"{day} 19:00", busy.employee_id
        )
        gone.shift_id.action_cancel()
        run.action_apply()
        lines = taken | busy | gone
        self.assertEqual(set(lines.mapped("state")), {"refused"})
        self.assertIn("Paul Late", taken.sentence)
        self.assertEqual(taken.shift_id.employee_id, stranger)
        self.assertFalse(busy.shift_id.employee_id)
        rest = run.assignment_ids - lines
        self.assertEqual(set(rest.mapped("state")), {"applied"})
        self.assert_lawful(shifts)

    def test_undo_is_refused_once_published(self):
        shifts = self.open_week()
        run = self.make_run()
        run._solve_now()
        run.action_apply()
        shifts[0].action_publish()
        with self.assertRaisesRegex(UserError, "no draft any more"):
            run.action_undo()
        self.assertTrue(all(shift.employee_id for shift in shifts))

    def test_a_killed_worker_is_told_and_can_be_started_again(self):
        self.open_week()
        run = self.make_run()
        start = Run.start

        def start_and_die(worker):
            start(worker)
            worker._process.kill()
            return worker

        with patch.object(Run, "start", start_and_die):
            run._solve_now()
        self.assertEqual(run.state, "failed")
        self.assertIn("start the search again", run.message)
        run._solve_now()
        self.assertEqual(run.state, "done")
        self.assertFalse(run.message)

    def test_a_stopped_server_is_told(self):
        run = self.make_run()
        run._mark_started()
        run.action_refresh()
        self.assertEqual(run.state, "running")
        with freeze_time(run.heartbeat + timedelta(minutes=6)):
            run.action_refresh()
        self.assertEqual(run.state, "failed")
        self.assertIn("server was stopped", run.message)

    def test_nothing_to_cover_is_told(self):
        run = self.make_run()
        run._solve_now()
        self.assertEqual(run.state, "failed")
        self.assertIn("No open draft shift", run.message)

    def test_rights_and_companies(self):
        planner = self.make_user("pia", "security_workforce.group_security_planner")
        reader = self.make_user("rex", "security_workforce.group_security_user")
        self.open_week()
        run = self.make_run().with_user(planner)
        run._solve_now()
        self.assertEqual(run.with_user(reader).covered, 7)
        with self.assertRaises(AccessError):
            run.with_user(reader).action_start()
        with self.assertRaises(AccessError):
            run.with_user(reader).action_apply()
        with self.assertRaisesRegex(UserError, "use its buttons"):
            run.state = "applied"
        with self.assertRaisesRegex(UserError, "kept or not"):
            run.assignment_ids[0].employee_id = self.guard
        run.assignment_ids[0].keep = False
        run.action_apply()
        self.assertEqual(
            run.assignment_ids.grouped("state")["applied"], run.assignment_ids[1:]
        )
        elsewhere = self.make_company("Ronde SARL")
        foreigner = self.make_user(
            "zed", "security_workforce.group_security_planner", company=elsewhere
        )
        for name in ("run", "assignment", "uncovered", "guard"):
            model = self.env[f"security.roster.{name}"].with_user(foreigner)
            found = model.with_context(allowed_company_ids=elsewhere.ids).search([])
            self.assertFalse(found)

    def test_another_firm_neither_gives_nor_gets(self):
        elsewhere = self.make_company("Ronde SARL")
        self.env.user.company_ids = [Command.link(elsewhere.id)]
        both = (self.company | elsewhere).ids
        self.env = self.env(context={**self.env.context, "allowed_company_ids": both})
        stranger = self.make_guard("Far Away", company=elsewhere)
        self.open_week()
        run = self.make_run()
        run._solve_now()
        self.assertNotIn(stranger, run.assignment_ids.employee_id)
        self.assertEqual(run.covered, 7)

    def test_the_facts_cost_a_fixed_number_of_queries(self):
        run = self.make_run()
        self.open_week()
        counts = [self.queries_of(run)]
        for number in range(5):
            self.make_guard(f"More {number}")
        self.open_week(("20:00", "23:00"))
        counts.append(self.queries_of(run))
        self.assertEqual(counts[0], counts[1])

    def queries_of(self, run):
        run._gather()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        run._gather()
        return self.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestRosterThread(BaseCase):
    """The button: a thread with connections of its own, on committed data."""

    def test_a_search_is_followed_apart(self):
        registry = Registry(get_db_name())
        with registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            run = env["security.roster.run"].create(
                {"name": "Apart", "date_from": "2099-01-05", "date_to": "2099-01-06"}
            )
            key = run.id
            run.action_start()
            threads = [t for t in threading.enumerate() if t.name.endswith(f"-{key}")]
            self.assertFalse(threads, "it starts once the run is committed")
        self.addCleanup(self.remove, registry, key)
        until = time.monotonic() + 30
        state = "running"
        while state == "running" and time.monotonic() < until:
            time.sleep(0.2)
            with registry.cursor() as cr:
                env = Environment(cr, SUPERUSER_ID, {})
                run = env["security.roster.run"].browse(key)
                state, message = run.state, run.message
        self.assertEqual(state, "failed")
        self.assertIn("No open draft shift", message)

    def remove(self, registry, key):
        with registry.cursor() as cr:
            Environment(cr, SUPERUSER_ID, {})["security.roster.run"].browse(
                key
            ).unlink()
