"""Portal pages and signed links with numbers, texts and files that are not theirs."""

import re

from odoo.tests import freeze_time, tagged

from .common import NOW
from .hostile import WRONG_IDS, WRONG_TEXTS, HostileCase
from .test_offer import OfferMixin

GOOD = ("2027-05-04 08:00", "2027-05-04 16:00")
# Addresses in which a number is read, by who is logged in; G: to look, P: to send.
NUMBERED = {
    "client": (("G", "/my/security/rounds/%s"),),
    "guard": (
        ("G", "/my/security/rounds/%s"),
        ("G", "/my/security/rota/%s/pdf"),
        ("P", "/my/security/rota/%s/read"),
        ("P", "/my/security/rota/change/%s/given"),
        ("P", "/my/security/offers/%s/yes"),
        ("P", "/my/security/swaps/%s/yes"),
        ("P", "/my/security/swaps/%s/withdraw"),
        ("P", "/my/security/availability/%s/withdraw"),
        ("P", "/my/shifts/%s/clock_in"),
        ("P", "/my/shifts/%s/clock_out"),
        ("P", "/my/shifts/%s/on_my_way"),
    ),
}


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestHostilePages(OfferMixin, HostileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_firm()
        cls.setup_offers()
        cls.guard.user_id = cls.make_user("guard", "base.group_portal")
        cls.other_guard.user_id = cls.make_user("colleague", "base.group_portal")
        client = cls.make_user("client", "base.group_portal")
        client.partner_id.parent_id = cls.client
        cls.mine = cls.make_shift(cls.post, *GOOD, cls.guard, state="published")
        cls.away = cls.env["security.site"].create(
            {"name": "Depot of others", "partner_id": cls.make_client("Third").id}
        )
        cls.point = cls.env["security.checkpoint"].create(
            {"name": "Hall", "site_id": cls.site.id, "is_shown": True}
        )

    def setUp(self):
        super().setUp()
        self.forget_guesses()

    def forget_guesses(self):
        """Links are judged one by one here, not by how many came before."""
        self.env["security.throttle"].search([]).unlink()

    def csrf(self):
        return re.search(r'csrf_token: "([^"]+)"', self.url_open("/my").text)[1]

    def ask(self, method, address, token, follow=True):
        """One request; to the page in the language of the reader, or to the login."""
        return self.opener.request(
            {"G": "GET", "P": "POST"}[method],
            self.base_url() + address,
            data={"csrf_token": token} if method == "P" else None,
            allow_redirects=follow and method == "G",
            timeout=30,
        )

    # ------------------------------------------------------------
    # Numbers
    # ------------------------------------------------------------

    def test_numbers_that_are_none(self):
        for login, addresses in NUMBERED.items():
            self.authenticate(login, login)
            token = self.csrf()
            with self.nothing_happens():
                for method, address in addresses:
                    for wrong in WRONG_IDS:
                        answer = self.ask(method, address % wrong, token)
                        self.assertRefused(answer, 404, 400, about=address % wrong)

    def test_numbers_of_others(self):
        """What is there, and is not his, is not found; as what is not there."""
        offer = self.offer()
        theirs = self.answer_of(offer, self.other_guard)
        swap = self.env["security.shift.swap"].create(
            {"shift_id": self.mine.id, "other_guard_id": self.other_guard.id}
        )
        version = self.env["security.publication"].search(
            [("employee_id", "=", self.guard.id)], limit=1
        )
        for login, method, address in (
            ("client", "G", f"/my/security/rounds/{self.away.id}"),
            ("guard", "G", f"/my/security/rounds/{self.site.id}"),
            ("guard", "P", f"/my/security/offers/{theirs.id}/yes"),
            ("guard", "P", f"/my/security/swaps/{swap.id}/yes"),
            ("client", "P", f"/my/security/swaps/{swap.id}/withdraw"),
            ("colleague", "P", f"/my/security/swaps/{swap.id}/withdraw"),
            ("colleague", "G", f"/my/security/rota/{version.id}/pdf"),
            ("client", "G", f"/my/security/rota/{version.id}/pdf"),
            ("colleague", "P", f"/my/security/rota/{version.id}/read"),
            ("colleague", "P", f"/my/shifts/{self.mine.id}/clock_in"),
            ("client", "P", f"/my/shifts/{self.mine.id}/on_my_way"),
        ):
            self.authenticate(login, login)
            token = self.csrf()
            with self.nothing_happens():
                answer = self.ask(method, address, token)
                self.assertRefused(answer, 404, about=(login, address))
        self.assertEqual((theirs.answer, swap.state), ("none", "asked"))
        self.assertFalse(version.acknowledged_by_id)

    def test_without_login_nor_token(self):
        self.authenticate(None, None)
        with self.nothing_happens():
            for method, address in NUMBERED["guard"]:
                answer = self.ask(method, address % self.mine.id, "x", follow=False)
                self.assertRefused(answer, 303, 302, 400, 403, about=address)
        self.authenticate("guard", "guard")
        with self.nothing_happens():
            for token in ("", "x", "0" * 64, "é"):
                answer = self.ask("P", f"/my/shifts/{self.mine.id}/on_my_way", token)
                self.assertRefused(answer, 400, about=token)

    # ------------------------------------------------------------
    # Forms
    # ------------------------------------------------------------

    def send(self, address, data, files=None):
        return self.opener.request(
            "POST", self.base_url() + address, data=data, files=files, timeout=30
        )

    def try_form(self, address, whole, *statuses):
        """Each field with each wrong text, then as a file, then left out."""
        token = self.csrf()
        for name in whole:
            for text in WRONG_TEXTS:
                data = {**whole, "csrf_token": token, name: text}
                answer = self.send(address, data)
                self.assertRefused(answer, *statuses, about=(name, text))
            others = {key: value for key, value in whole.items() if key != name}
            others["csrf_token"] = token
            file = {name: ("x.txt", b"\0\xff" * 50, "text/plain")}
            self.assertRefused(self.send(address, others, file), *statuses, about=name)
            self.assertRefused(self.send(address, others), *statuses, about=name)

    def test_the_form_to_ask_for_a_swap(self):
        self.authenticate("guard", "guard")
        whole = {
            "shift_id": "0",
            "colleague_id": str(self.other_guard.id),
            "day": "2027-05-09",
            "note": "x",
        }
        with self.nothing_happens():
            self.try_form("/my/security/swaps/ask", whole, 404, 400)
            whole["shift_id"] = str(self.mine.id)
            for name in ("colleague_id", "day"):
                # The note is free, but the day has no shift of the colleague's.
                fields = {**whole, "day": "2027-05-09"}
                token = self.csrf()
                for text in filter(str.strip, WRONG_TEXTS):
                    data = {**fields, "csrf_token": token, name: text}
                    answer = self.send("/my/security/swaps/ask", data)
                    self.assertRefused(answer, 200, 404, 400, about=(name, text))

    def test_the_form_to_say_when_one_is_away(self):
        self.authenticate("guard", "guard")
        whole = {
            "kind": "unavailable",
            "date_start": "2027-06-01T08:00",
            "date_stop": "2027-06-01T06:00",
            "is_weekly": "1",
            "repeat_until": "2027-07-01",
            "note": "x",
        }
        with self.nothing_happens():
            # It ends before it starts: whatever the other fields say, it is refused.
            self.try_form("/my/security/availability/add", whole, 200, 400)
        token = self.csrf()
        right = {**whole, "date_stop": "2027-06-01T10:00", "is_weekly": ""}
        for note in WRONG_TEXTS:
            data = {**right, "csrf_token": token, "note": note}
            answer = self.send("/my/security/availability/add", data)
            self.assertRefused(answer, 200, about=note)
            self.assertNotIn("<script>alert", answer.text)
        kept = self.env["security.availability"].search(
            [("employee_id", "=", self.guard.id)]
        )
        self.assertTrue(kept)
        self.assertLessEqual(max(len(row.note or "") for row in kept), 200)
        with self.nothing_happens():
            page = self.url_open("/my/security/availability")
            self.assertEqual(page.status_code, 200)
            self.assertNotIn("<script>alert", page.text)

    # ------------------------------------------------------------
    # Links
    # ------------------------------------------------------------

    def test_links_of_offers(self):
        answer = self.answer_of(self.offer(), self.guard)
        link = answer._link().removeprefix(answer.get_base_url())
        start, __, token = link.rpartition("/")
        other = self.answer_of(answer.offer_id, self.other_guard)._link()
        other = other.rpartition("/")[2]
        wrong = (
            *(
                *WRONG_IDS,
                token[:-4],
                token + "AAAA",
                token[1:],
                token.swapcase(),
                "AQ",
            ),
            *("AQ" * 5, "AQ" * 21, "=", "====", token[:40] + other[40:], token * 40),
            *(other[:50] + token[50:], "AA" + token[2:]),
        )
        self.authenticate(None, None)
        with self.nothing_happens():
            for text in wrong:
                self.forget_guesses()
                for method in ("GET", "POST"):
                    said = self.opener.request(
                        method,
                        f"{self.base_url()}{start}/{text}",
                        data={"said": "yes"} if method == "POST" else None,
                        timeout=30,
                    )
                    self.assertRefused(said, 404, 400, 405, about=(method, text))
        self.assertEqual(answer.answer, "none")

    def test_guessing_links_has_to_wait(self):
        answer = self.answer_of(self.offer(), self.guard)
        link = answer._link().removeprefix(answer.get_base_url())
        start = link.rpartition("/")[0]
        self.authenticate(None, None)
        with self.nothing_happens():
            for number in range(25):
                page = self.url_open(f"{start}/guess-{number}")
                self.assertRefused(page, 404)
            # Not even a right one is looked at now.
            self.assertRefused(self.send(link, {"said": "yes"}), 404)
        self.assertEqual(answer.answer, "none")

    def test_screens_of_checkpoints(self):
        start = f"/security/checkpoint/{self.point.id}"
        token = self.point._screen_token()
        hidden = self.env["security.checkpoint"].create(
            {"name": "Printed", "site_id": self.site.id}
        )
        self.authenticate(None, None)
        with self.nothing_happens():
            self.assertEqual(self.url_open(f"{start}/{token}").status_code, 200)
            for wrong in WRONG_IDS:
                for address in (
                    f"{start}/{wrong}",
                    f"/security/checkpoint/{wrong}/{token}",
                ):
                    self.assertRefused(self.url_open(address), 404, 400, about=address)
            for wrong in (
                token[:-1],
                token + "x",
                token.upper(),
                hidden._screen_token(),
            ):
                self.assertRefused(self.url_open(f"{start}/{wrong}"), 404, about=wrong)
            address = f"/security/checkpoint/{hidden.id}/{hidden._screen_token()}"
            self.assertRefused(self.url_open(address), 404)
