from odoo.tests import HttpCase, tagged

from .common import BadgeCommon


@tagged("post_install", "-at_install")
class TestBadgeTour(BadgeCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The tour reads the words of the screen.
        cls.env["res.lang"]._activate_lang("en_US")
        cls.access_officer.lang = "en_US"

    def test_check_then_revoke_then_check(self):
        self._make_shift()
        # The code that the tour types.
        self.badge.sudo().token = "AQZWM234567" + "A" * 21
        self.start_tour(
            "/odoo/security-badge-check",
            "security_access.badge_check",
            login=self.access_officer.login,
        )
        self.assertEqual(self.badge.state, "revoked")
        self.assertEqual(self.badge.revoke_reason, "stolen")
