"""What the clock does about a guard who does not come: once, and told late if late."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SecurityMissionsCase, utc

DAY = ("2027-04-15 20:00", "2027-04-16 06:00")
NIGHT = ("2027-04-16 06:00", "2027-04-16 14:00")


class WatchCase(SecurityMissionsCase):
    """A night shift of one guard, and those who look after it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.make_user(
            "watch_operator", "security_workforce.group_security_operator"
        )
        cls.manager = cls.make_user(
            "watch_manager", "security_workforce.group_security_manager"
        )
        cls.mission = cls.env["security.mission"].create(
            {
                "name": "Nights",
                "partner_id": cls.client.id,
                "site_ids": [(4, cls.site.id)],
            }
        )
        cls.client.email = "client@example.com"
        cls.post = cls.make_post(mission_id=cls.mission.id)
        cls.guard_user = cls.make_user("watch_guard", "base.group_portal")
        cls.guard.user_id = cls.guard_user
        cls.guard.private_email = "guard@example.com"
        cls.shift = cls.make_shift(cls.post, *DAY, cls.guard, state="published")
        cls.shift.mission_id = cls.mission
        cls.Shift = cls.env["security.shift"]

    def run_at(self, wall):
        """The cron at a wall time; the log of the shift afterwards."""
        with self.at(wall):
            self.Shift._to_watch(utc(wall)).filtered(
                lambda s: s.company_id == self.company
            )._watch_now(utc(wall))
        return self.kinds_of(self.shift)

    def kinds_of(self, shift):
        self.env.flush_all()
        return shift.watch_event_ids.sorted("id").mapped("kind")

    def mails_to(self, email):
        return self.env["mail.mail"].sudo().search([("email_to", "=", email)])


