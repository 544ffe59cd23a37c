from collections import defaultdict
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models, tools

from ..engine.guard_counters import burden, team_median


class SecurityDevice(models.Model):
    """What a guard has carried beside the middle of his team."""

    _inherit = "security.device"

    def _bundle_counters(self):
        """Adds ``team`` to each month: None, or::

            {"until": date, "mine": figures, "median": figures or None}

        with figures ``{"hours", "nights", "sundays"}``, of what is over by yesterday.
        Nobody is named, and a small team has no median.
        """
        yesterday = fields.Date.context_today(self) - timedelta(days=1)
        return [
            {
                **one,
                "team": self._bundle_team(date.fromisoformat(one["month"]), yesterday),
            }
            for one in super()._bundle_counters()
        ]

    def _bundle_team(self, first, yesterday):
        last = min(first + relativedelta(months=1, days=-1), yesterday)
        if last < first:
            return None
        team = self.env["security.shift"]._team_burdens(self.company_id.id, first, last)
        mine = team.get(self.sudo().employee_id.id, burden((), first, last))
        return {
            "until": last.isoformat(),
            "mine": _figures(mine),
            "median": _figures(team_median(list(team.values()))),
        }


class SecurityShift(models.Model):
    _inherit = "security.shift"

    @api.model
    @tools.ormcache("company_id", "first", "last")
    def _team_burdens(self, company_id, first, last):
        """``{guard id: engine.guard_counters.Burden}`` of all who worked in a company.

        Kept, as each phone of the firm asks for the same: days that are over change
        seldom, and tomorrow another day is asked for.
        """
        # sudo: figures of colleagues stay here, only the middle of them leaves.
        shifts = self.sudo().search_fetch(
            [
                ("company_id", "=", company_id),
                ("employee_id", "!=", False),
                ("state", "in", ("published", "started", "done")),
                ("date_stop", ">", first - timedelta(days=1)),
                ("date_start", "<", last + timedelta(days=2)),
            ],
            ["employee_id", "date_start", "date_stop", "site_id"],
        )
        spans = defaultdict(list)
        for shift in shifts:
            spans[shift.employee_id.id].append(
                (shift.date_start, shift.date_stop, shift.tz)
            )
        burdens = {guard: burden(rows, first, last) for guard, rows in spans.items()}
        return {guard: one for guard, one in burdens.items() if one.hours}


def _figures(one):
    return one and {
        "hours": round(one.hours, 1),
        "nights": one.nights,
        "sundays": one.sundays,
    }
