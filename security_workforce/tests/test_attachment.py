from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, TODAY, WorkforceCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestAttachment(WorkforceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("security_workforce.ir_cron_attachments")
        cls.company.security_card_officer_id = cls.officer
        cls.Attachment = cls.env["security.attachment"]
        cls.card = cls.new_card()
        cls.other = cls.new_card(cls.boris, number="CAR-075-2029-02-01-20240123457")

    def missing(self):
        return self.Card.search(
            [("attachment_missing", "=", True), ("company_id", "=", self.company.id)]
        )

    def run_cron(self, day=TODAY):
        with freeze_time(f"{day} 03:00:00"), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def activities(self):
        return self.env["mail.activity"].search(
            [
                (
                    "activity_type_id",
                    "=",
                    self.env.ref("security_workforce.mail_activity_detach").id,
                )
            ]
        )

    def attach(self, cards=None):
        (cards or self.card | self.other).with_user(self.officer).action_attach()
        return self.Attachment.search([("company_id", "=", self.company.id)])

    def test_who_should_be_and_is_not(self):
        draft = self.new_card(verified=False, activity_id=self.cyno.id)
        self.assertEqual(self.missing(), self.card | self.other)
        self.attach(self.card)
        self.assertEqual(self.missing(), self.other)
        self.boris.active = False
        self.assertFalse(self.missing())
        # Each activity has its own.
        self.verify(draft)
        self.assertEqual(self.missing(), draft)

    def test_attach_and_detach_in_batch(self):
        attachments = self.attach()
        self.assertEqual(attachments.employee_id, self.anna | self.boris)
        self.assertEqual(set(attachments.mapped("date_attached")), {TODAY})
        self.assertEqual(attachments.company_id, self.company)
        with self.assertRaises(UserError):
            self.attach()
        attachments.with_user(self.officer).action_detach()
        self.assertEqual(set(attachments.mapped("date_detached")), {TODAY})
        with self.assertRaises(UserError):
            attachments.action_detach()
        self.assertEqual(len(self.attach()), 4)

    def test_one_at_a_time_for_each_activity(self):
        attachment = self.attach(self.card)
        vals = {"employee_id": self.anna.id, "activity_id": self.sh.id}
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.Attachment.create(vals)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            attachment.date_detached = "2026-11-22"
            attachment.flush_recordset()

    def test_the_list_of_a_former_employer_stays_his(self):
        attachment = self.attach(self.card)
        second = self.env["res.company"].create({"name": "Second Guarding"})
        attachment.action_detach()
        self.anna.company_id = second
        self.assertEqual(attachment.company_id, self.company)

    # ------------------------------------------------------------
    # Who has left
    # ------------------------------------------------------------

    def test_who_left_and_is_attached_still(self):
        attachments = self.attach()
        self.anna.write(
            {"contract_date_start": "2024-01-01", "contract_date_end": "2026-11-23"}
        )
        still = [("to_detach", "=", True), ("company_id", "=", self.company.id)]
        self.assertFalse(self.Attachment.search(still))
        self.run_cron()
        self.assertFalse(self.activities())
        with freeze_time("2026-11-24 09:00:00"):
            left = self.Attachment.search(still)
            self.assertEqual(left.employee_id, self.anna)
            self.assertTrue(left.to_detach)
        for _twice in range(2):
            self.run_cron("2026-11-24")
        activity = self.activities()
        self.assertEqual(activity.user_id, self.officer)
        self.assertEqual(activity.res_id, left.id)
        left.action_detach()
        self.assertFalse(self.activities())
        self.assertEqual(len(attachments), 2)

    def test_a_contract_that_goes_on_takes_the_activity_away(self):
        self.attach(self.card)
        self.anna.write(
            {"contract_date_start": "2024-01-01", "contract_date_end": "2026-11-20"}
        )
        self.run_cron()
        self.assertTrue(self.activities())
        self.anna.contract_date_end = False
        self.run_cron()
        self.assertFalse(self.activities())

    def test_an_archived_guard_has_left(self):
        self.attach(self.card)
        self.anna.active = False
        self.run_cron()
        self.assertEqual(len(self.activities()), 1)

    # ------------------------------------------------------------
    # What the rules are told
    # ------------------------------------------------------------

    def told(self):
        guards = self.anna | self.boris
        facts = guards._security_person_facts()
        return [facts[guard.id]["attached"] for guard in guards]

    def test_unknown_until_the_firm_keeps_its_list(self):
        self.assertEqual(self.told(), [None, None])
        attachment = self.attach(self.card)
        self.assertEqual(self.told(), [True, False])
        attachment.action_detach()
        self.assertEqual(self.told(), [False, False])

    def test_each_firm_has_its_own_list(self):
        self.attach(self.card)
        second = self.env["res.company"].create({"name": "Second Guarding"})
        carl = self.env["hr.employee"].create(
            {"name": "Carl Test", "company_id": second.id}
        )
        self.assertIsNone(carl._security_person_facts()[carl.id]["attached"])

    def test_queries_do_not_grow_with_the_guards(self):
        self.attach()
        counts = []
        for number in (1, 30):
            guards = self.env["hr.employee"].create(
                [
                    {"name": f"Guard {number} {n}", "company_id": self.company.id}
                    for n in range(number)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            guards._security_person_facts()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[0])
        self.assertLessEqual(counts[0], 3)
