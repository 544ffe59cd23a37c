import json
import re
from datetime import timedelta
from unittest.mock import MagicMock, patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .alert_common import AlertCommon


@tagged("post_install", "-at_install")
class TestAlert(AlertCommon):
    def _escalated(self, alert):
        steps = alert.event_ids.filtered(lambda e: e.kind == "escalated")
        return [(e.level, e.late_seconds) for e in steps.sorted("level")]

    def test_raised_taken_closed(self):
        with self._at(10):
            alert = self._sos(key="a")
            self.assertEqual(alert.state, "raised")
            self.assertEqual(alert.site_id, self.site)
            self.assertEqual(alert.employee_id, self.guard)
        with self._at(10, 12):
            alert.with_user(self.operator).action_acknowledge()
            self.assertEqual(alert.acknowledged_by, self.operator)
            self.assertFalse(alert.next_change)
        with self._at(20):
            with self.assertRaisesRegex(UserError, "closing note"):
                alert.with_user(self.operator).action_close("  ")
            self.assertEqual(alert.state, "acknowledged")
            alert.with_user(self.operator).action_close("Fell, ambulance called.")
        self.assertEqual(alert.state, "closed")
        self.assertEqual(
            alert.event_ids.sorted("id").mapped("kind"),
            ["raised", "acknowledged", "closed"],
        )

    def test_the_second_is_told_who_has_it(self):
        with self._at(10):
            alert = self._sos()
            alert.with_user(self.operator).action_acknowledge()
            with self.assertRaisesRegex(UserError, re.escape(self.operator.name)):
                alert.with_user(self.second_operator).action_acknowledge()
            self.assertEqual(alert.acknowledged_by, self.operator)

    def test_the_same_fact_makes_one_alarm(self):
        self.assertEqual(self._sos(key="u1"), self._sos(key="u1"))
        self.assertNotEqual(self._sos(key="u1"), self._sos(key="u2"))

    def test_more_people_are_told_at_30_60_and_120_seconds(self):
        with self._at(10):
            alert = self._sos()
        for seconds, level in ((29, 0), (30, 1), (60, 2), (119, 2), (120, 3), (900, 3)):
            with self._at(10, seconds):
                self.Alert._escalate()
            self.assertEqual(alert.level, level, seconds)
        self.assertEqual(self._escalated(alert), [(1, 0), (2, 0), (3, 0)])
        told = alert.event_ids.filtered(lambda e: e.level == 1).told_to
        self.assertIn(self.operator.name, told)
        self.assertNotIn(self.planner.name, told)

    def test_a_stopped_server_loses_no_step_and_says_how_late(self):
        with self._at(10):
            alert = self._sos()
            cron = self.env.ref("security_incidents.ir_cron_alert")
            calls = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
            self.assertIn(
                alert.received_at + timedelta(seconds=30), calls.mapped("call_at")
            )
        with self._at(15):
            self.Alert._escalate()
        self.assertEqual(self._escalated(alert), [(1, 270), (2, 240), (3, 180)])
        self.assertEqual(len(alert.event_ids), 4)

    def test_the_cron_looks_ahead_only_while_somebody_is_wanted(self):
        with self._at(10):
            alert = self._sos()
            soon = alert.received_at + timedelta(seconds=65)
            self.assertEqual(
                self.Alert._next_due(soon), alert.received_at + timedelta(seconds=30)
            )
            alert.with_user(self.operator).action_acknowledge()
            self.assertIsNone(self.Alert._next_due(soon))

    def test_a_withdrawn_sos_still_escalates_and_needs_an_operator(self):
        with self._at(10):
            alert = self._sos()
            alert._withdraw(self.start + timedelta(minutes=10))
        with self._at(10, 70):
            self.Alert._escalate()
        self.assertEqual(alert.level, 2)
        self.assertEqual(alert.state, "raised")

    def test_shelving_has_a_reason_and_an_end_and_an_sos_is_never_shelved(self):
        until = self.start + timedelta(minutes=40)
        with self._at(10):
            sos = self._sos().with_user(self.operator)
            lost = self.Alert._raise_alert("lost_contact", shift=self.night)
            lost = lost.with_user(self.operator)
            with self.assertRaisesRegex(UserError, "never put aside"):
                sos.action_shelve("Noise", until)
            with self.assertRaisesRegex(UserError, "Say why"):
                lost.action_shelve(" ", until)
            with self.assertRaisesRegex(UserError, "eight hours"):
                lost.action_shelve("Works on the mast", until + timedelta(hours=9))
            lost.action_shelve("Works on the mast", until)
        with self._at(20):
            self.Alert._escalate()
            self.assertEqual(lost.state, "shelved")
        with self._at(40):
            self.Alert._escalate()
            self.assertEqual(lost.state, "raised", "It comes back by itself")
        with self._at(40, 30):
            self.Alert._escalate()
            self.assertEqual(lost.level, 1)

    def test_nobody_writes_the_register_by_hand(self):
        alert = self._sos()
        for user in (self.user, self.planner, self.operator, self.manager):
            with self.assertRaises(AccessError):
                alert.with_user(user).write({"state": "closed"})
            with self.assertRaises(AccessError):
                alert.with_user(user).unlink()
            with self.assertRaises(AccessError):
                self.Alert.with_user(user).create({"kind": "sos"})
        with self.assertRaises(UserError):
            alert.event_ids.write({"note": "Other"})
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            alert.write({"state": "closed"})
            alert.flush_recordset()

    def test_readers_and_guards_handle_nothing(self):
        alert = self._sos()
        with self.assertRaises(AccessError):
            alert.with_user(self.user).action_acknowledge()
        with self.assertRaises(AccessError):
            alert.with_user(self.guard_user).read(["kind"])
        with self.assertRaises(AccessError):
            self.Alert.with_user(self.guard_user).control_list()
        self.assertEqual(alert.state, "raised")

    def test_another_firm_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        stranger = new_test_user(
            self.env,
            "alert_stranger",
            groups="security_workforce.group_security_operator",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        alert = self._sos()
        alert._add_position(self.start, 48.85, 2.35, 10)
        rows = self.Alert.with_user(stranger).control_list()
        self.assertEqual(rows["alerts"], [])
        with self.assertRaises(AccessError):
            alert.with_user(stranger).action_acknowledge()
        with self.assertRaises(AccessError):
            alert.position_ids.with_user(stranger).read(["latitude"])

    def test_positions_are_for_those_who_act(self):
        alert = self._sos()
        alert._add_position(self.start, 48.85, 2.35, 12.5)
        alert._add_position(self.start + timedelta(seconds=10), 48.86, 2.36, 8)
        row = self.Alert.with_user(self.operator).control_list()["alerts"][0]
        self.assertEqual(row["position"]["latitude"], 48.86)
        row = self.Alert.with_user(self.user).control_list()["alerts"][0]
        self.assertFalse(row["position"])
        with self.assertRaises(AccessError):
            alert.position_ids.with_user(self.user).read(["latitude"])

    def _channels(self, user):
        request = MagicMock()
        request.session.uid = user.id
        with patch("odoo.addons.bus.models.ir_websocket.wsrequest", request):
            return (
                self.env["ir.websocket"]
                .with_user(user)
                ._build_bus_channel_list(["security_alerts"])
            )

    def test_who_may_listen(self):
        channel = (self.company, "security_alerts")
        for user, expected in ((self.operator, True), (self.guard_user, False)):
            channels = self._channels(user)
            self.assertEqual(channel in channels, expected, user.login)
            self.assertNotIn("security_alerts", channels)

    def test_screens_are_told_ids_and_nothing_else(self):
        before = self.env["bus.bus"].search([], order="id desc", limit=1).id or 0
        alert = self._sos()
        self.env.cr.precommit.run()
        said = self.env["bus.bus"].search([("id", ">", before)])
        said = said.filtered(lambda n: "security_alerts" in n.channel)
        self.assertTrue(said)
        for notice in said:
            self.assertEqual(json.loads(notice.message)["payload"], {"ids": alert.ids})
