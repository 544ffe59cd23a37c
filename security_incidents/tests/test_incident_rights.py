from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import IncidentCommon

# Who may: read, create, write, delete a draft.
RIGHTS = {
    "user": (True, False, False, False),
    "access_officer": (True, False, False, False),
    "planner": (True, True, True, False),
    "operator": (True, True, True, False),
    "manager": (True, True, True, True),
}


@tagged("post_install", "-at_install")
class TestIncidentRights(IncidentCommon):
    def _allowed(self, operation):
        try:
            with self.env.cr.savepoint():
                operation()
        except AccessError:
            return False
        return True

    def test_each_group_and_operation(self):
        for name, expected in RIGHTS.items():
            user = getattr(self, name)
            incident = self._report().with_user(user)
            incident.invalidate_recordset()
            vals = {"title": "By hand", "site_id": self.site.id}
            found = (
                self._allowed(lambda i=incident: i.read(["title"])),
                self._allowed(lambda i=incident, v=vals: i.create(v)),
                self._allowed(lambda i=incident: i.write({"title": "Other"})),
                self._allowed(lambda i=incident: i.unlink()),
            )
            self.assertEqual(found, expected, name)

    def test_reader_neither_reports_nor_reopens(self):
        incident = self._report()
        with self.assertRaises(AccessError):
            incident.with_user(self.user).action_report()
        self._close(incident)
        with self.assertRaises(AccessError):
            self.env["security.incident.reopen"].with_user(self.user).create(
                {"incident_id": incident.id, "reason": "Why not"}
            )

    def test_what_was_reported_is_never_deleted(self):
        incident = self._report()
        incident.action_report()
        with self.assertRaisesRegex(UserError, "register"):
            incident.with_user(self.manager).unlink()

    def test_portal_sees_nothing(self):
        portal = new_test_user(self.env, "incident_guard", groups="base.group_portal")
        incident = self._report()
        self.guard.user_id = portal
        self.shift.invalidate_recordset()
        with self.assertRaises(AccessError):
            incident.with_user(portal).read(["title"])
        with self.assertRaises(AccessError):
            self.shift.with_user(portal).read(["incident_count"])
