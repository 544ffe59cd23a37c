"""Blocked shifts of the demonstration firm: what is proposed heals, and nothing else.

Each guard of the firm is tried by hand on each of them, through publishing.
"""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged

from odoo.addons.security_workforce.engine.worktime import UTC

from ..models.security_shift_candidates import MAX_NAMED

CASES = 64
# Forty guards are tried on one in eight of them: some seconds each.
ONE_IN = 8
STOPPED = ("override", "block")
# Every one of them must be met, so that the firm stays a fair sample.
RULES = {"PRO-01", "TPS-01", "TPS-02"}


class TakenBackError(Exception):
    """Ends what was only tried."""


@tagged("post_install", "-at_install")
class TestRemedies(TransactionCase):
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
                "lang": "en_US",
                "allowed_company_ids": cls.company.ids,
                "tracking_disable": True,
            }
        )
        cls.Shift = cls.env["security.shift"]
        cls.guards = cls.env["hr.employee"].search(
            [("company_id", "=", cls.company.id)]
        )
        cls.suspended = cls.suspend_one()
        cls.cases = cls.make_cases()

    # ------------------------------------------------------------
    # The cases
    # ------------------------------------------------------------

    @classmethod
    def suspend_one(cls):
        """The guard with the most shifts to come loses his cards."""
        later = cls.shifts_to_come()
        guard = max(
            later.employee_id, key=lambda g: len(later.grouped("employee_id")[g])
        )
        cards = cls.env["security.card"].search([("employee_id", "=", guard.id)])
        for card in cards.filtered(lambda c: c.state in ("valid", "to_renew")):
            card.action_suspend()
        return guard

    @classmethod
    def shifts_to_come(cls):
        return cls.Shift.search(
            [
                ("company_id", "=", cls.company.id),
                ("date_start", ">", fields.Datetime.now() + timedelta(days=1)),
                ("state", "in", ("draft", "published")),
                ("employee_id", "!=", False),
            ],
            order="date_start, id",
        )

    @classmethod
    def make_cases(cls):
        """Draft shifts whose guard may not hold them, of as many kinds as there are."""
        later = cls.shifts_to_come()
        others = later - later.filtered(lambda s: s.employee_id == cls.suspended)
        mine = (later - others)[: CASES // 4]
        found = cls.Shift
        step = max(1, len(others) // CASES)
        for number, shift in enumerate(others[::step]):
            shift.action_draft()
            if number % 4 == 0:
                # Fourteen hours in a row.
                shift.date_stop = shift.date_start + timedelta(hours=14)
            else:
                cls.give_to_a_wrong_guard(shift, number)
            found |= shift
        mine.action_draft()
        return (found | mine).filtered(
            lambda s: s.eligibility in ("override", "blocked")
        )

    @classmethod
    def give_to_a_wrong_guard(cls, shift, number):
        """The n-th of those whom the rules stop and PostgreSQL does not."""
        wrong = [
            row["employee_id"]
            for row in shift._candidates()
            if row["eligibility"] in ("override", "blocked")
        ]
        for guard_id in (*wrong[number % 7 :: 5], *wrong):
            try:
                with cls.env.cr.savepoint():
                    shift.employee_id = guard_id
                    shift.flush_recordset()
            except ValidationError:
                continue
            return

    # ------------------------------------------------------------
    # Brute force
    # ------------------------------------------------------------

    def tried(self, shift, change, look):
        """What ``look()`` answers after the change, which is then taken back."""
        answer = None
        try:
            with self.env.cr.savepoint():
                change()
                self.env.flush_all()
                answer = look()
                raise TakenBackError
        except (TakenBackError, ValidationError):
            return answer

    def may_publish(self, shift, guard):
        """The real check, for one guard; and none of his drafts is put in the wrong."""

        def publish():
            shift.write({"employee_id": guard.id, "state": "published"})

        def harmless():
            drafts = self.Shift.search(
                [
                    ("employee_id", "=", guard.id),
                    ("state", "=", "draft"),
                    ("eligibility", "in", ("override", "blocked")),
                ]
            )
            return not any(
                row["severity"] in STOPPED and shift.id in row["involved"]
                for draft in drafts
                for row in draft.eligibility_findings or []
            )

        return bool(self.tried(shift, publish, harmless))

    # ------------------------------------------------------------
    # Tests
    # ------------------------------------------------------------

    def test_the_sample_is_large_and_varied(self):
        self.assertGreaterEqual(len(self.cases), 60)
        met = Counter(
            row["rule"]
            for shift in self.cases
            for row in shift.eligibility_findings or []
            if row["severity"] in STOPPED
        )
        self.assertLessEqual(RULES, set(met), met)

    def test_those_who_may_are_those_who_are_named(self):
        healed = 0
        cases = self.cases[::ONE_IN]
        for shift in cases:
            others = self.guards - shift.employee_id
            able = {g.name for g in others if self.may_publish(shift, g)}
            rows = shift._candidates()
            listed = {r["name"] for r in rows if r["eligibility"] in ("ok", "warning")}
            with self.subTest(f"{shift.id} {shift.display_name}"):
                self.assertEqual(listed, able)
                self.assert_hint(shift, able)
            healed += bool(able)
        self.assertTrue(healed)

    def assert_hint(self, shift, able):
        """The form says who, by name, or that nobody may."""
        hint = shift.replacement_hint
        named = {name for name in able if name in hint}
        self.assertEqual(len(named), min(len(able), MAX_NAMED), hint)
        if not able:
            self.assertEqual(hint, "No other guard may take it as it is.")

    def test_each_case_tells_what_to_do(self):
        """A remedy of the rule, or the names of those who may."""
        for shift in self.cases:
            for row in shift._worded_findings():
                if row["severity"] in STOPPED:
                    told = [r["text"] for r in row["remedies"]]
                    with self.subTest(f"{shift.display_name} {row['rule']}"):
                        self.assertTrue(told or shift.replacement_hint)

    def test_a_time_that_is_proposed_heals(self):
        applied = Counter()
        for shift in self.cases:
            for finding in shift._find_saved()[shift.id]:
                for remedy in finding.remedies:
                    moved = self.moved(shift, finding, remedy)
                    if moved and finding.severity in STOPPED:
                        with self.subTest(f"{shift.display_name} {remedy.text()}"):
                            self.assertFalse(self.still(shift, finding, moved))
                        applied[remedy.kind] += 1
        self.assertGreater(applied["shorten"], 5)
        self.assertGreater(applied["move"], 2)

    def moved(self, shift, finding, remedy):
        """The new times of the shift as the remedy gives them; none: it gives none."""
        wall = remedy.facts.get("time")
        if not isinstance(wall, datetime) or finding.keys[-1] != shift.id:
            return None
        at = (
            wall.replace(tzinfo=ZoneInfo(shift.tz)).astimezone(UTC).replace(tzinfo=None)
        )
        if remedy.kind == "shorten":
            return {"date_stop": at}
        return {
            "date_start": at,
            "date_stop": max(shift.date_stop, at + timedelta(hours=1)),
        }

    def still(self, shift, finding, values):
        """The findings of the same rule that are left once the times are changed."""
        return self.tried(
            shift,
            lambda: shift.write(values),
            lambda: [
                row["text"]
                for row in shift.eligibility_findings or []
                if (row["rule"], row["severity"]) == (finding.rule, finding.severity)
            ],
        )
