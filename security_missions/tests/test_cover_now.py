"""The live board: what it costs, who hears of a change, and a day at its screen."""

import json
from datetime import timedelta
from unittest.mock import MagicMock, patch

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import SecurityMissionsCase, SecurityMissionsMixin

SMALL, LARGE = 4, 24


@tagged("post_install", "-at_install")
class TestCoverNow(SecurityMissionsCase):
    def make_rows(self, count, name):
        """Half of them on post and past their end, half of them expected."""
        now = fields.Datetime.now()
        site = self.make_site(name)
        guards = [self.make_guard(f"{name} {number}") for number in range(count)]
        shifts = self.env["security.shift"].create(
            [
                {
                    "post_id": self.make_post(f"Post {number}", site_id=site.id).id,
                    "employee_id": guard.id,
                    "date_start": now - timedelta(hours=4),
                    "date_stop": now + timedelta(hours=-1 if number % 2 else 4),
                }
                for number, guard in enumerate(guards)
            ]
        )
        shifts.action_publish()
        for shift in shifts[1::2]:
            self.attend(shift, check_out=False)
        return site

    def count(self, site):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        answer = self.env["security.shift"].cover_now(site.ids)
        return self.env.cr.sql_log_count - before, len(answer["rows"])

    def test_queries_do_not_depend_on_the_rows(self):
        sites = [self.make_rows(n, f"Site {n}") for n in (2, SMALL, LARGE)]
        self.count(sites[0])
        small, few = self.count(sites[1])
        large, many = self.count(sites[2])
        self.assertEqual((few, many), (SMALL, LARGE))
        self.assertTrue(small)
        self.assertEqual(small, large)

    def test_steps_do_not_depend_on_the_shifts(self):
        shifts = [
            self.env["security.shift"].search(
                [("site_id", "=", self.make_rows(n, f"Steps {n}").id)]
            )
            for n in (2, SMALL, LARGE)
        ]
        counts = []
        for lot in shifts:
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            lot._steps_to_do(fields.Datetime.now())
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])

    def test_some_rows_only(self):
        site = self.make_rows(2, "Two")
        Shift = self.env["security.shift"]
        first, second = Shift.search([("site_id", "=", site.id)], order="id")
        rows = Shift.cover_now(shift_ids=first.ids)["rows"]
        self.assertEqual([row["id"] for row in rows], first.ids)
        first.action_cancel()
        rows = Shift.cover_now(shift_ids=(first | second).ids)["rows"]
        self.assertEqual([row["id"] for row in rows], second.ids)

    def test_the_bus_says_ids_only_to_the_firm(self):
        site = self.make_rows(2, "Bus")
        shift = self.env["security.shift"].search([("site_id", "=", site.id)])[0]
        operator = self.make_user(
            "bus_operator", "security_workforce.group_security_operator"
        )
        self.env.cr.precommit.run()
        self.env["bus.bus"].search([]).unlink()
        shift.with_user(operator).watch_act("acknowledged", "Secret words")
        self.env.cr.precommit.run()
        sent = self.env["bus.bus"].search([])
        told = [m for m in sent if "security_cover_now" in m.message]
        self.assertEqual(
            {json.loads(m.channel)[2] for m in told}, set(self.company.ids)
        )
        for message in told:
            self.assertEqual(json.loads(message.message)["payload"], {"ids": shift.ids})

    def test_who_may_listen(self):
        reader = self.make_user("bus_reader", "security_workforce.group_security_user")
        outsider = self.make_user("bus_outsider", "base.group_user")
        channel = (self.company, "security_cover_now")
        for user, expected in ((reader, True), (outsider, False)):
            with self.subTest(user=user.login):
                channels = self._channels(user)
                self.assertEqual(channel in channels, expected)
                self.assertNotIn("security_cover_now", channels)

    def _channels(self, user):
        request = MagicMock()
        request.session.uid = user.id
        with patch("odoo.addons.bus.models.ir_websocket.wsrequest", request):
            return (
                self.env["ir.websocket"]
                .with_user(user)
                ._build_bus_channel_list(["security_cover_now"])
            )


@tagged("post_install", "-at_install")
class TestCoverNowTour(SecurityMissionsMixin, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.setup_firm()

    def test_board(self):
        self.make_user("cover_operator", "security_workforce.group_security_operator")
        now = fields.Datetime.now()
        late, present = self.env["security.shift"].create(
            [
                {
                    "post_id": self.make_post(name).id,
                    "employee_id": self.make_guard(guard).id,
                    "date_start": now - timedelta(minutes=15),
                    "date_stop": now + timedelta(hours=6),
                }
                for name, guard in (("Gate", "Lena Late"), ("Hall", "Paul Present"))
            ]
        )
        (late | present).action_publish()
        self.attend(present, check_out=False)
        over = self.env["security.shift"].create(
            {
                "post_id": self.make_post("Lodge").id,
                "employee_id": self.make_guard("Olga Over").id,
                "date_start": now - timedelta(hours=8),
                "date_stop": now - timedelta(minutes=30),
            }
        )
        over.action_publish()
        self.attend(over, check_out=False)

        self.start_tour(
            "/odoo/security-cover-now",
            "security_missions_cover_now",
            login="cover_operator",
        )

        self.env.invalidate_all()
        self.assertEqual(late.watch_ack_user_id.login, "cover_operator")
        self.assertEqual(late.watch_ack_note, "I call the relief")
        self.assertTrue(late.on_my_way_date)
        self.assertEqual(
            set(late.watch_event_ids.mapped("kind")), {"acknowledged", "on_my_way"}
        )

    def test_red_opens_the_replacements(self):
        """Once, for who begins to be missing while a planner looks."""
        self.make_user("cover_planner", "security_workforce.group_security_planner")
        now = fields.Datetime.now()
        for name, minutes in (("Lena Late", 15), ("Nico Next", 6)):
            shift = self.env["security.shift"].create(
                {
                    "post_id": self.make_post(name).id,
                    "employee_id": self.make_guard(name).id,
                    "date_start": now - timedelta(minutes=minutes),
                    "date_stop": now + timedelta(hours=6),
                }
            )
            shift.action_publish()

        self.start_tour(
            "/odoo/security-cover-now",
            "security_missions_cover_now_red",
            login="cover_planner",
        )
