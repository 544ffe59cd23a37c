from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .alert_common import AlertCommon

PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    b"awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestBulletin(AlertCommon):
    def _draft(self, **values):
        return (
            self.env["security.bulletin"]
            .with_user(self.operator)
            .create(
                {
                    "name": "Gate 2 is out of order",
                    "body": "<p>Use gate 1.</p>",
                    "site_ids": [(6, 0, self.site.ids)],
                    **values,
                }
            )
        )

    def test_whoever_works_there_is_concerned(self):
        elsewhere = self.env["hr.employee"].create({"name": "Works Elsewhere"})
        with self._at(-60):
            bulletin = self._draft()
            bulletin.action_publish()
        self.assertEqual(bulletin.reading_ids.employee_id, self.guard)
        self.assertEqual(bulletin.unread_count, 1)
        named = self._draft(site_ids=False, employee_ids=[(6, 0, elsewhere.ids)])
        named.action_publish()
        self.assertEqual(named.reading_ids.employee_id, elsewhere)

    def test_whoever_comes_later_is_told_as_well(self):
        with self._at(-60):
            bulletin = self._draft()
            bulletin.action_publish()
            other = self.env["hr.employee"].create({"name": "Comes Later"})
            shift = self.env["security.shift"].create(
                {
                    "post_id": self.other_post.id,
                    "employee_id": other.id,
                    "date_start": self.start,
                    "date_stop": self.start + timedelta(hours=8),
                }
            )
            self.env["security.bulletin"]._cron_bulletins()
            self.assertNotIn(other, bulletin.reading_ids.employee_id, "Only a draft")
            self._publish(shift)
            self.env["security.bulletin"]._cron_bulletins()
        self.assertIn(other, bulletin.reading_ids.employee_id)

    def test_nobody_concerned_or_nothing_written(self):
        with self._at(24 * 60 * 30):
            with self.assertRaisesRegex(UserError, "reaches nobody"):
                self._draft().action_publish()
        with self._at(-60), self.assertRaisesRegex(UserError, "is empty"):
            self._draft(body=False).action_publish()

    def test_a_published_text_does_not_change(self):
        with self._at(-60):
            bulletin = self._draft()
            with self.assertRaisesRegex(UserError, "its buttons"):
                bulletin.write({"state": "published"})
            bulletin.action_publish()
            with self.assertRaisesRegex(UserError, "as it is"):
                bulletin.write({"body": "<p>Other</p>"})
            with self.assertRaises(AccessError):
                bulletin.unlink()
            with self.assertRaisesRegex(UserError, "as it is"):
                bulletin.with_user(self.manager).unlink()

    def test_a_search_notice_is_deleted_after_72_hours(self):
        with self._at(-60):
            bulletin = self._draft(category="bolo", image=PIXEL)
            bulletin.action_publish()
        with self._at(71 * 60 - 1):
            self.env["security.bulletin"]._cron_bulletins()
        self.assertEqual(bulletin.state, "published")
        self.assertTrue(bulletin.image)
        with self._at(71 * 60):
            self.env["security.bulletin"]._cron_bulletins()
        self.assertEqual(bulletin.state, "expired")
        self.assertFalse(bulletin.image)
        self.assertFalse(bulletin.body)
        self.assertNotIn("Gate 2", bulletin.name)
        self.assertTrue(bulletin.reading_ids, "Who had to read it stays")
        files = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "security.bulletin"),
                    ("res_id", "=", bulletin.id),
                    ("res_field", "!=", False),
                ]
            )
        )
        self.assertFalse(files)

    def test_an_announcement_keeps_its_words(self):
        with self._at(-60):
            bulletin = self._draft()
            bulletin.action_publish()
            bulletin.action_expire()
        self.assertIn("gate 1", bulletin.body)

    def test_each_guard_sees_and_reads_his_own(self):
        with self._at(-60):
            bulletin = self._draft()
            draft = self._draft()
            bulletin.action_publish()
        mine = self.env["security.bulletin"].with_user(self.guard_user).search([])
        self.assertEqual(mine.ids, bulletin.ids)
        self.assertNotIn(draft, mine)
        stranger = new_test_user(self.env, "alert_other", groups="base.group_portal")
        self.assertFalse(self.env["security.bulletin"].with_user(stranger).search([]))
        reading = bulletin.reading_ids
        with self.assertRaises(AccessError):
            reading.with_user(self.guard_user).write({"read_at": self.start})
        reading.with_user(self.guard_user)._acknowledge(self.start)
        self.assertEqual(reading.read_at, self.start)
        reading._acknowledge(self.start + timedelta(hours=1))
        self.assertEqual(reading.read_at, self.start, "The first time counts")
        self.assertEqual(bulletin.unread_count, 0)

    def test_whoever_has_not_read_is_reminded_once(self):
        with self._at(-60):
            bulletin = self._draft()
            bulletin.action_publish()
            # The ORM dates a row by the transaction, not by the frozen clock.
            bulletin.reading_ids._write({"create_date": self.start})
            self.env.invalidate_all()
        message = [("model", "=", "security.bulletin.reading")]
        with self._at(24 * 60 - 1):
            self.env["security.bulletin"]._cron_bulletins()
        self.assertFalse(self.env["mail.message"].search(message))
        for minutes in (24 * 60, 25 * 60):
            with self._at(minutes):
                self.env["security.bulletin"]._cron_bulletins()
        sent = self.env["mail.message"].search(message)
        self.assertEqual(len(sent), 1)
        self.assertEqual(sent.notified_partner_ids, self.guard_user.partner_id)


@tagged("post_install", "-at_install")
class TestConversation(AlertCommon):
    def test_guards_of_the_week_and_operators_speak_there(self):
        with self._at(-60):
            action = self.site.with_user(self.operator).action_open_messages()
            channel = self.env["discuss.channel"]._security_channel(self.site)
            self.assertIn(str(channel.id), action["params"]["active_id"])
            members = channel.channel_member_ids.partner_id
            self.assertIn(self.guard_user.partner_id, members)
            self.assertIn(self.second_operator.partner_id, members)
            self.assertNotIn(self.user.partner_id, members)
            mine = self.env["discuss.channel"].with_user(self.guard_user)
            self.assertEqual(mine._own_security_channels(), channel)
        with self._at(24 * 60 * 9):
            self.env["discuss.channel"]._cron_security_members()
        self.assertNotIn(
            self.guard_user.partner_id, channel.channel_member_ids.partner_id
        )

    def test_a_reader_is_told_who_speaks_there(self):
        with self.assertRaisesRegex(UserError, "right of an operator"):
            self.site.with_user(self.user).action_open_messages()
