from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, new_test_user

from .common import IncidentCommon

NIGHT = "2027-04-15 21:00:00"


class AlertCommon(IncidentCommon):
    """A lone guard with his phone's user, who clocked in at 21:00 UTC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["security.shift"].search([]).filtered(
            lambda s: s.state == "started"
        ).attendance_ids.unlink()
        cls.company = cls.env.company
        cls.company.write(
            {
                "security_alert_first": 30,
                "security_alert_second": 60,
                "security_alert_third": 120,
                "security_check_late": 5,
                "security_check_early": 10,
                "security_link_lost": 90,
            }
        )
        cls.second_operator = new_test_user(
            cls.env,
            "alert_second",
            name="Second Operator",
            groups="security_workforce.group_security_operator",
        )
        cls.guard_user = new_test_user(
            cls.env, "alert_guard", groups="base.group_portal"
        )
        cls.guard.user_id = cls.guard_user
        cls.start = fields.Datetime.to_datetime(NIGHT)
        cls.night = cls.env["security.shift"].create(
            {
                "post_id": cls.post.id,
                "employee_id": cls.guard.id,
                "date_start": cls.start,
                "date_stop": cls.start + timedelta(hours=8),
            }
        )
        cls._publish(cls.night)
        cls.Alert = cls.env["security.alert"]

    @classmethod
    def _publish(cls, shift):
        """As if published: whether a card covers the post is not the point here."""
        shift.flush_recordset()
        cls.env.cr.execute(
            "UPDATE security_shift SET state = 'published' WHERE id = %s", [shift.id]
        )
        shift.invalidate_recordset()

    @classmethod
    def _clock_in(cls, after=0):
        """The guard takes the post ``after`` minutes late."""
        with freeze_time(cls.start + timedelta(minutes=after)):
            return cls.env["hr.attendance"].create(
                {
                    "employee_id": cls.guard.id,
                    "security_shift_id": cls.night.id,
                    "check_in": cls.start + timedelta(minutes=after),
                }
            )

    def _at(self, minutes=0, seconds=0):
        return freeze_time(self.start + timedelta(minutes=minutes, seconds=seconds))

    def _sos(self, **values):
        return self.Alert._raise_alert("sos", shift=self.night, **values)

    def _open(self, kind=None):
        domain = [("state", "!=", "closed"), ("shift_id", "=", self.night.id)]
        found = self.Alert.search(domain)
        return found.filtered(lambda a: a.kind == kind) if kind else found
