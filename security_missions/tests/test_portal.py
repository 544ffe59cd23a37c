"""The guard's page, over real HTTP, with his own login and nothing more."""

import re
from html import unescape

from odoo import fields
from odoo.tests import HttpCase, freeze_time, tagged

from .common import PARIS, SecurityMissionsMixin, utc

DAY = ("2027-04-15 08:00", "2027-04-15 16:00")


def plain(html):
    """What the reader sees of a page."""
    html = re.sub(r"(?s)<(script|style|head)\b.*?</\1>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@tagged("post_install", "-at_install")
@freeze_time("2027-04-15 05:30:00")
class TestPortal(SecurityMissionsMixin, HttpCase):
    """At half past seven in Paris, on the morning of the shift."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_firm()
        cls.guard.user_id = cls.make_user("amine", "base.group_portal")
        cls.other_guard.user_id = cls.make_user("zoe", "base.group_portal")
        cls.planner = cls.make_user(
            "planner", "security_workforce.group_security_planner"
        )
        cls.post = cls.make_post()
        cls.shift = cls.make_shift(cls.post, *DAY, cls.guard, state="published")

    def setUp(self):
        super().setUp()
        self.authenticate("amine", "amine")
        # Whatever the database answers by default.
        self.opener.cookies["frontend_lang"] = "en_US"

    def at(self, wall):
        return freeze_time(fields.Datetime.to_string(utc(wall, PARIS)))

    def page(self):
        return self.url_open("/my/shifts").text

    def press(self, act, shift=None, token=None):
        """Press the button as the page makes it, following the way back."""
        shift = shift or self.shift
        if token is None:
            token = re.search(r'csrf_token: "([^"]+)"', self.page()).group(1)
        return self.url_open(
            f"/my/shifts/{shift.id}/{act}", data={"csrf_token": token}
        )

    def test_home_leads_there(self):
        self.assertIn("/my/shifts", self.url_open("/my/home").text)

    def test_sees_own_published_shifts_only(self):
        draft = self.make_shift(
            self.post, "2027-04-16 08:00", "2027-04-16 16:00", self.guard
        )
        cancelled = self.make_shift(
            self.post, "2027-04-17 08:00", "2027-04-17 16:00", self.guard
        )
        cancelled.action_cancel()
        other = self.make_shift(self.post, *DAY, self.other_guard, state="published")
        past = self.make_shift(
            self.post, "2027-04-10 08:00", "2027-04-10 16:00", self.guard
        )
        past.action_publish()
        page = self.page()
        shown = set(re.findall(r'data-shift="(\d+)"', page))
        self.assertEqual(shown, {str(self.shift.id)})
        for hidden in (draft, cancelled, other, past):
            self.assertNotIn(f"/my/shifts/{hidden.id}/", page)
        text = plain(page)
        for words in ("Thursday 15 April", "08:00 – 16:00", "Horizon", "Entrance"):
            self.assertIn(words, text)

    def test_reads_by_his_own_rights(self):
        shifts = self.env["security.shift"].with_user(self.guard.user_id)
        self.make_shift(self.post, *DAY, self.other_guard, state="published")
        self.make_shift(self.post, "2027-04-16 08:00", "2027-04-16 16:00", self.guard)
        self.assertEqual(shifts.search([]), self.shift)

    def test_nothing_yet(self):
        self.shift.action_cancel()
        self.assertIn("No shift is published for you", plain(self.page()))

    def test_in_and_out(self):
        self.assertIn("Clock In", plain(self.page()))
        response = self.press("clock_in")
        self.assertEqual(response.status_code, 200)
        self.assertIn("Clock Out", plain(response.text))
        self.assertEqual(self.shift.state, "started")
        with self.at("2027-04-15 16:05"):
            self.press("clock_out")
        self.assertEqual(self.shift.state, "done")
        attendance = self.shift.attendance_ids
        self.assertEqual(attendance.check_in, utc("2027-04-15 07:30"))
        self.assertEqual(attendance.check_out, utc("2027-04-15 16:05"))

    def assertTold(self, response, sentence):
        self.assertEqual(response.status_code, 200)
        self.assertIn(sentence, plain(response.text))
        self.assertNotIn(sentence, plain(self.page()), "told once")

    def test_twice(self):
        self.press("clock_in")
        self.assertTold(self.press("clock_in"), "You have clocked in on this shift")
        self.assertEqual(len(self.shift.attendance_ids), 1)

    def test_out_without_in(self):
        self.assertTold(self.press("clock_out"), "You have not clocked in on this")
        self.assertFalse(self.shift.attendance_ids)

    def test_too_early(self):
        with self.at("2027-04-15 06:59"):
            self.assertTold(self.press("clock_in"), "It is too early")
        self.assertFalse(self.shift.attendance_ids)

    def test_an_hour_before_is_early_enough(self):
        with self.at("2027-04-15 07:00"):
            self.press("clock_in")
        self.assertEqual(self.shift.state, "started")

    def test_over(self):
        with self.at("2027-04-15 16:00"):
            self.assertTold(self.press("clock_in"), "This shift is over")
        self.assertEqual(self.shift.state, "published")

    def test_after_clocking_out(self):
        self.press("clock_in")
        with self.at("2027-04-15 14:00"):
            self.press("clock_out")
            self.assertTold(self.press("clock_in"), "You have clocked in on this shift")
            self.assertTold(self.press("clock_out"), "You have not clocked in on this")

    def test_still_on_another_shift(self):
        night = self.make_shift(
            self.post, "2027-04-14 19:00", "2027-04-15 07:00", self.guard
        )
        night.action_publish()
        self.attend(night, check_out=False)
        response = self.press("clock_in")
        self.assertIn("hasn't checked out since", plain(response.text))
        self.assertEqual(self.shift.state, "published")

    def test_not_published(self):
        """Neither shown nor found: a draft is no promise."""
        self.shift.action_draft()
        self.assertEqual(self.press("clock_in").status_code, 404)
        self.assertFalse(self.shift.attendance_ids)

    def test_cancelled(self):
        self.shift.action_cancel()
        self.assertTold(self.press("clock_in"), "This shift is not published")

    def test_shift_of_somebody_else(self):
        other = self.make_shift(self.post, *DAY, self.other_guard, state="published")
        for act in ("clock_in", "clock_out"):
            self.assertEqual(self.press(act, other).status_code, 404)
        self.assertFalse(other.attendance_ids)

    def test_shift_that_does_not_exist(self):
        gone = self.make_shift(self.post, "2027-04-20 08:00", "2027-04-20 16:00")
        gone.unlink()
        self.assertEqual(self.press("clock_in", gone).status_code, 404)

    def test_no_other_act(self):
        self.assertEqual(self.press("unlink").status_code, 404)
        self.assertEqual(self.press("action_approve").status_code, 404)
        self.assertEqual(self.shift.state, "published")

    def test_looking_is_not_clocking(self):
        response = self.url_open(f"/my/shifts/{self.shift.id}/clock_in")
        self.assertEqual(response.status_code, 405)
        self.assertEqual(self.shift.state, "published")

    def test_form_of_another_site_is_refused(self):
        self.assertEqual(self.press("clock_in", token="forged").status_code, 400)
        self.assertEqual(self.shift.state, "published")

    def test_planner_does_not_clock_for_a_guard(self):
        self.authenticate("planner", "planner")
        self.assertEqual(self.press("clock_in").status_code, 404)
        self.assertFalse(self.shift.attendance_ids)
        self.assertNotIn("data-shift", self.page(), "he has no shift of his own")

    def test_planner_who_is_a_guard_too(self):
        self.guard.user_id = self.planner
        self.authenticate("planner", "planner")
        self.press("clock_in")
        self.assertEqual(self.shift.state, "started")

    def test_without_login(self):
        self.authenticate(None, None)
        response = self.url_open("/my/shifts")
        self.assertIn("/web/login", response.url)

    def test_client_on_the_portal_has_no_shift(self):
        self.make_user("client", "base.group_portal")
        self.authenticate("client", "client")
        self.assertIn("No shift is published for you", plain(self.page()))
        self.assertEqual(self.press("clock_in").status_code, 404)

    def test_guard_writes_nothing_through_the_api(self):
        """What the page does is all he can do, whatever he calls."""
        for model, method, args in (
            ("security.shift", "write", [[self.shift.id], {"note": "x"}]),
            ("security.shift", "action_approve", [[self.shift.id]]),
            ("security.shift", "action_cancel", [[self.shift.id]]),
            ("security.shift", "_clock_in", [[self.shift.id]]),
            ("security.work.line", "search_read", [[]]),
            ("security.post", "search_read", [[]]),
            ("hr.attendance", "create", [{"employee_id": self.guard.id}]),
        ):
            with self.subTest(f"{model}.{method}"):
                response = self.url_open(
                    f"/web/dataset/call_kw/{model}/{method}",
                    json={
                        "params": {
                            "model": model,
                            "method": method,
                            "args": args,
                            "kwargs": {},
                        }
                    },
                ).json()
                name = response["error"]["data"]["name"]
                self.assertEqual(name, "odoo.exceptions.AccessError")
        self.assertEqual(self.shift.state, "published")
