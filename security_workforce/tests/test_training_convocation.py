from datetime import datetime

from odoo.tests import freeze_time, tagged

from odoo.addons.mail.tests.common import MailCase

from .common import NOW
from .training import TrainingCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestTrainingConvocation(TrainingCase, MailCase):
    """Each guard is told once, and again when it changes."""

    def mails(self):
        return self.env["mail.mail"].search(
            [("model", "=", "security.training.attendee")], order="id"
        )

    def test_confirming_convokes_once(self):
        session = self.new_session()
        anna, boris = self.seat(session)
        session.with_user(self.hr).action_confirm()
        self.assertEqual({anna.state, boris.state}, {"invited"})
        self.assertEqual({anna.convocation, boris.convocation}, {"sent"})
        self.assertEqual(anna.convoked_on, datetime(2026, 11, 23, 9))
        mails = self.mails()
        self.assertEqual(
            mails.mapped("email_to"), ["anna@example.com", "boris@example.com"]
        )
        self.assertIn("Workplace first aider: refresher", mails[0].subject)
        body = str(mails[0].body_html)
        self.assertIn("Monday, December 7, 2026, 09:00 to 12:30", body)
        self.assertIn("AUT-075-2127-01-01-20270000001", body)
        self.assertEqual(session.to_convoke_count, 0)
        session.action_convoke()
        self.assertEqual(len(self.mails()), 2)

    def test_in_the_language_of_each_guard(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.boris.lang = "fr_FR"
        session = self.new_session()
        self.seat(session)
        session.action_confirm()
        english, french = self.mails()
        self.assertIn("Monday, December 7", str(english.body_html))
        self.assertIn("lundi 7 décembre 2026", str(french.body_html))
        self.assertIn("Bonjour", str(french.body_html))

    def test_the_calendar_file(self):
        session = self.new_session(place_id=self.body.id)
        self.seat(session, self.anna)
        session.action_confirm()
        (attachment,) = self.mails().attachment_ids
        self.assertEqual(attachment.name, "training.ics")
        lines = attachment.raw.decode().replace("\r\n ", "").split("\r\n")
        self.assertEqual(lines.count("BEGIN:VEVENT"), 2)
        self.assertIn("DTSTART:20261207T080000Z", lines)
        self.assertIn("DTEND:20261207T113000Z", lines)
        self.assertIn("LOCATION:Vigie Formation\\, 69002 Lyon", "".join(lines))

    def test_told_again_when_the_dates_change(self):
        session = self.new_session()
        attendees = self.seat(session)
        attendees[1].action_cancel()
        session.action_confirm()
        session.slot_ids[0].date_start = datetime(2026, 12, 7, 7)
        session.slot_ids[1].date_stop = datetime(2026, 12, 7, 16)
        self.assertEqual(attendees.mapped("convocation"), ["outdated", "none"])
        self.assertEqual(session.to_convoke_count, 1)
        self.assertEqual(len(self.mails()), 1)
        session.action_convoke()
        self.assertEqual(len(self.mails()), 2)
        last = self.mails()[-1]
        self.assertIn("has changed", str(last.body_html))
        self.assertIn("SEQUENCE:2", last.attachment_ids.raw.decode())
        self.assertEqual(attendees[0].convocation, "sent")

    def test_the_nightly_run_tells_again_once(self):
        session = self.new_session()
        self.seat(session)
        session.action_confirm()
        session.place_id = self.body
        cron = self.env.ref("security_workforce.ir_cron_training_convocations")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
            cron.method_direct_trigger()
        self.assertEqual(len(self.mails()), 4)
        self.assertFalse(session.to_convoke_count)

    def test_those_without_address_are_named(self):
        self.boris.work_email = False
        session = self.new_session()
        anna, boris = self.seat(session)
        session.action_confirm()
        self.assertEqual(boris.state, "invited")
        self.assertEqual((boris.convocation, boris.convoked_on), ("no_address", False))
        self.assertEqual(session.unreachable, "Boris Test")
        self.assertIn("tell Boris Test another way", session.message_ids[0].body)
        self.assertEqual(len(self.mails()), 1)
        self.boris.private_email = "home@example.com"
        self.assertEqual(session.to_convoke_count, 1)
        session.action_convoke()
        self.assertEqual(self.mails()[-1].email_to, "home@example.com")
        self.assertEqual(anna.convocation, "sent")
        self.assertFalse(session.unreachable)

    def test_told_not_to_come(self):
        session = self.new_session()
        anna, boris = self.seat(session)
        session.action_confirm()
        anna.action_cancel()
        self.assertEqual(self.mails()[-1].email_to, "anna@example.com")
        self.assertIn("no longer expected", str(self.mails()[-1].body_html))
        session.action_cancel()
        self.assertEqual(len(self.mails()), 4)
        self.assertEqual(self.mails()[-1].email_to, "boris@example.com")
        session.action_draft()
        self.assertEqual((boris.state, boris.convocation), ("proposed", "none"))
        session.action_confirm()
        self.assertEqual(len(self.mails()), 5)

    def test_a_mail_that_failed_shows(self):
        session = self.new_session()
        anna, boris = self.seat(session)
        session.action_confirm()
        self.mails()[0].state = "exception"
        self.assertEqual((anna.mail_failed, boris.mail_failed), (True, False))
