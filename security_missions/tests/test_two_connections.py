"""Two people at the same instant, on two real connections.

The data is committed, so that both see it, and removed again afterwards.
"""

import threading
import time
from datetime import timedelta
from functools import partial

from odoo import SUPERUSER_ID, fields
from odoo.api import Environment
from odoo.exceptions import UserError, ValidationError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name

from odoo.addons.base.tests.common import DISABLED_MAIL_CONTEXT

PATIENCE = 20


class Colleague(threading.Thread):
    """Does something on a connection of his own, as the server would for a call."""

    def __init__(self, registry, action):
        super().__init__(daemon=True)
        self.registry, self.action = registry, action
        self.result = self.error = self.pid = None

    def run(self):
        try:
            with self.registry.cursor() as cr:
                self.pid = cr.connection.info.backend_pid
                env = Environment(cr, SUPERUSER_ID, DISABLED_MAIL_CONTEXT)
                self.result = retrying(partial(self.action, env), env)
        except Exception as error:
            self.error = error


class TwoConnections(BaseCase):
    """The committed data, and the way to make two people wait for each other."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.made = {}
        self.addCleanup(self.remove)
        with self.registry.cursor() as cr:
            self.make(Environment(cr, SUPERUSER_ID, DISABLED_MAIL_CONTEXT))

    # ------------------------------------------------------------
    # Committed data
    # ------------------------------------------------------------

    def make(self, env):
        """A guard and two shifts of yesterday morning, on two posts."""
        partner = env["res.partner"].create({"name": "Two Connections"})
        guard = env["hr.employee"].create({"name": "Twice Wanted"})
        activity = env.ref("security_workforce.activity_sh")
        card = env["security.card"].create(
            {
                "employee_id": guard.id,
                "number": "CAR-075-2099-01-01-20260000002",
                "activity_id": activity.id,
                "date_issued": "2020-01-01",
                "date_expiry": "2099-01-01",
            }
        )
        env["security.card.check"].create({"card_id": card.id, "result": "valid"})
        site = env["security.site"].create(
            {"name": "Two Connections", "partner_id": partner.id, "tz": "Europe/Paris"}
        )
        start = fields.Datetime.now().replace(hour=8, minute=0) - timedelta(days=1)
        shifts = env["security.shift"].create(
            [
                {
                    "post_id": env["security.post"]
                    .create({"name": name, "site_id": site.id})
                    .id,
                    "date_start": start,
                    "date_stop": start + timedelta(hours=8),
                }
                for name in ("East", "West")
            ]
        )
        self.made = {
            "security.card": card.ids,
            "hr.employee": guard.ids,
            "res.partner": partner.ids,
            "security.site": site.ids,
            "security.post": shifts.post_id.ids,
            "security.shift": shifts.ids,
        }

    def remove(self):
        """Registers refuse to be deleted by the ORM, hence SQL for those."""
        made = {model: tuple(ids) for model, ids in self.made.items()}
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            shift_ids = made["security.shift"]
            guard_ids = made["hr.employee"]
            # What was published may not be deleted, by anybody but its table's owner.
            for table in ("security_notice", "security_publication"):
                cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for query, ids in (
                ("DELETE FROM security_notice WHERE employee_id IN %s", guard_ids),
                ("DELETE FROM security_publication WHERE employee_id IN %s", guard_ids),
                ("DELETE FROM security_work_line WHERE shift_id IN %s", shift_ids),
                ("DELETE FROM hr_attendance WHERE security_shift_id IN %s", shift_ids),
                ("DELETE FROM security_shift WHERE id IN %s", shift_ids),
                ("DELETE FROM security_post WHERE id IN %s", made["security.post"]),
                ("DELETE FROM security_site WHERE id IN %s", made["security.site"]),
                (
                    "DELETE FROM security_card_check WHERE card_id IN %s",
                    made["security.card"],
                ),
                ("DELETE FROM security_card WHERE id IN %s", made["security.card"]),
            ):
                cr.execute(query, [ids])
            for table in ("security_notice", "security_publication"):
                cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            for model, ids in made.items():
                env["mail.message"].search(
                    [("model", "=", model), ("res_id", "in", ids)]
                ).unlink()
            env["hr.employee"].browse(made["hr.employee"]).unlink()
            env["res.partner"].browse(made["res.partner"]).unlink()

    # ------------------------------------------------------------
    # Two at once
    # ------------------------------------------------------------

    def wait_until_blocked(self, colleague):
        """True once the colleague's connection waits for a lock of the other one."""
        query = "SELECT wait_event_type FROM pg_stat_activity WHERE pid = %s"
        for __ in range(PATIENCE * 20):
            if not colleague.is_alive():
                return False
            if colleague.pid:
                with self.registry.cursor() as cr:
                    cr.execute(query, [colleague.pid])
                    if cr.fetchone() == ("Lock",):
                        return True
            time.sleep(0.05)
        return False

    def assign(self, index, env):
        shift = env["security.shift"].browse(self.made["security.shift"][index])
        shift.employee_id = env["hr.employee"].browse(self.made["hr.employee"])
        env.flush_all()

    def race(self, first, second, outcome=lambda: None):
        """``first(env)`` holds its transaction until ``second(env)`` waits for it, then
        does ``outcome()``: nothing, or it gives up.

        :return: both colleagues, with the result or the error of each
        """
        written, blocked = threading.Event(), threading.Event()

        def hold(env):
            result = first(env)
            env.flush_all()
            written.set()
            blocked.wait(PATIENCE)
            outcome()
            return result

        def follow(env):
            written.wait(PATIENCE)
            return second(env)

        one, two = Colleague(self.registry, hold), Colleague(self.registry, follow)
        one.start()
        two.start()
        waited = self.wait_until_blocked(two)
        blocked.set()
        for thread in (one, two):
            thread.join(PATIENCE)
            self.assertFalse(thread.is_alive())
        self.assertTrue(waited, f"the second never had to wait: {two.error!r}")
        return one, two

    def assign_both(self, outcome=lambda: None):
        return self.race(partial(self.assign, 0), partial(self.assign, 1), outcome)

    def guards(self):
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            shifts = env["security.shift"].browse(self.made["security.shift"])
            return [shift.employee_id.id for shift in shifts]


