from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .training import TrainingCase

AFTER = "2026-12-12 09:00:00"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestTrainingResult(TrainingCase):
    """Presence, results, and what a success writes."""

    def taught(self, course=None, **vals):
        """A session that is over, its two guards present."""
        vals.setdefault("late_reason", "Test")
        session = self.new_session(course, **vals)
        self.seat(session)
        session.action_confirm()
        with freeze_time(AFTER):
            session.action_all_present()
        return session

    def lines(self, guard=None):
        return self.Line.search(
            [
                ("employee_id", "=", (guard or self.anna).id),
                ("skill_id", "=", self.sst.id),
            ],
            order="valid_from",
        )

    @freeze_time(AFTER)
    def test_a_success_is_written_and_verified(self):
        old = self.new_line(valid_from="2025-01-10", verification_method="original")
        old.action_verify()
        session = self.taught()
        anna, boris = session.attendee_ids.sorted("id")
        self.assertEqual(anna.hours_attended, 7)
        anna.certificate_number = "SST-1234"
        anna.with_user(self.officer).action_pass()
        boris.action_fail()
        self.assertEqual((anna.state, anna.obtained_on), ("passed", date(2026, 12, 7)))
        kept, new = self.lines()
        self.assertEqual(kept, old)
        self.assertEqual(kept.valid_to, date(2027, 1, 9))
        self.assertEqual(new, anna.certification_id)
        self.assertEqual(
            (new.valid_from, new.valid_to), (date(2026, 12, 7), date(2028, 12, 6))
        )
        self.assertEqual(new.verification_method, "training")
        self.assertEqual(
            (new.verified_on, new.verified_by_id), (date(2026, 12, 12), self.officer)
        )
        self.assertEqual(
            (new.issuing_body, new.certificate_number), ("Vigie Formation", "SST-1234")
        )
        resume = anna.resume_line_id
        self.assertEqual(
            (resume.name, resume.duration, resume.date_start, resume.date_end),
            (self.mac_sst.name, 7, date(2026, 12, 7), date(2026, 12, 7)),
        )
        self.assertTrue(resume.line_type_id.is_regulated)
        self.assertIn("Vigie Formation", resume.description)
        self.assertFalse(self.lines(self.boris))
        self.assertFalse(boris.resume_line_id)
        session.action_done()
        self.assertEqual(session.state, "done")

    @freeze_time(AFTER)
    def test_a_whole_session_at_once(self):
        session = self.taught()
        before = self.env.cr.sql_log_count
        session.with_user(self.officer).action_all_passed()
        self.env.flush_all()
        self.assertLess(self.env.cr.sql_log_count - before, 120)
        self.assertEqual(set(session.attendee_ids.mapped("state")), {"passed"})
        self.assertEqual(len(self.lines() | self.lines(self.boris)), 2)

    @freeze_time(AFTER)
    def test_hr_keeps_the_presence_a_card_officer_the_success(self):
        session = self.taught()
        anna = session.attendee_ids[0].with_user(self.hr)
        with self.assertRaisesRegex(AccessError, "ask a card officer"):
            anna.action_pass()
        self.assertFalse(self.lines())
        anna.action_absent()
        anna.action_present()
        anna.action_fail()
        self.assertEqual(anna.state, "failed")

    @freeze_time(AFTER)
    def test_fewer_hours_than_the_law_do_not_pass(self):
        session = self.taught()
        anna = session.attendee_ids[0]
        anna.hours_attended = 6.5
        with self.assertRaisesRegex(UserError, "followed 6.5\xa0h of the 7\xa0h"):
            anna.action_pass()
        anna.hours_attended = 7
        session.slot_ids[1].unlink()
        with self.assertRaisesRegex(UserError, "lasts 3.5\xa0h"):
            anna.action_pass()
        self.assertFalse(self.lines())

    def test_not_before_its_days(self):
        session = self.new_session()
        anna, _boris = self.seat(session)
        session.action_confirm()
        with self.assertRaisesRegex(UserError, "has not started"):
            anna.action_present()
        with freeze_time("2026-12-07 12:00:00"):
            anna.action_present()
        long = self.new_session(self.mac_aps, first="2026-12-14", late_reason="Test")
        boris = self.seat(long, self.boris)
        long.action_confirm()
        with freeze_time("2026-12-15 12:00:00"):
            boris.action_present()
            with self.assertRaisesRegex(UserError, "not over"):
                boris.action_pass()

    @freeze_time(AFTER)
    def test_closed_only_when_all_is_said(self):
        session = self.taught()
        anna, boris = session.attendee_ids.sorted("id")
        anna.action_pass()
        with self.assertRaisesRegex(UserError, "what became of Boris Test"):
            session.action_done()
        boris.action_absent()
        session.action_done()
        self.assertEqual(boris.hours_attended, 0)
        with self.assertRaisesRegex(UserError, "not under way"):
            boris.action_present()

    @freeze_time(AFTER)
    def test_a_success_is_taken_back_and_stays_to_be_seen(self):
        session = self.taught()
        anna, boris = session.attendee_ids.sorted("id")
        (anna | boris).action_pass()
        line = anna.certification_id
        with self.assertRaisesRegex(UserError, "take the result back"):
            anna.action_fail()
        with self.assertRaisesRegex(UserError, "take the result back"):
            anna.hours_attended = 3
        with self.assertRaisesRegex(AccessError, "ask a card officer"):
            anna.with_user(self.hr).action_take_back()
        anna.with_user(self.officer).action_take_back()
        self.assertEqual((anna.state, anna.obtained_on), ("failed", False))
        self.assertTrue(line.exists())
        self.assertEqual(line.valid_to, line.valid_from)
        self.assertFalse(anna.resume_line_id)
        self.assertIn("Anna Test was taken back", session.message_ids[0].body)
        self.assertEqual(boris.state, "passed")
        anna.action_present()
        anna.action_pass()
        self.assertEqual(len(self.lines()), 2)
        self.assertEqual(anna.certification_id.valid_to, date(2028, 12, 6))
        anna.action_take_back()
        self.assertEqual(self.lines()[1].valid_to, date(2026, 12, 8))

    @freeze_time(AFTER)
    def test_a_session_that_gave_a_result_is_not_called_off(self):
        session = self.taught()
        session.attendee_ids[0].action_pass()
        with self.assertRaisesRegex(UserError, "took place"):
            session.action_cancel()

    @freeze_time(AFTER)
    def test_card_renewal_course_is_found_by_activity(self):
        session = self.taught(self.mac_aps)
        anna, boris = session.attendee_ids.sorted("id")
        anna.action_pass()
        boris.action_fail()
        self.assertFalse(anna.certification_id)
        self.assertEqual(anna.resume_line_id.duration, 34)
        everybody = self.anna | self.boris
        found = everybody.with_user(self.planner)._security_mac_obtained(
            self.sh.id, date(2026, 12, 11)
        )
        self.assertEqual(found, {self.anna.id: date(2026, 12, 11)})
        self.assertFalse(
            everybody._security_mac_obtained(self.sh.id, date(2026, 12, 12))
        )
        self.assertFalse(
            everybody._security_mac_obtained(self.cyno.id, date(2020, 1, 1))
        )
        anna.action_take_back()
        self.assertFalse(everybody._security_mac_obtained(self.sh.id, date(2020, 1, 1)))

    @freeze_time(AFTER)
    def test_no_result_without_confirmation(self):
        session = self.new_session()
        anna, _boris = self.seat(session)
        anna.action_accept()
        with self.assertRaisesRegex(UserError, "not under way"):
            anna.action_present()
