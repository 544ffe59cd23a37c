from collections import defaultdict
from datetime import date

from odoo import fields, models

from ..engine import contracts


class HrEmployee(models.Model):
    """Until when a guard is with the firm, and who looks after his titles."""

    _inherit = "hr.employee"

    def _security_last_days(self):
        """``{employee id: last day with the firm}``; None: no end is known.

        An archived employee has left, whatever his contract says. Two queries,
        whatever the number of employees. sudo: contracts are for HR only.
        """
        guards = self.sudo().with_context(active_test=False)
        periods, departures = defaultdict(list), {}
        for version in (
            self.env["hr.version"]
            .sudo()
            .search_fetch(
                [("employee_id", "in", self.ids), ("active", "=", True)],
                [
                    "employee_id",
                    "contract_date_start",
                    "contract_date_end",
                    "departure_date",
                ],
                order="date_version",
            )
        ):
            guard_id = version.employee_id.id
            # The latest version has the last word on the departure.
            departures[guard_id] = version.departure_date or None
            if start := version.contract_date_start:
                periods[guard_id].append((start, version.contract_date_end or None))
        last_days = {}
        for guard in guards.search_fetch([("id", "in", self.ids)], ["active"]):
            last_days[guard.id] = (
                departures.get(guard.id) or contracts.employed_until(periods[guard.id])
                if guard.active
                else date.min
            )
        return last_days

    def _security_gone(self, day=None):
        """Those of these guards who are not with the firm any more.

        :param day: local day looked at, today when none
        """
        day = day or fields.Date.context_today(self)
        last_days = self._security_last_days()
        return self.filtered(lambda g: (last_days.get(g.id) or date.max) < day)

    def _security_card_officers(self):
        """``{employee id: res.users}`` to whom activities about his titles go.

        The one chosen by the firm, else his HR responsible when he works on cards,
        else a card officer; an empty user when there is nobody.
        """
        officers, defaults = {}, {}
        for guard in self.sudo().with_context(active_test=False):
            company = guard.company_id
            if company not in defaults:
                defaults[company] = company._security_default_officer()
            own = guard.hr_responsible_id
            chosen = company.security_card_officer_id
            may = own and not chosen and company._security_reads_cards(own)
            officers[guard.id] = own if may else defaults[company]
        return officers
