from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import SecurityMissionsCase, utc


@tagged("post_install", "-at_install")
class TestJoiningGate(SecurityMissionsCase):
    """No shift before the last mandatory step; free in the same transaction."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post = cls.make_post()
        cls.Step = cls.env["security.checklist.step"]
        # One fact of the file, one of a record, one that is ticked.
        cls.Step.search([]).action_archive()
        cls.Step.create(
            [
                {
                    "code": f"T-{code}",
                    "name": name,
                    "fact": fact,
                    "direction": direction,
                }
                for code, name, fact, direction in (
                    ("DPAE", "Hiring declared 100%", "declared", "joining"),
                    ("KIT", "Kit handed over", "kit", "joining"),
                    ("RADIO", "Radio training", "hand", "joining"),
                    ("SHIFTS", "No shift left", "shifts_gone", "leaving"),
                )
            ]
        )

    def make(self, day="2027-05-03", guard=None, state="draft"):
        return self.make_shift(
            self.post, f"{day} 08:00", f"{day} 16:00", guard or self.guard, state=state
        )

    def open(self, direction="joining", guard=None, day="2027-05-01"):
        return self.env["security.checklist"]._open(guard or self.guard, direction, day)

    def gate(self, shift):
        rows = shift.eligibility_findings or []
        return [row for row in rows if row["rule"] == "ENT-01"]

    def line(self, checklist, code):
        return checklist.line_ids.filtered(
            lambda line: line.step_id.code == f"T-{code}"
        )

    def test_blocked_until_the_last_mandatory_step(self):
        shift = self.make()
        other = self.make(guard=self.other_guard)
        self.assertEqual(shift.eligibility, "ok")
        checklist = self.open()
        self.assertEqual(shift.eligibility, "blocked")
        [row] = self.gate(shift)
        self.assertEqual(row["severity"], "block")
        for name in ("Hiring declared 100%", "Kit handed over", "Radio training"):
            self.assertIn(name, row["words"]["en"]["text"])
        self.assertFalse(self.gate(other))
        with self.assertRaisesRegex(UserError, "Kit handed over"):
            shift.action_publish()
        self.guard.security_declared_on = "2027-04-15"
        self.assertNotIn("Hiring", self.gate(shift)[0]["words"]["en"]["text"])
        item = self.env["security.kit.item"].create(
            {"employee_id": self.guard.id, "name": "Parka", "given_on": "2027-04-15"}
        )
        self.assertEqual(shift.eligibility, "blocked")
        self.line(checklist, "RADIO").action_tick()
        self.assertEqual(checklist.state, "cleared")
        self.assertEqual(shift.eligibility, "ok")
        shift.action_publish()
        # Cleared once: what happens to the kit later is no question of joining.
        item.returned_on = "2027-04-15"
        self.assertEqual(shift.eligibility, "ok")

    def test_red_again_blocks_again(self):
        checklist = self.open()
        self.guard.security_declared_on = "2027-04-15"
        self.line(checklist, "RADIO").action_tick()
        shift = self.make()
        self.assertEqual(
            self.gate(shift)[0]["words"]["en"]["text"],
            f"{self.guard.name} may not work yet, joining steps are missing: Kit "
            "handed over.",
        )
        self.guard.security_declared_on = False
        self.assertIn("Hiring declared", self.gate(shift)[0]["words"]["en"]["text"])

    def test_an_optional_step_and_a_waiver_block_nothing(self):
        self.Step.search([("code", "!=", "T-KIT")]).mandatory = False
        shift = self.make()
        checklist = self.open()
        self.assertEqual(shift.eligibility, "blocked")
        self.line(checklist, "KIT")._waive("Plain clothes on this site")
        self.assertEqual(shift.eligibility, "ok")

    def test_a_cancelled_list_blocks_nothing(self):
        shift = self.make()
        checklist = self.open()
        self.assertEqual(shift.eligibility, "blocked")
        checklist.action_cancel()
        self.assertEqual(shift.eligibility, "ok")
        checklist.action_reopen()
        self.assertEqual(shift.eligibility, "blocked")

    def test_a_guard_without_list_is_not_concerned(self):
        self.assertFalse(self.gate(self.make()))

    def test_candidates_are_told_too(self):
        self.open()
        start, stop = utc("2027-05-03 08:00"), utc("2027-05-03 16:00")
        persons = self.guard._security_persons(start, stop)
        self.assertEqual(
            [en for en, _fr in persons[self.guard.id][0].joining_missing],
            ["Hiring declared 100%", "Kit handed over", "Radio training"],
        )

    def test_no_derogation(self):
        shift = self.make()
        self.open()
        with self.assertRaisesRegex(ValidationError, "public order"):
            self.env["security.override"].create(
                {
                    "employee_id": self.guard.id,
                    "shift_id": shift.id,
                    "rule_code": "ENT-01",
                    "reason": "In a hurry",
                }
            )

    def test_queries_do_not_grow_with_the_guards(self):
        counts = []
        for size in (2, 12):
            guards = self.guard.union(
                *(self.make_guard(f"New {size} {n}", card=False) for n in range(size))
            )
            self.open(guard=guards)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            guards._security_persons(utc("2027-05-03 08:00"), utc("2027-05-03 16:00"))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    # ------------------------------------------------------------
    # Leaving
    # ------------------------------------------------------------

    def test_shifts_after_the_last_day(self):
        last = self.make("2027-05-10", state="published")
        after = self.make("2027-05-11", state="published") | self.make("2027-05-20")
        checklist = self.open("leaving", day="2027-05-10")
        line = checklist.line_ids
        self.assertEqual(line.state, "missing")
        self.assertIn("2", line.reason)
        after[0].employee_id = self.other_guard
        self.assertIn("1", line.reason)
        after[1].unlink()
        self.assertEqual(line.state, "met")
        self.assertEqual(last.employee_id, self.guard)
        # Watched to the last day: one more shift is seen.
        self.assertEqual(checklist.state, "open")
        late = self.make("2027-05-12")
        self.assertEqual(line.state, "missing")
        late.unlink()
        with self.at("2027-05-10 20:00"):
            checklist.action_refresh()
        self.assertEqual(checklist.state, "cleared")

    def test_a_cancelled_shift_is_taken_away(self):
        shift = self.make("2027-05-11", state="published")
        line = self.open("leaving", day="2027-05-10").line_ids
        self.assertEqual(line.state, "missing")
        shift.action_cancel()
        self.assertEqual(line.state, "met")

    def test_the_night_after_the_last_day(self):
        """The day ends at midnight where the guard works, not at that of London."""
        self.make_shift(self.post, "2027-05-10 23:00", "2027-05-11 05:00", self.guard)
        line = self.open("leaving", day="2027-05-10").line_ids
        self.assertEqual(line.state, "met")
        self.make_shift(self.post, "2027-05-11 06:00", "2027-05-11 08:00", self.guard)
        self.assertEqual(line.state, "missing")
        action = line.action_open_fact()
        self.assertEqual(action["res_model"], "security.shift")
