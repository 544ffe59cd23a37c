from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon


class BadgeCommon(BaseCommon):
    """A guard with a valid card and a badge, a post, and one user per trade."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("user", "planner", "operator", "access_officer", "manager"):
            user = new_test_user(
                cls.env,
                f"badge_{name}",
                groups=f"security_workforce.group_security_{name}",
            )
            setattr(cls, name, user)
        cls.today = fields.Date.today()
        cls.guard = cls.env["hr.employee"].create({"name": "Test Guard"})
        cls.card = cls._make_card(cls.guard)
        site = cls.env["security.site"].create(
            {
                "name": "Stadium",
                "partner_id": cls.env["res.partner"].create({"name": "Client"}).id,
                "tz": "Europe/Paris",
            }
        )
        cls.post = cls.env["security.post"].create(
            {"name": "Gate 1", "site_id": site.id}
        )
        cls.badge = cls.env["security.badge"]._issue(cls.guard)

    @classmethod
    def _make_card(cls, guard, **values):
        card = cls.env["security.card"].create(
            {
                "employee_id": guard.id,
                "number": f"TEST-{guard.id}",
                "activity_id": cls.env.ref("security_workforce.activity_sh").id,
                "date_issued": cls.today - timedelta(days=100),
                "date_expiry": cls.today + timedelta(days=1000),
                **values,
            }
        )
        cls.env["security.card.check"].create({"card_id": card.id, "result": "valid"})
        return card

    @classmethod
    def _make_shift(cls, hours=0.0, guard=None):
        """A published shift of 8 hours that starts in so many hours."""
        start = fields.Datetime.now() + timedelta(hours=hours)
        shift = cls.env["security.shift"].create(
            {
                "post_id": cls.post.id,
                "employee_id": (guard or cls.guard).id,
                "date_start": start,
                "date_stop": start + timedelta(hours=8),
            }
        )
        shift.action_publish()
        return shift

    def _check(self, code=None, user=None):
        badges = self.env["security.badge"].with_user(user or self.access_officer)
        return badges.check(code or self.badge._code())
