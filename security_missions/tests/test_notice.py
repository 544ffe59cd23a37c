"""The ledger: each change of what is published, with what the law asks for it."""

from datetime import timedelta

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, utc
from .test_publication import NEXT, PublicationCase

# NOW is Thursday 15 April, 11:00 in Paris.
SOON = ("2027-04-16 20:00", "2027-04-17 04:00")
THIS_WEEK = ("2027-04-20 08:00", "2027-04-20 16:00")


class NoticeCase(PublicationCase):
    def notices(self):
        return self.env["security.notice"].search(
            [("company_id", "=", self.company.id)], order="id"
        )

    def kinds(self):
        return [(n.kind, n.employee_id) for n in self.notices()]


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestNotice(NoticeCase):
    def test_the_first_publication_is_no_change(self):
        self.publish()
        self.assertFalse(self.notices())

    def test_each_kind_of_change(self):
        shift = self.publish()
        self.publish(NEXT)
        self.assertEqual(self.kinds(), [("added", self.guard)])
        shift.date_stop += timedelta(hours=1)
        shift.post_id = self.make_post("Back door")
        shift.action_cancel()
        kinds = [kind for kind, __ in self.kinds()]
        self.assertEqual(kinds, ["added", "time", "post", "cancelled"])
        moved = self.notices()[1]
        self.assertEqual(moved.before["local_stop"][:16], "2027-05-03T16:00")
        self.assertEqual(moved.after["local_stop"][:16], "2027-05-03T17:00")
        self.assertIn("from 08:00 to 16:00 becomes", moved.sentence)
        self.assertEqual(moved.changed_by_id, self.env.user)

    def test_back_to_draft_is_told_and_publishing_again_too(self):
        shift = self.publish()
        shift.action_draft()
        shift.action_publish()
        kinds = [kind for kind, __ in self.kinds()]
        self.assertEqual(kinds, ["withdrawn", "added"])

    def test_both_guards_are_concerned(self):
        shift = self.publish()
        shift.employee_id = self.other_guard
        self.assertEqual(
            self.kinds(), [("removed", self.guard), ("assigned", self.other_guard)]
        )

    def test_what_is_worked_is_no_change(self):
        shift = self.publish(("2027-04-15 08:00", "2027-04-15 10:00"))
        attendance = self.attend(shift)
        attendance.unlink()
        shift.note = "Late"
        self.assertFalse(self.notices())

    def test_hours_tier_and_article(self):
        shift = self.publish(SOON)
        shift.date_start += timedelta(minutes=30)
        notice = self.notices()
        self.assertEqual(notice.notice_hours, 33)
        self.assertEqual((notice.tier, notice.required), ("urgent", "express"))
        self.assertIn("1993", notice.source)
        self.assertEqual((notice.consent, notice.kept), ("pending", 0))
        self.assertEqual(notice.ground, "convenience")

    def test_a_month_ahead_asks_nothing(self):
        self.publish().date_stop += timedelta(hours=1)
        notice = self.notices()
        self.assertEqual((notice.tier, notice.required), ("week", "none"))
        self.assertEqual((notice.consent, notice.kept), ("not_required", 1))

    def test_the_regime_of_the_contract(self):
        common = self.env.ref("security_workforce.regime_common")
        shift = self.publish(THIS_WEEK)
        self.guard.version_id.security_regime_id = common
        shift.date_start += timedelta(minutes=30)
        self.publish(("2027-04-22 08:00", "2027-04-22 16:00"))
        moved, added = self.notices()
        self.assertEqual(moved.regime_id, common)
        self.assertEqual((moved.tier, moved.required), ("short", "consent"))
        # 48 hours are enough for an extra service.
        self.assertEqual(added.required, "none")

    def test_a_change_with_its_consent(self):
        shift = self.publish(SOON)
        proof = self.env["ir.attachment"].create({"name": "sms.txt", "raw": b"OK"})
        shift._change({"employee_id": self.other_guard.id}, "absence", "phone", proof)
        lost, got = self.notices()
        self.assertEqual((lost | got).mapped("ground"), ["absence"] * 2)
        self.assertEqual((got.consent, got.kept), ("given", 1))
        self.assertEqual((got.consent_channel, got.proof_id), ("phone", proof))

    def test_the_consent_of_one_is_not_that_of_the_other(self):
        shift = self.publish(SOON)
        shift._change(
            {"employee_id": self.other_guard.id},
            "client",
            "phone",
            guards=self.other_guard,
        )
        self.assertEqual(self.notices().mapped("consent"), ["pending", "given"])

    def test_consent_is_answered_once(self):
        self.publish(SOON).date_start += timedelta(minutes=30)
        notice = self.notices()
        notice.with_user(self.planner).action_consent_refused()
        self.assertEqual((notice.consent, notice.kept), ("refused", 0))
        self.assertEqual(notice.consent_by_id, self.planner)
        with self.assertRaisesRegex(UserError, "nothing to answer"):
            notice.action_consent_given()

    def test_a_context_forges_no_consent(self):
        shift = self.publish(SOON).with_context(
            security_shift_change={"ground": "guard", "channel": "paper"}
        )
        shift.date_start += timedelta(minutes=30)
        notice = self.notices()
        self.assertEqual((notice.ground, notice.consent), ("convenience", "pending"))

    def test_a_reader_answers_nothing(self):
        reader = self.make_user("reader", "security_workforce.group_security_user")
        self.publish(SOON).date_start += timedelta(minutes=30)
        with self.assertRaises(AccessError):
            self.notices().with_user(reader).action_consent_given()
        with self.assertRaises(AccessError):
            self.versions()[-1].with_user(reader).action_acknowledge()

    def test_the_ledger_is_frozen(self):
        shift = self.publish(SOON)
        shift.date_start += timedelta(minutes=30)
        notice = self.notices()
        with self.assertRaisesRegex(UserError, "never changed"):
            notice.sudo().write({"notice_hours": 200})
        with self.assertRaisesRegex(UserError, "never changed"):
            notice.sudo().unlink()
        self.env.flush_all()
        for statement in (
            "UPDATE security_notice SET notice_hours = 200",
            "DELETE FROM security_notice",
        ):
            with (
                self.subTest(statement),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.RestrictViolation),
                self.env.cr.savepoint(flush=False),
            ):
                self.env.cr.execute(statement)

    def test_a_deleted_shift_leaves_its_line(self):
        shift = self.publish()
        shift.action_draft()
        shift.unlink()
        notice = self.notices()
        self.assertFalse(notice.shift_id)
        self.assertIn("Entrance at Horizon", notice.sentence)

    def test_rate_of_a_month(self):
        self.publish().date_stop += timedelta(hours=1)
        self.publish(SOON).date_start += timedelta(minutes=30)
        [(rate,)] = self.env["security.notice"]._read_group(
            [("company_id", "=", self.company.id)], [], ["kept:avg"]
        )
        self.assertEqual(rate, 0.5)

    def test_a_refused_change_writes_nothing(self):
        shift = self.publish()
        stranger = self.make_guard("No card", card=False)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            shift.employee_id = stranger
        self.assertFalse(self.notices())

    def test_the_form_warns_at_the_moment_of_the_edit(self):
        shift = self.publish(SOON)
        with Form(shift.with_user(self.planner)) as form:
            self.assertIn("Less than 48 h: express consent", form.notice_warning)
            form.date_start = utc("2027-04-16 20:30")
            form.change_ground = "client"
        self.assertEqual(self.notices().ground, "client")

    def test_a_far_shift_moved_near_warns(self):
        shift = self.publish()
        with Form(shift.with_user(self.planner)) as form:
            self.assertIn("the delay is kept", form.notice_warning)
            form.date_start = utc(SOON[0])
            form.date_stop = utc(SOON[1])
            self.assertIn("express consent", form.notice_warning)

    def test_a_form_without_end_or_post_warns_of_nothing(self):
        shift = self.publish(SOON)
        form = Form(shift.with_user(self.planner))
        self.assertTrue(form.notice_warning)
        form.date_stop = False
        self.assertFalse(form.notice_warning)
        edited = shift.new({"post_id": False}, origin=shift)
        self.assertFalse(edited.notice_warning)

    def test_two_who_change_places_get_one_version_each(self):
        one = self.publish(SOON)
        two = self.make_shift(
            self.make_post("West"),
            "2027-05-04 08:00",
            "2027-05-04 16:00",
            self.other_guard,
            state="published",
        )
        one._swap_guards(two)
        self.assertEqual(
            {
                (notice.shift_id, notice.employee_id, notice.kind)
                for notice in self.notices()
            },
            {
                (one, self.guard, "removed"),
                (one, self.other_guard, "assigned"),
                (two, self.guard, "assigned"),
                (two, self.other_guard, "removed"),
            },
        )
        self.assertEqual(len(self.notices()), 4)
