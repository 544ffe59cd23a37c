"""What hostile requests have in common: a clear answer, nothing stored, no fault."""

import logging
from contextlib import contextmanager

from odoo.tests import HttpCase
from odoo.tools import SQL

from .common import SecurityMissionsMixin
from .phone import Phone

# Whoever stores something on the way of a request that is refused, stores it here.
TABLES = (
    "hr_attendance",
    "hr_employee",
    "ir_attachment",
    "mail_message",
    "res_partner",
    "res_users",
    "security_availability",
    "security_device",
    "security_handover",
    "security_inbox",
    "security_notice",
    "security_patrol",
    "security_patrol_scan",
    "security_photo",
    "security_publication",
    "security_shift",
    "security_shift_offer_answer",
    "security_shift_swap",
)
# Where a number or a name is expected; each goes into an address as it is.
WRONG_IDS = (
    "0",
    "-1",
    "2147483647",
    "2147483648",
    "9223372036854775808",
    "9" * 40,
    "1.0",
    "1e3",
    "0x1",
    "null",
    "None",
    "true",
    "1%20OR%201=1",
    "1;DROP%20TABLE%20res_users",
    "%27",
    "%27--",
    "%00",
    "1%00",
    "..%2f..%2fetc%2fpasswd",
    "%ff%fe",
    "%E2%80%AE1",
    "%EF%BC%91",
    "%F0%9F%92%A5",
    "{{7*7}}",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "a" * 3000,
)
# What a field of a form or of JSON may hold instead of what is expected.
WRONG_TEXTS = (
    "",
    " ",
    "\0",
    "x\0y",
    "é" * 300,
    "' OR 1=1 --",
    "'; DROP TABLE res_users; --",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "%s%n",
    "../../etc/passwd",
    "\u202e\u0000evil",
    "💥" * 60,
    "١٢٣",
    "-1",
    "1e9",
    "9" * 40,
    "9" * 5000,
    "NaN",
    "a" * 20_000,
)


class Faults(logging.Handler):
    """The records that say that something of ours went wrong."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.found = []

    def emit(self, record):
        self.found.append(record.getMessage()[-2000:])


class HostileCase(SecurityMissionsMixin, HttpCase):
    """Asserts about many requests at once."""

    tables = TABLES

    def enrol_two(self):
        """``self.phone`` of the guard, and ``self.other`` of another one."""
        self.phone, self.other = Phone(self), Phone(self)
        codes = self.env["security.device.code"].with_user(self.planner)
        pairs = ((self.phone, self.guard), (self.other, self.other_guard))
        for phone, guard in pairs:
            shown = codes._open_for(guard)["context"]["security_device_code"]
            self.assertEqual(phone.enrol(shown.partition(":")[2]).status_code, 200)

    def rows(self):
        """{table: number of rows}."""
        self.env.flush_all()
        self.env.invalidate_all()
        found = {}
        for table in self.tables:
            name = SQL.identifier(table)
            self.env.cr.execute(SQL("SELECT count(*) FROM %s", name))
            found[table] = self.env.cr.fetchone()[0]
        return found

    @contextmanager
    def nothing_happens(self, *but):
        """No row is added or removed meanwhile, and no fault is in the log.

        :param but: tables in which what was refused is kept on purpose
        """
        before, faults = self.rows(), Faults()
        logging.getLogger().addHandler(faults)
        try:
            yield
        finally:
            logging.getLogger().removeHandler(faults)
        self.assertFalse(faults.found)
        after = self.rows()
        changed = {table for table in before if after[table] != before[table]}
        self.assertEqual(changed - {*but}, set())

    def assertRefused(self, response, *statuses, about=None):
        """A refusal with one of these statuses, that tells nothing of our insides."""
        about = (str(about)[:200], response.text[:200])
        self.assertIn(response.status_code, statuses, about)
        for inside in ("Traceback", "psycopg2", "odoo.exceptions", "X-Evil"):
            self.assertNotIn(inside, response.text, about)
        self.assertNotIn("X-Evil", response.headers, about)

    def assertTold(self, response, status, code, about=None):
        """A refusal in JSON whose code the app knows."""
        self.assertRefused(response, status, about=about)
        self.assertEqual(response.json()["error"], code, about)
        self.assertEqual(response.headers["Cache-Control"], "no-store", about)