@tagged("post_install", "-at_install")
class TestTwoConnections(TwoConnections):
    def test_two_planners_assign_one_guard(self):
        one, two = self.assign_both()
        self.assertIsNone(one.error)
        self.assertIsInstance(two.error, ValidationError)
        self.assertIn("This guard has another shift at that time", str(two.error))
        self.assertEqual(self.guards(), [self.made["hr.employee"][0], False])

    def test_the_second_planner_wins_when_the_first_gives_up(self):
        def give_up():
            reason = "changed my mind"
            raise UserError(reason)

        one, two = self.assign_both(give_up)
        self.assertIsInstance(one.error, UserError)
        self.assertIsNone(two.error)
        self.assertEqual(self.guards(), [False, self.made["hr.employee"][0]])

    def test_two_planners_publish_a_week_too_long_together(self):
        """Each shift alone is lawful, both are thirteen hours of one day."""
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, DISABLED_MAIL_CONTEXT)
            early, late = env["security.shift"].browse(self.made["security.shift"])
            tomorrow = early.date_start.replace(hour=4) + timedelta(days=2)
            for shift, start, hours in ((early, tomorrow, 6), (late, None, 7)):
                start = start or tomorrow + timedelta(hours=6)
                shift.write(
                    {"date_start": start, "date_stop": start + timedelta(hours=hours)}
                )
        one, two = self.race(partial(self.publish, 0), partial(self.publish, 1))
        self.assertIsNone(one.error)
        self.assertIsInstance(two.error, ValidationError)
        self.assertIn("13 h", str(two.error))

    def publish(self, index, env):
        self.assign(index, env)
        env["security.shift"].browse(
            self.made["security.shift"][index]
        ).action_publish()
        env.flush_all()

    def work(self):
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, DISABLED_MAIL_CONTEXT)
            self.assign(0, env)
            shift = env["security.shift"].browse(self.made["security.shift"][0])
            shift.action_publish()
            shift._record_times(shift.date_start, shift.date_stop)

    def approve(self, env):
        env["security.shift"].browse(self.made["security.shift"][0]).action_approve()
        env.flush_all()

    def approved_hours(self):
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            shift = env["security.shift"].browse(self.made["security.shift"][0])
            return sum(shift.work_line_ids.mapped("hours"))

    def test_approved_while_somebody_approves(self):
        """The second is told at once, he does not wait."""
        self.work()
        written, refused = threading.Event(), threading.Event()

        def first(env):
            self.approve(env)
            written.set()
            refused.wait(PATIENCE)

        def second(env):
            written.wait(PATIENCE)
            self.approve(env)

        one, two = Colleague(self.registry, first), Colleague(self.registry, second)
        one.start()
        two.start()
        two.join(PATIENCE)
        refused.set()
        one.join(PATIENCE)
        self.assertIsNone(one.error)
        self.assertIsInstance(two.error, UserError)
        self.assertIn("Somebody else is approving", str(two.error))
        self.assertEqual(self.approved_hours(), 8)

    def test_approved_on_a_list_that_was_read_before(self):
        """The second read "not approved", the first approves, the second goes on."""
        self.work()
        read, committed = threading.Event(), threading.Event()

        def second(env):
            shift = env["security.shift"].browse(self.made["security.shift"][0])
            seen.append(bool(shift.approval_date))
            read.set()
            committed.wait(PATIENCE)
            self.approve(env)

        seen = []
        two = Colleague(self.registry, second)
        two.start()
        read.wait(PATIENCE)
        one = Colleague(self.registry, self.approve)
        one.start()
        one.join(PATIENCE)
        committed.set()
        two.join(PATIENCE)
        self.assertIsNone(one.error)
        self.assertIsNone(two.error)
        self.assertEqual(seen, [False, True], "tried again on what is true now")
        self.assertEqual(self.approved_hours(), 8)
