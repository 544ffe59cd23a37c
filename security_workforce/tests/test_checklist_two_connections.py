"""Two people meet the last two steps at the same instant, on two real connections.

The data is committed, so that both see it, and removed again afterwards.
"""

from functools import partial

from odoo import SUPERUSER_ID, fields
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import DISABLED_MAIL_CONTEXT

LAST = ("ETHICS", "KIT")


@tagged("post_install", "-at_install")
class TestTwoConnections(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self.remove)
        with self.registry.cursor() as cr:
            self.make(Environment(cr, SUPERUSER_ID, DISABLED_MAIL_CONTEXT))

    def make(self, env):
        """A newcomer with every step waived but two."""
        guard = env["hr.employee"].create({"name": "Twice Helped"})
        checklist = env["security.checklist"]._open(guard, "joining")
        for line in checklist.line_ids:
            if line.step_id.code not in LAST:
                line._waive("Not for this test")
        self.guard_id, self.checklist_id = guard.id, checklist.id

    def remove(self):
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, DISABLED_MAIL_CONTEXT)
            guard = env["hr.employee"].browse(self.guard_id)
            checklist = env["security.checklist"].browse(self.checklist_id)
            guard.security_kit_ids.unlink()
            checklist.with_context(active_test=False).activity_ids.unlink()
            checklist.unlink()
            contact = guard.work_contact_id
            guard.unlink()
            contact.unlink()

    def give_ethics(self, env):
        env["hr.employee"].browse(
            self.guard_id
        ).security_deontology_on = fields.Date.today()
        env.flush_all()

    def give_kit(self, tries, env):
        tries.append(env)
        env["security.kit.item"].create({"employee_id": self.guard_id, "name": "Parka"})
        env.flush_all()

    def test_the_second_sees_what_the_first_did(self):
        tries = []
        with self.registry.cursor() as first, self.registry.cursor() as second:
            one = Environment(first, SUPERUSER_ID, DISABLED_MAIL_CONTEXT)
            two = Environment(second, SUPERUSER_ID, DISABLED_MAIL_CONTEXT)
            # What the second one sees of the database is that of this instant.
            self.assertEqual(
                two["security.checklist"].browse(self.checklist_id).state, "open"
            )
            self.give_ethics(one)
            first.commit()
            with mute_logger("odoo.sql_db", "odoo.service.model"):
                retrying(partial(self.give_kit, tries, two), two)
        self.assertEqual(len(tries), 2)
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            checklist = env["security.checklist"].browse(self.checklist_id)
            self.assertEqual(checklist.state, "cleared")
