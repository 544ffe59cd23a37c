from odoo.tests import freeze_time, tagged

from .common import NOW, SecurityMissionsCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAttachmentRule(SecurityMissionsCase):
    """A guard who is not on the firm's list at the CNAPS gets a warning (PRO-07)."""

    def warned(self, shift):
        rules = [row["rule"] for row in shift.eligibility_findings or []]
        return "PRO-07" in rules

    def test_the_list_decides_as_soon_as_the_firm_keeps_one(self):
        post = self.make_post()
        own, other = (
            self.make_shift(post, "2027-05-03 08:00", "2027-05-03 16:00", guard)
            for guard in (self.guard, self.other_guard)
        )
        self.assertFalse(self.warned(own) or self.warned(other))
        self.cards_of(self.guard).action_attach()
        self.assertFalse(self.warned(own))
        self.assertTrue(self.warned(other))
        self.assertEqual(other.eligibility, "warning")
        self.cards_of(self.other_guard).action_attach()
        self.assertFalse(self.warned(other))
        attachments = self.env["security.attachment"].search(
            [("employee_id", "=", self.guard.id)]
        )
        attachments.action_detach()
        self.assertTrue(self.warned(own))
        self.assertFalse(self.warned(other))
