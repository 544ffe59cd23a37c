"""Whatever planners do, and in whatever order, the plan stays whole.

Each seed is a firm of its own with two posts and five guards, over the fortnight in
which the clock goes back. A short run is part of every test; the long one is::

    SECURITY_STEPS=2000 SECURITY_SEEDS=10 \\
        script/test security_missions/tests/test_random_operations.py
"""

import os
import random
from collections import Counter
from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import SecurityMissionsCase

STEPS = int(os.environ.get("SECURITY_STEPS", 120))
SEEDS = int(os.environ.get("SECURITY_SEEDS", 2))
FIRST, LAST = date(2027, 10, 25), date(2027, 11, 7)
OVERLAPS = """
    SELECT a.id, b.id
      FROM security_shift a
      JOIN security_shift b ON a.employee_id = b.employee_id AND a.id < b.id
     WHERE a.state <> 'cancelled' AND b.state <> 'cancelled'
       AND a.date_start < b.date_stop AND b.date_start < a.date_stop
"""


class NothingThere(Exception):
    """No shift to do this to: like a refusal, nothing happens."""


@tagged("post_install", "-at_install")
class TestRandomOperations(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.make_order(25.0, 27.0)
        cls.order.security_mission_ids.date_start = "2026-01-01"
        cls.posts = cls.post_of(cls.order) | cls.post_of(cls.order, 1)
        cls.guards = cls.guard | cls.other_guard
        cls.guards |= cls.env["hr.employee"].union(
            *(cls.make_guard(f"Guard {number}") for number in range(3))
        )
        cls.needs = cls.env["security.post.need"].create(
            [
                {
                    "post_id": post.id,
                    "weekday": str(weekday),
                    "hour_start": hour,
                    "duration": 12,
                    "headcount": 1 + (post == cls.posts[0]),
                }
                for post in cls.posts
                for weekday in range(7)
                for hour in (7, 19)
            ]
        )
        with Form(cls.env["security.rotation"]) as rotation:
            rotation.name = rotation.start_from = "2x12"
        cls.team = cls.env["security.rotation.team"].create(
            {
                "name": "Gate",
                "rotation_id": rotation.record.id,
                "post_id": cls.posts[0].id,
                "anchor": FIRST,
                "member_ids": [
                    Command.create({"employee_id": guard.id, "offset": 2 * place})
                    for place, guard in enumerate(cls.guards[:4])
                ],
            }
        )

    def test_nothing_breaks(self):
        for seed in range(SEEDS):
            with self.subTest(seed=seed):
                self._run(seed)

    def _run(self, seed):
        self.rng = random.Random(seed)
        self.done, self.versions = Counter(), {}
        operations = [
            getattr(self, name) for name in sorted(dir(self)) if name.startswith("do_")
        ]
        with self.env.cr.savepoint() as savepoint:
            for step in range(STEPS):
                operation = self.rng.choice(operations)
                self.done[operation.__name__, self._try(operation)] += 1
                self._check(f"seed {seed}, step {step}: {operation.__name__}")
            self._check_needs_are_met()
            savepoint.rollback()
            self.env.invalidate_all()
        # A run in which everything is refused would prove nothing.
        for operation in operations:
            self.assertTrue(self.done[operation.__name__, True], operation.__name__)

    @mute_logger("odoo.sql_db")
    def _try(self, operation):
        """Whether it was done; a refusal takes everything back, as for a user."""
        try:
            with self.env.cr.savepoint():
                operation()
                self.env.flush_all()
        except (UserError, IntegrityError, NothingThere):
            self.env.invalidate_all()
            return False
        return True

    # ------------------------------------------------------------
    # What planners do
    # ------------------------------------------------------------

    def _shifts(self, *states):
        shifts = self.env["security.shift"].search(
            [("post_id", "in", self.posts.ids), ("state", "in", states)]
        )
        if not shifts:
            raise NothingThere
        return shifts

    def _one(self, *states):
        return self.rng.choice(self._shifts(*states))

    def do_generate(self):
        self.env["security.shift"]._generate(self.posts, FIRST, LAST)

    def do_create(self):
        shift = self._one("draft", "published", "cancelled")
        shift.copy({"employee_id": self.rng.choice(self.guards).id})

    def do_assign(self):
        for shift in self._shifts("draft")[: self.rng.randint(1, 4)]:
            shift.employee_id = self.rng.choice(self.guards)

    def do_free(self):
        self._one("draft").employee_id = False

    def do_move(self):
        shift = self._one("draft", "published")
        by = timedelta(minutes=30 * self.rng.randint(-48, 48))
        shift.write(
            {"date_start": shift.date_start + by, "date_stop": shift.date_stop + by}
        )

    def do_resize(self):
        shift = self._one("draft", "published")
        shift.date_stop += timedelta(minutes=30 * self.rng.randint(-8, 8))

    def do_swap(self):
        held = self._shifts("draft", "published").filtered("employee_id")
        if len(held) < 2:
            raise NothingThere
        one, other = self.rng.sample(list(held), 2)
        one._swap_guards(other)

    def do_publish(self):
        self._shifts("draft").filtered("employee_id")[
            : self.rng.randint(1, 4)
        ].action_publish()

    def do_take_back(self):
        self._one("published").action_draft()

    def do_cancel(self):
        self._one("draft", "published").action_cancel()

    def do_delete(self):
        self._one("draft", "cancelled").unlink()

    def do_amend(self):
        """An amendment of the client: other hours, heads or days of validity."""
        need = self.rng.choice(self.needs)
        need.write(
            self.rng.choice(
                [
                    {"hour_start": self.rng.choice((6, 7, 8, 18, 19, 22))},
                    {"duration": self.rng.choice((8, 11, 12))},
                    {"headcount": self.rng.randint(1, 3)},
                    {"date_to": self.rng.choice((False, "2027-11-01"))},
                ]
            )
        )

    def do_follow(self):
        """Take all the differences, or those that are proposed only."""
        wizard = self.env["security.shift.generate"].create(
            {
                "date_from": FIRST,
                "date_to": LAST,
                "post_ids": [Command.set(self.posts.ids)],
            }
        )
        if self.rng.random() < 0.5:
            wizard.line_ids.chosen = True
        wizard.action_generate()

    def do_re_roll(self):
        """The team's cycle over the fortnight, sometimes begun on another day."""
        if self.rng.random() < 0.3:
            self.team.anchor += timedelta(days=self.rng.randint(-3, 3))
        wizard = self.env["security.rotation.roll"].create(
            {
                "team_ids": [Command.set(self.team.ids)],
                "date_from": FIRST,
                "date_to": LAST,
            }
        )
        wizard.action_preview()
        wizard.action_roll()

    # ------------------------------------------------------------
    # What must hold
    # ------------------------------------------------------------

    def _check(self, when):
        self.env.cr.execute(OVERLAPS)
        self.assertFalse(self.env.cr.fetchall(), when)
        keys = Counter(
            (post, key)
            for post, key in self.env["security.shift"]
            .search([("post_id", "in", self.posts.ids), ("demand_key", "!=", False)])
            .mapped(lambda shift: (shift.post_id, shift.demand_key))
        )
        self.assertFalse([key for key, count in keys.items() if count > 1], when)
        self._check_versions(when)

    def _check_versions(self, when):
        """Each version of each guard's month is there still, as it was published."""
        versions = self.env["security.publication"].search(
            [("employee_id", "in", self.guards.ids)], order="number"
        )
        now = {version.id: version.sha256 for version in versions}
        self.assertLessEqual(self.versions.items(), now.items(), when)
        self.versions = now
        for key, those in versions.grouped(lambda v: (v.employee_id, v.month)).items():
            numbers = those.mapped("number")
            self.assertEqual(numbers, list(range(1, len(those) + 1)), (when, key))
            self.assertEqual(those.filtered("is_current"), those[-1], (when, key))

    def _check_needs_are_met(self):
        """In the end every need has the shifts it asks for, once."""
        shifts = self.env["security.shift"]
        shifts._generate(self.posts, FIRST, LAST)
        self.assertFalse(shifts._generate(self.posts, FIRST, LAST))
        missing, _surplus, _changed = shifts._compare(self.posts, FIRST, LAST)
        self.assertEqual(missing, 0)
        versions = self.env["security.publication"].search(
            [("employee_id", "in", self.guards.ids)]
        )
        self.assertTrue(versions)
        self.assertTrue(all(versions._verify().values()))
