from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError

from ..engine.demand import expand

# One year for one post, or a month for a big firm: beyond, it is a typing error.
LONGEST_PERIOD = 366


class SecurityShift(models.Model):
    """Making the shifts that the needs of the posts ask for."""

    _inherit = "security.shift"

    @api.model
    def _generate(self, posts, first, last):
        """Create the missing draft shifts of ``posts`` between two local dates.

        Running it twice makes none twice: each slot has a stable key per post.

        :param posts: security.post records
        :param first: date, included
        :param last: date, included
        :return: the shifts created
        :raises UserError: on an impossible period, or when no post has a need
        """
        self._check_period(first, last)
        slots = self._expand_needs(posts, first, last)
        if not slots:
            raise UserError(
                self.env._(
                    "None of these posts needs anybody in this period: fill in their "
                    "needs (day, start, duration, head-count) first."
                )
            )
        known = self._known_keys(posts, slots)
        return self.create(
            [
                {
                    "post_id": post.id,
                    "date_start": slot.start,
                    "date_stop": slot.stop,
                    "demand_key": slot.key,
                }
                for post, slot in slots
                if slot.key not in known[post.id]
            ]
        )

    def _check_period(self, first, last):
        if last < first:
            raise UserError(
                self.env._("The period ends before it starts: check both dates.")
            )
        if (last - first).days >= LONGEST_PERIOD:
            raise UserError(
                self.env._("Shifts are generated for one year at most in one go.")
            )

    def _expand_needs(self, posts, first, last):
        """[(post, Slot)] inside the dates of the missions."""
        slots = []
        for post in posts:
            mission = post.mission_id
            start = max(first, mission.date_start or first)
            stop = min(last, mission.date_stop or last)
            if stop < start or mission.state in ("done", "cancelled"):
                continue
            needs = [need._as_engine_need() for need in post.need_ids]
            slots += [(post, slot) for slot in expand(needs, start, stop, post.tz)]
        return slots

    def _known_keys(self, posts, slots):
        """{post id: set of demand keys that have a shift, cancelled ones included}."""
        keys = defaultdict(set)
        rows = self.sudo()._read_group(
            [
                ("post_id", "in", posts.ids),
                # By key and not by date: a planner may have moved the shift.
                ("demand_key", "in", list({slot.key for __, slot in slots})),
            ],
            ["post_id"],
            ["demand_key:array_agg"],
        )
        for post, names in rows:
            keys[post.id].update(names)
        return keys
