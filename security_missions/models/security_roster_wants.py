from collections import defaultdict
from datetime import timedelta

from odoo import fields, models

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
        """``{guard id: (Wish, …)}``: what the guards asked for, where that is kept."""
        return {}
