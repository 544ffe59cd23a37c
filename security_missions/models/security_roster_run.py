from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..engine.roster.model import Weights

# Opens what the solver writes to our own methods: no call from outside can send it.
SOLVING = object()
# With the weeks of the average behind them, the rules look at no longer period.
LONGEST_DAYS = 62
# Weights whose default the firm sets; names are those of ``Weights``.
WEIGHTS = (
    "cover",
    "contract_hours",
    "fairness_nights",
    "fairness_weekends",
    "continuity",
    "cost",
    "wishes",
    "moved",
)
WEIGHT_COLUMNS = ", ".join(f"weight_{name}" for name in WEIGHTS)
STATES = [
    ("draft", "To prepare"),
    ("running", "Running"),
    ("done", "Ended"),
    ("stopped", "Ended early"),
    ("failed", "Failed"),
    ("applied", "Applied"),
]
ENDED = ("done", "stopped")
ASKED = {
    "name",
    "company_id",
    "date_from",
    "date_to",
    "site_ids",
    "mission_ids",
    "post_ids",
    "seconds",
    "mode",
    "absent_employee_id",
    "absent_from",
    "absent_to",
    *(f"weight_{name}" for name in WEIGHTS),
}


class SecurityRosterRun(models.Model):
    """One search for a rota: what is asked, where it is, what it found."""

    _name = "security.roster.run"
    _description = "Rota Search"
    _order = "id desc"
    _check_company_auto = True

    # === What is asked ===
    name = fields.Char(
        required=True,
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    date_from = fields.Date("From", required=True, default=lambda s: s._month()[0])
    date_to = fields.Date("To", required=True, default=lambda s: s._month()[1])
    site_ids = fields.Many2many("security.site", check_company=True)
    mission_ids = fields.Many2many("security.mission", check_company=True)
    post_ids = fields.Many2many("security.post", check_company=True)
    seconds = fields.Integer(
        "Time Limit (s)",
        required=True,
        default=60,
        help="The search ends by itself after this time, with the best rota it has.",
    )
    mode = fields.Selection(
        [("fill", "Fill open shifts"), ("repair", "Repair the drafts")],
        required=True,
        default="fill",
        help="Fill: who has a shift keeps it. Repair: drafts may go to another guard, "
        "as few as possible; what is published stays.",
    )
    absent_employee_id = fields.Many2one(
        "hr.employee", "Absent Guard", check_company=True, index="btree_not_null"
    )
    absent_from = fields.Date()
    absent_to = fields.Date()
    # === What counts how much ===
    weight_cover = fields.Float(
        "Cover",
        default=lambda s: s.env.company.security_roster_cover,
        help="Points for an hour without a guard.",
    )
    weight_contract_hours = fields.Float(
        "Contract Hours",
        default=lambda s: s.env.company.security_roster_contract_hours,
        help="Points for an hour above or below the contract of a guard.",
    )
    weight_fairness_nights = fields.Float(
        "Fair Share of Nights",
        default=lambda s: s.env.company.security_roster_fairness_nights,
        help="Points for the first night above the share of a guard, twice as many for "
        "the second, and so on.",
    )
    weight_fairness_weekends = fields.Float(
        "Fair Share of Weekends",
        default=lambda s: s.env.company.security_roster_fairness_weekends,
        help="Points for the first weekend shift above the share of a guard, twice as "
        "many for the second, and so on.",
    )
    weight_continuity = fields.Float(
        "Guards Who Know the Post",
        default=lambda s: s.env.company.security_roster_continuity,
        help="Points for a shift on a post where the guard has not worked lately.",
    )
    weight_cost = fields.Float(
        "Wages",
        default=lambda s: s.env.company.security_roster_cost,
        help="Points for one unit of money of wages.",
    )
    weight_wishes = fields.Float(
        "Wishes",
        default=lambda s: s.env.company.security_roster_wishes,
        help="Points for a wish of a guard that is not met.",
    )
    weight_moved = fields.Float(
        "Shifts Moved",
        default=lambda s: s.env.company.security_roster_moved,
        help="Points for a shift that a repair takes from its guard.",
    )
    # === Where it is ===
    state = fields.Selection(STATES, default="draft", required=True, readonly=True)
    phase = fields.Char("What It Does", readonly=True, copy=False)
    progress = fields.Float("Progress (%)", readonly=True, copy=False)
    cost = fields.Float("Points of the Rota", readonly=True, copy=False)
    bound = fields.Float(
        "No Rota Below",
        readonly=True,
        copy=False,
        help="It is proven that no rota has fewer points. 0: not known.",
    )
    gap = fields.Float(
        "Left to Win (%)",
        readonly=True,
        copy=False,
        help="Share of the points that a longer search might still win.",
    )
    needed = fields.Integer("Shifts to Cover", readonly=True, copy=False)
    covered = fields.Integer("Shifts Covered", readonly=True, copy=False)
    cover_percent = fields.Float("Cover (%)", compute="_compute_cover_percent")
    night_spread = fields.Integer(
        "Spread of Nights",
        readonly=True,
        copy=False,
        help="Nights of who has most, less those of who has least.",
    )
    weekend_spread = fields.Integer(
        "Spread of Weekends",
        readonly=True,
        copy=False,
        help="Weekend shifts of who has most, less those of who has least.",
    )
    message = fields.Text("What Happened", readonly=True, copy=False)
    stop_requested = fields.Boolean(readonly=True, copy=False)
    heartbeat = fields.Datetime("Last Sign of Life", readonly=True, copy=False)
    date_started = fields.Datetime("Started On", readonly=True, copy=False)
    started_user_id = fields.Many2one(
        "res.users", "Started By", readonly=True, copy=False
    )
    # === What it found ===
    assignment_ids = fields.One2many(
        "security.roster.assignment", "run_id", "Proposals", copy=False
    )
    uncovered_ids = fields.One2many(
        "security.roster.uncovered", "run_id", "Not Covered", copy=False
    )
    guard_ids = fields.One2many(
        "security.roster.guard", "run_id", "Score Sheet", copy=False
    )
    uncovered_count = fields.Integer(
        "Shifts Not Covered", compute="_compute_uncovered_count"
    )

    _seconds_range = models.Constraint(
        "CHECK (seconds BETWEEN 1 AND 3600)",
        "A search lasts from one second to one hour: change its time limit.",
    )
    _weights_positive = models.Constraint(
        f"CHECK (LEAST({WEIGHT_COLUMNS}) >= 0)",
        "What counts has 0 points or more: 0 when it does not count.",
    )

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for run in self:
            if run.date_to < run.date_from:
                raise ValidationError(
                    self.env._("The period ends before it starts: check both dates.")
                )
            if (run.date_to - run.date_from).days >= LONGEST_DAYS:
                raise ValidationError(
                    self.env._(
                        "A rota is solved for %(days)s days at most in one go: choose "
                        "a shorter period.",
                        days=LONGEST_DAYS,
                    )
                )

    @api.constrains("mode", "absent_employee_id", "absent_from", "absent_to")
    def _check_absent(self):
        for run in self.filtered("absent_employee_id"):
            if run.absent_from and run.absent_to and run.absent_to < run.absent_from:
                raise ValidationError(
                    self.env._(
                        "%(guard)s would be back before leaving: check both days of "
                        "the absence.",
                        guard=run.absent_employee_id.name,
                    )
                )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("date_from", "date_to", "mode")
    def _compute_name(self):
        for run in self:
            mode = dict(self._fields["mode"]._description_selection(self.env))
            run.name = self.env._(
                "%(mode)s, %(first)s to %(last)s",
                mode=mode.get(run.mode, ""),
                first=format_date(self.env, run.date_from) if run.date_from else "",
                last=format_date(self.env, run.date_to) if run.date_to else "",
            )

    @api.depends("needed", "covered")
    def _compute_cover_percent(self):
        for run in self:
            run.cover_percent = 100 * run.covered / run.needed if run.needed else 0.0

    @api.depends("uncovered_ids")
    def _compute_uncovered_count(self):
        for run in self:
            run.uncovered_count = len(run.uncovered_ids)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_solving():
            known = set(self._fields) - ASKED - set(models.MAGIC_COLUMNS)
            vals_list = [
                {**vals, "state": "draft"} if "state" not in vals else vals
                for vals in vals_list
            ]
            for vals in vals_list:
                if vals["state"] != "draft" or known & vals.keys() - {"state"}:
                    self._refuse_forged()
        return super().create(vals_list)

    def write(self, vals):
        if not self._is_solving():
            if vals.keys() - ASKED - {"assignment_ids"}:
                self._refuse_forged()
            busy = self.filtered(lambda r: r.state == "running")
            if busy and ASKED & vals.keys():
                raise UserError(
                    self.env._(
                        "“%(run)s” is running: stop it before you change what is "
                        "asked.",
                        run=busy[0].name,
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_running(self):
        busy = self.filtered(lambda r: r.state == "running")
        if busy:
            raise UserError(
                self.env._(
                    "“%(run)s” is running: stop it before you delete it.",
                    run=busy[0].name,
                )
            )

    # ------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------

    @api.model
    def _month(self):
        """The first and last day of next month."""
        first = fields.Date.context_today(self) + relativedelta(months=1, day=1)
        return first, first + relativedelta(months=1) - timedelta(days=1)

    def _is_solving(self):
        return self.env.context.get("security_roster_solving") is SOLVING

    def _solving(self):
        """This run, open to what only its own methods write.

        sudo: they have asked for the rights of whoever pressed the button.
        """
        return self.sudo().with_context(security_roster_solving=SOLVING)

    def _refuse_forged(self):
        raise UserError(
            self.env._("What a search finds is written by the search: use its buttons.")
        )

    def _weights(self):
        """What counts, as the solver wants it."""
        weights = {name: self[f"weight_{name}"] for name in WEIGHTS}
        if self.mode == "fill":
            # Nobody has these shifts: a plan before is only where a search starts.
            weights["moved"] = 0.0
        return Weights(**weights)
