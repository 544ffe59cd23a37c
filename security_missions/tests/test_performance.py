"""Queries must not grow with the shifts, beyond the rows that have to be written."""

from collections import Counter
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.sql_db import Cursor
from odoo.tests import tagged

from .common import SecurityMissionsCase, utc

GUARDS = 20
SMALL, LARGE = 20, 200
# Rows the ORM writes with one INSERT or UPDATE.
BATCH = 100
# Both begin in the night of a Saturday to a Sunday: hours of the same kinds.
BEFORE, FIRST, SECOND = "2026-11-28 19:00", "2026-12-05 19:00", "2027-01-09 19:00"


@tagged("post_install", "-at_install")
class TestQueries(SecurityMissionsCase):
    """The same work at two sizes makes the same number of queries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.make_order(25.0)
        cls.post = cls.post_of(cls.order)
        cls.guards = cls.guard.union(
            *[cls.make_guard(f"Guard {number}") for number in range(GUARDS)]
        )

    def make_shifts(self, count, first=FIRST):
        """Draft night shifts, each guard once a night."""
        start = utc(first)
        return self.env["security.shift"].create(
            [
                {
                    "post_id": self.post.id,
                    "employee_id": self.guards[number % GUARDS].id,
                    "date_start": start + timedelta(days=number // GUARDS),
                    "date_stop": start + timedelta(days=number // GUARDS, hours=12),
                }
                for number in range(count)
            ]
        )

    def make_done(self, count, first=FIRST):
        shifts = self.make_shifts(count, first)
        shifts.action_publish()
        self.env["hr.attendance"].create(
            [
                {
                    "employee_id": shift.employee_id.id,
                    "security_shift_id": shift.id,
                    "check_in": shift.date_start,
                    "check_out": shift.date_stop,
                }
                for shift in shifts
            ]
        )
        return shifts

    def queries(self, function):
        """Count what a function sends to the database, by verb, from a cold cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        verbs = Counter()
        execute = Cursor.execute

        def counting(cursor, query, *args, **kwargs):
            text = getattr(query, "code", query)
            verbs[text.split(None, 1)[0].upper()] += 1
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", counting):
            function()
            self.env.flush_all()
        return verbs

    def assert_flat(self, small, large, rows=1):
        """Reads are the same; writes grow by the batches of the rows themselves.

        :param rows: rows written per shift
        """
        self.assertTrue(small["SELECT"], "nothing was counted")
        self.assertEqual(small["SELECT"], large["SELECT"], (small, large))
        batches = LARGE * rows // BATCH
        self.assertLessEqual(large["UPDATE"], small["UPDATE"] + batches)
        self.assertLessEqual(large["INSERT"], small["INSERT"] + batches)

    def test_approve(self):
        self.make_done(1, BEFORE).action_approve()
        small = self.make_done(SMALL)
        large = self.make_done(LARGE, SECOND)
        self.assert_flat(
            self.queries(small.action_approve),
            self.queries(large.action_approve),
            rows=4,
        )

    def test_invoice(self):
        self.make_done(1, BEFORE).action_approve()
        self.invoice(self.order)
        self.make_done(SMALL).action_approve()
        small = self.queries(lambda: self.invoice(self.order))
        self.make_done(LARGE, SECOND).action_approve()
        large = self.queries(lambda: self.invoice(self.order))
        self.assert_flat(small, large)

    def test_publish(self):
        self.make_shifts(1, BEFORE).action_publish()
        small = self.make_shifts(SMALL)
        large = self.make_shifts(LARGE, SECOND)
        self.assert_flat(
            self.queries(small.action_publish), self.queries(large.action_publish)
        )

    def test_generate(self):
        need = self.env["security.post.need"].create(
            [
                {
                    "post_id": self.post.id,
                    "weekday": str(day),
                    "hour_start": 19,
                    "duration": 12,
                    "headcount": 4,
                }
                for day in range(7)
            ]
        )
        self.assertEqual(len(need), 7)
        Shift = self.env["security.shift"]
        start = fields.Date.to_date("2027-05-01")
        counts = []
        for offset, days in ((0, 1), (0, 5), (40, 50)):
            first = start + timedelta(days=offset)
            last = first + timedelta(days=days - 1)
            counts.append(
                self.queries(
                    lambda first=first, last=last: Shift._generate(
                        self.post, first, last
                    )
                )
            )
        __, small, large = counts
        self.assert_flat(small, large)
