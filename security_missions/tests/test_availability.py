"""What guards declare: by the planner, on their own page, and on the rota."""

from datetime import date, datetime

from lxml import html

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, SecurityMissionsCase, utc
from .test_portal import PortalCase

PAGE = "/my/security/availability"
TUESDAY = ("2027-05-04 08:00", "2027-05-04 12:00")
IN_IT = ("2027-05-04 11:00", "2027-05-04 18:00")
AFTER = ("2027-05-04 12:00", "2027-05-04 18:00")


class Declares:
    """A declaration made by the planner."""

    def declare(self, guard=None, times=TUESDAY, tell=True, **values):
        one = self.env["security.availability"].create(
            {
                "employee_id": (guard or self.guard).id,
                "date_start": utc(times[0]),
                "date_stop": utc(times[1]),
                **values,
            }
        )
        if tell:
            one.action_tell()
        return one

    def rules(self, shift):
        return {
            row["rule"]: row["severity"]
            for row in shift.eligibility_findings or ()
            if row["rule"].startswith("AVA")
        }


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAvailability(Declares, SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post = cls.make_post()
        cls.planner = cls.make_user(
            "planner", "security_workforce.group_security_planner"
        )

    def test_the_verdict_follows_the_answer(self):
        shift = self.make_shift(self.post, *IN_IT, self.guard)
        after = self.make_shift(
            self.post, "2027-05-05 12:00", "2027-05-05 18:00", self.guard
        )
        other = self.make_shift(self.make_post("B"), *IN_IT, self.other_guard)
        one = self.declare(tell=False)
        self.assertEqual(self.rules(shift), {})
        one.action_tell()
        self.assertEqual(self.rules(shift), {"AVA-01": "warn"})
        one.action_accept()
        self.assertEqual(self.rules(shift), {"AVA-01": "override"})
        self.assertEqual(shift.eligibility, "override")
        self.assertIn("is not available", shift.eligibility_reasons)
        with self.assertRaises(ValidationError):
            shift.action_publish()
        self.assertEqual(self.rules(after) | self.rules(other), {})
        one.action_reopen()
        one.answer = "Everybody is needed for the opening."
        one.action_refuse()
        self.assertEqual(self.rules(shift), {})
        one.unlink()

    def test_a_wish_binds_nobody(self):
        shift = self.make_shift(self.post, *IN_IT, self.guard)
        off = self.declare(kind="off")
        self.assertEqual(self.rules(shift), {"AVA-02": "info"})
        shift.action_publish()
        with self.assertRaises(UserError) as refused:
            off.action_accept()
        self.assertIn("is a wish", str(refused.exception))
        off.unlink()
        self.assertEqual(self.rules(shift), {})
        self.declare(kind="work")
        self.assertEqual(self.rules(shift), {})

    def test_every_week(self):
        shift = self.make_shift(
            self.post, "2027-06-08 11:00", "2027-06-08 18:00", self.guard
        )
        one = self.declare(is_weekly=True)
        self.assertEqual(self.rules(shift), {"AVA-01": "warn"})
        self.assertIn(shift.display_name, one.conflict)
        one.repeat_until = "2027-06-07"
        self.assertEqual(self.rules(shift), {})

    def test_what_was_answered_stays_as_it_was_said(self):
        one = self.declare()
        with self.assertRaises(UserError) as refused:
            one.action_refuse()
        self.assertIn("why it is refused", str(refused.exception))
        one.action_accept()
        self.assertEqual(one.answer_user_id, self.env.user)
        for values in ({"kind": "work"}, {"date_stop": "2027-05-09"}):
            with self.assertRaises(UserError):
                one.write(values)
        with self.assertRaises(UserError):
            one.action_tell()

    def test_no_call_forges_an_answer(self):
        one = self.declare().with_user(self.planner)
        with self.assertRaises(AccessError):
            one.state = "accepted"
        with self.assertRaises(AccessError):
            one.with_context(security_availability_answer=True).state = "accepted"
        with self.assertRaises(AccessError):
            one.copy({"state": "accepted"})
        one.action_accept()
        self.assertEqual(one.state, "accepted")

    def test_until_is_for_what_comes_back(self):
        with self.assertRaises(ValidationError):
            self.declare(repeat_until="2027-06-01")
        with self.assertRaises(ValidationError):
            self.declare(repeat_until="2027-05-01", is_weekly=True)

    def test_wishes_for_who_plans(self):
        accepted = self.declare()
        accepted.action_accept()
        self.declare(times=("2027-05-05 08:00", "2027-05-05 09:00"))
        self.declare(times=("2027-05-06 08:00", "2027-05-06 09:00"), kind="work")
        self.declare(times=("2027-05-07 08:00", "2027-05-07 09:00"), tell=False)
        self.declare(times=("2027-06-07 08:00", "2027-06-07 09:00"))
        guards = self.guard | self.other_guard
        found = guards._security_wishes(date(2027, 5, 4), date(2027, 5, 7))
        self.assertEqual(
            found,
            {
                self.guard.id: [
                    (datetime(2027, 5, 4, 6), datetime(2027, 5, 4, 10), "unavailable"),
                    (datetime(2027, 5, 5, 6), datetime(2027, 5, 5, 7), "off"),
                    (datetime(2027, 5, 6, 6), datetime(2027, 5, 6, 7), "work"),
                ],
                self.other_guard.id: [],
            },
        )

    def test_who_wants_to_work_is_not_hindered_by_his_shift(self):
        self.make_shift(self.post, *IN_IT, self.guard)
        self.assertFalse(self.declare(kind="work").conflict)
        self.assertTrue(self.declare(kind="off").conflict)

    def test_conflicts_of_many_in_as_many_queries(self):
        counts = []
        for number in range(9):
            guard = self.make_guard(f"Guard {number}")
            self.make_shift(self.post, *IN_IT, guard)
            self.declare(guard)
        declared = self.env["security.availability"].search([])
        self.env.flush_all()
        for asked in (declared[:2], declared[:2], declared):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(all(asked.mapped("conflict")))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAvailabilityPage(Declares, PortalCase):
    """The guard's own page, over HTTP."""

    def post_form(self, path="add", **typed):
        return self.url_open(
            f"{PAGE}/{path}", data={"csrf_token": self.token(), **typed}
        )

    def add(self, **typed):
        return self.post_form(
            **{
                "kind": "unavailable",
                "date_start": "2027-05-04T08:00",
                "date_stop": "2027-05-04T12:00",
                **typed,
            }
        )

    def of(self, guard):
        self.env.invalidate_all()
        return self.env["security.availability"].search(
            [("employee_id", "=", guard.id)]
        )

    def test_declares_and_is_told_of_his_shift(self):
        self.mine(IN_IT)
        response = self.add(note="Doctor")
        self.assertFalse(self.told(response))
        one = self.of(self.guard)
        self.assertEqual(
            (one.state, one.kind, one.note), ("told", "unavailable", "Doctor")
        )
        self.assertEqual((one.date_start, one.date_stop), tuple(map(utc, TUESDAY)))
        text = " ".join(html.fromstring(response.text).text_content().split())
        self.assertIn("You are planned on Horizon / Entrance from", text)

    def test_a_draft_shift_is_not_told(self):
        self.mine(IN_IT, state="draft")
        self.assertNotIn("You are planned on", self.add().text)

    def test_every_week(self):
        self.add(is_weekly="1", repeat_until="2027-06-30", kind="off")
        one = self.of(self.guard)
        self.assertEqual((one.is_weekly, one.kind), (True, "off"))
        self.assertEqual(one.repeat_until, date(2027, 6, 30))

    def test_what_is_wrong_is_told_and_nothing_is_stored(self):
        for typed in (
            {"kind": "holiday"},
            {"kind": ""},
            {"date_start": ""},
            {"date_stop": "tomorrow"},
            {"date_stop": "2027-05-04T07:00"},
            {"date_start": "2027-04-01T08:00", "date_stop": "2027-04-01T09:00"},
            {"is_weekly": "1", "repeat_until": "2027-05-01"},
            {"is_weekly": "1", "date_stop": "2027-05-24T07:00"},
        ):
            with self.subTest(typed), mute_logger("odoo.sql_db"):
                self.assertTrue(self.told(self.add(**typed)))
                self.assertFalse(self.of(self.guard))

    def test_withdraws_his_own(self):
        self.add()
        one = self.of(self.guard)
        one.action_accept()
        self.post_form(f"{one.id}/withdraw")
        self.assertFalse(one.exists())

    def test_what_is_over_is_kept(self):
        over = self.declare(times=("2027-04-01 08:00", "2027-04-01 12:00"))
        self.assertIn("is over", self.told(self.post_form(f"{over.id}/withdraw")))
        self.assertTrue(over.exists())
        week = self.declare(
            times=("2027-04-08 08:00", "2027-04-08 12:00"),
            is_weekly=True,
            repeat_until="2027-04-14",
        )
        self.assertIn("is over", self.told(self.post_form(f"{week.id}/withdraw")))
        self.assertTrue(week.exists())

    def test_a_week_that_still_comes_back_is_withdrawn(self):
        for until in (False, "2027-04-15"):
            week = self.declare(
                times=("2027-04-01 08:00", "2027-04-01 12:00"),
                is_weekly=True,
                repeat_until=until,
            )
            self.post_form(f"{week.id}/withdraw")
            self.assertFalse(week.exists())

    @mute_logger("odoo.http")
    def test_those_of_another_guard(self):
        theirs = self.declare(self.other_guard, note="Secret")
        self.assertNotIn("Secret", self.url_open(PAGE).text)
        self.assertEqual(self.post_form(f"{theirs.id}/withdraw").status_code, 404)
        self.assertTrue(theirs.exists())
        self.assertFalse(self.told(self.add(employee_id=str(self.other_guard.id))))
        self.assertEqual(self.of(self.other_guard), theirs)
        Mine = self.env["security.availability"].with_user(self.guard_user)
        self.assertEqual(Mine.search([]).employee_id, self.guard)
        with self.assertRaises(AccessError):
            Mine.browse(theirs.id).read(["note"])
        with self.assertRaises(AccessError):
            Mine.search([]).write({"note": "x"})

    @mute_logger("odoo.http")
    def test_who_is_no_guard_has_no_page(self):
        self.make_user("client", "base.group_portal")
        self.authenticate("client", "client")
        self.assertEqual(self.url_open(PAGE).status_code, 404)

    @mute_logger("odoo.http")
    def test_a_link_declares_nothing(self):
        one = self.declare()
        for path in ("add", f"{one.id}/withdraw"):
            self.assertEqual(self.url_open(f"{PAGE}/{path}").status_code, 405)
            self.assertEqual(
                self.url_open(f"{PAGE}/{path}", data={"kind": "off"}).status_code, 400
            )
        self.assertTrue(one.exists())
