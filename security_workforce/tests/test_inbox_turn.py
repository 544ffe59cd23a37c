"""Phones that come together: places, seats of those who wait, real connections."""

import time
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.sql_db import db_connect
from odoo.tests import TransactionCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import config

from ..models import security_inbox_turn

TURN = security_inbox_turn.__name__
PATIENCE = 30
# Those who wait for a place.
WAITING = """
    SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND classid = %s
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@tagged("post_install", "-at_install")
class TestInboxTurn(TransactionCase):
    def setUp(self):
        super().setUp()
        # Two places, and one seat.
        self.startPatcher(patch.dict(config.options, workers=4))
        self.startPatcher(patch(f"{TURN}.random.randint", lambda first, last: first))
        self.first, self.second, self.third, self.fourth = (
            self._request() for _number in range(4)
        )

    def _request(self):
        """The inbox, as a request on a connection of its own sees it."""
        cr = db_connect(get_db_name()).cursor()
        self.addCleanup(cr.close)
        return api.Environment(cr, SUPERUSER_ID, {})["security.inbox"]

    def _until_somebody_waits(self):
        end = time.monotonic() + PATIENCE
        with db_connect(get_db_name()).cursor() as cr:
            while time.monotonic() < end:
                cr.execute(WAITING, [security_inbox_turn.PLACES_LOCK])
                if cr.fetchone()[0]:
                    return
        self.fail("nobody waits")

    def test_one_waits_and_others_are_sent_away(self):
        self.assertTrue(self.first._has_turn())
        self.assertTrue(self.second._has_turn())
        with ThreadPoolExecutor() as threads:
            third = threads.submit(self.third._has_turn)
            self._until_somebody_waits()
            self.assertFalse(self.fourth._has_turn())
            self.first.env.cr.rollback()
            self.assertTrue(third.result(PATIENCE))
        self.third.env.cr.execute("SHOW lock_timeout")
        self.assertEqual(self.third.env.cr.fetchone()[0], "0")

    def test_who_waits_in_vain_is_sent_away(self):
        self.startPatcher(patch(f"{TURN}.LONGEST_WAIT", 20))
        self.assertTrue(self.first._has_turn())
        self.assertTrue(self.second._has_turn())
        self.assertFalse(self.third._has_turn())
        # What is answered then still reads the database.
        self.third.env.cr.execute("SELECT 1")

    def test_two_processes_let_nobody_wait(self):
        """The one that hears nobody is left to the office."""
        self.startPatcher(patch.dict(config.options, workers=2))
        self.assertTrue(self.first._has_turn())
        self.assertFalse(self.second._has_turn())
