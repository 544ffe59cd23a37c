from collections import defaultdict
from datetime import datetime

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.security_workforce.engine.facts import Absence

from ..engine.demand import day_of
from ..engine.rotation import Held, expand, roll
from ..engine.rotation_absent import leave_open
from .security_shift import LONGEST
from .security_shift_demand import MOVED

READ = (
    *("post_id", "employee_id", "date_start", "date_stop", "state", "demand_key"),
    *("rotation_key", "rotation_start", "rotation_stop", "rotation_employee_id"),
)
# Nobody's: the shift is no longer one of a rotation.
FORGOTTEN = dict.fromkeys(
    (
        *("rotation_key", "rotation_team_id", "rotation_start", "rotation_stop"),
        "rotation_employee_id",
    ),
    False,
)
NO_TIME = datetime.min.time()


class SecurityShift(models.Model):
    """Making the shifts that the cycles of the teams ask for."""

    _inherit = "security.shift"

    rotation_key = fields.Char(
        readonly=True,
        copy=False,
        export_string_translation=False,
        help="Stable name of the turn of a rotation this shift answers.",
    )
    rotation_team_id = fields.Many2one(
        "security.rotation.team",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    rotation_start = fields.Datetime(
        readonly=True, copy=False, help="When the turn began, as it was followed last."
    )
    rotation_stop = fields.Datetime(
        readonly=True, copy=False, help="When the turn ended, as it was followed last."
    )
    rotation_employee_id = fields.Many2one(
        "hr.employee",
        "Guard of the Turn",
        readonly=True,
        copy=False,
        help="Whom the turn was for, as it was followed last; empty: nobody could.",
    )

    _rotation_uniq = models.UniqueIndex(
        "(rotation_key) WHERE rotation_key IS NOT NULL",
        "The shifts of this rotation were rolled already.",
    )

    # ------------------------------------------------------------
    # PLAN
    # ------------------------------------------------------------

    @api.model
    def _rotation_steps(self, teams, first, last):
        """What follows from the cycles of teams between two local dates.

        Nothing is written. The number of queries does not depend on the shifts.

        :param teams: security.rotation.team records
        :param first, last: dates, included
        :return: list of ``engine.rotation.Step``
        :raises UserError: on an impossible period
        """
        self._check_period(first, last)
        turns = self._rotation_turns(teams, first, last)
        held = self._rotation_held(teams, turns, first, last)
        others = self._rotation_others(turns, held)
        return roll(
            turns,
            [shift._as_turn_held() for shift in held],
            [shift._as_turn_held() for shift in others],
        )

    def _rotation_turns(self, teams, first, last):
        teams = teams.filtered(lambda team: team.active and team.rotation_id.active)
        members = teams.member_ids
        posts = members.post_id | teams.post_id
        closures = self.env["security.site.closure"].search(
            [
                ("site_id", "in", posts.site_id.ids),
                ("date_from", "<=", last),
                ("date_to", ">=", first),
            ]
        )
        closed = closures._closed_days(posts)
        turns = []
        for rotation, group in teams.grouped("rotation_id").items():
            bands = [line._as_engine_band() for line in rotation.line_ids]
            places = [member._as_engine_member(closed) for member in group.member_ids]
            places = [place for place in places if place]
            turns += expand(rotation.day_count, bands, places, first, last)
        return self._rotation_without_absent(turns, members.employee_id)

    def _rotation_without_absent(self, turns, guards):
        if not turns or not guards:
            return turns
        # sudo: whether a guard is away decides, whatever the planner may read of him.
        guards = guards.sudo()
        period = min(turn.start for turn in turns), max(turn.stop for turn in turns)
        known = guards._security_person_facts(*period)
        absences = {
            key: [*facts["absences"], *_unavailable(facts["wishes"], *period)]
            for key, facts in known.items()
        }
        gone = guards.filtered(lambda guard: not guard.active)
        return leave_open(turns, absences, frozenset(gone.ids))

    def _rotation_held(self, teams, turns, first, last):
        """The shifts of these turns, and those made for the teams in the period."""
        start = datetime.combine(first, NO_TIME) - MOVED
        stop = datetime.combine(last, NO_TIME) + MOVED
        around = (
            Domain("rotation_team_id", "in", teams.ids)
            & Domain("rotation_key", "!=", False)
            & Domain("date_start", ">", start)
            & Domain("date_start", "<", stop)
        )
        # By key too: a planner may have moved the shift far away.
        named = Domain("rotation_key", "in", [turn.key for turn in turns])
        held = self.search_fetch(around | named, READ, order="id")
        return held.filtered(lambda s: first <= day_of(s.rotation_key) <= last)

    def _rotation_others(self, turns, held):
        """Open shifts of the posts, and whatever else keeps the guards busy."""
        if not turns:
            return self.browse()
        start = min(turn.start for turn in turns) - LONGEST
        stop = max(turn.stop for turn in turns)
        during = Domain("date_start", ">=", start) & Domain("date_start", "<", stop)
        during &= Domain("state", "!=", "cancelled") & Domain("id", "not in", held.ids)
        guards = {turn.guard for turn in turns if turn.guard}
        busy = Domain("employee_id", "in", list(guards))
        spare = (
            Domain("employee_id", "=", False)
            & Domain("state", "=", "draft")
            & Domain("rotation_key", "=", False)
            & Domain("post_id", "in", list({turn.post for turn in turns}))
        )
        # sudo: a shift out of the user's sight keeps the guard busy all the same.
        others = self.sudo().search_fetch(during & (busy | spare), READ, order="id")
        return others.with_env(self.env)

    def _as_turn_held(self):
        """The shift as the engine of rotations sees it."""
        shift = self.sudo()
        return Held(
            ref=self.id,
            post=shift.post_id.id,
            guard=shift.employee_id.id or None,
            start=shift.date_start,
            stop=shift.date_stop,
            state=shift.state,
            key=shift.rotation_key or "",
            asked=(
                shift.rotation_start or shift.date_start,
                shift.rotation_stop or shift.date_stop,
                shift.rotation_employee_id.id or None,
            ),
            demanded=bool(shift.demand_key),
        )

    # ------------------------------------------------------------
    # APPLY
    # ------------------------------------------------------------

    @api.model
    def _rotation_apply(self, teams, steps):
        """Do what steps say: guards leave first, so that two may swap.

        :param steps: of ``_rotation_steps``, just computed
        :return: the shifts made or changed
        """
        by_act = defaultdict(list)
        for step in steps:
            by_act[step.act].append(step)
        self._rotation_release([*by_act["release"], *by_act["replace"]])
        followed = self._rotation_follow(
            [*by_act["change"], *by_act["take"], *by_act["link"]]
        )
        team_of = self._rotation_team_of(teams)
        for step in [*by_act["take"], *by_act["link"]]:
            # Another field set than above: one UPDATE for all of them.
            self.browse(step.held.ref).rotation_team_id = team_of(step.turn)
        made = self.create(
            [
                {
                    "post_id": step.turn.post,
                    "employee_id": step.turn.guard,
                    "date_start": step.turn.start,
                    "date_stop": step.turn.stop,
                    "rotation_team_id": team_of(step.turn),
                    **_followed(step.turn),
                }
                for step in [*by_act["create"], *by_act["replace"]]
            ]
        )
        return followed | made

    def _rotation_team_of(self, teams):
        """A function from a turn to the id of its team."""
        known = {member.id: member.team_id.id for member in teams.member_ids}
        return lambda turn: known[int(turn.key.split(":")[0])]

    def _rotation_release(self, steps):
        """Drafts no cycle wants: those of a need are open again, the others go."""
        shifts = self.browse(step.held.ref for step in steps)
        needed = shifts.filtered("demand_key")
        needed.write({"employee_id": False, **FORGOTTEN})
        (shifts - needed).unlink()

    def _rotation_follow(self, steps):
        """Give shifts the times and the guard of their turn."""
        shifts = self.browse(step.held.ref for step in steps)
        leaving = [s for s in steps if s.held.guard not in (None, s.turn.guard)]
        moving = [s for s in steps if s.held.now[:2] != s.turn.wanted[:2]]
        self.browse({s.held.ref for s in [*leaving, *moving]}).write(
            {"employee_id": False}
        )
        for step in moving:
            times = {"date_start": step.turn.start, "date_stop": step.turn.stop}
            self.browse(step.held.ref).write(times)
        coming = defaultdict(list)
        for step in steps:
            shift = self.browse(step.held.ref)
            if step.turn.guard and shift.employee_id.id != step.turn.guard:
                coming[step.turn.guard].append(shift.id)
            shift.write(_followed(step.turn))
        # A guard at a time: queries do not grow with his shifts.
        for guard, ids in coming.items():
            self.browse(ids).write({"employee_id": guard})
        return shifts


def _unavailable(wishes, start, stop):
    """When a guard cannot come, and the firm has accepted it."""
    return [
        Absence(*times, kind="unavailable")
        for wish in wishes
        if wish.kind == "unavailable" and wish.accepted
        for times in wish.times(start, stop)
    ]


def _followed(turn):
    """What a shift remembers of the turn it follows."""
    return {
        "rotation_key": turn.key,
        "rotation_start": turn.start,
        "rotation_stop": turn.stop,
        "rotation_employee_id": turn.guard,
    }
