"""What the ledger of notices keeps when an offer or a swap gives a shift."""

from odoo.tests import freeze_time, tagged

from .common import NOW, SecurityMissionsCase, utc
from .test_notice import SOON
from .test_offer import OfferMixin

LATER = ("2027-04-27 08:00", "2027-04-27 16:00")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGiven(OfferMixin, SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_offers()
        cls.shift.write({"date_start": utc(SOON[0]), "date_stop": utc(SOON[1])})

    def told(self):
        """The lines of the ledger about the shift: of whom, and what he is asked."""
        notices = self.env["security.notice"].search(
            [("shift_id", "=", self.shift.id)], order="id"
        )
        return notices, [(n.employee_id, n.kind, n.ground) for n in notices]

    def test_his_yes_is_his_consent_when_it_is_published_at_once(self):
        self.company.security_offer_publish = True
        self.make_shift(self.make_post("West"), *LATER, self.guard, state="published")
        offer = self.offer(ground="absence")
        self.answer_of(offer, self.guard)._reply("yes", "portal")
        self.assertEqual(self.shift.state, "published")
        notice, told = self.told()
        self.assertEqual(told, [(self.guard, "added", "absence")])
        self.assertEqual((notice.required, notice.kept), ("express", 1))
        self.assertEqual((notice.consent, notice.consent_channel), ("given", "portal"))

    def test_the_absent_is_not_asked_whether_he_is_replaced(self):
        self.shift.employee_id = self.guard
        self.shift.action_publish()
        offer = self.offer()
        self.assertEqual(offer.ground, "absence")
        self.answer_of(offer, self.third)._reply("yes", "portal")
        (lost, got), told = self.told()
        self.assertEqual(
            told,
            [
                (self.guard, "removed", "absence"),
                (self.third, "assigned", "absence"),
            ],
        )
        self.assertEqual((lost.required, lost.source or ""), ("none", ""))
        self.assertEqual((lost.consent, lost.kept), ("not_required", 1))
        self.assertEqual((got.consent, got.kept), ("given", 1))

    def test_the_place_of_each_in_the_rank_is_explained(self):
        self.make_shift(self.post, *LATER, self.third)
        self.shift.date_start = utc("2027-05-03 08:00")
        self.shift.date_stop = utc("2027-05-03 16:00")
        offer = self.offer()
        self.assertIn("8 h on this site", self.answer_of(offer, self.third).rank_reason)
        self.assertIn("new to this site", self.answer_of(offer, self.guard).rank_reason)
