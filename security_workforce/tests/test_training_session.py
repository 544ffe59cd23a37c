from datetime import date, datetime

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW
from .training import FIRST, TrainingCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestTrainingSession(TrainingCase):
    """A session: its days, its hours, its seats, its states."""

    # ------------------------------------------------------------
    # Catalogue
    # ------------------------------------------------------------

    def test_what_the_courses_give(self):
        given = {
            course.code: (course.skill_id.security_code, course.refresher, course.seats)
            for course in self.env["security.training.course"].search([])
        }
        self.assertEqual(given["SST"], ("SST", False, 0))
        self.assertEqual(given["MAC-SST"], ("SST", True, 0))
        self.assertEqual(given["SSIAP2-RAN"], ("SSIAP2", False, 0))
        self.assertEqual(given["MAC-APS"], (False, True, 12))
        for course in self.env["security.training.course"].search(
            [("skill_id", "!=", False)]
        ):
            self.assertEqual(
                course.skill_level_id.skill_type_id, course.skill_id.skill_type_id
            )

    def test_a_course_gives_regulated_qualifications_at_their_levels(self):
        with (
            self.assertRaisesRegex(ValidationError, "not a regulated"),
            self.env.cr.savepoint(),
        ):
            self.mac_sst.skill_id = self.breton
        with (
            self.assertRaisesRegex(ValidationError, "not a level of"),
            self.env.cr.savepoint(),
        ):
            self.mac_sst.skill_level_id = self.ssiap2.skill_type_id.skill_level_ids[:1]
        self.mac_sst.skill_id = self.ssiap2
        self.assertEqual(
            self.mac_sst.skill_level_id.skill_type_id, self.ssiap2.skill_type_id
        )

    # ------------------------------------------------------------
    # Days and hours
    # ------------------------------------------------------------

    def test_days_follow_the_legal_hours_on_the_local_clock(self):
        session = self.new_session(self.mac_aps)
        self.assertEqual((session.hours, len(session.slot_ids)), (34, 10))
        self.assertEqual(session.date_start, datetime(2026, 12, 7, 8))
        self.assertEqual(session.date_stop, datetime(2026, 12, 11, 15))
        self.assertIn("12/07/2026", session.display_name)

    def test_days_skip_a_public_holiday(self):
        session = self.new_session(first="2026-12-24")
        self.assertEqual(
            {slot.date_start.date() for slot in session.slot_ids}, {date(2026, 12, 24)}
        )
        session = self.new_session(self.env.ref("security_workforce.training_sst"))
        long = self.new_session(
            self.env.ref("security_workforce.training_sst"), first="2026-12-24"
        )
        self.assertEqual(session.hours, 14)
        self.assertEqual(
            {slot.date_start.date() for slot in long.slot_ids},
            {date(2026, 12, 24), date(2026, 12, 28)},
        )

    def test_days_are_proposed_once_and_from_a_day(self):
        session = self.new_session()
        with self.assertRaisesRegex(UserError, "already"):
            session.action_propose_days()
        bare = self.new_session(days=False)
        bare.date_first = False
        with self.assertRaisesRegex(UserError, "first day"):
            bare.action_propose_days()

    def test_half_days_do_not_overlap(self):
        session = self.new_session(days=False)
        with self.assertRaisesRegex(ValidationError, "overlap"):
            session.slot_ids = self.slots(
                ("2026-12-07 08:00", "2026-12-07 12:00"),
                ("2026-12-07 11:00", "2026-12-07 15:00"),
            )

    @mute_logger("odoo.sql_db")
    def test_half_days_end_after_they_start(self):
        session = self.new_session(days=False)
        for stop in ("2026-12-07 08:00", "2026-12-08 09:00"):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                session.slot_ids = self.slots(("2026-12-07 08:00", stop))

    def test_seats_are_those_of_the_text(self):
        session = self.new_session(self.mac_aps)
        self.assertEqual(session.seats, 12)
        for seats in (13, 0):
            with self.assertRaisesRegex(ValidationError, "between 1 and 12"):
                session.seats = seats
        self.assertEqual(self.new_session(first="2026-12-14").seats, 0)

    def test_cost(self):
        session = self.new_session(cost_session=400, cost_seat=50)
        self.seat(session)
        self.assertEqual(session.cost_total, 500)
        session.attendee_ids[0].action_cancel()
        self.assertEqual(session.cost_total, 450)

    def test_form(self):
        with Form(self.Session.with_user(self.hr)) as form:
            form.course_id = self.mac_aps
            self.assertEqual(form.seats, 12)
            form.date_first = FIRST
        session = form.record
        session.action_propose_days()
        with Form(session) as form:
            self.assertEqual(form.declaration_due, "2026-11-22")
            self.assertTrue(form.declaration_late)

    # ------------------------------------------------------------
    # States
    # ------------------------------------------------------------

    def test_states_move_through_the_buttons_only(self):
        session = self.new_session()
        with self.assertRaisesRegex(UserError, "buttons"):
            session.with_user(self.hr).state = "done"
        with self.assertRaisesRegex(UserError, "buttons"):
            session.with_user(self.hr).with_context(
                security_training_transition=1
            ).state = "confirmed"
        with self.assertRaisesRegex(UserError, "buttons"):
            self.Session.create({"course_id": self.mac_sst.id, "state": "confirmed"})
        for step in (session.action_done, session.action_draft):
            with self.assertRaisesRegex(UserError, "cannot become"):
                step()
        session.action_confirm()
        for step in (session.action_confirm, session.action_draft):
            with self.assertRaisesRegex(UserError, "cannot become"):
                step()
        session.action_cancel()
        session.action_draft()
        self.assertEqual(session.state, "draft")

    def test_no_half_day_no_session(self):
        session = self.new_session(days=False)
        with self.assertRaisesRegex(UserError, "no half-day"):
            session.action_confirm()
        session.action_propose_days()
        session.action_confirm()
        with self.assertRaisesRegex(UserError, "one half-day at least"):
            session.slot_ids.unlink()

    def test_the_course_of_a_confirmed_session_stays(self):
        session = self.new_session()
        session.action_confirm()
        with self.assertRaisesRegex(UserError, "was confirmed"):
            session.course_id = self.mac_aps

    def test_an_announced_session_is_not_deleted(self):
        session = self.new_session()
        session.action_confirm()
        with self.assertRaisesRegex(UserError, "cancel it"):
            session.unlink()
        self.new_session(first="2026-12-14").unlink()

    def test_a_session_shorter_than_the_law_is_not_closed(self):
        session = self.new_session(days=False)
        session.slot_ids = self.slots(("2026-11-23 07:00", "2026-11-23 13:00"))
        session.action_confirm()
        with self.assertRaisesRegex(UserError, "lasts 6\xa0h.*asks for 7\xa0h"):
            session.action_done()
        session.slot_ids = self.slots(("2026-11-23 14:00", "2026-11-23 15:00"))
        session.action_done()
        self.assertEqual(session.state, "done")
        with self.assertRaisesRegex(UserError, "half-days stay"):
            session.slot_ids[0].date_stop = datetime(2026, 11, 23, 12)

    def test_a_session_to_come_is_not_closed(self):
        session = self.new_session()
        session.action_confirm()
        with self.assertRaisesRegex(UserError, "not over"):
            session.action_done()

    # ------------------------------------------------------------
    # Declaration of the courses that renew cards
    # ------------------------------------------------------------

    def test_declared_fifteen_days_before(self):
        session = self.new_session(self.mac_aps, first="2026-12-08")
        self.assertEqual(session.declaration_due, date(2026, 11, 23))
        self.assertFalse(session.declaration_late)
        session.action_confirm()
        self.assertEqual(session.state, "confirmed")
        self.assertFalse(self.new_session().declaration_due)

    def test_a_late_declaration_is_answered_for(self):
        session = self.new_session(self.mac_aps, first="2026-12-07")
        self.assertTrue(session.declaration_late)
        session.late_reason = "  "
        with self.assertRaisesRegex(UserError, "declared to the CNAPS by 11/22/2026"):
            session.action_confirm()
        self.assertEqual(session.state, "draft")
        session.late_reason = "The trainer was replaced the day before."
        session.action_confirm()
        self.assertEqual(session.state, "confirmed")

    def test_declared_in_time_it_is_not_late_any_more(self):
        session = self.new_session(self.mac_aps, declared_on="2026-11-20")
        self.assertFalse(session.declaration_late)
        session.action_confirm()

    def test_the_figure_is_dated(self):
        self.env.ref(
            "security_workforce.parameter_mac_declaration_days"
        ).date_to = "2026-12-31"
        self.assertFalse(
            self.new_session(self.mac_aps, first="2027-02-01").declaration_due
        )

    def test_the_responsible_is_asked_once_to_declare(self):
        session = self.new_session(self.mac_aps, first="2026-12-14", user_id=self.hr.id)
        far = self.new_session(self.mac_aps, first="2027-03-01")
        with self.enter_registry_test_mode():
            cron = self.env.ref("security_workforce.ir_cron_training_declarations")
            cron.method_direct_trigger()
            cron.method_direct_trigger()
        activity = session.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.hr)
        self.assertEqual(activity.date_deadline, date(2026, 11, 29))
        self.assertFalse(far.activity_ids)
        session.declared_on = "2026-11-23"
        self.assertFalse(session.activity_ids)
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertFalse(session.activity_ids)
