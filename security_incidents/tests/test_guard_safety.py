from datetime import timedelta
from uuid import uuid4

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.security_workforce.tests.full_house import full_house

from .alert_common import AlertCommon
from .guard_phone import GuardPhone


class SafetyCommon(AlertCommon):
    """A guard on post now, alone, with his phone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.guard_user.lang = "en_US"
        cls.now = fields.Datetime.now()
        cls.post.write({"lone_worker": True, "lone_interval": 60})
        cls.shift.write(
            {
                "date_start": cls.now - timedelta(hours=2),
                "date_stop": cls.now + timedelta(hours=6),
            }
        )
        cls._publish(cls.shift)
        cls.env["hr.attendance"].create(
            {
                "employee_id": cls.guard.id,
                "security_shift_id": cls.shift.id,
                "check_in": cls.now - timedelta(minutes=62),
            }
        )

    def setUp(self):
        super().setUp()
        # It counts, and each test begins anew.
        self.phone = GuardPhone(self.env, self.guard)

    def _tell(self, kind, ago=0, **data):
        fact = self.phone.fact(kind, self.now - timedelta(minutes=ago), **data)
        [answer] = self.phone.tell(self.env, fact)
        return fact, *answer

    def _alerts(self, kind):
        return self.Alert.search(
            [("kind", "=", kind), ("employee_id", "=", self.guard.id)]
        )


@tagged("post_install", "-at_install")
class TestGuardSafety(SafetyCommon):
    def test_an_sos_is_raised_at_the_time_of_the_fact(self):
        place = {"latitude": 48.85, "longitude": 2.35, "accuracy": 15}
        fact, verdict, message = self._tell("sos", ago=20, silent=True, **place)
        self.assertEqual((verdict, message), ("accepted", None))
        alert = self._alerts("sos")
        self.assertEqual(alert.key, fact["uuid"])
        self.assertEqual(alert.shift_id, self.shift)
        self.assertTrue(alert.silent)
        self.assertEqual(alert.raised_at, self.now - timedelta(minutes=20))
        self.assertGreaterEqual(alert.received_at, self.now)
        self.assertEqual(alert.position_ids.accuracy, 15)
        self.assertEqual(self.phone.tell(self.env, fact), [("accepted", None)])
        self.assertEqual(len(self._alerts("sos")), 1)

    def test_a_call_is_not_lost_for_a_wrong_shift(self):
        other = self.env["security.shift"].create(
            {
                "post_id": self.other_post.id,
                "date_start": self.now,
                "date_stop": self.now + timedelta(hours=4),
            }
        )
        _fact, verdict, message = self._tell("sos", shift=other.id)
        self.assertEqual(verdict, "flagged")
        self.assertIn("look for him", message)
        self.assertEqual(self._alerts("sos").shift_id, self.shift)

    def test_positions_and_withdrawal_are_of_this_guard(self):
        fact, *_ = self._tell("sos")
        place = {"latitude": 48.85, "longitude": 2.35, "accuracy": 9}
        for _number in range(3):
            _f, verdict, _m = self._tell("sos_position", sos=fact["uuid"], **place)
            self.assertEqual(verdict, "accepted")
        alert = self._alerts("sos")
        self.assertEqual(len(alert.position_ids), 3)
        self._tell("sos_cancel", sos=fact["uuid"])
        self.assertTrue(alert.normal_at)
        self.assertEqual(alert.state, "raised", "An operator makes sure")
        _f, verdict, message = self._tell("sos_cancel", sos=str(uuid4()))
        self.assertEqual(verdict, "quarantined")
        self.assertIn("not known here yet", message)

    def test_past_the_queue_and_in_the_queue_is_one_alarm(self):
        before = self.phone.fact("heartbeat", self.now, shift=self.shift.id)
        sos = self.phone.fact("sos", self.now)
        after = self.phone.fact("heartbeat", self.now, shift=self.shift.id)
        ahead = self.phone.tell(self.env, sos, security_ahead=True)
        self.assertEqual(ahead, [("accepted", None)])
        rest = self.phone.tell(self.env, before, sos, after)
        self.assertEqual(rest, [("accepted", None)] * 3, "Nothing is missing or double")
        again = self.phone.tell(self.env, before, sos, after)
        self.assertEqual(again, [("accepted", None)] * 3)
        self.assertEqual(len(self._alerts("sos")), 1)

    def test_an_answer_ends_a_silence(self):
        self._tell("check_ok", ago=2, shift=self.shift.id)
        answer = self.env["security.lone.check"].search(
            [("shift_id", "=", self.shift.id)]
        )
        self.assertEqual(answer.due, self.now - timedelta(minutes=2))
        self.env["security.shift"]._raise_silences()
        self.assertFalse(self._alerts("check_missed"))

    def test_a_late_answer_is_told_and_the_alarm_stays_to_be_closed(self):
        alert = self.Alert._raise_alert("check_missed", shift=self.shift)
        self._tell("check_ok", ago=2, shift=self.shift.id)
        self.assertEqual(alert.normal_at, self.now - timedelta(minutes=2))
        self.assertEqual(alert.state, "raised")

    def test_an_old_sign_of_life_does_not_restore_contact(self):
        alert = self.Alert._raise_alert("lost_contact", shift=self.shift)
        self._tell("heartbeat", ago=30, shift=self.shift.id, battery=50)
        self.assertFalse(alert.normal_at, "Half an hour old: that is no contact")
        self._tell("heartbeat", shift=self.shift.id, battery=49)
        self.assertTrue(alert.normal_at)

    def test_a_shift_of_somebody_else_is_set_aside(self):
        other = self.night.copy({"employee_id": False})
        for kind in ("check_ok", "heartbeat"):
            _f, verdict, message = self._tell(kind, shift=other.id)
            self.assertEqual(verdict, "quarantined", kind)
            self.assertIn(self.guard.name, message)

    def test_bulletins_are_read_offline_and_once(self):
        bulletin = (
            self.env["security.bulletin"]
            .with_user(self.operator)
            .create(
                {
                    "name": "Gate 2",
                    "body": "<p>Use gate 1.</p>",
                    "site_ids": self.site.ids,
                }
            )
        )
        bulletin.action_publish()
        [part] = self.phone.bundle(self.env)["bulletins"]
        self.assertEqual((part["id"], part["text"]), (bulletin.id, "Use gate 1."))
        self.assertIsNone(part["read"])
        _f, verdict, message = self._tell("bulletin_read", ago=9, bulletin=bulletin.id)
        self.assertEqual((verdict, message), ("accepted", None))
        self.assertEqual(bulletin.reading_ids.read_at, self.now - timedelta(minutes=9))
        _f, verdict, _m = self._tell("bulletin_read", bulletin=bulletin.id + 1)
        self.assertEqual(verdict, "quarantined")

    def test_messages_go_to_his_own_conversations_as_himself(self):
        channel = self.env["discuss.channel"]._security_channel(self.site)
        _f, verdict, message = self._tell(
            "message", channel=channel.id, text="Door <b>open</b>"
        )
        self.assertEqual((verdict, message), ("accepted", None))
        [part] = self.phone.bundle(self.env)["channels"]
        self.assertEqual(part["id"], channel.id)
        self.assertEqual(part["messages"][-1]["text"], "Door <b>open</b>")
        self.assertTrue(part["messages"][-1]["mine"])
        self._tell("message", ago=20, channel=channel.id, text="Later")
        [part] = self.phone.bundle(self.env)["channels"]
        self.assertIn("[written at", part["messages"][-1]["text"])

    def test_other_conversations_are_refused(self):
        private = self.env["discuss.channel"].create(
            {"name": "Office", "channel_type": "group"}
        )
        private._add_members(users=self.guard_user, post_joined_message=False)
        elsewhere = self._make_site(self.env.company)
        other = self.env["discuss.channel"]._security_channel(elsewhere)
        for channel in (private, other):
            _f, verdict, message = self._tell("message", channel=channel.id, text="?")
            self.assertEqual(verdict, "quarantined")
            self.assertIn("pass the message on", message)
        self.assertEqual(self.phone.bundle(self.env)["channels"], [])

    def test_the_bundle_holds_his_own_and_no_more(self):
        self._tell("sos")
        self.Alert._raise_alert(
            "sos",
            employee=self.env["hr.employee"].create({"name": "Somebody Else"}),
            company=self.company,
            key="other",
        )
        self.company.security_alert_phone = "+33 1 00 00 00 00"
        bundle = self.phone.bundle(self.env)
        self.assertEqual(bundle["alarm"]["phone"], "+33 1 00 00 00 00")
        self.assertEqual(len(bundle["alarm"]["sos"]), 1)
        checks = {part["shift"]: part["dues"] for part in bundle["checks"]}
        self.assertIn(self.shift.id, checks)
        self.assertTrue(checks[self.shift.id][0]["due"].endswith("Z"))
        other = self.env["hr.employee"].create(
            {
                "name": "Other Guard",
                "user_id": new_test_user(
                    self.env, "alert_stranger", groups="base.group_portal"
                ).id,
            }
        )
        bundle = GuardPhone(self.env, other).bundle(self.env)
        for part in ("checks", "bulletins", "channels"):
            self.assertEqual(bundle[part], [], part)
        self.assertEqual(bundle["alarm"]["sos"], [])


@tagged("post_install", "-at_install")
class TestGuardSos(SafetyCommon, HttpCase):
    def test_over_http_past_the_queue(self):
        sos = self.phone.fact("sos", self.now, shift=self.shift.id)
        answer = self.phone.request(self, "/guard/api/sos", [sos])
        self.assertEqual(answer.status_code, 200, answer.text)
        [result] = answer.json()["results"]
        self.assertEqual(result["uuid"], sos["uuid"])
        self.assertEqual(result["verdict"], "accepted")
        self.assertEqual(len(self._alerts("sos")), 1)

    def test_a_call_for_help_waits_for_no_other_phone(self):
        sos = self.phone.fact("sos", self.now, shift=self.shift.id)
        with full_house(self.env):
            waits = self.phone.request(self, "/guard/api/sync", [sos])
            self.assertEqual(waits.status_code, 503)
            answer = self.phone.request(self, "/guard/api/sos", [sos])
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(len(self._alerts("sos")), 1)

    def test_wrong_requests_get_a_clear_answer(self):
        beat = self.phone.fact("heartbeat", self.now, shift=self.shift.id)
        for events in ([beat], "x", [None], {"kind": "sos"}, [[]]):
            answer = self.phone.request(self, "/guard/api/sos", events)
            self.assertEqual(answer.status_code, 400, events)
        self.assertEqual(self.url_open("/guard/api/sos", data=b"{}").status_code, 401)
        self.assertFalse(self._alerts("sos"))

    def test_a_revoked_phone_raises_nothing(self):
        sos = self.phone.fact("sos", self.now)
        self.phone.device.action_revoke()
        answer = self.phone.request(self, "/guard/api/sos", [sos])
        self.assertEqual(answer.status_code, 403)
        self.assertFalse(self._alerts("sos"))
