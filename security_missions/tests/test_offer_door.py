"""Offers over HTTP: the portal of the guard and the signed link of the mail."""

import re
from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..controllers import offers
from .common import NOW
from .test_offer import OfferMixin
from .test_portal import PortalCase

PAGE = "/my/security/offers"


class OfferDoor(OfferMixin, PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_offers()

    def send(self, path, **data):
        token = re.search(r'csrf_token: "([^"]+)"', self.url_open("/my").text)[1]
        return self.url_open(path, data={"csrf_token": token, **data})

    def link(self, answer):
        return answer._link().removeprefix(answer.get_base_url())


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestOfferPortal(OfferDoor):
    def test_sees_his_own_and_says_yes(self):
        offer = self.offer()
        mine = self.answer_of(offer, self.guard)
        text = self.url_open(PAGE).text
        self.assertEqual(re.findall(r'data-answer="(\d+)"', text), [str(mine.id)])
        self.assertIn("Monday 3 May 2027, 08:00 to 16:00 (8 h)", text)
        response = self.send(f"{PAGE}/{mine.id}/yes")
        self.assertEqual(response.status_code, 200)
        self.assertIn("The shift is yours.", response.text)
        self.env.invalidate_all()
        self.assertEqual(self.shift.employee_id, self.guard)
        self.assertEqual((mine.answer, mine.channel), ("yes", "portal"))

    def test_says_no(self):
        mine = self.answer_of(self.offer(), self.guard)
        self.assertIn("Your no is noted", self.send(f"{PAGE}/{mine.id}/no").text)
        self.env.invalidate_all()
        self.assertEqual(mine.answer, "no")

    @mute_logger("odoo.http")
    def test_not_that_of_another_nor_before_his_turn(self):
        offer = self.offer(mode="cascade")
        for answer in (
            self.answer_of(offer, self.other_guard),
            offer.answer_ids.browse(2**31 - 1),
        ):
            for said in ("yes", "no", "maybe"):
                response = self.send(f"{PAGE}/{answer.id}/{said}")
                self.assertEqual(response.status_code, 404)
        self.authenticate("colleague", "colleague")
        waiting = self.answer_of(offer, self.other_guard)
        self.assertEqual(self.send(f"{PAGE}/{waiting.id}/yes").status_code, 404)
        self.assertNotIn("data-answer", self.url_open(PAGE).text)
        self.env.invalidate_all()
        self.assertFalse(self.shift.employee_id)

    def test_a_colleague_of_the_office_counts_nothing_and_breaks_nothing(self):
        counters = ["security_shift_count", "security_offer_count"]
        self.offer()
        asked = {"counters": counters}
        self.assertEqual(
            self.make_jsonrpc_request("/my/counters", asked),
            {"security_shift_count": 0, "security_offer_count": 1},
        )
        self.make_user("office", "base.group_user")
        self.authenticate("office", "office")
        self.assertEqual(
            self.make_jsonrpc_request("/my/counters", asked), dict.fromkeys(counters, 0)
        )

    def test_a_link_to_the_portal_does_not_answer(self):
        mine = self.answer_of(self.offer(), self.guard)
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(f"{PAGE}/{mine.id}/yes").status_code, 405)
        self.env.invalidate_all()
        self.assertEqual(mine.answer, "none")


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestOfferLink(OfferDoor):
    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def test_opening_the_link_answers_nothing(self):
        answer = self.answer_of(self.offer(), self.guard)
        for _time in range(3):
            response = self.url_open(self.link(answer))
            self.assertEqual(response.status_code, 200)
        self.assertIn("Monday 3 May 2027, 08:00 to 16:00 (8 h)", response.text)
        self.assertEqual(response.headers["Referrer-Policy"], "no-referrer")
        self.url_open(self.link(answer), method="HEAD")
        self.env.invalidate_all()
        self.assertEqual(answer.answer, "none")

    def test_yes_once(self):
        offer = self.offer()
        answer = self.answer_of(offer, self.guard)
        link = self.link(answer)
        response = self.url_open(link, data={"said": "yes"})
        self.assertIn("The shift is yours.", response.text)
        self.env.invalidate_all()
        self.assertEqual(self.shift.employee_id, self.guard)
        self.assertEqual(answer.channel, "link")
        again = self.url_open(link, data={"said": "no"})
        self.assertEqual(again.status_code, 200)
        self.assertIn("yours already", again.text)
        self.assertNotIn("<button", self.url_open(link).text.split("<main")[-1])
        other = self.url_open(
            self.link(self.answer_of(offer, self.third)), data={"said": "yes"}
        )
        self.assertIn("already taken", other.text)

    def test_used_for_a_no(self):
        answer = self.answer_of(self.offer(), self.guard)
        link = self.link(answer)
        self.url_open(link, data={"said": "no"})
        self.assertIn(
            "You have answered already", self.url_open(link, data={"said": "yes"}).text
        )
        self.env.invalidate_all()
        self.assertEqual(answer.answer, "no")
        self.assertFalse(self.shift.employee_id)

    def test_forged_mutilated_or_expired_reveals_nothing(self):
        answer = self.answer_of(self.offer(), self.guard)
        link = self.link(answer)
        bad = [
            "/security/offer/x",
            "/security/offer/AQ",
            "/security/offer/%C3%A9",
            link[:-4],
            link[:40] + ("A" if link[40] != "A" else "B") + link[41:],
        ]
        for path in bad:
            for data in (None, {"said": "yes"}):
                with self.subTest(path=path, data=data):
                    response = self.url_open(path, data=data)
                    self.assertEqual(response.status_code, 404)
                    self.assertIn("This link cannot be used", response.text)
                    self.assertNotIn("Horizon", response.text)
                    self.assertNotIn("Entrance", response.text)
        with freeze_time(answer.deadline + timedelta(seconds=1)):
            response = self.url_open(link, data={"said": "yes"})
            self.assertIn("This link cannot be used", response.text)
        self.env.invalidate_all()
        self.assertEqual(answer.answer, "none")

    def test_nonsense_answers_nothing(self):
        answer = self.answer_of(self.offer(), self.guard)
        response = self.url_open(self.link(answer), data={"said": "perhaps"})
        self.assertEqual(response.status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(answer.answer, "none")

    def test_whoever_guesses_has_to_wait(self):
        answer = self.answer_of(self.offer(), self.guard)
        for _time in range(offers.BAD_LINKS["tries"]):
            self.url_open("/security/offer/guess")
        self.assertEqual(self.url_open(self.link(answer)).status_code, 404)
        with freeze_time(fields.Datetime.now() + timedelta(seconds=61)):
            self.assertEqual(self.url_open(self.link(answer)).status_code, 200)
