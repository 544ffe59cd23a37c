"""Undoing what was deleted on the rota board: the same shift again, not one like it."""

import json

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import utc
from .test_rota_board import MAY, RotaCase


@tagged("post_install", "-at_install")
class TestRotaRestore(RotaCase):
    """A shift that is deleted and made again answers the same need."""

    def setUp(self):
        super().setUp()
        self.shift = self.make_shift(
            self.gate, "2027-05-10 19:00", "2027-05-11 07:00", self.guard
        )
        self.asked = (utc("2027-05-10 18:00"), utc("2027-05-11 06:00"))
        self.shift.write(
            {
                "note": "Key at the lodge",
                "demand_key": "7:2027-05-10:1140:0",
                "demand_start": self.asked[0],
                "demand_stop": self.asked[1],
            }
        )

    def delete(self):
        key = self.shift.id
        answer = self.Shift.rota_state([self.claim(self.shift)], "delete", MAY)
        # As a browser gets it: the keys of an object are texts there.
        return json.loads(json.dumps(answer["deleted"]))[str(key)]

    def restore(self, *values):
        answer = self.Shift.rota_restore([*values], MAY)
        return self.Shift.browse([key for key, __ in answer["created"]]), answer

    def test_nothing_is_lost(self):
        shift, answer = self.restore(self.delete())
        self.assertEqual(shift.post_id, self.gate)
        self.assertEqual(shift.employee_id, self.guard)
        self.assertEqual(shift.date_start, utc("2027-05-10 19:00"))
        self.assertEqual(shift.date_stop, utc("2027-05-11 07:00"))
        self.assertEqual((shift.state, shift.note), ("draft", "Key at the lodge"))
        self.assertEqual(shift.demand_key, "7:2027-05-10:1140:0")
        self.assertEqual((shift.demand_start, shift.demand_stop), self.asked)
        self.assertEqual([row[0] for row in answer["shifts"]], shift.ids)
        self.assertEqual([*answer["created"][0][1]], self.seen(shift))

    def test_a_cancelled_shift_comes_back_cancelled(self):
        self.shift.action_cancel()
        values = self.delete()
        # Its guard is elsewhere since: what is cancelled is in nobody's way.
        self.make_shift(self.hall, "2027-05-10 20:00", "2027-05-11 06:00", self.guard)
        shift, __ = self.restore(values)
        self.assertEqual((shift.state, shift.employee_id), ("cancelled", self.guard))

    def test_the_need_has_another_shift_since(self):
        values = self.delete()
        other = self.make_shift(self.gate, "2027-05-10 19:00", "2027-05-11 07:00")
        other.demand_key = values["demand_key"]
        with self.assertRaisesRegex(UserError, "another shift since"):
            self.restore(values)

    def test_the_checks_are_those_of_a_new_shift(self):
        values = self.delete()
        self.make_shift(self.hall, "2027-05-10 20:00", "2027-05-11 06:00", self.guard)
        with self.assertRaisesRegex(ValidationError, "two places at once"):
            self.restore(values)
        self.assertFalse(self.gate.shift_ids)
        reader = self.make_user("undo_reader", "security_workforce.group_security_user")
        with self.assertRaises(AccessError):
            self.Shift.with_user(reader).rota_restore([values], MAY)

    def test_calls_nobody_makes(self):
        values = self.delete()
        for wrong in (
            {},
            {"state": "published"},
            {"approval_date": "2027-05-10"},
            {"note": 3},
            {"demand_key": ["x"]},
            {"demand_key": "x"},
            {"cancelled": "yes"},
            {"date_start": "x"},
            {"date_start": False},
            {"post_id": "1"},
        ):
            wrong = {**values, **wrong} if wrong else {}
            with self.subTest(wrong=wrong), self.assertRaises(UserError):
                self.restore(wrong)
        for wrong in ([], {}, "x", [3]):
            with self.subTest(wrong=wrong), self.assertRaises(UserError):
                self.Shift.rota_restore(wrong, MAY)
        with self.assertRaisesRegex(UserError, "choose one that still exists"):
            self.restore({**values, "post_id": 0})
