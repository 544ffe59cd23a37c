"""Whole rounds as a phone sends them: hours late, twice, of somebody else, nonsense."""

import time
from uuid import uuid4

from odoo.tests import tagged

from odoo.addons.security_workforce.engine import signed_request
from odoo.addons.security_workforce.models.security_device import ENROLLING

from .common import utc
from .test_patrol import PatrolCase


@tagged("post_install", "-at_install")
class TestPatrolPhone(PatrolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.device = cls.device_of(cls.guard, "1")

    def setUp(self):
        super().setUp()
        # {device: (number, hash) of its last event}
        self.sent = {}

    @classmethod
    def device_of(cls, guard, mark):
        return (
            cls.env["security.device"]
            .with_context(security_device=ENROLLING)
            .create(
                {
                    "name": f"Phone {mark}",
                    "employee_id": guard.id,
                    "company_id": cls.company.id,
                    "token": f"token-{mark}",
                    "public_key": f"key-{mark}",
                }
            )
        )

    def event(self, kind, wall, device=None, **data):
        """An event as the app chains it, not sent yet."""
        device = device or self.device
        number, before = self.sent.get(device, (0, signed_request.FIRST))
        at = utc(wall)
        event = {
            "uuid": str(uuid4()),
            "n": number + 1,
            "kind": kind,
            "at": int((at - utc("1970-01-01 00:00", "UTC")).total_seconds() * 1000),
            "offset": 0,
            "data": data,
            "prev": before,
        }
        event["h"] = signed_request.link(before, event)
        self.sent[device] = (number + 1, event["h"])
        return event

    def send(self, events, wall, device=None):
        """The verdicts on events that the guard's phone sends at a wall time."""
        device = device or self.device
        with self.at(wall):
            Inbox = self.env["security.inbox"].with_user(device.employee_id.user_id)
            answers = Inbox._receive(device, events, time.time() * 1000)
        self.env.flush_all()
        return [answer["verdict"] for answer in answers]

    def whole_round(self, patrol=None, **values):
        about = {
            "round": str(uuid4()),
            "route": self.route.id,
            "shift": self.shift.id,
            **values,
        }
        start = dict(about, patrol=patrol.id) if patrol else about
        yield self.event("round_start", "2027-04-15 22:02", **start)
        for rank, point in enumerate(self.points):
            yield self.event(
                "round_scan",
                f"2027-04-15 22:{5 + 7 * rank:02}",
                **about,
                technology="qr",
                checkpoint=point.id,
                code=point._printed_code(),
                latitude=point.latitude,
                longitude=point.longitude,
                accuracy=6,
            )
        yield self.event("round_end", "2027-04-15 22:25", **about)

    def test_a_round_without_network_comes_hours_late(self):
        planned = self.plan()[0]
        self.follow("2027-04-15 23:30")
        self.assertEqual(planned.state, "missed")
        events = list(self.whole_round(planned))
        verdicts = self.send(events, "2027-04-16 05:00")
        self.assertEqual(verdicts, ["accepted"] * 5)
        self.assertEqual((planned.state, planned.done_count), ("done", 3))
        self.assertEqual(planned.date_started, utc("2027-04-15 22:02"))
        self.assertEqual(planned.date_ended, utc("2027-04-15 22:25"))
        self.assertEqual((planned.late_start, planned.doubts), (0, False))
        self.assertEqual(planned.review_state, "to_review")
        # Sent again because the answer was lost: nothing more is made.
        self.assertEqual(self.send(events, "2027-04-16 05:01"), verdicts)
        self.assertEqual(len(planned.scan_ids), 3)
        self.assertEqual(len(self.rounds()), 2)

    def test_a_round_nobody_planned(self):
        events = list(self.whole_round())
        self.assertEqual(self.send(events, "2027-04-15 22:26"), ["accepted"] * 5)
        patrol = self.rounds()
        self.assertEqual((patrol.state, patrol.planned_start), ("done", False))
        self.assertEqual(patrol.shift_id, self.shift)

    def test_a_scan_that_arrives_alone_makes_its_round(self):
        __, scan, *__ = self.whole_round()
        self.assertEqual(len(self.send([scan], "2027-04-15 22:06")), 1)
        self.assertEqual(self.rounds().done_count, 1)

    def test_a_doubt_is_told_and_accepted(self):
        start, scan, *__ = self.whole_round()
        doubtful = self.event(
            "round_scan",
            "2027-04-15 22:09",
            **{**scan["data"], "latitude": 43.3, "longitude": 5.4},
        )
        verdicts = self.send([start, scan, doubtful], "2027-04-15 22:10")
        self.assertEqual(verdicts[2], "flagged")
        patrol = self.rounds()
        self.assertEqual(len(patrol.scan_ids), 2)
        self.assertEqual(patrol.doubts, "speed,far")

    def test_what_is_not_his_is_set_aside(self):
        foreign = self.make_company("Ronde SARL")
        client = self.make_client("Elsewhere")
        site = self.env["security.site"].create(
            {"name": "Far", "partner_id": client.id, "company_id": foreign.id}
        )
        route = self.env["security.patrol.route"].create(
            {"name": "Theirs", "site_id": site.id}
        )
        theirs = self.make_shift(
            self.post,
            "2027-04-15 20:00",
            "2027-04-16 06:00",
            self.other_guard,
            state="published",
        )
        for values in (
            {"route": route.id},
            {"route": 2**31 - 1},
            {"shift": theirs.id},
            {"shift": 2**31 - 1},
        ):
            start = next(self.whole_round(**values))
            self.assertEqual(
                self.send([start], "2027-04-15 22:03"), ["quarantined"], values
            )
        self.assertFalse(self.rounds())

    def test_nonsense_is_set_aside(self):
        about = {"round": str(uuid4()), "route": self.route.id}
        for data in (
            {},
            {**about, "technology": "smell"},
            {**about, "technology": "qr", "latitude": 91},
            {**about, "technology": "qr", "code": "x" * 501},
            {**about, "technology": "qr", "answer": ["yes"]},
            {**about, "technology": "qr", "photos": ["../x"]},
            {**about, "technology": "qr", "more": 1},
        ):
            event = self.event("round_scan", "2027-04-15 22:05", **data)
            self.assertEqual(
                self.send([event], "2027-04-15 22:06"), ["quarantined"], data
            )
        self.assertFalse(self.rounds())

    def test_two_phones_of_two_guards_on_one_planned_round(self):
        planned = self.plan()[0]
        user = self.make_user("patrol_other", "base.group_portal")
        self.other_guard.user_id = user
        second = self.device_of(self.other_guard, "2")
        mine = next(self.whole_round(planned))
        self.assertEqual(self.send([mine], "2027-04-15 22:03"), ["accepted"])
        about = {"round": str(uuid4()), "route": self.route.id, "patrol": planned.id}
        theirs = self.event("round_start", "2027-04-15 22:04", second, **about)
        self.assertEqual(self.send([theirs], "2027-04-15 22:05", second), ["accepted"])
        other = self.rounds().filtered(lambda p: p.employee_id == self.other_guard)
        self.assertEqual(planned.employee_id, self.guard)
        self.assertNotEqual(other, planned)

    def test_the_bundle_has_the_rounds(self):
        self.plan()
        with self.at("2027-04-15 19:00"):
            bundle = self.device.with_user(self.guard_user)._bundle()
        self.assertEqual(bundle["rounds"]["routes"][0]["id"], self.route.id)
        self.assertIn("guard", bundle)
