from collections import defaultdict
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError

from ..engine.demand import Held, day_of, differences, expand

# One year for one post, or a month for a big firm: beyond, it is a typing error.
LONGEST_PERIOD = 366
# How far from its day a planner may have moved a shift for it to be compared still.
MOVED = timedelta(days=31)


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
                    "demand_start": slot.start,
                    "demand_stop": slot.stop,
                }
                for post, slot in slots
                if slot.key not in known[post.id]
            ]
        )

    @api.model
    def _compare(self, posts, first, last):
        """What the needs of a period ask for against the shifts made for them.

        :return: (number of slots without a shift, shifts nothing asks for any more,
            ``{shift: Slot}`` whose need has other times since)
        """
        self._check_period(first, last)
        slots = defaultdict(list)
        for post, slot in self._expand_needs(posts, first, last):
            slots[post].append(slot)
        made = self._made_for(posts, first, last).grouped("post_id")
        known = self._known_keys(posts, [(p, s) for p in slots for s in slots[p]])
        missing, surplus, changed = 0, self.browse(), {}
        for post in posts:
            shifts = made.get(post, self.browse())
            found = differences(slots[post], [shift._as_held() for shift in shifts])
            # Cancelled, started or moved far away: made already, and left alone.
            missing += sum(slot.key not in known[post.id] for slot in found.missing)
            surplus |= self.browse(held.ref for held in found.surplus)
            changed |= {self.browse(held.ref): slot for held, slot in found.changed}
        return missing, surplus, changed

    def _made_for(self, posts, first, last):
        """The shifts to come made for the needs of these local dates."""
        made = self.search(
            [
                ("post_id", "in", posts.ids),
                ("demand_key", "!=", False),
                ("state", "in", ("draft", "published")),
                ("date_start", ">", first - MOVED),
                ("date_start", "<", last + MOVED),
            ]
        )
        return made.filtered(lambda shift: first <= day_of(shift.demand_key) <= last)

    def _as_held(self):
        self.ensure_one()
        return Held(
            key=self.demand_key,
            ref=self.id,
            asked=(
                self.demand_start or self.date_start,
                self.demand_stop or self.date_stop,
            ),
        )

    def _follow(self, slot):
        """Give this shift the times its need has now."""
        self.ensure_one()
        self.write(
            {
                "date_start": slot.start,
                "date_stop": slot.stop,
                "demand_start": slot.start,
                "demand_stop": slot.stop,
            }
        )

    def _drop(self):
        """Take away shifts that nothing asks for: drafts disappear, published ones are
        cancelled. Should they be needed again, they are made again."""
        drafts = self.filtered(lambda shift: shift.state == "draft")
        published = self - drafts
        published.action_cancel()
        published.demand_key = False
        drafts.unlink()

    @api.model
    def _check_period(self, first, last):
        error = self._period_error(first, last)
        if error:
            raise UserError(error)

    @api.model
    def _period_error(self, first, last):
        """What is wrong with these two dates, in words, or None."""
        if last < first:
            return self.env._("The period ends before it starts: check both dates.")
        if (last - first).days >= LONGEST_PERIOD:
            return self.env._("Shifts are generated for one year at most in one go.")
        return None

    def _expand_needs(self, posts, first, last):
        """[(post, Slot)] inside the dates of the missions, closed days left out."""
        closures = self.env["security.site.closure"].search(
            [
                ("site_id", "in", posts.site_id.ids),
                ("date_from", "<=", last),
                ("date_to", ">=", first),
            ]
        )
        closed = closures._closed_days(posts)
        holidays = self._holidays_asked(posts, first, last)
        slots = []
        for post in posts:
            mission = post.mission_id
            start = max(first, mission.date_start or first)
            stop = min(last, mission.date_stop or last)
            if stop < start or mission.state in ("done", "cancelled"):
                continue
            needs = [need._as_engine_need() for need in post.need_ids]
            slots += [
                (post, slot)
                for slot in expand(
                    needs,
                    start,
                    stop,
                    post.tz,
                    closed[post.id],
                    holidays.get(post.company_id, ()),
                )
            ]
        return slots

    def _holidays_asked(self, posts, first, last):
        """``{company: its public holidays}``, of those whose needs depend on them."""
        asking = posts.need_ids.filtered("holidays").company_id
        # sudo: the days are everybody's, the calendar of the firm is not.
        return {
            company: company.sudo()._security_holidays(first, last)
            for company in asking
        }

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
