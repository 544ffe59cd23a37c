from datetime import timedelta

from odoo.tests import tagged

from .alert_common import AlertCommon


@tagged("post_install", "-at_install")
class TestDemoControlRoom(AlertCommon):
    def test_a_control_room_that_has_worked(self):
        attendance = self._clock_in()
        attendance.check_out = self.start + timedelta(hours=7)
        self.assertEqual(self.night.state, "done")
        with self._at(8 * 60):
            self.env["security.demo"]._build_control_room()
        alert = self.Alert.search([("key", "=", "demo")])
        self.assertEqual(alert.state, "closed")
        self.assertTrue(alert.closing_note)
        self.assertTrue(alert.position_ids)
        self.assertTrue(self.site.post_ids.filtered("lone_worker").lone_band_ids)
        bulletin = self.env["security.bulletin"].search([])
        self.assertTrue(bulletin.filtered("unread_count"))
