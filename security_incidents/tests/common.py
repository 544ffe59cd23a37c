from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon


class IncidentCommon(BaseCommon):
    """A site with two posts, a guard, a shift that was made, and one user per trade."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls.env["res.partner"].create({"name": "Test Mall"})
        cls.site = cls._make_site(cls.env.company)
        cls.post, cls.other_post = cls.env["security.post"].create(
            [
                {"name": "Main gate", "site_id": cls.site.id},
                {"name": "Car park", "site_id": cls.site.id},
            ]
        )
        cls.guard = cls.env["hr.employee"].create({"name": "Test Guard"})
        start = fields.Datetime.now() - timedelta(hours=6)
        cls.shift = cls.env["security.shift"].create(
            {
                "post_id": cls.post.id,
                "employee_id": cls.guard.id,
                "date_start": start,
                "date_stop": start + timedelta(hours=8),
            }
        )
        for name in ("user", "planner", "operator", "access_officer", "manager"):
            user = new_test_user(
                cls.env,
                f"incident_{name}",
                groups=f"security_workforce.group_security_{name}",
            )
            setattr(cls, name, user)

    @classmethod
    def _make_site(cls, company):
        return cls.env["security.site"].create(
            {
                "name": "Mall",
                "partner_id": cls.client.id,
                "company_id": company.id,
                "tz": "Europe/Paris",
            }
        )

    def _report(self, **values):
        """An incident of the shift, as the operator makes it."""
        return (
            self.env["security.incident"]
            .with_user(self.operator)
            .create({"title": "Window broken", "shift_id": self.shift.id, **values})
        )

    def _close(self, incident, note="Glass replaced."):
        incident.action_report()
        incident.closing_note = note
        incident.action_close()
        return incident
