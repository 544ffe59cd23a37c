"""Every kind of fact that the server knows, with everything that does not belong there:
kept for the office, never applied, and no fault of ours."""

import uuid
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.security_workforce.engine import event_schema as schema

from .hostile import HostileCase
from .phone import Phone

NOBODY = 2**31 - 1
WRONG = (
    *(None, True, 0, -1, 1.5, 2**31, 2**63, 1e300, "", "\0", "\ud800", "x" * 19_000),
    *([], [None], [[[[]]]], {}, {"a": 1}, "' OR 1=1 --", "<script>", "9" * 4000),
)
# What is taken of a guard who names no shift: help comes first.
NEEDS_NOTHING = {"sos"}
DEAD_ENDS = ("accepted", "flagged")


def shaped(value):
    """A value of the right form that names nothing of this guard's."""
    if isinstance(value, schema.Text):
        return value.choices[0] if value.choices else "x"
    if isinstance(value, schema.Group):
        return {name: shaped(one) for name, one in value.fields.items()}
    if isinstance(value, schema.Uuid):
        return str(uuid.uuid4())
    if isinstance(value, schema.Moment):
        return "2027-05-01T20:00:00Z"
    if isinstance(value, schema.Id):
        return NOBODY
    if isinstance(value, schema.Many):
        return []
    return True if isinstance(value, schema.Flag) else value.least


def takes(value, wrong):
    """Whether the schema takes it: then it is not wrong for this field."""
    if wrong is None:
        return not value.required
    try:
        value.check(wrong, "")
    except schema.BadEvent:
        return False
    return True


@tagged("post_install", "-at_install")
class TestHostileFacts(HostileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_firm()
        cls.guard.user_id = cls.make_user("teller", "base.group_portal")
        cls.planner = cls.make_user(
            "teller_p", "security_workforce.group_security_planner"
        )
        cls.post = cls.make_post(clock_in_mode="block", clock_out_mode="block")
        cls.other_post = cls.make_post("Other")
        start = fields.Datetime.now().replace(microsecond=0) - timedelta(minutes=5)
        cls.shift = cls.env["security.shift"].create(
            {
                "post_id": cls.post.id,
                "employee_id": cls.guard.id,
                "date_start": start,
                "date_stop": start + timedelta(hours=4),
            }
        )
        cls.shift.action_publish()

    def setUp(self):
        super().setUp()
        self.phone = Phone(self)
        codes = self.env["security.device.code"].with_user(self.planner)
        shown = codes._open_for(self.guard)["context"]["security_device_code"]
        self.assertEqual(self.phone.enrol(shown.partition(":")[2]).status_code, 200)

    def verdicts(self, facts):
        """What became of [(kind, payload)], in batches as the app sends them."""
        found = []
        for start in range(0, len(facts), 40):
            batch = [self.phone.event(*fact) for fact in facts[start : start + 40]]
            size = sum(len(str(fact[1])) for fact in facts[start : start + 40])
            if size > 200_000:
                for event in batch:
                    found += self.phone.verdicts(event)
            else:
                found += self.phone.verdicts(*batch)
        return found

    def test_each_kind_with_each_wrong_value(self):
        kinds = self.env["security.inbox"]._kinds()
        facts = []
        for name, kind in kinds.items():
            whole = {field: shaped(value) for field, value in kind.fields.items()}
            if name not in NEEDS_NOTHING:
                facts.append((name, whole))
            for field, value in kind.fields.items():
                facts += [
                    (name, {**whole, field: wrong})
                    for wrong in WRONG
                    if wrong != "\ud800" and not takes(value, wrong)
                ]
                if value.required:
                    left = {key: told for key, told in whole.items() if key != field}
                    facts.append((name, left))
            facts.append((name, {**whole, "evil": 1}))
            if name not in NEEDS_NOTHING:
                facts.append((name, {}))
        self.assertGreater(len(kinds), 15)
        with self.nothing_happens("security_inbox"):
            verdicts = self.verdicts(facts)
        taken = {
            fact[0]
            for fact, verdict in zip(facts, verdicts, strict=True)
            if verdict in DEAD_ENDS
        }
        self.assertEqual(taken, set())

    def test_codes_of_posts(self):
        """A post where nobody clocks in without its code."""
        post, other = self.post, self.other_post
        old = post.clock_token
        post.action_renew_clock_code()
        wrong = (
            *("", " ", "0", "000000", "%", "_", "*", "SECPOST:", "SECPOST:SECPOST:"),
            *(old, f"SECPOST:{old}", other.clock_token, other.clock_code),
            *(post.clock_token[:-1], post.clock_token.swapcase(), "x" * 200),
            *(f"{post.clock_code}0", f"0{post.clock_code}", "é" * 6, "\u0661" * 6),
            *("' OR 1=1 --", "None", "False", "true", f"{post.clock_code},x"),
        )
        facts = [
            ("clock_in", {"shift": self.shift.id, "method": method, "code": code})
            for code in wrong
            for method in ("qr", "code")
        ]
        facts.append(("clock_in", {"shift": self.shift.id, "method": "none"}))
        facts.append(("clock_in", {"shift": self.shift.id, "method": "qr"}))
        with self.nothing_happens("security_inbox"):
            self.assertEqual({*self.verdicts(facts)}, {"quarantined"})
        right = {"shift": self.shift.id, "method": "code", "code": post.clock_code}
        (verdict,) = self.verdicts([("clock_in", right)])
        self.assertIn(verdict, DEAD_ENDS)
        self.assertEqual(self.shift.state, "started")
