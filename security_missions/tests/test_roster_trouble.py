"""What a search for a rota respects, and what it survives."""

import time
from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.security_workforce.engine.verdict import Finding

from ..engine.roster.client import Reasons, Run
from ..models import security_roster_solve
from ..models.security_roster_solve import SecurityRosterRun
from .common import utc
from .test_roster_run import DAYS, MONDAY, RosterCase

SOLVE = "odoo.addons.security_missions.models.security_roster_solve"


@tagged("post_install", "-at_install")
class TestRosterTrouble(RosterCase):
    def keep_away(self, guard, first, last):
        """He said that he cannot come from a day to the midnight of another one."""
        one = self.env["security.availability"].create(
            {
                "employee_id": guard.id,
                "date_start": utc(f"{first} 00:00"),
                "date_stop": utc(f"{last} 00:00"),
            }
        )
        one.action_tell()
        one.action_accept()

    def dying(self, number):
        """``Run.start`` whose process number ``number`` dies at once."""
        start, started = Run.start, []

        def start_and_die(worker):
            started.append(worker)
            start(worker)
            if len(started) == number:
                worker._process.kill()
            return worker

        return start_and_die

    def open_two_posts(self):
        """More than three guards can hold."""
        for name in ("North", "South"):
            post = self.make_post(name)
            self.open_week(post=post)
            self.open_week(("19:00", "23:00"), post=post)

    def test_accepted_unavailability_is_planned_around(self):
        """One way is left to cover the week: who knows it from the start finds it."""
        for guard in self.guard | self.other_guard:
            self.keep_away(guard, DAYS[0], DAYS[4])
        self.open_week()
        run = self.make_run(seconds=4)
        run._solve_now()
        self.assertEqual(run.state, "done", run.message)
        left_out = run.assignment_ids.filtered(lambda line: line.state == "left_out")
        self.assertFalse(left_out.mapped("sentence"))
        self.assertEqual(run.covered, run.needed)

    def test_reasons_that_fail_do_not_throw_the_rota_away(self):
        self.open_two_posts()
        run = self.make_run(seconds=6)
        with (
            patch.object(Reasons, "start", self.dying(1)),
            mute_logger(SOLVE),
        ):
            run._solve_now()
        self.assertEqual(run.state, "done", run.message)
        self.assertTrue(0 < run.covered < run.needed)
        self.assertEqual(len(run.uncovered_ids), run.needed - run.covered)

    def test_a_second_round_that_fails_keeps_the_first(self):
        self.open_week()
        run = self.make_run()
        verify = type(run)._verify

        def picky(this, plan, without=()):
            kept, refused = verify(this, plan, without)
            key = min(kept)
            del kept[key]
            return kept, {**refused, key: Finding("X-1", "block", {"en": "No"}, "", ())}

        with (
            patch.object(type(run), "_verify", picky),
            patch.object(Run, "start", self.dying(2)),
            mute_logger(SOLVE),
        ):
            run._solve_now()
        self.assertEqual(run.state, "done", run.message)
        self.assertEqual((run.needed, run.covered), (7, 6))

    def test_what_the_solver_said_is_told(self):
        self.open_week()
        run = self.make_run()

        def wait(worker):
            worker._process.kill()
            worker._process.wait()
            worker.error = "MemoryError: no room"

        with patch.object(Run, "wait", wait):
            run._solve_now()
        self.assertEqual(run.state, "failed")
        self.assertIn("MemoryError: no room", run.message)

    def test_stop_keeps_the_best(self):
        # Four weeks, contracts that no sum of these shifts meets: it never ends by
        # itself.
        self.env["security.shift"].create(
            [
                {
                    "post_id": post.id,
                    "date_start": utc(f"{MONDAY + timedelta(days=day)} {hour}:00"),
                    "date_stop": utc(f"{MONDAY + timedelta(days=day)} {hour}:00")
                    + timedelta(hours=12),
                }
                for post in [self.make_post(name) for name in "ABC"]
                for day in range(28)
                for hour in ("07", "19")
            ]
        )
        for number in range(14):
            guard = self.make_guard(f"Guard {number}")
            guard.sudo().version_id.security_weekly_hours = 31.3 + 0.7 * number
        run = self.make_run(seconds=90, date_to=MONDAY + timedelta(days=27))
        tell = SecurityRosterRun._tell

        def tell_and_stop(this, worker):
            tell(this, worker)
            return bool(worker.best)

        began = time.monotonic()
        with (
            patch.object(type(run), "_tell", tell_and_stop),
            patch.object(security_roster_solve, "MOST_EXPLAINING", 2.0),
        ):
            run._solve_now()
        self.assertLess(time.monotonic() - began, 45)
        self.assertIn(run.state, ("done", "stopped"))
        self.assertTrue(run.covered)

    def test_a_finished_search_can_be_asked_again(self):
        self.open_week()
        run = self.make_run(seconds=4)
        run._solve_now()
        again = run.copy()
        self.assertEqual(again.state, "draft")
        self.assertFalse(again.assignment_ids)

    def test_half_an_exchange_is_refused_too(self):
        """A guard who cannot take the other's shift leaves both where they are."""
        day = self.make_shift(
            self.post, f"{DAYS[1]} 07:00", f"{DAYS[1]} 19:00", self.guard
        )
        night = self.make_shift(
            self.make_post("Night"),
            f"{DAYS[1]} 19:00",
            f"{DAYS[2]} 07:00",
            self.other_guard,
        )
        run = self.make_run(mode="repair")
        run._solving().state = "done"
        lines = run.env["security.roster.assignment"].create(
            [
                {
                    "run_id": run.id,
                    "shift_id": shift.id,
                    "date_start": shift.date_start,
                    "date_stop": shift.date_stop,
                    "employee_id": guard.id,
                    "previous_employee_id": shift.employee_id.id,
                }
                for shift, guard in ((day, self.other_guard), (night, self.guard))
            ]
        )
        self.keep_away(self.guard, DAYS[2], DAYS[3])
        run.action_apply()
        self.assertEqual(lines.mapped("state"), ["refused", "refused"])
        self.assertEqual(day.employee_id, self.guard)
        self.assertEqual(night.employee_id, self.other_guard)
        self.assert_lawful(day | night)
