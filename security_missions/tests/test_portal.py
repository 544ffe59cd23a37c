"""The guard's page over HTTP: what he sees, and the button he clocks with."""

import re
from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, SecurityMissionsMixin

PAGE = "/my/shifts"
# NOW is 11:00 in Paris: a shift that has begun, and that of the night.
TODAY = ("2027-04-15 10:00", "2027-04-15 18:00")
TONIGHT = ("2027-04-15 22:00", "2027-04-16 06:00")


class PortalCase(SecurityMissionsMixin, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.setup_firm()
        cls.post = cls.make_post()
        cls.guard_user = cls.make_user("guard", "base.group_portal")
        cls.guard.user_id = cls.guard_user
        cls.colleague = cls.make_user("colleague", "base.group_portal")
        cls.other_guard.user_id = cls.colleague

    def setUp(self):
        super().setUp()
        self.authenticate("guard", "guard")

    def mine(self, times=TODAY, state="published"):
        return self.make_shift(self.post, *times, self.guard, state=state)

    def page(self):
        """The page as the guard reads it, an lxml tree."""
        response = self.url_open(PAGE)
        self.assertEqual(response.status_code, 200)
        return html.fromstring(response.text)

    def cards(self):
        """{shift id: its card on the page}, from top to bottom."""
        return {
            int(card.get("data-shift")): card
            for card in self.page().iterfind(".//div[@data-shift]")
        }

    def token(self):
        """The CSRF token of any page, whether it has a button or not."""
        text = self.url_open(PAGE).text
        return re.search(r'csrf_token: "([^"]+)"', text)[1]

    def press(self, shift):
        """Press the first button of the card, with all that its form carries."""
        form = self.cards()[shift.id].find(".//form")
        return self.url_open(form.get("action"), data=dict(form.form_values()))

    def clock(self, shift, act="clock_in", token=None):
        """Send what the button sends, whether the page shows it or not."""
        return self.url_open(
            f"{PAGE}/{shift.id}/{act}", data={"csrf_token": token or self.token()}
        )

    def told(self, response):
        """The sentence in the yellow box of the page, False when there is none."""
        box = html.fromstring(response.text).find(".//div[@role='alert']")
        return box is not None and box.text_content().strip()

    def assertUntouched(self, *shifts, state="published"):
        self.env.invalidate_all()
        for shift in shifts:
            self.assertEqual(shift.state, state)
            self.assertFalse(shift.attendance_ids)
        people = self.guard | self.other_guard
        attendances = self.env["hr.attendance"].search(
            [("employee_id", "in", people.ids)]
        )
        self.assertFalse(attendances)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestPage(PortalCase):
    def test_sees_his_own_published_shifts(self):
        today, tonight = self.mine(), self.mine(TONIGHT)
        yesterday = self.work(self.post, "2027-04-14 08:00", "2027-04-14 16:00")
        hidden = self.mine(("2027-04-17 08:00", "2027-04-17 16:00"), state="draft")
        hidden |= self.mine(("2027-04-18 08:00", "2027-04-18 16:00"))
        hidden[-1].action_cancel()
        hidden |= self.work(self.post, "2027-04-13 08:00", "2027-04-13 16:00")
        hidden |= self.make_shift(
            self.post, *TODAY, self.other_guard, state="published"
        )
        hidden |= self.make_shift(self.post, *TODAY)
        cards = self.cards()
        self.assertEqual(list(cards), (today | tonight | yesterday).ids)
        self.assertFalse(set(cards) & set(hidden.ids))

    def test_his_own_only_though_he_reads_the_whole_rota(self):
        user = self.make_user("chief", "security_workforce.group_security_planner")
        chief = self.make_guard("Chief Test", user=user)
        own = self.make_shift(self.post, *TODAY, chief, state="published")
        self.mine()
        self.make_shift(self.post, *TONIGHT, chief)
        self.authenticate("chief", "chief")
        self.assertEqual(list(self.cards()), own.ids)

    def test_no_shift_says_so(self):
        text = self.page().text_content()
        self.assertIn("No shift is published for you.", text)

    def test_button_where_there_is_something_to_do(self):
        today, tonight = self.mine(), self.mine(TONIGHT)
        missed = self.mine(("2027-04-14 20:00", "2027-04-15 04:00"))
        cards = self.cards()
        buttons = {
            key: card.xpath("normalize-space(.//button)") for key, card in cards.items()
        }
        self.assertEqual(buttons, {today.id: "Clock In", tonight.id: "", missed.id: ""})
        self.assertIn("No time was recorded", cards[missed.id].text_content())

    def test_times_are_those_of_the_site(self):
        """Whatever the time zone of the guard's phone or profile."""
        self.guard_user.tz = "America/Martinique"
        zone = "Indian/Reunion"
        post = self.make_post("Port", site_id=self.make_site("Far", tz=zone).id)
        times = ("2027-04-15 14:00", "2027-04-15 20:30")
        shift = self.make_shift(post, *times, self.guard, zone, "published")
        text = " ".join(self.cards()[shift.id].text_content().split())
        self.assertIn("Thursday 15 April 14:00 – 20:30", text)
        self.assertIn("Far – Port", text)

    def test_anonymous_is_sent_to_the_login(self):
        shift = self.mine()
        self.authenticate(None, None)
        token = re.search(r'csrf_token: "([^"]+)"', self.url_open("/web/login").text)[1]
        path = f"{PAGE}/{shift.id}/clock_in"
        for response in (
            self.url_open(PAGE),
            self.url_open(path, data={"csrf_token": token}),
        ):
            self.assertIn("/web/login", response.url)
            self.assertNotIn("data-shift", response.text)
        self.assertUntouched(shift)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestClock(PortalCase):
    def test_in_then_out(self):
        shift, tonight = self.mine(), self.mine(TONIGHT)
        response = self.press(shift)
        self.assertTrue(response.url.endswith(PAGE))
        self.assertFalse(self.told(response))
        self.env.invalidate_all()
        attendance = shift.attendance_ids
        self.assertEqual(attendance.employee_id, self.guard)
        now = fields.Datetime.to_datetime(NOW)
        self.assertEqual((attendance.check_in, attendance.check_out), (now, False))
        self.assertEqual((shift.state, shift.presence), ("started", "late"))
        self.assertEqual(shift.late_minutes, 60)

        with freeze_time(now + timedelta(hours=7)):
            self.assertFalse(self.told(self.press(shift)))
        self.env.invalidate_all()
        self.assertEqual(shift.attendance_ids, attendance)
        self.assertEqual(attendance.check_out, now + timedelta(hours=7))
        self.assertEqual((shift.state, shift.early_minutes), ("done", 0))
        self.assertEqual(shift.worked_hours, 7.0)
        self.assertEqual(tonight.state, "published")

    def test_posted_twice_is_one_attendance(self):
        shift, token = self.mine(), self.token()
        self.assertFalse(self.told(self.clock(shift, token=token)))
        self.assertIn("clocked in on this shift already", self.told(self.clock(shift)))
        self.env.invalidate_all()
        self.assertEqual(len(shift.attendance_ids), 1)
        self.assertFalse(shift.attendance_ids.check_out)

    def test_out_twice_keeps_the_first(self):
        shift = self.mine()
        self.press(shift)
        now = fields.Datetime.to_datetime(NOW)
        with freeze_time(now + timedelta(hours=1)):
            self.press(shift)
        with freeze_time(now + timedelta(hours=2)):
            out = self.told(self.clock(shift, "clock_out"))
            again = self.told(self.clock(shift, "clock_in"))
        self.assertIn("You have not clocked in", out)
        self.assertIn("clocked in on this shift already", again)
        self.env.invalidate_all()
        self.assertEqual(len(shift.attendance_ids), 1)
        self.assertEqual(shift.attendance_ids.check_out, now + timedelta(hours=1))

    def test_refusals_are_told_once_and_nothing_is_stored(self):
        soon = self.mine(("2027-04-15 12:01", "2027-04-15 18:00"))
        over = self.mine(("2027-04-15 03:00", "2027-04-15 11:00"))
        cancelled = self.mine(TONIGHT)
        cancelled.action_cancel()
        for shift, act, sentence in (
            (
                soon,
                "clock_in",
                "It is too early: you can clock in one hour before your shift.",
            ),
            (
                over,
                "clock_in",
                "This shift is over: tell your planner when you worked.",
            ),
            (
                cancelled,
                "clock_in",
                "This shift is not published: ask your planner about it.",
            ),
            (soon, "clock_out", "You have not clocked in on this shift."),
        ):
            with self.subTest(sentence):
                response = self.clock(shift, act)
                self.assertEqual(response.status_code, 200)
                self.assertEqual(self.told(response), sentence)
                self.assertFalse(self.told(self.url_open(PAGE)))
        self.assertUntouched(soon, over)
        self.assertUntouched(cancelled, state="cancelled")

    def test_the_first_and_the_last_minute(self):
        first = self.mine(("2027-04-15 12:00", "2027-04-15 18:00"))
        last = self.mine(("2027-04-15 03:00", "2027-04-15 11:01"))
        for shift in (last, first):
            self.assertFalse(self.told(self.press(shift)))
            self.env.invalidate_all()
            self.assertEqual(shift.state, "started")
            self.clock(shift, "clock_out")

    def test_forgot_to_leave_the_shift_before(self):
        """The end of the one before is presumed, and asked about."""
        before = self.mine(("2027-04-14 20:00", "2027-04-15 04:00"))
        self.attend(before, check_out=False)
        shift = self.mine()
        self.assertFalse(self.told(self.clock(shift)))
        self.env.invalidate_all()
        self.assertEqual((before | shift).mapped("state"), ["done", "started"])
        self.assertEqual(before.attendance_ids.check_out, before.date_stop)
        self.assertTrue(before.attendance_ids.security_exception_ids)

    def test_internal_guard_on_a_draft(self):
        user = self.make_user("chief", "security_workforce.group_security_planner")
        chief = self.make_guard("Chief Test", user=user)
        shift = self.make_shift(self.post, *TODAY, chief)
        self.authenticate("chief", "chief")
        self.assertIn("This shift is not published", self.told(self.clock(shift)))
        self.assertUntouched(shift, state="draft")
        shift.action_publish()
        self.assertFalse(self.told(self.press(shift)))
        self.env.invalidate_all()
        self.assertEqual(shift.state, "started")


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestClockDoor(PortalCase):
    """Requests no button sends."""

    @mute_logger("odoo.http")
    def test_shift_of_another_guard(self):
        theirs = self.make_shift(self.post, *TODAY, self.other_guard, state="published")
        for act in ("clock_in", "clock_out"):
            self.assertEqual(self.clock(theirs, act).status_code, 404)
        self.assertUntouched(theirs)
        self.assertFalse(self.told(self.url_open(PAGE)))

    @mute_logger("odoo.http")
    def test_not_found(self):
        draft, nobody = self.mine(state="draft"), self.make_shift(self.post, *TODAY)
        gone = self.make_shift(self.post, *TODAY)
        for shift, act in (
            (draft, "clock_in"),
            (nobody, "clock_in"),
            (gone.browse(2**31 - 1), "clock_in"),
            (self.mine(TONIGHT), "approve"),
        ):
            with self.subTest(f"{shift} {act}"):
                self.assertEqual(self.clock(shift, act).status_code, 404)
        self.assertUntouched(draft, nobody, state="draft")

    @mute_logger("odoo.http")
    def test_planner_does_not_clock_for_a_guard(self):
        shift = self.mine()
        self.make_user("planner", "security_workforce.group_security_planner")
        self.authenticate("planner", "planner")
        self.assertEqual(self.clock(shift).status_code, 404)
        self.assertUntouched(shift)

    @mute_logger("odoo.http")
    def test_a_link_does_not_clock(self):
        shift = self.mine()
        for act in ("clock_in", "clock_out"):
            response = self.url_open(f"{PAGE}/{shift.id}/{act}")
            self.assertEqual(response.status_code, 405)
        self.assertUntouched(shift)

    @mute_logger("odoo.http")
    def test_another_site_does_not_clock(self):
        shift = self.mine()
        forged = f"{self.token()[:-12]}{'0' * 12}"
        for data in ({"other": "1"}, {"csrf_token": ""}, {"csrf_token": forged}):
            with self.subTest(data):
                response = self.url_open(f"{PAGE}/{shift.id}/clock_in", data=data)
                self.assertEqual(response.status_code, 400)
        self.assertUntouched(shift)
