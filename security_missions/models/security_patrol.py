from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ..engine.patrol_facts import CLOSED
from .security_patrol_route import ORDERS

STATES = [
    ("planned", "Planned"),
    ("late", "Not begun in time"),
    ("running", "Under way"),
    ("done", "Done"),
    ("incomplete", "Incomplete"),
    ("missed", "Missed"),
    ("cancelled", "Cancelled"),
]
# What a guard may still begin.
TO_WALK = ("planned", "late", "missed")


class SecurityPatrol(models.Model):
    """One round: as it was asked, and what the facts of it show.

    Nobody writes it by hand. It is planned by the clock, its facts come from phones;
    state, figures and doubts are derived from them (``engine.patrol``).
    """

    _name = "security.patrol"
    _description = "Round"
    _order = "planned_start desc, id desc"
    _check_company_auto = True

    route_id = fields.Many2one(
        "security.patrol.route",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    route_version = fields.Integer("Version of the Route", readonly=True)
    site_id = fields.Many2one(
        related="route_id.site_id", store=True, index=True, precompute=True
    )
    site_ids = fields.Many2many("security.site", string="Sites Visited", readonly=True)
    company_id = fields.Many2one(
        related="route_id.company_id", store=True, index=True, precompute=True
    )
    partner_id = fields.Many2one(related="site_id.partner_id", string="Client")
    tz = fields.Selection(related="site_id.tz")
    is_vehicle = fields.Boolean("By Vehicle", readonly=True)
    order = fields.Selection(ORDERS, "Order of the Points", readonly=True)
    minutes = fields.Integer("Expected Length (min)", readonly=True)
    grace = fields.Integer("Grace (min)", readonly=True)
    gap_min = fields.Integer("Least Minutes Between Points", readonly=True)
    gap_max = fields.Integer("Most Minutes Between Points", readonly=True)

    shift_id = fields.Many2one(
        "security.shift", index="btree_not_null", ondelete="set null", readonly=True
    )
    employee_id = fields.Many2one(
        "hr.employee", "Guard", index="btree_not_null", readonly=True
    )
    uuid = fields.Char("Number on the Phone", readonly=True, copy=False)
    planned_start = fields.Datetime(readonly=True, index=True)
    planned_end = fields.Datetime(readonly=True)
    date_started = fields.Datetime("Begun", readonly=True)
    date_ended = fields.Datetime("Ended", readonly=True)
    heard_at = fields.Datetime("Last Word of the Phone", readonly=True)
    end_reason = fields.Char("Why It Ended Early", readonly=True)

    state = fields.Selection(
        STATES, default="planned", required=True, readonly=True, index=True
    )
    late_start = fields.Integer("Begun Late (min)", readonly=True, aggregator="avg")
    late_end = fields.Integer("Ended Late (min)", readonly=True, aggregator="avg")
    point_ids = fields.One2many(
        "security.patrol.point", "patrol_id", "Points", readonly=True
    )
    scan_ids = fields.One2many(
        "security.patrol.scan", "patrol_id", "Scans", readonly=True
    )
    point_count = fields.Integer("Number of Points", readonly=True)
    done_count = fields.Integer("Points Passed", readonly=True)
    missed_count = fields.Integer("Points Missed", readonly=True)
    unfinished_count = fields.Integer("Tasks not Done", readonly=True)
    doubts = fields.Char(readonly=True, export_string_translation=False)
    doubt_summary = fields.Char("Doubts in Words", compute="_compute_doubt_summary")
    review_state = fields.Selection(
        [
            ("none", "Nothing to Review"),
            ("to_review", "To Review"),
            ("done", "Reviewed"),
        ],
        "Review",
        default="none",
        required=True,
        readonly=True,
        index=True,
    )
    review_reason = fields.Char("Why It Is to Be Reviewed", readonly=True)
    review_note = fields.Char("What the Review Found", readonly=True)
    reviewed_by_id = fields.Many2one("res.users", readonly=True)
    reviewed_at = fields.Datetime("Reviewed On", readonly=True)
    closed_at = fields.Datetime("Closed On", readonly=True)
    late_told_at = fields.Datetime("Lateness Told", readonly=True)
    missed_told_at = fields.Datetime("Miss Told", readonly=True)

    _planned_once = models.UniqueIndex(
        "(route_id, planned_start) WHERE planned_start IS NOT NULL",
        "This round is planned already.",
    )
    _one_of_a_phone = models.UniqueIndex(
        "(employee_id, uuid) WHERE uuid IS NOT NULL",
        "The phone has sent this round already.",
    )
    _state_start_idx = models.Index("(state, planned_start)")

    @api.depends("route_id", "planned_start", "date_started")
    def _compute_display_name(self):
        for patrol in self:
            start = patrol.planned_start or patrol.date_started
            when = start and format_datetime(
                self.env, start, tz=patrol.tz, dt_format="dd/MM HH:mm"
            )
            name = patrol.route_id.sudo().display_name
            patrol.display_name = " ".join(part for part in (name, when) if part)

    @api.depends("doubts")
    @api.depends_context("lang")
    def _compute_doubt_summary(self):
        Scan = self.env["security.patrol.scan"]
        for patrol in self:
            patrol.doubt_summary = Scan._in_words(patrol.doubts)

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_review(self):
        """Ask what the review found."""
        self._check_reviewer()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Review of a Round"),
            "res_model": "security.patrol.review",
            "view_mode": "form",
            "target": "new",
            "context": {"default_patrol_ids": self.ids},
        }

    def _review(self, note):
        """Somebody of the office has looked at these rounds."""
        self._check_reviewer()
        open_ones = self.filtered(lambda p: p.state not in CLOSED)
        if open_ones:
            raise UserError(
                self.env._(
                    "“%(round)s” is not over: review it once it is closed.",
                    round=open_ones[0].display_name,
                )
            )
        # sudo: rounds are written by our own methods only.
        self.sudo().write(
            {
                "review_state": "done",
                "review_note": note,
                "reviewed_by_id": self.env.uid,
                "reviewed_at": fields.Datetime.now(),
            }
        )
        self._tell_board()

    def _check_reviewer(self):
        self.check_access("read")
        user = self.env.user
        if not self.env.su and not (
            user.has_group("security_workforce.group_security_operator")
            or user.has_group("security_workforce.group_security_planner")
        ):
            raise UserError(
                self.env._(
                    "Rounds are reviewed by operators and planners: ask one of them."
                )
            )

    def action_cancel(self):
        """Nobody is to walk these planned rounds."""
        self.check_access("read")
        self.env["security.patrol.route"].check_access("write")
        begun = self.filtered(lambda p: p.state not in (*TO_WALK, "cancelled"))
        if begun:
            raise UserError(
                self.env._(
                    "“%(round)s” was walked: its facts are kept.",
                    round=begun[0].display_name,
                )
            )
        self.sudo().write({"state": "cancelled"})
        self._tell_board()

    # ------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------

    def _to_review(self, reason):
        """The office has to look at these rounds again; the first reason stays."""
        for patrol in self:
            patrol.write(
                {
                    "review_state": "to_review",
                    "review_reason": patrol.review_reason
                    if patrol.review_state == "to_review"
                    else reason,
                }
            )
