"""What the phone of a guard keeps for him, and what he says of his rota from it."""

import uuid
from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from odoo.addons.security_workforce.engine import signed_request

from .common import NOW, SecurityMissionsCase

KEY = signed_request.encode(b"\x01" * 31 + b"\x02")
SOON = ("2027-04-16 20:00", "2027-04-17 04:00")
LATER = ("2027-04-20 20:00", "2027-04-21 04:00")
MILLISECONDS = 1000


@freeze_time(NOW)
class GuardBundleCase(SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post = cls.make_post()
        cls.site.address_id = cls.client
        cls.guard_user = cls.make_user("bundled", "base.group_portal")
        cls.guard.user_id = cls.guard_user
        cls.colleague = cls.make_user("colleague_b", "base.group_portal")
        cls.other_guard.user_id = cls.colleague
        cls.device = cls.env["security.device"]._enrol(cls.guard, KEY, "Test")

    def setUp(self):
        super().setUp()
        self.number, self.last = 0, signed_request.FIRST

    def mine(self, times=SOON, state="published"):
        return self.make_shift(self.post, *times, self.guard, state=state)

    def bundle(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.device.with_user(self.guard_user)._bundle()

    def say(self, kind, ago=0, **data):
        """The inbox row of what the phone recorded ``ago`` minutes ago."""
        moment = fields.Datetime.now() - timedelta(minutes=ago)
        self.number += 1
        event = {
            "uuid": str(uuid.uuid4()),
            "n": self.number,
            "kind": kind,
            "at": int(moment.timestamp()) * MILLISECONDS,
            "offset": 0,
            "data": data,
            "prev": self.last,
        }
        event["h"] = self.last = signed_request.link(self.last, event)
        inbox = self.env["security.inbox"].with_user(self.guard_user)
        sent = int(fields.Datetime.now().timestamp()) * MILLISECONDS
        (result,) = inbox._receive(self.device, [event], sent)
        self.env.invalidate_all()
        return result


@tagged("post_install", "-at_install")
class TestGuardBundle(GuardBundleCase):
    def test_shifts_are_his_and_published(self):
        shift = self.mine()
        self.mine(LATER, state="draft")
        self.make_shift(self.post, *LATER, self.other_guard, state="published")
        bundle = self.bundle()
        self.assertEqual([one["id"] for one in bundle["shifts"]], shift.ids)
        told = bundle["shifts"][0]
        self.assertEqual(told["start"], "2027-04-16T18:00:00Z")
        self.assertEqual((told["site"], told["post"]), ("Horizon", "Entrance"))
        self.assertIsNone(told["clock_in"])

    def test_clock_is_shown_as_the_office_has_it(self):
        shift = self.mine(("2027-04-14 20:00", "2027-04-15 04:00"))
        self.attend(shift)
        told = self.bundle()
        self.assertEqual(told["shifts"][0]["clock_in"], "2027-04-14T18:00:00Z")
        self.assertEqual(told["evidence"][0]["out"], "2027-04-15T02:00:00Z")
        self.assertEqual(told["counters"][1]["worked"], 8)

    def test_of_two_stays_the_first_clock_in_and_the_last_clock_out(self):
        shift = self.mine(("2027-04-14 20:00", "2027-04-15 04:00"))
        for hours in ((18, 20), (21, 26)):
            start, stop = (
                fields.Datetime.to_datetime("2027-04-14") + timedelta(hours=hour)
                for hour in hours
            )
            self.attend(shift, start, stop)
        (told,) = self.bundle()["shifts"]
        self.assertEqual(told["clock_in"], "2027-04-14T18:00:00Z")
        self.assertEqual(told["clock_out"], "2027-04-15T02:00:00Z")

    def test_counters_are_those_of_the_board(self):
        self.mine()
        self.mine(LATER)
        march, april, may = self.bundle()["counters"]
        self.assertEqual(april["month"], "2027-04-01")
        self.assertEqual((april["planned"], april["nights"]), (16, 2))
        self.assertEqual(april["shortest_rest"], 88)
        self.assertEqual((march["planned"], may["planned"]), (0, 0))

    def test_beside_the_team_without_naming_anybody(self):
        night = ("2027-04-12 20:00", "2027-04-13 04:00")
        self.mine(night)
        self.mine()  # tomorrow: not carried yet
        __, april, may = self.bundle()["counters"]
        self.assertIsNone(may["team"])
        mine = {"hours": 8, "nights": 1, "sundays": 0}
        self.assertEqual(
            april["team"], {"until": "2027-04-14", "mine": mine, "median": None}
        )
        for number in range(4):
            guard = self.make_guard(f"Colleague {number}")
            self.make_shift(
                self.post,
                "2027-04-11 08:00",
                "2027-04-11 18:00",
                guard,
                state="published",
            )
        self.env.registry.clear_cache()
        team = self.bundle()["counters"][1]["team"]
        self.assertEqual(team["mine"], mine)
        self.assertEqual(team["median"], {"hours": 10, "nights": 0, "sundays": 1})
        self.assertNotIn("Colleague", str(self.bundle()["counters"]))

    def test_cards_are_his(self):
        told = self.bundle()["cards"]
        self.assertEqual(len(told), len(self.cards_of(self.guard)))

    def test_queries_do_not_grow(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.device.with_user(self.guard_user)._bundle()
            return self.env.cr.sql_log_count - before

        def work(days):
            for day in days:
                self.mine((f"2027-04-{day} 08:00", f"2027-04-{day} 16:00"))

        self.mine()
        work(range(17, 20))
        count()
        few = count()
        work(range(20, 30))
        # Some more for what only later shifts have; none for each of them.
        self.assertLessEqual(count(), few + 2)


@tagged("post_install", "-at_install")
class TestSaidFromThePhone(GuardBundleCase):
    def version(self):
        return self.env["security.publication"].search(
            [("employee_id", "=", self.guard.id), ("is_current", "=", True)]
        )

    def test_rota_is_read_at_the_time_he_said_so(self):
        self.mine()
        told = self.bundle()["rota"]["versions"][0]
        self.assertIsNone(told["read_at"])
        with freeze_time("2027-04-15 15:00:00"):
            result = self.say("rota_read", ago=180, publication=told["id"])
        self.assertEqual(result["verdict"], "accepted")
        version = self.version()
        self.assertEqual(
            fields.Datetime.to_string(version.acknowledged_at), "2027-04-15 12:00:00"
        )
        self.assertEqual(version.acknowledged_by_id, self.guard_user)

    def test_a_version_replaced_meanwhile_is_flagged_not_lost(self):
        shift = self.mine()
        old = self.version()
        shift.date_stop += timedelta(hours=1)
        result = self.say("rota_read", publication=old.id)
        self.assertEqual(result["verdict"], "flagged")
        self.assertIn("replaced meanwhile", result["message"])
        self.assertFalse(self.version().acknowledged_at)

    def test_what_is_not_his_is_set_aside(self):
        self.make_shift(self.post, *SOON, self.other_guard, state="published")
        other = self.env["security.publication"].search(
            [("employee_id", "=", self.other_guard.id)]
        )
        result = self.say("rota_read", publication=other.id)
        self.assertEqual(result["verdict"], "quarantined")
        self.assertFalse(other.acknowledged_at)

    def test_offer_is_taken_and_a_late_yes_is_told(self):
        shift = self.make_shift(self.post, *LATER)
        offer = self.env["security.shift.offer"].create({"shift_id": shift.id})
        offer._open(self.guard | self.other_guard)
        (told,) = self.bundle()["offers"]
        self.assertEqual(told["start"], "2027-04-20T18:00:00Z")
        result = self.say("offer_answer", answer=told["id"], accept=True)
        self.assertEqual(result["verdict"], "accepted", result["message"])
        self.assertEqual(shift.employee_id, self.guard)
        self.assertEqual(self.bundle()["offers"], [])
        again = self.say("offer_answer", answer=told["id"], accept=False)
        self.assertEqual(again["verdict"], "flagged")
        self.assertEqual(shift.employee_id, self.guard)

    def test_swap_is_asked_and_withdrawn(self):
        shift = self.mine()
        colleagues = self.bundle()["swaps"]["colleagues"]
        self.assertIn([self.other_guard.id, "Zoe Test"], colleagues)
        asked = self.say(
            "swap_ask", shift=shift.id, colleague=self.other_guard.id, note="Please"
        )
        self.assertEqual(asked["verdict"], "accepted", asked["message"])
        (told,) = self.bundle()["swaps"]["open"]
        self.assertTrue(told["mine"])
        gone = self.say("swap_withdraw", swap=told["id"])
        self.assertEqual(gone["verdict"], "accepted", gone["message"])
        self.assertEqual(self.bundle()["swaps"]["open"], [])

    def test_payload_with_a_field_too_many_is_set_aside(self):
        self.mine()
        result = self.say("rota_read", publication=self.version().id, more=1)
        self.assertEqual(result["verdict"], "quarantined")
