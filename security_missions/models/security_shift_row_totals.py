from collections import defaultdict
from datetime import datetime, timedelta

from odoo import models
from odoo.tools import SQL

from odoo.addons.security_workforce.engine import contracts
from odoo.addons.security_workforce.engine.worktime import UTC, named_zone

from ..engine.row_totals import average_weeks, row_totals
from .security_shift_eligibility import READERS


class SecurityShift(models.Model):
    """What the head of a row of the rota board counts, all guards in one go."""

    _inherit = "security.shift"

    def _rota_totals(self, rows, guard_ids, month):
        """``{guard id: [the values of engine.row_totals.RowTotals]}``.

        The hours of the contract are False for who reads the shifts without being of
        the trade, a salesman for one: they are no business of his.
        """
        planned = defaultdict(list)
        for row in rows:
            if row["employee_id"] and row["state"] != "cancelled":
                planned[row["employee_id"]].append(
                    (row["date_start"], row["date_stop"], row["tz"])
                )
        reader = self.env.user.has_groups(READERS)
        terms = self._rota_terms(guard_ids, *month) if reader else defaultdict(list)
        before = self._rota_before(guard_ids, month[1])
        found = {}
        for key in guard_ids:
            one = row_totals(planned[key], *month, terms[key], before.get(key, 0.0))
            found[key] = [
                round(one.planned, 2),
                reader and round(one.contract, 2),
                one.nights,
                one.sundays_off,
                one.sundays,
                round(one.average, 2),
            ]
        return found

    def _rota_before(self, guard_ids, last):
        """Hours planned in the twelve weeks of the average, by guard.

        A shift counts in the week it begins, as the branch counts by service.
        """
        first, last = average_weeks(last)
        zone = named_zone(self.env.company.partner_id.tz or self.env.user.tz or "UTC")
        midnight = datetime.min.time()
        begin, end = (
            datetime.combine(day, midnight, zone).astimezone(UTC).replace(tzinfo=None)
            for day in (first, last + timedelta(days=1))
        )
        groups = self._read_group(
            [
                ("employee_id", "in", guard_ids),
                ("state", "!=", "cancelled"),
                ("date_start", ">=", begin),
                ("date_start", "<", end),
            ],
            ["employee_id"],
            ["hours:sum"],
        )
        return {guard.id: hours for guard, hours in groups}

    def _rota_terms(self, guard_ids, first, last):
        """``{guard id: [(first day or None, last day or None, hours a week)]}``.

        sudo: whoever plans needs the hours of a contract, not the contract.
        """
        found = defaultdict(list)
        if not guard_ids:
            return found
        guards = self.env["hr.employee"].sudo()
        for model in ("hr.version", "resource.calendar", "res.company"):
            self.env[model].flush_model()
        read, by_guard = guards._facts_readers()["terms"], defaultdict(list)
        part = guards._fact_terms(SQL("IN %s", tuple(guard_ids)))
        for key, values in self.env.execute_query(part):
            by_guard[key].append(read(*values))
        for key, terms in by_guard.items():
            for one, since, until in contracts.spans(terms, first, last):
                begins = [day for day in (since, one.start) if day]
                ends = [day for day in (until, one.stop) if day]
                span = (max(begins, default=None), min(ends, default=None))
                found[key].append((*span, one.weekly_hours))
        return found
