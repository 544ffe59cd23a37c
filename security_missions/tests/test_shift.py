"""What may become of a shift, and who may be put on it."""

from datetime import timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import format_date

from .common import SecurityMissionsCase, utc

STATES = ("draft", "published", "started", "done", "cancelled")
DAY = ("2027-05-03 08:00", "2027-05-03 16:00")
ALLOWED = {
    ("draft", "published"),
    ("draft", "cancelled"),
    ("published", "draft"),
    ("published", "started"),
    ("published", "done"),
    ("published", "cancelled"),
    ("started", "published"),
    ("started", "done"),
    ("done", "started"),
    ("done", "published"),
    ("cancelled", "draft"),
}
PATHS = {
    "draft": (),
    "published": ("published",),
    "started": ("published", "started"),
    "done": ("published", "started", "done"),
    "cancelled": ("cancelled",),
}


@tagged("post_install", "-at_install")
class TestStates(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post = cls.make_post()

    def shift_in(self, state):
        shift = self.make_shift(self.post, *DAY, self.guard)
        for step in PATHS[state]:
            shift.state = step
        return shift

    def test_every_transition(self):
        for source in STATES:
            for target in STATES:
                if source == target:
                    continue
                with self.subTest(f"{source} to {target}"):
                    shift = self.shift_in(source)
                    if (source, target) in ALLOWED:
                        shift.state = target
                        self.assertEqual(shift.state, target)
                    else:
                        with self.assertRaisesRegex(UserError, "cannot become"):
                            shift.state = target
                    self.env.cr.execute(
                        "DELETE FROM security_shift WHERE id = %s", [shift.id]
                    )
                    self.env.invalidate_all()

    def test_refusal_says_shift_state_and_target(self):
        shift = self.shift_in("cancelled")
        with self.assertRaises(UserError) as refusal:
            shift.action_publish()
        self.assertEqual(
            str(refusal.exception),
            f"“{shift.display_name}” is cancelled and cannot become published.",
        )
        self.assertIn("Horizon / Entrance 03/05 08:00-16:00", shift.display_name)

    def test_new_shift_is_a_draft_whatever_is_asked(self):
        for values in (
            {"state": "done"},
            {"state": "cancelled"},
            {"approval_date": "2027-04-01 08:00:00"},
        ):
            with (
                self.subTest(values),
                self.assertRaisesRegex(UserError, "buttons only"),
            ):
                self.env["security.shift"].create(
                    {
                        "post_id": self.post.id,
                        "date_start": utc(DAY[0]),
                        "date_stop": utc(DAY[1]),
                        **values,
                    }
                )

    def test_context_cannot_make_a_done_shift(self):
        shift = (
            self.env["security.shift"]
            .with_context(default_state="done", default_approval_date="2027-04-01")
            .create(
                {
                    "post_id": self.post.id,
                    "date_start": utc(DAY[0]),
                    "date_stop": utc(DAY[1]),
                }
            )
        )
        self.assertEqual((shift.state, shift.approval_date), ("draft", False))

    def test_copy_is_an_open_draft(self):
        copy = self.shift_in("published").copy()
        self.assertEqual((copy.state, copy.employee_id.id), ("draft", False))

    def test_only_drafts_and_cancelled_are_deleted(self):
        for state in STATES:
            with self.subTest(state):
                shift = self.shift_in(state)
                if state in ("draft", "cancelled"):
                    shift.unlink()
                    self.assertFalse(shift.exists())
                else:
                    with self.assertRaisesRegex(UserError, "cancel it instead"):
                        shift.unlink()
                    self.env.cr.execute(
                        "DELETE FROM security_shift WHERE id = %s", [shift.id]
                    )
                    self.env.invalidate_all()

    def test_post_with_shifts_is_kept(self):
        self.shift_in("draft")
        with self.assertRaises(Exception) as refusal, self.cr.savepoint():
            self.post.unlink()
        self.assertIn("security_shift_post_id_fkey", str(refusal.exception))

    def test_bulk_buttons_leave_those_that_are_there(self):
        shifts = self.shift_in("published")
        shifts |= self.make_shift(
            self.post, "2027-05-04 08:00", "2027-05-04 16:00", self.guard
        )
        shifts.action_publish()
        self.assertEqual(set(shifts.mapped("state")), {"published"})
        shifts.action_cancel()
        shifts.action_cancel()
        self.assertEqual(set(shifts.mapped("state")), {"cancelled"})
        shifts.action_draft()
        self.assertEqual(set(shifts.mapped("state")), {"draft"})

    def test_who_was_there_is_a_fact(self):
        shift = self.make_shift(
            self.post,
            "2027-04-14 08:00",
            "2027-04-14 16:00",
            self.guard,
            state="published",
        )
        attendance = self.attend(shift)
        self.assertEqual(shift.state, "done")
        with self.assertRaisesRegex(UserError, "has begun with Amine Test"):
            shift.employee_id = self.other_guard
        with self.assertRaisesRegex(UserError, "has begun"):
            shift.post_id = self.make_post("Other")
        shift.employee_id = self.guard
        attendance.unlink()
        self.assertEqual(shift.state, "published")
        shift.employee_id = self.other_guard

    def test_a_day_at_most_on_the_clock_or_in_hours(self):
        for start, stop, hours in (
            ("2027-05-03 08:00", "2027-05-04 08:00", 24),
            ("2027-10-30 19:00", "2027-10-31 19:00", 25),
            ("2027-03-27 19:00", "2027-03-28 20:00", 24),
        ):
            with self.subTest(start):
                self.assertEqual(self.make_shift(self.post, start, stop).hours, hours)
        with self.assertRaisesRegex(ValidationError, "24 hours at most"):
            self.make_shift(self.post, "2027-05-03 08:00", "2027-05-04 08:01")


@tagged("post_install", "-at_install")
class TestOverlap(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post = cls.make_post()
        cls.other_post = cls.make_post("Dock")
        cls.first = cls.make_shift(cls.post, *DAY, cls.guard)

    def assertOverlap(self, *times, guard=None):
        with self.assertRaises(ValidationError) as refusal:
            self.make_shift(self.other_post, *times, guard or self.guard)
        return str(refusal.exception)

    def test_message_names_guard_and_both_shifts(self):
        message = self.assertOverlap("2027-05-03 15:00", "2027-05-03 20:00")
        self.assertIn("Amine Test", message)
        self.assertIn("Horizon / Entrance 03/05 08:00-16:00", message)
        self.assertIn("Horizon / Dock 03/05 15:00-20:00", message)

    def test_every_way_to_overlap(self):
        for start, stop in (
            ("07:00", "08:01"),
            ("15:59", "20:00"),
            ("09:00", "10:00"),
            ("06:00", "20:00"),
            ("08:00", "16:00"),
        ):
            with self.subTest(start):
                self.assertOverlap(f"2027-05-03 {start}", f"2027-05-03 {stop}")

    def test_one_after_the_other(self):
        for start, stop in (("16:00", "23:00"), ("00:00", "08:00")):
            self.make_shift(
                self.other_post, f"2027-05-03 {start}", f"2027-05-03 {stop}", self.guard
            )
        of_the_guard = [("employee_id", "=", self.guard.id)]
        self.assertEqual(self.env["security.shift"].search_count(of_the_guard), 3)

    def test_another_guard_or_nobody(self):
        at_once = self.make_shift(self.other_post, *DAY, self.other_guard)
        for _nobody in range(2):
            at_once |= self.make_shift(self.other_post, *DAY)
        self.assertEqual(
            at_once.exists().mapped("date_start"), [self.first.date_start] * 3
        )

    def test_cancelled_shift_frees_the_guard(self):
        self.first.action_cancel()
        second = self.make_shift(self.other_post, *DAY, self.guard)
        with self.assertRaisesRegex(ValidationError, "two places at once"):
            self.first.action_draft()
        second.employee_id = self.other_guard
        self.first.action_draft()

    def test_moving_into_another_shift(self):
        second = self.make_shift(
            self.other_post, "2027-05-04 08:00", "2027-05-04 16:00", self.guard
        )
        with self.assertRaisesRegex(ValidationError, "two places at once"):
            second.write(
                {
                    "date_start": second.date_start - timedelta(days=1),
                    "date_stop": second.date_stop - timedelta(days=1),
                }
            )

    def test_two_in_one_create(self):
        with self.assertRaisesRegex(ValidationError, "two places at once"):
            self.env["security.shift"].create(
                [
                    {
                        "post_id": post.id,
                        "employee_id": self.other_guard.id,
                        "date_start": utc(DAY[0]),
                        "date_stop": utc(DAY[1]),
                    }
                    for post in (self.post, self.other_post)
                ]
            )

    def test_swapping_two_guards_at_once(self):
        """Each save is checked, so a swap goes through an empty post."""
        second = self.make_shift(self.other_post, *DAY, self.other_guard)
        second.employee_id = False
        self.first.employee_id = self.other_guard
        second.employee_id = self.guard
        self.assertEqual(second.employee_id, self.guard)

    def test_the_whole_night_before(self):
        """A shift of 24 hours that began the day before is seen."""
        self.make_shift(
            self.other_post, "2027-05-05 08:00", "2027-05-06 08:00", self.guard
        )
        self.assertOverlap("2027-05-06 07:59", "2027-05-06 10:00")


@tagged("post_install", "-at_install")
class TestPublish(SecurityMissionsCase):
    """Nobody is published on a post without the card for it (CSI L612-20)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post = cls.make_post()

    def publish(self, guard, *times):
        shift = self.make_shift(self.post, *(times or DAY), guard)
        shift.action_publish()
        return shift

    def assertRefused(self, guard, *fragments, times=()):
        shift = self.make_shift(self.post, *(times or DAY), guard)
        with self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
            shift.action_publish()
        shift.invalidate_recordset()
        self.assertEqual(shift.state, "draft")
        for fragment in (guard.name, *fragments):
            self.assertIn(fragment, str(refusal.exception))

    def day(self, value):
        return format_date(self.env, value)

    def test_covered(self):
        self.assertEqual(self.publish(self.guard).state, "published")

    def test_no_guard(self):
        shift = self.make_shift(self.post, *DAY)
        with self.assertRaisesRegex(ValidationError, "has no guard: assign one"):
            shift.action_publish()

    def test_no_card(self):
        guard = self.make_guard("Nina Nocard", card=False)
        self.assertRefused(
            guard, "no professional card", self.day("2027-05-03"), "L612-20"
        )

    def test_expired_card(self):
        guard = self.make_guard("Ed Expired", date_expiry="2027-05-02")
        number = self.cards_of(guard).number
        days = self.day("2027-05-02"), self.day("2027-05-03")
        self.assertRefused(guard, number, *days, "R612-13")

    def test_last_day_is_covered(self):
        guard = self.make_guard("Lea Lastday", date_expiry="2027-05-03")
        self.assertEqual(self.publish(guard).state, "published")

    def test_expires_during_the_night(self):
        guard = self.make_guard("Noe Night", date_expiry="2027-05-03")
        self.assertRefused(
            guard,
            self.cards_of(guard).number,
            self.day("2027-05-04"),
            "L612-20",
            times=("2027-05-03 19:00", "2027-05-04 07:00"),
        )

    def test_midnight_in_paris_counts_not_utc(self):
        """Until 00:30 in Paris: one more local day, though not in UTC."""
        guard = self.make_guard("Max Midnight", date_expiry="2027-05-03")
        self.assertRefused(
            guard,
            self.day("2027-05-04"),
            times=("2027-05-03 20:00", "2027-05-04 00:30"),
        )

    def test_suspended_card(self):
        guard = self.make_guard("Sam Suspended")
        self.cards_of(guard).action_suspend()
        self.assertRefused(guard, self.cards_of(guard).number, "suspended", "L612-20")

    def test_withdrawn_card(self):
        guard = self.make_guard("Wim Withdrawn")
        self.cards_of(guard).action_withdraw()
        self.assertRefused(guard, self.cards_of(guard).number, "withdrawn")

    def test_unverified_card(self):
        guard = self.make_guard("Una Unverified", verified=False)
        self.assertRefused(guard, "never verified", "R631-15")

    def test_other_activity(self):
        dog = self.env.ref("security_workforce.activity_cyno")
        guard = self.make_guard("Dan Dog", activity_id=dog.id)
        self.assertRefused(guard, "another activity", "L612-20")

    def test_activity_covered_by_another(self):
        """Whoever holds surveillance may do events."""
        self.post.activity_id = self.env.ref("security_workforce.activity_sge")
        self.assertEqual(self.publish(self.guard).state, "published")

    def test_two_cards_one_after_the_other(self):
        guard = self.make_guard("Rene Renewed", date_expiry="2027-05-03")
        self.make_card(
            guard,
            number="CAR-075-2032-05-03-20270000007",
            date_issued="2027-04-01",
            date_expiry="2032-05-03",
        )
        shift = self.publish(guard, "2027-05-03 19:00", "2027-05-04 07:00")
        self.assertEqual(shift.state, "published")

    def test_all_or_none_and_all_are_named(self):
        ed = self.make_guard("Ed Expired", date_expiry="2027-05-02")
        nina = self.make_guard("Nina Nocard", card=False)
        shifts = self.env["security.shift"]
        for guard in (self.guard, ed, nina):
            shifts |= self.make_shift(self.post, *DAY, guard)
        with self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
            shifts.action_publish()
        self.assertIn("Ed Expired", str(refusal.exception))
        self.assertIn("Nina Nocard", str(refusal.exception))
        self.assertNotIn("Amine", str(refusal.exception))
        shifts.invalidate_recordset()
        self.assertEqual(set(shifts.mapped("state")), {"draft"})

    def test_published_shift_keeps_a_covered_guard(self):
        shift = self.publish(self.guard)
        nina = self.make_guard("Nina Nocard", card=False)
        with self.assertRaisesRegex(ValidationError, "Nina Nocard has no professional"):
            shift.employee_id = nina
        with self.assertRaisesRegex(ValidationError, "has no guard"):
            shift.employee_id = False
        shift.employee_id = self.other_guard
        self.assertEqual(shift.state, "published")

    def test_published_shift_moved_after_the_card(self):
        guard = self.make_guard("Lea Lastday", date_expiry="2027-05-03")
        shift = self.publish(guard)
        with self.assertRaisesRegex(
            ValidationError, f"expires on {self.day('2027-05-03')}"
        ):
            shift.write(
                {
                    "date_start": shift.date_start + timedelta(days=1),
                    "date_stop": shift.date_stop + timedelta(days=1),
                }
            )

    def test_published_shift_put_on_another_post(self):
        dogs = self.make_post(
            "Dogs", activity_id=self.env.ref("security_workforce.activity_cyno").id
        )
        shift = self.publish(self.guard)
        with self.assertRaisesRegex(ValidationError, "another activity"):
            shift.post_id = dogs

    def test_planner_is_told_without_rights_on_people(self):
        """The planner reads no employee file; the sentence names the guard anyway."""
        planner = self.make_user("planner", "security_workforce.group_security_planner")
        ed = self.make_guard("Ed Expired", date_expiry="2027-05-02")
        shift = self.make_shift(self.post, *DAY, ed).with_user(planner)
        self.env.invalidate_all()
        with self.assertRaisesRegex(ValidationError, "Ed Expired is not covered"):
            shift.action_publish()
        self.make_shift(self.make_post("Dock"), *DAY, self.guard)
        with self.assertRaisesRegex(ValidationError, "Amine Test cannot be in two"):
            shift.employee_id = self.guard.id
