"""What the rota board reads and does, with the rights of whoever looks at it."""

from datetime import timedelta

from psycopg2.errors import ExclusionViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.security_shift_board import _seconds
from .common import SecurityMissionsCase, utc

MAY = ("2027-05-01", "2027-05-31")
OCTOBER = ("2027-10-01", "2027-10-31")


class RotaCase(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.planner = cls.make_user(
            "board_planner", "security_workforce.group_security_planner"
        )
        cls.gate = cls.make_post("Gate")
        cls.hall = cls.make_post("Hall")
        cls.Shift = cls.env["security.shift"].with_user(cls.planner)

    def board(self, period=MAY, user=None):
        Shift = self.Shift.with_user(user or self.planner)
        data = Shift.rota_board(*period)
        names = data["fields"]
        data["shifts"] = [dict(zip(names, row, strict=True)) for row in data["shifts"]]
        return data

    def seen(self, shift):
        return [*shift.sudo()._rota_seen()]

    def claim(self, shift):
        return [shift.id, self.seen(shift)]

    def move(self, shift, vals, seen=None, period=MAY):
        seen = seen or self.seen(shift)
        return self.Shift.rota_move(shift.id, seen, vals, period)


@tagged("post_install", "-at_install")
class TestRotaRead(RotaCase):
    def test_what_a_screen_shows(self):
        night = self.make_shift(
            self.gate, "2027-05-01 19:00", "2027-05-02 07:00", self.guard
        )
        self.make_shift(self.gate, "2027-06-01 00:00", "2027-06-01 08:00")
        data = self.board()
        [sent] = data["shifts"]
        self.assertEqual(sent["id"], night.id)
        self.assertEqual(
            (sent["day"], sent["start"], sent["stop"]), ("2027-05-01", "19:00", "07:00")
        )
        self.assertEqual((sent["status"], sent["hours"]), ("draft", 12))
        rows = {row[0]: row for row in data["guards"]}
        self.assertEqual(rows[self.guard.id][1], "Amine Test")
        planned, __, nights, off, sundays, __ = rows[self.guard.id][3]
        self.assertEqual((planned, nights, off, sundays), (12, 1, 4, 5))
        # A guard without any shift has a row too.
        self.assertEqual(rows[self.other_guard.id][3][0], 0)
        self.assertIn("2027-05-01", data["holidays"])
        self.assertTrue(data["can_write"])

    def test_the_totals_are_those_of_the_contract(self):
        self.guard.version_id.write(
            {"security_weekly_hours": 24, "contract_date_start": "2027-01-01"}
        )
        self.make_shift(self.gate, "2027-05-24 08:00", "2027-05-24 20:00", self.guard)
        rows = {row[0]: row for row in self.board()["guards"]}
        planned, contract, *_others, average = rows[self.guard.id][3]
        self.assertEqual((planned, contract, average), (12, 104, 1))

    def test_a_verdict_comes_with_its_sentences(self):
        self.obey_the_law()
        self.make_shift(self.gate, "2027-05-10 06:00", "2027-05-10 19:00", self.guard)
        [sent] = self.board()["shifts"]
        self.assertEqual(sent["verdict"], "override")
        self.assertIn("13 h", sent["reasons"][0])

    def test_rights(self):
        self.make_shift(self.gate, "2027-05-10 06:00", "2027-05-10 12:00", self.guard)
        reader = self.make_user(
            "board_reader", "security_workforce.group_security_user"
        )
        self.assertFalse(self.board(user=reader)["can_write"])
        self.assertEqual(len(self.board(user=reader)["shifts"]), 1)
        nobody = self.make_user("board_nobody", "base.group_user")
        with self.assertRaises(AccessError):
            self.board(user=nobody)

    def test_the_hours_of_a_contract_are_for_readers(self):
        self.guard.version_id.write(
            {"security_weekly_hours": 24, "contract_date_start": "2027-01-01"}
        )
        self.make_shift(self.gate, "2027-05-10 06:00", "2027-05-10 12:00", self.guard)
        salesman = self.make_user("board_seller", "sales_team.group_sale_salesman")
        data = self.board(user=salesman)
        self.assertEqual(len(data["shifts"]), 1)
        rows = {row[0]: row[3] for row in data["guards"]}
        # He sees what is planned, and nothing of the contract.
        self.assertEqual(rows[self.guard.id][:2], [6, False])
        rows = {row[0]: row[3] for row in self.board()["guards"]}
        self.assertEqual(rows[self.guard.id][:2], [6, 104])

    def test_what_is_archived_keeps_its_shifts(self):
        gone = self.make_guard("Gil Gone")
        shut = self.make_post("Shut")
        self.make_shift(shut, "2027-05-10 06:00", "2027-05-10 12:00", gone)
        idle = self.make_guard("Ivo Idle")
        empty = self.make_post("Empty")
        (gone | idle).active = False
        (shut | empty).active = False
        data = self.board()
        guards = [row[0] for row in data["guards"]]
        posts = [row[0] for row in data["posts"]]
        self.assertIn(gone.id, guards)
        self.assertIn(shut.id, posts)
        # Those without a shift have left the board.
        self.assertNotIn(idle.id, guards)
        self.assertNotIn(empty.id, posts)

    def test_another_firm_is_not_shown(self):
        self.make_shift(self.gate, "2027-05-10 06:00", "2027-05-10 12:00", self.guard)
        other = self.make_company("Autre SAS")
        stranger = self.make_user(
            "board_stranger", "security_workforce.group_security_planner", company=other
        )
        data = self.Shift.with_user(stranger).with_context(
            allowed_company_ids=other.ids
        )
        data = data.rota_board(*MAY)
        self.assertFalse(data["shifts"] or data["posts"] or data["guards"])

    def test_a_period_that_is_none(self):
        for period in (["", "x"], [None, None], ["2027-05-02", "2027-05-01"]):
            with self.assertRaises(UserError):
                self.Shift.rota_board(*period)
        with self.assertRaises(UserError):
            self.Shift.rota_board("2027-01-01", "2027-12-31")

    def count(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        return self.env.cr.sql_log_count - before

    def test_queries_do_not_grow(self):
        def fill(guards, start):
            for guard in guards:
                first = utc(start)
                self.env["security.shift"].create(
                    [
                        {
                            "post_id": post.id,
                            "employee_id": guard.id,
                            "date_start": first + timedelta(days=2 * number),
                            "date_stop": first + timedelta(days=2 * number, hours=8),
                        }
                        for number, post in enumerate([self.gate, self.hall] * 5)
                    ]
                )

        fill(self.guard, "2027-05-01 08:00")
        self.board()
        small = self.count(self.board)
        fill(
            [self.make_guard(f"Board {number}") for number in range(12)],
            "2027-05-01 08:00",
        )
        self.board()
        self.assertLessEqual(self.count(self.board), small)
        self.assertEqual(len(self.board()["shifts"]), 130)
        self.assertLess(small, 40)


@tagged("post_install", "-at_install")
class TestRotaMove(RotaCase):
    def setUp(self):
        super().setUp()
        self.shift = self.make_shift(
            self.gate, "2027-05-10 19:00", "2027-05-11 07:00", self.guard
        )

    def test_assign(self):
        answer = self.move(self.shift, {"employee_id": self.other_guard.id})
        self.assertFalse(answer["refused"])
        self.assertEqual(self.shift.employee_id, self.other_guard)
        self.assertEqual(self.shift.moved_by_id, self.planner)
        self.assertEqual(answer["totals"][self.guard.id][0], 0)
        self.assertEqual(answer["totals"][self.other_guard.id][0], 12)
        self.assertEqual([row[0] for row in answer["shifts"]], self.shift.ids)

    def test_take_the_guard_off_and_another_post(self):
        self.move(self.shift, {"employee_id": False, "post_id": self.hall.id})
        self.assertFalse(self.shift.employee_id)
        self.assertEqual(self.shift.post_id, self.hall)

    def test_the_night_the_clock_goes_back_keeps_its_clock(self):
        self.move(self.shift, {"day": "2027-10-30"}, period=OCTOBER)
        self.assertEqual(self.shift.date_start, utc("2027-10-30 19:00"))
        self.assertEqual(self.shift.date_stop, utc("2027-10-31 07:00"))
        self.assertEqual(self.shift.hours, 13)

    def test_longer(self):
        self.move(self.shift, {"start": "19:00", "stop": "08:30"})
        self.assertEqual(self.shift.date_stop, utc("2027-05-11 08:30"))

    def test_what_the_screen_saw_is_no_longer_true(self):
        seen = self.seen(self.shift)
        colleague = self.make_user("Bob", "security_workforce.group_security_planner")
        self.shift.with_user(colleague).employee_id = self.other_guard
        answer = self.move(self.shift, {"day": "2027-05-12"}, seen)
        self.assertIn("changed meanwhile by Bob", answer["refused"])
        # What is true comes with the refusal.
        [row] = answer["shifts"]
        self.assertEqual(row[2], self.other_guard.id)
        self.assertEqual(self.shift.date_start, utc("2027-05-10 19:00"))

    def test_deleted_meanwhile(self):
        seen, key = self.seen(self.shift), self.shift.id
        self.shift.unlink()
        answer = self.Shift.rota_move(key, seen, {"day": "2027-05-12"}, MAY)
        self.assertIn("deleted meanwhile", answer["refused"])
        self.assertEqual(answer["removed"], [key])

    def test_a_verdict_that_changes_is_no_move(self):
        seen = self.seen(self.shift)
        self.assertEqual(self.shift.eligibility, "ok")
        self.obey_the_law()
        self.make_shift(self.hall, "2027-05-11 08:00", "2027-05-11 16:00", self.guard)
        self.assertNotEqual(self.shift.eligibility, "ok")
        self.assertFalse(self.move(self.shift, {"day": "2027-05-12"}, seen)["refused"])

    def test_two_places_at_once(self):
        self.make_shift(
            self.hall, "2027-05-10 20:00", "2027-05-11 06:00", self.other_guard
        )
        with self.assertRaisesRegex(ValidationError, "two places at once"):
            self.move(self.shift, {"employee_id": self.other_guard.id})

    def test_calls_nobody_makes(self):
        for vals in (
            {},
            {"state": "done"},
            {"day": "tomorrow"},
            {"day": 3},
            {"employee_id": "1"},
            {"start": "25:00"},
            {"date_start": "x"},
            [],
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.move(self.shift, vals)
        for claims in ([], [[self.shift.id]], "x", [["a", []]]):
            with self.subTest(claims=claims), self.assertRaises(UserError):
                self.Shift.rota_swap(claims, MAY)
        with self.assertRaises(UserError):
            self.Shift.rota_state([self.claim(self.shift)], "write", MAY)

    def test_only_a_planner_moves(self):
        reader = self.make_user("move_reader", "security_workforce.group_security_user")
        Shift = self.Shift.with_user(reader)
        claim = self.claim(self.shift)
        for call in (
            lambda: Shift.rota_move(*claim, {"day": "2027-05-12"}, MAY),
            lambda: Shift.rota_state([claim], "delete", MAY),
            lambda: Shift.rota_swap([claim, claim], MAY),
            lambda: Shift.rota_create({"post_id": self.gate.id}, MAY),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_create_copy_and_delete(self):
        values = {"day": "2027-05-20", "start": "22:00", "stop": "06:00"}
        answer = self.Shift.rota_create({"post_id": self.hall.id, **values}, MAY)
        key, seen = answer["created"]
        shift = self.Shift.browse(key)
        self.assertEqual((shift.state, shift.hours), ("draft", 8))
        self.assertEqual(shift.date_start, utc("2027-05-20 22:00"))
        answer = self.Shift.rota_state([[key, [*seen]]], "delete", MAY)
        self.assertEqual(answer["removed"], [key])
        self.assertFalse(shift.exists())
        with self.assertRaisesRegex(UserError, "choose one that still exists"):
            self.Shift.rota_create({"post_id": 0, **values}, MAY)

    def test_longer_across_midnight(self):
        """Instants say which day: a clock cannot."""
        start = self.shift.date_start
        early = {"date_start": _seconds(start - timedelta(hours=19, minutes=15))}
        early["date_stop"] = _seconds(start + timedelta(hours=4))
        self.move(self.shift, early)
        self.assertEqual(self.shift.date_start, utc("2027-05-09 23:45"))
        self.assertEqual(self.shift.date_stop, utc("2027-05-10 23:00"))

    def test_publish_and_back(self):
        answer = self.Shift.rota_state([self.claim(self.shift)], "publish", MAY)
        self.assertEqual(self.shift.state, "published")
        self.assertEqual(answer["shifts"][0][7], "published")
        with self.assertRaisesRegex(UserError, "cancel it instead"):
            self.Shift.rota_state([self.claim(self.shift)], "delete", MAY)
        self.Shift.rota_state([self.claim(self.shift)], "cancel", MAY)
        self.assertEqual(self.shift.state, "cancelled")

    def test_queries_of_a_drop_do_not_grow(self):
        def drop(day):
            seen = self.seen(self.shift)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.move(self.shift, {"day": day}, seen)
            return self.env.cr.sql_log_count - before

        drop("2027-05-12")
        small = drop("2027-05-10")
        for number in range(1, 9):
            self.make_shift(
                self.hall,
                f"2027-05-{12 + number} 08:00",
                f"2027-05-{12 + number} 16:00",
                self.guard,
            )
        drop("2027-05-12")
        self.assertLessEqual(drop("2027-05-10"), small + 2)


@tagged("post_install", "-at_install")
class TestRotaSwap(RotaCase):
    def pair(self, state="draft", second="2027-05-10"):
        one = self.make_shift(
            self.gate, "2027-05-10 08:00", "2027-05-10 18:00", self.guard, state=state
        )
        two = self.make_shift(
            self.hall,
            f"{second} 08:00",
            f"{second} 18:00",
            self.other_guard,
            state=state,
        )
        return one, two

    def swap(self, *shifts):
        return self.Shift.rota_swap([self.claim(shift) for shift in shifts], MAY)

    def test_at_the_same_time(self):
        self.obey_the_law()
        one, two = self.pair("published")
        self.swap(one, two)
        self.assertEqual(one.employee_id, self.other_guard)
        self.assertEqual(two.employee_id, self.guard)
        self.assertEqual((one | two).mapped("state"), ["published", "published"])
        self.assertEqual((one | two).mapped("eligibility"), ["ok", "ok"])

    def test_a_third_shift_is_in_the_way(self):
        one, two = self.pair(second="2027-05-11")
        self.make_shift(self.gate, "2027-05-11 09:00", "2027-05-11 12:00", self.guard)
        with self.assertRaisesRegex(ValidationError, "two places at once"):
            self.swap(one, two)
        self.assertEqual(one.employee_id, self.guard)

    def test_one_of_them_has_no_card_for_it(self):
        dogs = self.env.ref("security_workforce.activity_cyno")
        handler = self.make_guard("Dora Handler", activity_id=dogs.id)
        kennel = self.make_post("Kennel", activity_id=dogs.id)
        one, __ = self.pair("published")
        other = self.make_shift(
            kennel, "2027-05-13 08:00", "2027-05-13 18:00", handler, state="published"
        )
        with self.assertRaisesRegex(ValidationError, "CSI L612-20"):
            self.swap(one, other)

    def test_with_oneself(self):
        one, __ = self.pair()
        three = self.make_shift(
            self.hall, "2027-05-12 08:00", "2027-05-12 18:00", self.guard
        )
        with self.assertRaisesRegex(UserError, "nothing to swap"):
            self.swap(one, three)

    def test_one_of_them_was_deleted_meanwhile(self):
        one, two = self.pair()
        claims = [self.claim(one), self.claim(two)]
        key = two.id
        two.unlink()
        answer = self.Shift.rota_swap(claims, MAY)
        self.assertIn("deleted meanwhile", answer["refused"])
        self.assertEqual(answer["removed"], [key])

    def test_no_caller_skips_the_checks(self):
        one, __ = self.pair()
        forged = one.with_context(security_shift_swap=True)
        with self.assertRaises(ValidationError):
            forged.employee_id = self.other_guard

    def test_the_database_still_refuses_at_once(self):
        one, two = self.pair()
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(ExclusionViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE security_shift SET employee_id = %s WHERE id = %s",
                [two.employee_id.id, one.id],
            )
