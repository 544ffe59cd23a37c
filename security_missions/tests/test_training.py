"""A guard in training is not there for shifts, and the other way round."""

import threading

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.exceptions import UserError, ValidationError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, freeze_time, tagged
from odoo.tests.common import get_db_name

from odoo.addons.base.tests.common import DISABLED_MAIL_CONTEXT

from .common import NOW, SecurityMissionsCase, utc
from .test_two_connections import PATIENCE, Colleague


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTraining(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post = cls.make_post()
        cls.session = cls.env["security.training.session"].create(
            {
                "course_id": cls.env.ref("security_workforce.training_mac_sst").id,
                "company_id": cls.company.id,
                "date_first": "2027-05-03",
            }
        )
        cls.company.resource_calendar_id.tz = "Europe/Paris"
        cls.session.action_propose_days()
        cls.attendee = cls.seat(cls.guard)

    @classmethod
    def seat(cls, guard):
        return cls.env["security.training.attendee"].create(
            {"session_id": cls.session.id, "employee_id": guard.id}
        )

    def blocked_by(self, shift):
        return {
            row["rule"]
            for row in shift.eligibility_findings
            if row["severity"] == "block"
        }

    def test_a_draft_shift_is_blocked_and_free_again(self):
        shift = self.make_shift(
            self.post, "2027-05-03 10:00", "2027-05-03 14:00", self.guard
        )
        before = self.make_shift(
            self.post, "2027-05-03 05:00", "2027-05-03 09:00", self.guard
        )
        other = self.make_shift(
            self.make_post("East"),
            "2027-05-03 10:00",
            "2027-05-03 14:00",
            self.other_guard,
        )
        everything = shift | before | other
        self.assertEqual(set(everything.mapped("eligibility")), {"ok"})
        self.session.action_confirm()
        self.assertEqual(shift.eligibility, "blocked")
        self.assertEqual(self.blocked_by(shift), {"ABS-01"})
        text = shift.eligibility_findings[0]["words"]["en"]["text"]
        self.assertIn("Amine Test is in training from", text)
        self.assertEqual({before.eligibility, other.eligibility}, {"ok"})
        with self.assertRaises(UserError):
            shift.action_publish()
        self.session.action_cancel()
        self.assertEqual(shift.eligibility, "ok")
        self.session.action_draft()
        self.session.action_confirm()
        self.assertEqual(shift.eligibility, "blocked")

    def test_it_follows_the_half_days_and_the_attendees(self):
        shift = self.make_shift(
            self.post, "2027-05-03 14:00", "2027-05-03 18:00", self.guard
        )
        self.session.action_confirm()
        self.assertEqual(shift.eligibility, "blocked")
        afternoon = self.session.slot_ids.sorted("date_start")[1]
        afternoon.write(
            {
                "date_start": utc("2027-05-04 09:00"),
                "date_stop": utc("2027-05-04 12:30"),
            }
        )
        self.assertEqual(shift.eligibility, "ok")
        afternoon.write(
            {
                "date_start": utc("2027-05-03 13:30"),
                "date_stop": utc("2027-05-03 17:00"),
            }
        )
        self.assertEqual(shift.eligibility, "blocked")
        self.attendee.action_cancel()
        self.assertEqual(shift.eligibility, "ok")

    def test_no_training_for_whoever_was_given_a_shift(self):
        self.make_shift(
            self.post,
            "2027-05-03 10:00",
            "2027-05-03 14:00",
            self.other_guard,
            state="published",
        )
        with self.assertRaisesRegex(
            ValidationError, "Zoe Test is not free.*on the shift “.*Horizon"
        ):
            self.seat(self.other_guard)

    def test_a_draft_shift_gives_way(self):
        self.make_shift(
            self.post, "2027-05-03 10:00", "2027-05-03 14:00", self.other_guard
        )
        self.assertEqual(self.seat(self.other_guard).state, "proposed")

    def test_a_shift_published_since_stops_the_confirmation(self):
        self.make_shift(
            self.post,
            "2027-05-03 10:00",
            "2027-05-03 14:00",
            self.guard,
            state="published",
        )
        with self.assertRaisesRegex(ValidationError, "on the shift"):
            self.session.action_confirm()

    def test_the_list_says_who_is_on_a_shift(self):
        skill = self.env.ref("security_workforce.skill_sst")
        for guard in (self.guard, self.other_guard):
            self.env["hr.employee.skill"].create(
                {
                    "employee_id": guard.id,
                    "skill_type_id": skill.skill_type_id.id,
                    "skill_id": skill.id,
                    "skill_level_id": skill.skill_type_id.skill_level_ids[:1].id,
                    "valid_from": "2025-07-01",
                }
            )
        self.make_shift(
            self.post,
            "2027-05-03 10:00",
            "2027-05-03 14:00",
            self.other_guard,
            state="published",
        )
        found = self.session._candidates(self.session._last_title_end())
        self.assertEqual(
            [(c.employee, c.ready) for c in found], [(self.other_guard, False)]
        )
        self.assertIn("on the shift", found[0].note)


@tagged("post_install", "-at_install")
class TestLastSeat(BaseCase):
    """Two officers fill the last seat at the same instant, on two connections."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self.remove)
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, DISABLED_MAIL_CONTEXT)
            self.guard_ids = (
                env["hr.employee"].create([{"name": "One"}, {"name": "Two"}]).ids
            )
            self.session_id = (
                env["security.training.session"]
                .create(
                    {
                        "course_id": env.ref("security_workforce.training_mac_sst").id,
                        "seats": 1,
                    }
                )
                .id
            )

    def remove(self):
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            session = env["security.training.session"].browse(self.session_id)
            session.attendee_ids.unlink()
            session.unlink()
            env["hr.employee"].browse(self.guard_ids).unlink()

    def seat(self, env, index):
        env["security.training.attendee"].create(
            {"session_id": self.session_id, "employee_id": self.guard_ids[index]}
        )
        env.flush_all()

    def states(self):
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            session = env["security.training.session"].browse(self.session_id)
            return {a.employee_id.id: a.state for a in session.attendee_ids}

    def run_both(self, first, second):
        threads = [Colleague(self.registry, action) for action in (first, second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
            self.assertFalse(thread.is_alive())
        return threads

    def test_while_the_first_is_at_it_the_second_is_told(self):
        held, tried = threading.Event(), threading.Event()

        def first(env):
            self.seat(env, 0)
            held.set()
            tried.wait(PATIENCE)

        def second(env):
            held.wait(PATIENCE)
            try:
                self.seat(env, 1)
            finally:
                tried.set()

        one, two = self.run_both(first, second)
        self.assertIsNone(one.error)
        self.assertIsInstance(two.error, UserError)
        self.assertIn("Somebody else", str(two.error))
        self.assertEqual(self.states(), {self.guard_ids[0]: "proposed"})

    def test_whoever_looked_before_the_first_was_done_waits(self):
        looked, done = threading.Event(), threading.Event()

        def first(env):
            looked.wait(PATIENCE)
            self.seat(env, 0)
            env.cr.postcommit.add(done.set)

        def second(env):
            session = env["security.training.session"].browse(self.session_id)
            if not looked.is_set():
                self.free = session.seats - session.seats_taken
            looked.set()
            done.wait(PATIENCE)
            self.seat(env, 1)

        one, two = self.run_both(first, second)
        self.assertEqual((one.error, two.error), (None, None))
        self.assertEqual(self.free, 1)
        self.assertEqual(
            self.states(), {self.guard_ids[0]: "proposed", self.guard_ids[1]: "waiting"}
        )
