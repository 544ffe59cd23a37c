"""Published rotas: frozen versions, who has read them, the PDF and the mail."""

from contextlib import nullcontext, suppress
from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, SecurityMissionsCase, utc

DAY = ("2027-05-03 08:00", "2027-05-03 16:00")
NEXT = ("2027-05-04 08:00", "2027-05-04 16:00")


class PublicationCase(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post = cls.make_post()
        cls.planner = cls.make_user(
            "planner", "security_workforce.group_security_planner"
        )

    def publish(self, times=DAY, guard=None):
        return self.make_shift(
            self.post, *times, guard or self.guard, state="published"
        )

    def versions(self, guard=None):
        return self.env["security.publication"].search(
            [("employee_id", "=", (guard or self.guard).id)], order="month, number"
        )


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestPublication(PublicationCase):
    def test_one_version_for_each_guard_and_month(self):
        shifts = self.env["security.shift"]
        for times, guard in (
            (DAY, self.guard),
            (NEXT, self.guard),
            # On the clock of Paris this one begins in June.
            (("2027-06-01 00:30", "2027-06-01 08:00"), self.guard),
            (DAY, self.other_guard),
        ):
            shifts |= self.make_shift(self.post, *times, guard)
        shifts.action_publish()
        may, june = self.versions()
        self.assertEqual((may.number, may.shift_count, may.hours), (1, 2, 16))
        self.assertEqual(str(june.month), "2027-06-01")
        self.assertEqual(
            june.snapshot["shifts"][0]["local_start"][:16], "2027-06-01T00:30"
        )
        self.assertEqual(len(self.versions(self.other_guard)), 1)
        self.assertEqual(may.published_by_id, self.env.user)
        self.assertEqual(set(shifts.mapped("acknowledgement")), {"pending"})

    def test_a_version_holds_all_that_is_published_in_the_month(self):
        self.publish()
        self.make_shift(self.post, *NEXT, self.guard)
        self.publish(("2027-05-06 08:00", "2027-05-06 16:00"))
        first, second = self.versions()
        self.assertEqual(second.previous_id, first)
        self.assertEqual(second.shift_count, 2)
        self.assertEqual((first.is_current, second.is_current), (False, True))
        self.assertEqual(first.state, "replaced")

    def test_what_changes_nothing_makes_no_version(self):
        shift = self.publish()
        shift.write({"date_start": shift.date_start, "note": "Bring the keys"})
        self.attend(shift)
        self.assertEqual(len(self.versions()), 1)

    def test_each_change_makes_the_next_version_at_once(self):
        shift = self.publish()
        shift.date_stop += timedelta(hours=1)
        shift.employee_id = self.other_guard
        self.assertEqual(self.versions().mapped("shift_count"), [1, 1, 0])
        shift.action_cancel()
        self.assertEqual(self.versions(self.other_guard).mapped("shift_count"), [1, 0])
        self.assertFalse(shift.acknowledgement)

    def test_nobody_changes_a_version(self):
        self.publish()
        version = self.versions()
        for change in ({"sha256": "0"}, {"state": "sent"}, {"acknowledged_at": NOW}):
            with self.assertRaisesRegex(UserError, "never changed"):
                version.sudo().write(change)
            with self.assertRaisesRegex(UserError, "never changed"):
                version.with_context(security_append_only=True).write(change)
        with self.assertRaisesRegex(UserError, "never changed"):
            version.sudo().unlink()

    def test_postgresql_refuses_too(self):
        self.publish()
        version = self.versions()
        version._acknowledge("paper")
        self.env.flush_all()
        for statement in (
            "UPDATE security_publication SET sha256 = '0'",
            "UPDATE security_publication SET snapshot = '{}'",
            "UPDATE security_publication SET acknowledged_at = NULL",
            "DELETE FROM security_publication",
            "TRUNCATE security_publication CASCADE",
        ):
            with (
                self.subTest(statement),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.RestrictViolation),
                self.env.cr.savepoint(flush=False),
            ):
                self.env.cr.execute(statement)

    def test_an_altered_version_is_found(self):
        self.publish()
        self.publish(NEXT)
        first, second = self.versions()
        self.assertEqual(
            first._verify() | second._verify(), {first: True, second: True}
        )
        self.assertEqual(first.action_verify()["params"]["type"], "success")
        self.env.cr.execute("ALTER TABLE security_publication DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE security_publication SET snapshot ="
            " jsonb_set(snapshot, '{shifts,0,minutes}', '1') WHERE id = %s",
            [first.id],
        )
        self.env.cr.execute("ALTER TABLE security_publication ENABLE TRIGGER USER")
        self.env.invalidate_all()
        self.assertEqual(first._verify(), {first: False})
        self.assertEqual((first | second).action_verify()["params"]["type"], "danger")

    def test_acknowledged_then_changed(self):
        shift, other = self.publish(), self.publish(NEXT)
        last = self.versions()[-1]
        last.with_user(self.planner).with_context(
            security_channel="phone"
        ).action_acknowledge()
        self.assertEqual(last.acknowledgement_channel, "phone")
        self.assertEqual(last.acknowledged_by_id, self.planner)
        self.assertEqual(
            (shift | other).mapped("acknowledgement"), ["acknowledged"] * 2
        )
        shift.date_stop += timedelta(hours=1)
        self.assertEqual(shift.acknowledgement, "changed")
        self.assertEqual(other.acknowledgement, "acknowledged")
        self.versions()[-1]._acknowledge("spoken")
        self.assertEqual(shift.acknowledgement, "acknowledged")

    def test_a_replaced_version_is_not_acknowledged(self):
        shift = self.publish()
        old = self.versions()
        shift.date_stop += timedelta(hours=1)
        with self.assertRaisesRegex(UserError, "replaced since"):
            old._acknowledge("spoken")

    def test_acknowledgement_is_not_written_on_the_shift(self):
        shift = self.publish()
        with self.assertRaisesRegex(UserError, "Published Rotas"):
            shift.acknowledgement = "acknowledged"

    def test_published_late_is_told(self):
        self.publish(("2027-04-20 08:00", "2027-04-20 16:00"))
        self.publish(DAY)
        self.assertEqual(self.versions().mapped("is_late"), [True, False])

    def test_one_mail_for_each_guard_in_his_language(self):
        self.guard.work_email = "amine@example.com"
        self.publish()
        self.publish(("2027-06-03 08:00", "2027-06-03 16:00"))
        self.publish(guard=self.other_guard)
        reports = type(self.env["ir.actions.report"])
        with (
            patch.object(reports, "_render_qweb_pdf", lambda *args: (b"%PDF", "pdf")),
            self.enter_registry_test_mode(),
        ):
            self.env.ref(
                "security_missions.ir_cron_publication"
            ).method_direct_trigger()
        versions = self.versions()
        self.assertEqual(versions.mapped("state"), ["sent"] * 2)
        self.assertEqual(self.versions(self.other_guard).state, "no_address")
        mails = self.env["mail.mail"].search([("model", "=", "security.publication")])
        self.assertEqual(mails.mapped("email_to"), ["amine@example.com"])
        self.assertEqual(mails.attachment_ids, versions.attachment_id)
        self.assertIn("/my/security/rota", mails.body_html)
        self.assertTrue(all(versions._verify().values()))

    def send_pending(self, action=None):
        """Run the cron, on a connection of its own, with PDFs that cost nothing.

        :param action: called instead of printing a version
        """
        reports = type(self.env["ir.actions.report"])
        self.env.flush_all()
        with (
            patch.object(reports, "_render_qweb_pdf", lambda *args: (b"%PDF", "pdf")),
            patch.object(type(self.versions()), "_print", action)
            if action
            else nullcontext(),
            self.enter_registry_test_mode(),
            self.registry.cursor() as cr,
        ):
            self.env(cr=cr)["security.publication"]._cron_send()
        self.env.invalidate_all()

    def mails_to(self, guard):
        return self.env["mail.mail"].search([("email_to", "=", guard.work_email)])

    def two_to_send(self):
        """A version of each guard, the first guard's is sent first."""
        for guard, name in ((self.guard, "first"), (self.other_guard, "second")):
            guard.work_email = f"{name}@example.com"
            self.publish(guard=guard)
        return self.versions() | self.versions(self.other_guard)

    def test_a_killed_sending_is_taken_up_again(self):
        first, second = self.two_to_send()
        print_version = type(first)._print

        def killed_at_the_second(version):
            if version.id == second.id:
                raise MemoryError
            return print_version(version)

        with suppress(MemoryError):
            self.send_pending(killed_at_the_second)
        self.env.invalidate_all()
        self.assertEqual((first.state, second.state), ("sent", "pending"))
        self.assertFalse(self.mails_to(self.other_guard))
        self.send_pending()
        self.assertEqual((first.state, second.state), ("sent", "sent"))
        for guard in (self.guard, self.other_guard):
            self.assertEqual(len(self.mails_to(guard)), 1)

    def test_what_is_replaced_while_the_cron_runs_is_not_sent(self):
        first, second = self.two_to_send()
        print_version = type(first)._print

        def meanwhile(version):
            if version.id == first.id:
                shift = version.env["security.shift"].browse(
                    second.snapshot["shifts"][0]["shift_id"]
                )
                shift.date_stop += timedelta(hours=1)
            return print_version(version)

        self.send_pending(meanwhile)
        self.assertEqual((first.state, second.state), ("sent", "replaced"))
        self.assertFalse(self.mails_to(self.other_guard))

    def test_a_version_never_sent_is_not_what_the_guard_knows(self):
        """Stars and what is gone are told from the last version he was handed."""
        shift = self.publish()
        shift.date_stop += timedelta(hours=1)
        first, second = self.versions()
        self.assertEqual(first.state, "replaced")
        self.assertFalse(second._version_known())
        self.assertEqual([line["change"] for line in second._lines()], [None])
        self.assertNotIn("has changed", self.body(second))
        second._answer({"state": "sent"})
        self.publish(NEXT)
        shift.action_cancel()
        third, fourth = self.versions()[2:]
        self.assertEqual(third.state, "replaced")
        self.assertEqual(fourth._version_known(), second)
        self.assertEqual([line["change"] for line in fourth._lines()], ["added"])
        [gone] = fourth._taken_away()
        self.assertEqual(gone["shift_id"], shift.id)
        self.assertIn("has changed", self.body(fourth))
        page = self.env["ir.qweb"]._render(
            "security_missions.report_publication", {"docs": fourth}
        )
        self.assertIn("since version", page)
        self.assertEqual(fourth._verify(), {fourth: True})

    def test_a_version_read_before_it_was_sent_is_known(self):
        shift = self.publish()
        first = self.versions()
        first._acknowledge("spoken")
        shift.date_stop += timedelta(hours=1)
        second = self.versions()[-1]
        self.assertEqual(second._version_known(), first)
        self.assertEqual([line["change"] for line in second._lines()], ["time"])

    def body(self, version):
        template = self.env.ref("security_missions.mail_template_publication")
        return template._render_field("body_html", version.ids)[version.id]

    def test_remind_those_who_have_not_read(self):
        self.publish()
        version = self.versions()
        with patch.object(type(version), "_print"):
            version.with_user(self.planner).action_remind()
        self.assertTrue(version.reminded_at)
        version._acknowledge("spoken")
        with self.assertRaisesRegex(UserError, "Every guard"):
            version.action_remind()


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestManyGuards(PublicationCase):
    def test_a_hundred_guards_ask_for_no_more_queries(self):
        guards = [self.make_guard(f"Guard {number}") for number in range(110)]
        counts = []
        for some in (guards[:10], guards[10:]):
            shifts = self.env["security.shift"].create(
                [
                    {
                        "post_id": self.post.id,
                        "employee_id": guard.id,
                        "date_start": utc(DAY[0]),
                        "date_stop": utc(DAY[1]),
                    }
                    for guard in some
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            shifts.action_publish()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 5, counts)
        self.assertEqual(
            self.env["security.publication"].search_count(
                [("employee_id", "in", [guard.id for guard in guards])]
            ),
            110,
        )
