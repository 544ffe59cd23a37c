from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import BadgeCommon

# Who may: read, issue, write, delete.
RIGHTS = {
    "user": (False, False, False, False),
    "planner": (False, False, False, False),
    "operator": (True, False, False, False),
    "access_officer": (True, True, False, False),
    "manager": (True, True, False, False),
}


@tagged("post_install", "-at_install")
class TestBadgeRights(BadgeCommon):
    def _allowed(self, operation):
        try:
            with self.env.cr.savepoint():
                operation()
        except AccessError:
            return False
        return True

    def test_each_group_and_operation(self):
        other = self.env["hr.employee"].create({"name": "Other"})
        for name, expected in RIGHTS.items():
            badge = self.badge.with_user(getattr(self, name))
            badge.invalidate_recordset()
            with self.env.cr.savepoint() as savepoint:
                found = (
                    self._allowed(lambda b=badge: b.read(["state"])),
                    self._allowed(lambda b=badge: b.create({"employee_id": other.id})),
                    self._allowed(lambda b=badge: b.write({"state": "issued"})),
                    self._allowed(lambda b=badge: b.unlink()),
                )
                savepoint.rollback()
            self.assertEqual(found, expected, name)

    def test_nobody_reads_the_token(self):
        badges = self.env["security.badge"]
        token = self.badge.sudo().token
        for user in (self.operator, self.access_officer, self.manager):
            badge = self.badge.with_user(user)
            badge.invalidate_recordset()
            with self.assertRaises(AccessError):
                badge.read(["token"])
            with self.assertRaises(AccessError):
                badges.with_user(user).search([("token", "=", token)])
            with self.assertRaises(AccessError):
                badges.with_user(user).search([], order="token")
            self.assertNotIn("token", badge.fields_get())

    def test_only_officers_end_or_print(self):
        for user in (self.user, self.planner, self.operator):
            badge = self.badge.with_user(user)
            for step in (badge.action_replace, badge._code):
                with self.assertRaises(AccessError):
                    step()
            with self.assertRaises(AccessError):
                self.env["security.badge.revoke"].with_user(user).create(
                    {"badge_ids": self.badge.ids, "reason": "lost"}
                )

    def test_only_officers_issue(self):
        profile = self.env["hr.employee.public"].browse(self.guard.id)
        for user in (self.user, self.planner, self.operator):
            with self.assertRaises(AccessError):
                profile.with_user(user).action_issue_badges()

    def test_companies(self):
        company = self.env["res.company"].create({"name": "Other firm"})
        guard = self.env["hr.employee"].create(
            {"name": "Foreign", "company_id": company.id}
        )
        badge = self.env["security.badge"]._issue(guard)
        officer = self.env["security.badge"].with_user(self.access_officer)
        self.assertFalse(officer.search([("id", "=", badge.id)]))
        for step in ("action_replace", "_code"):
            with self.assertRaises(AccessError):
                getattr(badge.with_user(self.access_officer), step)()
        badge._revoke("lost")
        with self.assertRaises(AccessError):
            officer.create({"employee_id": guard.id})

    def test_portal_sees_nothing(self):
        portal = new_test_user(self.env, "badge_guard", groups="base.group_portal")
        self.guard.user_id = portal
        with self.assertRaises(AccessError):
            self.badge.with_user(portal).read(["state"])
        with self.assertRaises(AccessError):
            self._check(user=portal)
