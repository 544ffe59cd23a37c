"""A round from its route to what the office reads: planned, walked, missed, late."""

from datetime import timedelta
from uuid import uuid4

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SecurityMissionsCase, utc

NIGHT = ("2027-04-15 20:00", "2027-04-16 06:00")
HERE = (48.85, 2.35)
NORTH = 0.0018  # 200 m


class PatrolCase(SecurityMissionsCase):
    """A site with three points, a route walked every evening, a guard on duty."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post = cls.make_post()
        cls.guard_user = cls.make_user("patrol_guard", "base.group_portal")
        cls.guard.user_id = cls.guard_user
        cls.operator = cls.make_user(
            "patrol_operator", "security_workforce.group_security_operator"
        )
        cls.planner = cls.make_user(
            "patrol_planner", "security_workforce.group_security_planner"
        )
        cls.shift = cls.make_shift(cls.post, *NIGHT, cls.guard, state="published")
        cls.points = cls.env["security.checkpoint"].create(
            [
                {
                    "name": f"Point {rank}",
                    "site_id": cls.site.id,
                    "latitude": HERE[0] + rank * NORTH,
                    "longitude": HERE[1],
                }
                for rank in range(3)
            ]
        )
        cls.Patrol = cls.env["security.patrol"]
        cls.route = cls.make_route()

    @classmethod
    def make_route(cls, **values):
        return cls.env["security.patrol.route"].create(
            {
                "name": "Evening",
                "site_id": cls.site.id,
                "post_ids": [Command.set(cls.post.ids)],
                "line_ids": [
                    Command.create({"checkpoint_id": point.id}) for point in cls.points
                ],
                "start_ids": [Command.create({"hour_start": 22})],
                **values,
            }
        )

    def plan(self, wall="2027-04-15 12:00"):
        with self.at(wall):
            self.Patrol._plan_routes(self.route)
        return self.rounds()

    def rounds(self):
        return self.Patrol.search(
            [("route_id", "=", self.route.id)], order="planned_start, id"
        )

    def follow(self, wall):
        with self.at(wall):
            self.Patrol._to_follow(utc(wall)).filtered(
                lambda p: p.company_id == self.company
            )._follow(utc(wall))

    def begin(self, wall, patrol=None, uuid=None, now=None):
        with self.at(now or wall):
            patrol = self.Patrol._of_phone(
                self.guard,
                uuid or str(uuid4()),
                self.route,
                patrol and patrol.id,
                at=utc(wall),
            )
            patrol._begin(utc(wall))
        return patrol

    def scan(self, patrol, rank, wall, now=None, **values):
        point = self.points[rank]
        with self.at(now or wall):
            return patrol._pass(
                utc(wall),
                {
                    "technology": "qr",
                    "received_at": utc(now or wall),
                    "latitude": point.latitude,
                    "longitude": point.longitude,
                    "accuracy": 5,
                    **values,
                },
                code=point._printed_code(),
            )

    def end(self, patrol, wall, reason=None, now=None):
        with self.at(now or wall):
            patrol._end(utc(wall), reason)

    def walk(self, patrol, day="2027-04-15", now=None):
        for rank, minute in enumerate((5, 12, 19)):
            self.scan(patrol, rank, f"{day} 22:{minute:02}", now)
        self.end(patrol, f"{day} 22:25", now=now)


@tagged("post_install", "-at_install")
class TestPatrolPlan(PatrolCase):
    def test_planning_twice_adds_nothing(self):
        first = self.plan()
        self.assertEqual(
            first.mapped("planned_start"),
            [utc("2027-04-15 22:00"), utc("2027-04-16 22:00")],
        )
        self.assertEqual(self.plan(), first)
        self.assertEqual(first.mapped("point_count"), [3, 3])
        later = self.plan("2027-04-16 12:00")
        self.assertEqual(len(later), 3)
        self.assertLess(first, later)

    def test_a_changed_route_makes_its_rounds_anew(self):
        first = self.plan()
        walked = self.begin("2027-04-15 22:00", first[0])
        self.route.line_ids[0].unlink()
        second = self.plan("2027-04-15 22:05")
        self.assertIn(walked, second)
        self.assertEqual(walked.point_count, 3)
        self.assertEqual(second[1].point_count, 2)
        self.route.start_ids.hour_start = 23
        third = self.plan("2027-04-15 22:05")
        self.assertEqual(
            third.mapped("planned_start"),
            [
                utc("2027-04-15 22:00"),
                utc("2027-04-15 23:00"),
                utc("2027-04-16 23:00"),
            ],
        )

    def test_no_round_on_a_closed_day(self):
        self.env["security.site.closure"].create(
            {
                "name": "Works",
                "site_id": self.site.id,
                "date_from": "2027-04-15",
                "date_to": "2027-04-15",
            }
        )
        self.assertEqual(self.plan().planned_start, utc("2027-04-16 22:00"))

    def test_two_plannings_at_once_keep_one(self):
        first = self.plan()[0]
        with mute_logger("odoo.sql_db"), self.assertRaises(Exception) as caught:
            with self.env.cr.savepoint():
                self.Patrol.create(self.route._round_vals(first.planned_start))
        self.assertIn("planned_once", str(caught.exception))

    def test_an_archived_route_is_walked_no_more(self):
        self.plan()
        self.route.active = False
        with self.at("2027-04-15 12:00"):
            self.Patrol._drop_of_archived()
        self.assertFalse(self.rounds())

    def test_an_order_is_drawn_for_each_round(self):
        self.route.order = "random"
        self.route.line_ids = [
            Command.create({"checkpoint_id": point.id})
            for point in self.points
            for __ in range(3)
        ]
        orders = {
            tuple(vals["checkpoint_id"] for vals in self.route._round_points(start))
            for start in [utc("2027-04-15 22:00")] * 12
        }
        self.assertGreater(len(orders), 1)

    def test_a_vehicle_visits_sites_within_hours(self):
        away = self.make_site("Depot")
        gate = self.env["security.checkpoint"].create(
            {"name": "Gate", "site_id": away.id}
        )
        line = {
            "checkpoint_id": gate.id,
            "has_window": True,
            "hour_from": 23,
            "hour_to": 3,
            "visits": 2,
            "spacing": 60,
            "is_random": True,
        }
        with self.assertRaises(ValidationError):
            self.route.line_ids = [Command.create(line)]
        self.route.write({"is_vehicle": True, "line_ids": [Command.create(line)]})
        patrol = self.plan()[0]
        self.assertEqual(patrol.site_ids, self.site | away)
        windows = patrol.point_ids.filtered("since")
        self.assertEqual(len(windows), 2)
        self.assertGreaterEqual(windows[0].since, utc("2027-04-15 23:00"))
        self.assertLessEqual(windows[1].until, utc("2027-04-16 03:00"))
        self.assertGreaterEqual(
            windows[1].since - windows[0].until, timedelta(minutes=59)
        )
        with self.assertRaises(ValidationError):
            self.route.line_ids.filtered("has_window").spacing = 300


@tagged("post_install", "-at_install")
class TestPatrolWalk(PatrolCase):
    def test_a_round_as_planned(self):
        planned = self.plan()[0]
        patrol = self.begin("2027-04-15 22:03")
        self.assertEqual(patrol, planned)
        self.assertEqual((patrol.state, patrol.shift_id), ("running", self.shift))
        self.walk(patrol)
        self.assertEqual((patrol.state, patrol.doubts), ("done", False))
        self.assertEqual((patrol.done_count, patrol.late_start), (3, 0))
        self.assertEqual(patrol.review_state, "none")
        self.assertEqual(
            patrol.point_ids.mapped("passed_at"), patrol.scan_ids.mapped("happened_at")
        )

    def test_nobody_comes(self):
        patrol = self.plan()[0]
        self.follow("2027-04-15 22:15")
        self.assertEqual(patrol.state, "planned")
        self.follow("2027-04-15 22:16")
        self.assertEqual((patrol.state, bool(patrol.late_told_at)), ("late", True))
        self.follow("2027-04-15 22:45")
        self.assertEqual((patrol.state, patrol.shift_id), ("missed", self.shift))
        notice = self.env["mail.message"].search(
            [("message_type", "=", "user_notification"), ("res_id", "=", self.site.id)]
        )
        self.assertEqual(len(notice), 1)
        self.assertIn(self.guard.name, notice.body)
        self.assertIn(self.operator.partner_id, notice.notified_partner_ids)
        self.follow("2027-04-15 22:50")
        self.assertEqual(len(notice.search([("id", ">", notice.id)])), 0)

    def test_facts_that_come_late_reopen_a_missed_round(self):
        patrol = self.plan()[0]
        self.follow("2027-04-15 23:00")
        self.assertEqual(patrol.state, "missed")
        late = "2027-04-16 03:00"
        self.assertEqual(self.begin("2027-04-15 22:02", patrol, now=late), patrol)
        self.assertEqual(patrol.state, "running")
        self.walk(patrol, now=late)
        self.assertEqual((patrol.state, patrol.review_state), ("done", "to_review"))
        self.assertEqual(patrol.late_start, 0)
        self.assertEqual(patrol.scan_ids[0].happened_at, utc("2027-04-15 22:05"))
        self.assertEqual(patrol.scan_ids[0].received_at, utc(late))
        with self.assertRaises(UserError):
            patrol.with_user(self.guard_user)._review("Fine")
        patrol.with_user(self.operator)._review("The lift has no network")
        self.assertEqual(patrol.review_state, "done")
        self.assertEqual(patrol.reviewed_by_id, self.operator)

    def test_the_same_round_again_is_the_same(self):
        number = str(uuid4())
        patrol = self.begin("2027-04-15 22:03", uuid=number)
        again = self.begin("2027-04-15 22:03", uuid=number)
        self.assertEqual(again, patrol)

    def test_two_phones_walk_two_rounds(self):
        planned = self.plan()[0]
        mine = self.begin("2027-04-15 22:03", planned)
        other = self.Patrol._of_phone(
            self.other_guard, str(uuid4()), self.route, planned.id, utc(NIGHT[0])
        )
        self.assertNotEqual(mine, other)
        self.assertEqual(mine.employee_id, self.guard)
        self.assertFalse(other.planned_start)

    def test_an_early_end_without_reason_is_to_review(self):
        first, second = self.plan()
        self.begin("2027-04-15 22:03", first)
        self.scan(first, 0, "2027-04-15 22:05")
        self.end(first, "2027-04-15 22:06", "Alarm in hall B")
        self.assertEqual((first.state, first.missed_count), ("incomplete", 2))
        self.assertEqual(first.review_state, "none")
        self.begin("2027-04-16 22:03", second)
        self.end(second, "2027-04-16 22:06")
        self.assertEqual(second.review_state, "to_review")

    def test_a_round_without_word_is_closed(self):
        patrol = self.begin("2027-04-15 22:00", self.plan()[0])
        self.scan(patrol, 0, "2027-04-15 22:05")
        self.follow("2027-04-15 23:44")
        self.assertEqual(patrol.state, "running")
        self.follow("2027-04-15 23:45")
        self.assertEqual(patrol.state, "incomplete")

    def test_doubts_are_shown_and_nothing_is_refused(self):
        patrol = self.begin("2027-04-15 22:00", self.plan()[0])
        for rank in range(3):
            self.scan(
                patrol,
                rank,
                f"2027-04-15 22:05:0{rank}",
                latitude=HERE[0],
                longitude=HERE[1],
            )
        self.end(patrol, "2027-04-15 22:06")
        self.assertEqual(patrol.state, "done")
        self.assertEqual(patrol.doubts, "burst,far")
        self.assertIn("within seconds", patrol.doubt_summary)
        self.assertEqual(patrol.review_state, "to_review")

    def test_a_guard_without_a_shift_there(self):
        patrol = self.Patrol._of_phone(
            self.other_guard, str(uuid4()), self.route, at=utc("2027-04-15 22:00")
        )
        self.scan(patrol, 0, "2027-04-15 22:05")
        self.assertEqual(patrol.doubts, "no_shift")

    def test_a_route_of_another_firm_is_refused(self):
        foreign = self.make_company("Ronde SARL")
        guard = self.make_guard("Lou Second", company=foreign)
        with self.assertRaises(UserError):
            self.Patrol._of_phone(guard, "x", self.route, at=utc(NIGHT[0]))

    def test_scans_are_kept_as_they_are(self):
        patrol = self.begin("2027-04-15 22:00", self.plan()[0])
        scan = self.scan(patrol, 0, "2027-04-15 22:05")
        for change in (
            lambda: scan.sudo().write({"happened_at": utc("2027-04-15 22:00")}),
            lambda: scan.sudo().unlink(),
        ):
            with self.assertRaises(UserError):
                change()

    def test_positions_and_names_are_emptied_in_time(self):
        patrol = self.begin("2027-04-15 22:00", self.plan()[0])
        scan = self.scan(patrol, 0, "2027-04-15 22:05")
        with self.at("2027-06-13 12:00"):
            self.Patrol._cron_forget()
        self.assertTrue(scan.latitude)
        with self.at("2027-06-15 12:00"):
            self.Patrol._cron_forget()
        self.assertFalse(scan.latitude or scan.longitude or scan.accuracy)
        self.assertEqual(patrol.employee_id, self.guard)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE security_patrol SET create_date = '2026-01-01' WHERE id = %s",
            [patrol.id],
        )
        self.env.invalidate_all()
        with self.at("2027-06-15 12:00"):
            self.Patrol._cron_forget()
        self.assertFalse(patrol.employee_id or patrol.shift_id)
        self.assertEqual(patrol.done_count, 1)

    def test_a_cancelled_round(self):
        patrol = self.plan()[0]
        with self.assertRaises(AccessError):
            patrol.with_user(self.operator).action_cancel()
        patrol.with_user(self.planner).action_cancel()
        self.follow("2027-04-15 23:45")
        self.assertEqual(patrol.state, "cancelled")

    def test_queries_do_not_grow_with_the_rounds(self):
        def follow(count):
            self.route.start_ids.write({"every": 30, "hour_until": 6})
            rounds = self.plan()[:count]
            self.env.invalidate_all()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            with self.at("2027-04-15 12:30"):
                rounds._follow(utc("2027-04-15 12:30"))
                self.env.flush_all()
            return self.env.cr.sql_log_count - before

        follow(1)
        few = follow(2)
        self.assertEqual(follow(12), few)


@tagged("post_install", "-at_install")
class TestCheckpoint(PatrolCase):
    def recognise(self, text, technology="qr", among=None):
        Checkpoint = self.env["security.checkpoint"]
        found, shown = Checkpoint._recognise(
            text, technology, self.company, among or self.points
        )
        return found, shown

    def test_codes(self):
        one, two, three = self.points
        self.assertEqual(self.recognise(one._printed_code())[0], one)
        self.assertFalse(one._printed_code() == two._printed_code())
        forged = one._printed_code()[:-1] + "A"
        if forged != one._printed_code():
            self.assertFalse(self.recognise(forged)[0])
        mixed = two._printed_code()[:13] + one._printed_code()[13:]
        self.assertFalse(self.recognise(mixed)[0])
        self.assertEqual(self.recognise(two._spaced_code(), "typed")[0], two)
        self.assertFalse(self.recognise("é", "typed")[0])
        three.nfc_uid = "04:a2:2b:91"
        self.assertEqual(self.recognise("04A22B91", "nfc")[0], three)
        self.assertFalse(self.recognise("", "nfc")[0])
        old = one._printed_code()
        one.with_user(self.planner).action_renew_code()
        self.assertFalse(self.recognise(old)[0])

    def test_a_code_on_a_screen_gets_old(self):
        point = self.points[0]
        point.is_shown = True
        patrol = self.begin("2027-04-15 22:00", self.plan()[0])
        with self.at("2027-04-15 22:05"):
            code = point._shown_code(point._now_step())
        self.assertFalse(self.recognise(point._printed_code())[0])
        for minute, doubt in ((5, False), (15, "stale_code")):
            wall = f"2027-04-15 22:{minute:02}:20"
            with self.at(wall):
                scan = patrol._pass(
                    utc(wall), {"technology": "qr", "received_at": utc(wall)}, code
                )
            self.assertEqual(scan.flags, doubt)

    def test_an_unknown_code_is_kept_and_shown(self):
        patrol = self.begin("2027-04-15 22:00", self.plan()[0])
        with self.at("2027-04-15 22:05"):
            scan = patrol._pass(
                utc("2027-04-15 22:05"),
                {"technology": "qr", "received_at": utc("2027-04-15 22:05")},
                "https://example.com/menu",
                self.points[0].id,
            )
        self.assertEqual(
            (scan.flags, scan.code), ("wrong_code", "https://example.com/menu")
        )
        self.assertEqual(patrol.done_count, 0)

    def test_sheets(self):
        for name in ("labels", "sheets"):
            content, kind = self.env["ir.actions.report"]._render_qweb_html(
                f"security_missions.report_checkpoint_{name}", self.points.ids
            )
            self.assertEqual(content.count(b"data:image/png;base64"), 3)
            self.assertIn(self.points[2]._spaced_code().encode(), content)
        self.points.is_shown = True
        with self.assertRaises(UserError):
            self.points._to_print()

    def test_report_of_a_round(self):
        patrol = self.begin("2027-04-15 22:03", self.plan()[0])
        self.walk(patrol)
        content, kind = self.env["ir.actions.report"]._render_qweb_html(
            "security_missions.report_patrol", patrol.ids
        )
        for text in (self.guard.name, "Point 2", "10:19"):
            self.assertIn(text.encode(), content)

    def test_public_data_hold_no_code(self):
        point = self.points[0]
        data = str(point._public())
        for secret in (
            point._printed_code(),
            point._typed_code(),
            point.sudo().code_key,
        ):
            self.assertNotIn(secret, data)
