from collections import defaultdict
from datetime import timedelta

from odoo import fields, models

from odoo.addons.security_workforce.engine.worktime import local

from ..engine.roster import Wish

WEEKS_A_MONTH = 52 / 12
# Who has been on a post in this time knows it.
KNOWN_DAYS = 180


class SecurityRosterRun(models.Model):
    """What makes one guard better than another for a shift he may take."""

    _inherit = "security.roster.run"

    def _known_posts(self, guards):
        """``{guard id: {post id}}`` of the posts where each was lately."""
        known = defaultdict(set)
        since = fields.Datetime.now() - timedelta(days=KNOWN_DAYS)
        # sudo: what a guard knows does not depend on who asks.
        groups = (
            self.env["security.shift"]
            .sudo()
            ._read_group(
                [
                    ("employee_id", "in", guards.ids),
                    ("state", "in", ("published", "started", "done")),
                    ("date_start", ">", since),
                ],
                ["employee_id", "post_id"],
            )
        )
        for guard, post in groups:
            known[guard.id].add(post.id)
        return known

    def _rates(self, guards, facts):
        """``{guard id: wage of an hour}``, 0 where it is not recorded."""
        rates = {}
        # sudo: the wage weighs in the answer and is shown to nobody.
        for guard in guards.sudo():
            hours = self._person(facts, guard.id).weekly_hours
            wage = guard.version_id.wage
            rates[guard.id] = wage / hours / WEEKS_A_MONTH if hours else 0.0
        return rates

    def _wishes(self, facts):
        """``{guard id: (Wish, …)}``: the days on which guards wish to work, or not.

        When they cannot come at all is a matter of the rules.
        """
        guards = self.env["hr.employee"].browse(facts.persons)
        declared = guards._security_wishes(self.date_from, self.date_to)
        return {
            who: tuple(
                Wish(day=day, wanted=kind == "work")
                for start, stop, kind in times
                if kind in ("work", "off")
                for day in self._days_between(
                    local(start, facts.zone), local(stop, facts.zone)
                )
            )
            for who, times in declared.items()
        }

    def _days_between(self, start, stop):
        """The days of the period that two instants on the clock touch."""
        first, last = start.date(), (stop - timedelta(microseconds=1)).date()
        return [
            first + timedelta(days=number)
            for number in range((last - first).days + 1)
            if self.date_from <= first + timedelta(days=number) <= self.date_to
        ]
