"""Two planners drag the same shift at the same instant, on two real connections."""

from functools import partial

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.tests import tagged

from .test_two_connections import TwoConnections


@tagged("post_install", "-at_install")
class TestBoardRace(TwoConnections):
    def drag(self, seen, vals, env):
        """As the board calls it, with what both screens showed."""
        (shift_id, *_other) = self.made["security.shift"]
        day = str(env["security.shift"].browse(shift_id).date_start.date())
        return env["security.shift"].rota_move(shift_id, seen, vals, [day, day])

    def both_drag(self, outcome=lambda: None):
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            shift = env["security.shift"].browse(self.made["security.shift"][0])
            seen = list(shift._rota_seen())
        [guard_id] = self.made["hr.employee"]
        return self.race(
            partial(self.drag, seen, {"employee_id": guard_id}),
            partial(self.drag, seen, {"start": "10:00"}),
            outcome,
        )

    def shift(self):
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            shift = env["security.shift"].browse(self.made["security.shift"][0])
            return shift.employee_id.id, shift.date_start.hour

    def test_one_wins_and_the_other_sees_it_and_why(self):
        before = self.shift()
        one, two = self.both_drag()
        self.assertIsNone(one.error)
        self.assertIsNone(two.error)
        self.assertFalse(one.result["refused"])
        self.assertIn("was changed meanwhile by", two.result["refused"])
        [guard_id] = self.made["hr.employee"]
        # The second screen gets the shift as the first has left it, beside whatever
        # else was written in this very second.
        rows = {values[0]: values for values in two.result["shifts"]}
        self.assertIn(guard_id, rows[self.made["security.shift"][0]])
        self.assertEqual(self.shift(), (guard_id, before[1]))

    def test_the_second_wins_when_the_first_is_undone(self):
        before = self.shift()

        def give_up():
            raise ValueError

        one, two = self.both_drag(give_up)
        self.assertIsInstance(one.error, ValueError)
        self.assertFalse(two.result["refused"])
        guard_id, hour = self.shift()
        self.assertFalse(guard_id)
        self.assertNotEqual(hour, before[1])
