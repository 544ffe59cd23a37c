import logging
from collections import defaultdict
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date

from ..engine.rotation import position

_logger = logging.getLogger(__name__)
# Columns of the strip of a long cycle: a month, as a planner reads it.
STRIP_DAYS = 31


class SecurityRotationTeam(models.Model):
    """Guards who turn in a cycle at a post, each on his own day of it."""

    _name = "security.rotation.team"
    _description = "Rotation Team"
    _inherit = ["security.placed.mixin"]
    _order = "post_id, name, id"
    _check_company_auto = True
    _place_field = "post_id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    rotation_id = fields.Many2one(
        "security.rotation",
        "Cycle of the Team",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    post_id = fields.Many2one(
        "security.post",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        help="Where they work, unless a member has a post of his own.",
    )
    site_id = fields.Many2one(related="post_id.site_id")
    mission_id = fields.Many2one(related="post_id.mission_id")
    company_id = fields.Many2one(related="post_id.company_id", store=True, index=True)
    anchor = fields.Date(
        "First Day of the Cycle",
        required=True,
        default=fields.Date.context_today,
        help="The local date that is day 1 of the cycle; it may be long past or to "
        "come, days are counted round from it.",
    )
    date_from = fields.Date("Active From", help="Empty: since always.")
    date_to = fields.Date("Active To", help="Empty: until further notice.")
    member_ids = fields.One2many(
        "security.rotation.member", "team_id", "Members", copy=True
    )
    shift_ids = fields.One2many("security.shift", "rotation_team_id", "Rolled Shifts")
    rolled_until = fields.Date("Rolled until", readonly=True, copy=False)
    last_roll = fields.Char(
        readonly=True, copy=False, help="What it did, and left alone."
    )
    strip = fields.Html("Turns", compute="_compute_strip", sanitize=False)
    law_warning = fields.Html(
        "Limits of Working Time",
        compute="_compute_law_warning",
        help="For a full-time guard, as the cycle falls on the week.",
    )

    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)",
        "A team cannot stop before it starts: check the dates it is active.",
    )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends(
        "anchor",
        "rotation_id.day_count",
        "rotation_id.strip",
        "member_ids.offset",
        "member_ids.employee_id",
    )
    @api.depends_context("lang")
    def _compute_strip(self):
        """The cycle that runs now, a row a member."""
        for team in self:
            rotation = team.rotation_id
            if not team.anchor or not rotation._cycle():
                team.strip = False
                continue
            length = rotation.day_count
            today = fields.Date.context_today(team)
            # Where the cycle that runs now began.
            first = today - timedelta(days=position(today, team.anchor, 0, length) - 1)
            days = [first + timedelta(days=n) for n in range(min(length, STRIP_DAYS))]
            rows = [
                (
                    member.employee_id.name or team.env._("Open"),
                    [position(d, team.anchor, member.offset, length) for d in days],
                )
                for member in team.member_ids
            ]
            heads = [
                Markup("%s<br/>%s")
                % (format_date(team.env, day, date_format="EEEEEE"), day.day)
                for day in days
            ]
            team.strip = rotation._strip_table(rows, days, heads)

    @api.depends("anchor", "rotation_id.law_warning", "member_ids.offset")
    @api.depends_context("lang")
    def _compute_law_warning(self):
        for team in self:
            weekdays = {
                (team.anchor - timedelta(days=member.offset)).weekday()
                for member in team.member_ids
                if team.anchor
            }
            team.law_warning = team.rotation_id._law_words(sorted(weekdays))

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_roll(self):
        """Open the wizard that rolls these teams forward."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Roll the Rotation"),
            "res_model": "security.rotation.roll",
            "view_mode": "form",
            "target": "new",
            "context": {"default_team_ids": self.ids},
        }

    def action_shifts(self):
        """The shifts made for this team."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_missions.security_shift_action"
        )
        return {
            **action,
            "domain": [("rotation_team_id", "=", self.id)],
            "context": {},
        }

    # ------------------------------------------------------------
    # ROLL
    # ------------------------------------------------------------

    @api.model
    def _cron_roll(self):
        """Roll each active team as far ahead as its firm wants."""
        teams = self.search([("rotation_id.active", "=", True)])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(teams))
        for team in teams:
            # What cannot be rolled for one team is no reason to leave the others.
            try:
                with self.env.cr.savepoint():
                    team._roll_ahead()
            except Exception:
                _logger.exception("The team %s could not be rolled.", team.id)
            if not cron._commit_progress(1):
                break

    def _roll_ahead(self):
        """Roll one team from tomorrow to the horizon of its firm."""
        today = fields.Date.context_today(self.with_context(tz=self.post_id.tz))
        company = self.company_id or self.env.company
        weeks = company.security_rotation_weeks
        # Nobody reads in the language of the clockwork: what it notes is for the firm.
        self = self.with_context(  # noqa: PLW0642
            lang=company.partner_id.lang or self.env.lang
        )
        if weeks:
            shifts = self.env["security.shift"]
            first, until = today + timedelta(days=1), today + timedelta(weeks=weeks)
            steps = shifts._rotation_steps(self, first, until)
            shifts._rotation_apply(self, steps)
            self._note_roll(until, {self: steps})

    def _steps_by_team(self, steps):
        """``{team: [step]}``, asked before they are done: a shift no cycle wants
        forgets its team then."""
        shifts = self.env["security.shift"]
        shifts.browse(step.held.ref for step in steps if not step.turn).fetch(
            ["rotation_team_id"]
        )
        team_of, found = shifts._rotation_team_of(self), defaultdict(list)
        for step in steps:
            if step.turn:
                team = self.browse(team_of(step.turn))
            else:
                team = shifts.browse(step.held.ref).rotation_team_id
            found[team].append(step)
        return found

    def _note_roll(self, until, by_team):
        """Keep what the last roll did, for whoever was not there.

        :param by_team: see ``_steps_by_team``
        """
        lines = self.env["security.rotation.roll.line"]
        for team in self:
            words = lines._count_words(by_team.get(team, ()))
            team.rolled_until = max(team.rolled_until or until, until)
            team.last_roll = words or self.env._("Nothing to change")