@tagged("post_install", "-at_install")
class TestWatch(WatchCase):
    def test_each_step_once(self):
        self.assertEqual(self.run_at("2027-04-15 18:59"), [])
        self.assertEqual(self.run_at("2027-04-15 19:00"), ["reminder"])
        self.assertEqual(self.run_at("2027-04-15 19:01"), ["reminder"])
        self.assertEqual(self.shift.watch_level, "reminder")
        mail = self.mails_to("guard@example.com")
        self.assertEqual(len(mail), 1)
        self.assertIn("/my/shifts", mail.body_html)
        self.assertIn("20:00", mail.subject)
        self.assertEqual(self.run_at("2027-04-15 20:05")[1:], ["amber"])
        self.assertEqual(self.run_at("2027-04-15 20:10")[2:], ["red"])
        self.assertEqual(self.run_at("2027-04-15 20:11")[2:], ["red"])
        self.assertEqual(self.run_at("2027-04-15 20:30")[3:], [])
        self.assertEqual(self.shift.watch_level, "red")

    def test_client_is_told_when_the_mission_says_so(self):
        self.mission.tell_client_late = True
        self.assertEqual(self.run_at("2027-04-15 20:20"), ["amber", "red", "client"])
        self.assertEqual(len(self.mails_to("client@example.com")), 1)
        self.assertTrue(self.shift.client_told_date)
        self.run_at("2027-04-15 20:25")
        self.assertEqual(len(self.mails_to("client@example.com")), 1)

    def test_no_address_is_said(self):
        self.mission.tell_client_late = True
        self.client.email = False
        self.run_at("2027-04-15 20:20")
        event = self.shift.watch_event_ids.filtered(lambda e: e.kind == "client")
        self.assertFalse(event.told_to)
        self.assertFalse(self.shift.client_told_date)

    def test_told_late_is_told_so(self):
        """The server was down from before the reminder to forty minutes after."""
        self.assertEqual(self.run_at("2027-04-15 20:40"), ["amber", "red"])
        late = dict(
            self.shift.watch_event_ids.mapped(lambda e: (e.kind, e.late_minutes))
        )
        self.assertEqual(late, {"amber": 35, "red": 30})
        notice = self.env["mail.message"].search(
            [("message_type", "=", "user_notification"), ("res_id", "=", self.site.id)]
        )
        self.assertIn("30 minutes late", notice[0].body)

    def test_nobody_came(self):
        self.assertEqual(self.run_at("2027-04-16 06:00"), ["missed"])
        self.assertEqual(self.run_at("2027-04-16 06:01"), ["missed"])
        self.assertEqual(self.shift.watch_level, "missed")

    def test_cancelled_is_left_alone(self):
        self.shift.action_cancel()
        self.assertEqual(self.run_at("2027-04-15 20:30"), [])

    def test_delays_are_those_of_the_firm(self):
        self.company.write({"security_watch_reminder": 90, "security_watch_amber": 8})
        self.assertEqual(self.run_at("2027-04-15 18:30"), ["reminder"])
        self.assertEqual(self.run_at("2027-04-15 20:07"), ["reminder"])

    def test_another_guard_is_reminded_too(self):
        self.other_guard.private_email = "other@example.com"
        self.run_at("2027-04-15 19:00")
        with self.at("2027-04-15 19:05"):
            self.shift.with_user(self.guard_user)._on_my_way()
            self.assertTrue(self.shift.on_my_way_date)
            self.shift.employee_id = self.other_guard
        self.assertFalse(self.shift.on_my_way_date)
        self.assertFalse(self.shift.reminded_date)
        kinds = self.run_at("2027-04-15 19:06")
        self.assertEqual(kinds, ["reminder", "on_my_way", "reminder"])
        self.assertEqual(len(self.mails_to("other@example.com")), 1)

    def test_red_tells_operators_and_whoever_is_on_call(self):
        self.company.security_watch_user_id = self.manager
        self.run_at("2027-04-15 20:10")
        notice = self.env["mail.message"].search(
            [("message_type", "=", "user_notification"), ("res_id", "=", self.site.id)]
        )
        told = notice.notified_partner_ids
        self.assertIn(self.operator.partner_id, told)
        activity = self.shift.watch_event_ids.activity_ids
        self.assertEqual(activity.user_id, self.manager)
        with self.at("2027-04-15 20:15"):
            self.attend(self.shift, utc("2027-04-15 20:15"), False)
        self.assertFalse(activity.exists().filtered("active"))
        self.assertEqual(self.shift.watch_level, "on_post")

    # ------------------------------------------------------------
    # The guard who waits for his relief
    # ------------------------------------------------------------

    def left_alone(self):
        """The guard is still in after six, his relief is not there."""
        with self.at("2027-04-15 20:00"):
            self.attend(self.shift, utc("2027-04-15 19:50"), False)
        return self.make_shift(self.post, *NIGHT, self.other_guard, state="published")

    def row(self, shift, wall, user=None):
        with self.at(wall):
            self.env.invalidate_all()
            Shift = self.Shift.with_user(user or self.operator)
            rows = Shift.cover_now(site_ids=self.site.ids)["rows"]
        return next((r for r in rows if r["id"] == shift.id), None)

    def test_waiting_guard_is_counted_down(self):
        relief = self.left_alone()
        row = self.row(self.shift, "2027-04-16 06:12")
        self.assertEqual((row["level"], row["waiting"]), ("over", True))
        self.assertEqual(row["relief"], [self.other_guard.name])
        # Twelve hours after the clock-in: the figure is a limit of the firm here.
        hours = self.shift._service_limits()[self.shift]
        limit = utc("2027-04-15 19:50") + timedelta(hours=hours)
        self.assertEqual(row["limit"], str(limit))
        follower = self.row(relief, "2027-04-16 06:12")
        self.assertEqual((follower["level"], follower["cover"]), ("red", "covered"))
        with self.at("2027-04-16 06:20"):
            self.attend(relief, utc("2027-04-16 06:20"), False)
        self.assertFalse(self.row(self.shift, "2027-04-16 06:21")["waiting"])

    def test_beyond_the_limit_only_a_named_decision_stops_the_alarm(self):
        self.obey_the_law()
        self.left_alone()
        self.assertNotIn("limit", self.run_at("2027-04-16 07:49"))
        self.assertIn("limit", self.run_at("2027-04-16 07:50"))
        self.assertEqual(self.run_at("2027-04-16 07:55").count("limit"), 1)
        limit = self.shift.watch_event_ids.filtered(lambda e: e.kind == "limit")
        self.assertIn(self.manager, limit.activity_ids.user_id)
        with self.at("2027-04-16 08:00"):
            until = "2027-04-16 07:00:00"
            own = self.shift.with_user(self.operator)
            with self.assertRaises(AccessError):
                own.watch_act("decision", "Nobody else", until)
            mine = self.shift.with_user(self.manager)
            with self.assertRaises(UserError):
                mine.watch_act("decision", "  ", until)
            with self.assertRaises(UserError):
                mine.watch_act("decision", "Nobody else", "2027-04-16 05:00:00")
            mine.watch_act("decision", "Nobody else", until)
        self.assertFalse(limit.activity_ids.filtered("active"))
        self.assertEqual(self.run_at("2027-04-16 08:30").count("limit"), 1)
        row = self.row(self.shift, "2027-04-16 08:30")
        self.assertEqual(row["decided"], until)
        # The decision is over: the alarm is back.
        self.assertEqual(self.run_at("2027-04-16 09:01").count("limit"), 2)

    # ------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------

    def test_the_guard_says_that_he_sets_out(self):
        with self.at("2027-04-15 18:00"), self.assertRaises(UserError):
            self.shift.with_user(self.guard_user)._on_my_way()
        stranger = self.make_user("watch_stranger", "base.group_portal")
        with self.at("2027-04-15 19:30"):
            with self.assertRaises(AccessError):
                self.shift.with_user(stranger)._on_my_way()
            self.shift.with_user(self.guard_user)._on_my_way()
            with self.assertRaises(UserError):
                self.shift.with_user(self.guard_user)._on_my_way()
        self.assertEqual(self.row(self.shift, "2027-04-15 19:31")["level"], "on_time")

    def test_operators_act_and_readers_read(self):
        reader = self.make_user(
            "watch_reader", "security_workforce.group_security_user"
        )
        outsider = self.make_user("watch_outsider", "base.group_user")
        with self.at("2027-04-15 20:12"):
            for kind in ("acknowledged", "note", "on_my_way"):
                with self.assertRaises(AccessError):
                    self.shift.with_user(reader).watch_act(kind, "x")
            with self.assertRaises(AccessError):
                self.Shift.with_user(outsider).cover_now()
            self.shift.with_user(self.operator).watch_act("acknowledged", "I call")
            with self.assertRaises(UserError):
                self.shift.with_user(self.operator).watch_act("note", " ")
            with self.assertRaises(UserError):
                self.shift.with_user(self.operator).watch_act("red")
        row = self.row(self.shift, "2027-04-15 20:13", reader)
        self.assertEqual(
            (row["ack_user"], row["ack_note"]), ("Watch_operator", "I call")
        )
        self.assertEqual(self.kinds_of(self.shift), ["acknowledged"])

    def test_nobody_forges_the_watch(self):
        for name, value in (
            ("on_my_way_date", "2027-04-15 10:00:00"),
            ("watch_level", "on_post"),
            ("watch_ack_user_id", self.operator.id),
        ):
            with self.assertRaises(UserError):
                self.shift.write({name: value})
            with self.assertRaises(UserError):
                self.Shift.create(
                    {
                        "post_id": self.post.id,
                        "date_start": utc("2027-05-01 08:00"),
                        "date_stop": utc("2027-05-01 12:00"),
                        name: value,
                    }
                )
        self.run_at("2027-04-15 20:10")
        with self.assertRaises(UserError):
            self.shift.watch_event_ids[0].sudo().write({"note": "x"})
        with self.assertRaises(UserError):
            self.shift.watch_event_ids[0].sudo().unlink()

    def test_another_firm_sees_nothing(self):
        foreign = self.make_company("Ronde SARL")
        other = self.make_user(
            "watch_foreign",
            "security_workforce.group_security_operator",
            company=foreign,
        )
        with self.at("2027-04-15 20:12"):
            rows = (
                self.Shift.with_user(other)
                .with_context(allowed_company_ids=foreign.ids)
                .cover_now()["rows"]
            )
            self.assertNotIn(self.shift.id, [row["id"] for row in rows])
            with self.assertRaises(AccessError):
                self.shift.with_user(other).with_context(
                    allowed_company_ids=foreign.ids
                ).watch_act("acknowledged")
