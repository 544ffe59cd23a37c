from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..engine import facts
from .common import NOW
from .training import TrainingCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestTrainingAttendee(TrainingCase):
    """Seats, the waiting list, and who is free."""

    def states(self, session):
        return {a.employee_id: a.state for a in session.attendee_ids}

    # ------------------------------------------------------------
    # Seats
    # ------------------------------------------------------------

    def test_beyond_the_seats_they_wait_soonest_end_first(self):
        carl = self.guards(1)
        for guard, start in (
            (self.anna, "2025-06-01"),
            (self.boris, "2025-03-01"),
            (carl, "2025-01-01"),
        ):
            self.new_line(employee=guard, valid_from=start)
        session = self.new_session(seats=1)
        self.seat(session, self.anna, self.boris, carl)
        self.assertEqual(
            self.states(session),
            {self.anna: "waiting", self.boris: "waiting", carl: "proposed"},
        )
        self.assertEqual((session.seats_taken, session.waiting_count), (1, 2))
        session.attendee_ids.filtered(lambda a: a.employee_id == carl).action_cancel()
        self.assertEqual(self.states(session)[self.boris], "proposed")
        self.assertEqual(self.states(session)[self.anna], "waiting")
        session.seats = 2
        self.assertEqual(self.states(session)[self.anna], "proposed")

    def test_a_deleted_seat_is_given_away(self):
        session = self.new_session(seats=1)
        first, second = self.seat(session)
        self.assertEqual((first.state, second.state), ("proposed", "waiting"))
        first.unlink()
        self.assertEqual(second.state, "proposed")

    def test_a_certificate_that_came_since_moves_the_list(self):
        session = self.new_session(seats=1)
        carl = self.guards(1)
        first = self.seat(session, carl)
        self.seat(session)
        self.new_line(employee=self.boris, valid_from="2025-01-01")
        first.action_cancel()
        self.assertEqual(self.states(session)[self.boris], "proposed")

    def test_seats_are_not_taken_away_from_those_who_hold_them(self):
        session = self.new_session(seats=2)
        self.seat(session)
        with self.assertRaisesRegex(ValidationError, "2 guards hold a seat"):
            session.seats = 1

    def test_taken_back_he_waits_for_a_seat(self):
        session = self.new_session(seats=1)
        first, second = self.seat(session)
        first.action_cancel()
        first.action_restore()
        self.assertEqual((first.state, second.state), ("waiting", "proposed"))

    @mute_logger("odoo.sql_db")
    def test_once_in_a_session(self):
        session = self.new_session()
        self.seat(session)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.seat(session, self.anna)

    def test_a_closed_session_takes_nobody(self):
        session = self.new_session()
        session.action_cancel()
        with self.assertRaisesRegex(UserError, "nobody joins"):
            self.seat(session)

    def test_states_move_through_the_buttons_only(self):
        session = self.new_session()
        attendee = self.seat(session, self.anna).with_user(self.hr)
        for vals in (
            {"state": "passed"},
            {"obtained_on": "2026-12-07"},
            {"convocation": "sent"},
        ):
            with self.assertRaisesRegex(UserError, "buttons"):
                attendee.write(vals)
        with self.assertRaisesRegex(UserError, "buttons"):
            self.Attendee.create(
                {
                    "session_id": session.id,
                    "employee_id": self.boris.id,
                    "state": "passed",
                }
            )
        forged = self.Attendee.with_context(
            default_obtained_on="2026-12-01", default_convocation="sent"
        ).create({"session_id": session.id, "employee_id": self.boris.id})
        self.assertFalse(forged.obtained_on)
        self.assertEqual(forged.convocation, "none")
        with self.assertRaisesRegex(UserError, "cannot become"):
            attendee.action_present()

    def test_a_seat_neither_moves_nor_changes_its_guard_once_told(self):
        session, other = self.new_session(), self.new_session(first="2026-12-14")
        attendee = self.seat(session, self.anna)
        with self.assertRaisesRegex(UserError, "does not move"):
            attendee.session_id = other
        attendee.employee_id = self.boris
        session.action_confirm()
        with self.assertRaisesRegex(UserError, "cancel his seat"):
            attendee.employee_id = self.anna
        with self.assertRaisesRegex(UserError, "cancel his seat"):
            attendee.unlink()

    # ------------------------------------------------------------
    # Who is free
    # ------------------------------------------------------------

    def test_not_in_two_sessions_at_once(self):
        first = self.new_session(self.mac_aps)
        self.seat(first, self.anna)
        second = self.new_session()
        sentence = "Anna Test is not free .*in training, “MAC-APS – 12/07/2026”"
        with (
            self.assertRaisesRegex(ValidationError, sentence),
            self.env.cr.savepoint(),
        ):
            self.seat(second, self.anna)
        self.assertFalse(second.attendee_ids)
        self.seat(second, self.boris)
        first.action_cancel()
        self.seat(second, self.anna)
        with self.assertRaisesRegex(ValidationError, "not free"):
            first.action_draft()

    def test_free_in_between_the_half_days(self):
        mornings = self.new_session(days=False)
        mornings.slot_ids = self.slots(
            ("2026-12-07 08:00", "2026-12-07 11:30"),
            ("2026-12-09 08:00", "2026-12-09 11:30"),
        )
        self.seat(mornings, self.anna)
        between = self.new_session(days=False)
        between.slot_ids = self.slots(
            ("2026-12-07 11:30", "2026-12-07 15:00"),
            ("2026-12-08 08:00", "2026-12-08 11:30"),
        )
        self.seat(between, self.anna)
        with self.assertRaisesRegex(ValidationError, "not free"):
            between.slot_ids[1].write(
                {
                    "date_start": "2026-12-09 08:00:00",
                    "date_stop": "2026-12-09 09:00:00",
                }
            )

    def test_not_on_leave_and_without_its_kind(self):
        self.new_leave(self.anna, "2026-12-07", "2026-12-08")
        session = self.new_session()
        with self.assertRaisesRegex(
            ValidationError, "Anna Test is not free.*on leave, from 12/7/26"
        ) as refused:
            self.seat(session, self.anna)
        self.assertNotIn("Holidays of the test", str(refused.exception))

    def test_a_leave_that_came_since_stops_the_confirmation(self):
        session = self.new_session()
        self.seat(session)
        self.new_leave(self.anna, "2026-12-07", "2026-12-07")
        with self.assertRaisesRegex(ValidationError, "Anna Test is not free"):
            session.action_confirm()
        self.assertEqual(session.state, "draft")

    def test_whoever_is_busy_keeps_his_place_on_the_list(self):
        carl = self.guards(1)
        session = self.new_session(seats=1)
        first = self.seat(session, carl)
        self.seat(session)
        self.new_leave(self.anna, "2026-12-07", "2026-12-07")
        first.action_cancel()
        self.assertEqual(
            self.states(session),
            {carl: "cancelled", self.anna: "waiting", self.boris: "proposed"},
        )

    # ------------------------------------------------------------
    # What the rules are told
    # ------------------------------------------------------------

    def absences(self, guards, session):
        self.env.flush_all()
        self.env.invalidate_all()
        told = guards._security_person_facts(
            session.date_start - timedelta(days=1), session.date_stop
        )
        return {guard: told[guard.id]["absences"] for guard in guards}

    def test_away_on_the_half_days_of_a_confirmed_session(self):
        session = self.new_session()
        self.seat(session, self.anna)
        everybody = self.anna | self.boris
        self.assertFalse(any(self.absences(everybody, session).values()))
        session.action_confirm()
        told = self.absences(everybody, session)
        self.assertEqual(
            told[self.anna],
            tuple(
                facts.Absence(
                    slot.date_start, slot.date_stop, session.display_name, "training"
                )
                for slot in session.slot_ids.sorted("date_start")
            ),
        )
        self.assertFalse(told[self.boris])
        session.attendee_ids.action_cancel()
        self.assertFalse(self.absences(everybody, session)[self.anna])

    def test_as_many_queries_for_sixty_guards_as_for_two(self):
        many = self.guards(60)
        session = self.new_session()
        self.seat(session, *many)
        session.action_confirm()
        counts = []
        for guards in (many[:2], many):
            self.absences(guards, session)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            guards._facts_absences(guards.ids, session.date_start, session.date_stop)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
