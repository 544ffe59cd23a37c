from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .alert_common import AlertCommon


@tagged("post_install", "-at_install")
class TestControlList(AlertCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.now = fields.Datetime.now()
        cls.today = cls.env["security.shift"].create(
            {
                "post_id": cls.other_post.id,
                "employee_id": cls.env["hr.employee"].create({"name": "Day Guard"}).id,
                "date_start": cls.now - timedelta(hours=2),
                "date_stop": cls.now + timedelta(hours=6),
            }
        )
        cls._publish(cls.today)
        cls.env["hr.attendance"].create(
            {
                "employee_id": cls.today.employee_id.id,
                "security_shift_id": cls.today.id,
                "check_in": cls.now - timedelta(hours=2),
            }
        )

    def test_an_sos_is_answered(self):
        # However slow the machine that runs this: nobody else is told meanwhile.
        self.company.write(
            {
                "security_alert_first": 3600,
                "security_alert_second": 3600,
                "security_alert_third": 3600,
            }
        )
        self.Alert._raise_alert(
            "lost_contact", shift=self.today, raised_at=self.now - timedelta(hours=1)
        )
        sos = self.Alert._raise_alert("sos", employee=self.guard, site=self.site)
        sos._add_position(self.now, 48.85, 2.35, 12)
        self.operator.lang = "en_US"
        self.start_tour(
            "/odoo/security-control-list",
            "security_incidents_control_list",
            login="incident_operator",
        )
        self.env.invalidate_all()
        self.assertEqual(sos.state, "closed")
        self.assertEqual(sos.closed_by, self.operator)
        self.assertEqual(sos.closing_note, "Reached by phone, he is well")

    def test_who_is_where_says_what_the_phone_said_last(self):
        self.other_post.write({"lone_worker": True, "lone_interval": 60})
        self.env["security.life.sign"]._hear(self.today, self.now, 64)
        rows = self.Alert.with_user(self.operator).control_list()["people"]
        row = next(row for row in rows if row["id"] == self.today.id)
        self.assertEqual(row["battery"], 64)
        self.assertEqual(row["heard"], fields.Datetime.to_string(self.now))
        self.assertTrue(row["lone"])
        self.assertTrue(row["check"])

    def test_the_screen_costs_the_same_for_one_and_for_ten(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.Alert.with_user(self.operator).control_list()
            return self.env.cr.sql_log_count - before

        self.Alert._raise_alert("other", shift=self.today)
        count()
        one = count()
        for number in range(9):
            guard = self.env["hr.employee"].create({"name": f"Guard {number}"})
            shift = self.today.copy({"employee_id": guard.id})
            self._publish(shift)
            self.env["hr.attendance"].create(
                {
                    "employee_id": guard.id,
                    "security_shift_id": shift.id,
                    "check_in": self.now - timedelta(hours=1),
                }
            )
            self.Alert._raise_alert("other", shift=shift)
        self.assertLessEqual(count(), one + 2)
