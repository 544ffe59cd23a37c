from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

KINDS = [
    ("out_of_place", "Out of place"),
    ("low_accuracy", "Position too vague"),
    ("no_position", "No position"),
    ("wrong_code", "Wrong code"),
    ("clock_skew", "Clock of the phone is wrong"),
    ("orders_unread", "Post orders not read"),
    ("forgot", "Clock-out forgotten"),
    ("forced", "Clock-out forced"),
]
CAUSES = [
    ("phone", "The phone could not"),
    ("network", "No network"),
    ("place", "Sent elsewhere"),
    ("forgot", "Forgotten"),
    ("changed", "Shift changed at short notice"),
    ("other", "Another reason"),
]
# The end of a presence was guessed: the guard's own word settles them.
PRESUMED = ("forgot", "forced")
OPEN = ("open", "justified")
ACTIVITY = "security_missions.mail_activity_clock_exception"
DECIDERS = (
    "security_workforce.group_security_planner",
    "security_workforce.group_security_operator",
)


class SecurityClockException(models.Model):
    """Something doubtful about a clock-in or a clock-out, that its guard explains."""

    _name = "security.clock.exception"
    _description = "Clock Exception"
    _order = "date desc, id desc"
    _check_company_auto = True

    attendance_id = fields.Many2one(
        "hr.attendance", index=True, ondelete="cascade", readonly=True
    )
    shift_id = fields.Many2one(
        "security.shift",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
        check_company=True,
    )
    employee_id = fields.Many2one(
        "hr.employee",
        "Guard",
        required=True,
        index=True,
        readonly=True,
        check_company=True,
    )
    post_id = fields.Many2one(related="shift_id.post_id", store=True, index=True)
    site_id = fields.Many2one(related="shift_id.site_id", store=True, index=True)
    company_id = fields.Many2one(
        related="shift_id.company_id", store=True, index=True, precompute=True
    )
    tz = fields.Selection(related="shift_id.tz")
    side = fields.Selection(
        [("in", "Clock-in"), ("out", "Clock-out")], required=True, readonly=True
    )
    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
    date = fields.Datetime("Happened On", required=True, readonly=True)
    deadline = fields.Datetime("Justify Before", required=True, readonly=True)
    distance = fields.Float(
        "Distance (m)", digits=(10, 0), readonly=True, aggregator=None
    )
    state = fields.Selection(
        [
            ("open", "To justify"),
            ("justified", "To decide"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
        ],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    cause = fields.Selection(CAUSES, readonly=True)
    justification = fields.Text(readonly=True)
    justified_at = fields.Datetime("Justified On", readonly=True)
    decision = fields.Text("Reason of the Decision", readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime("Decided On", readonly=True)
    activity_id = fields.Many2one(
        "mail.activity", index="btree_not_null", ondelete="set null", readonly=True
    )
    escalated_at = fields.Datetime("Escalated On", readonly=True)

    _act_kind_uniq = models.UniqueIndex(
        "(attendance_id, side, kind) WHERE attendance_id IS NOT NULL",
        "This exception is known already.",
    )
    _due_idx = models.Index("(deadline) WHERE state = 'open'")

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("state", "deadline")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for exception in self:
            exception.is_overdue = (
                exception.state == "open" and exception.deadline < now
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = fields.Domain("state", "=", "open") & fields.Domain(
            "deadline", "<", fields.Datetime.now()
        )
        wanted = fields.Domain.FALSE
        for asked in value:
            wanted |= late if asked else ~late
        return wanted

    @api.depends("kind", "employee_id")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for exception in self:
            exception.display_name = self.env._(
                "%(guard)s: %(kind)s",
                guard=exception.sudo().employee_id.name,
                kind=labels.get(exception.kind, ""),
            )

    # ------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------

    @api.model
    def _vals(self, attendance, shift, side, at, kind, place):
        """The values of one exception; the delay runs from now, not from the fact."""
        hours = shift.company_id.security_clock_justify
        return {
            "attendance_id": attendance.id,
            "shift_id": shift.id,
            "employee_id": shift.employee_id.id,
            "side": side,
            "kind": kind,
            "date": at,
            "deadline": fields.Datetime.now() + timedelta(hours=hours),
            "distance": place and place.distance or 0,
        }

    def _settle_presumed(self):
        """The guard's own clock-out has arrived: what was guessed needs no word."""
        self.filtered(lambda e: e.kind in PRESUMED and e.state in OPEN)._close(
            "accepted",
            self.env._("The guard's own clock-out arrived later and replaces it."),
        )

    # ------------------------------------------------------------
    # Justifying and deciding
    # ------------------------------------------------------------

    def _justify(self, cause, text, at=None):
        """The guard explains. A word that comes late is taken too."""
        self.ensure_one()
        if self.sudo().employee_id.user_id != self.env.user:
            raise AccessError(
                self.env._("Only the guard concerned explains: this is not yours.")
            )
        if self.state not in OPEN:
            raise UserError(
                self.env._(
                    "%(exception)s: it was decided already. Speak with your planner.",
                    exception=self.display_name,
                )
            )
        if not (text or "").strip():
            raise UserError(self.env._("Say in a few words what happened."))
        # sudo: a guard writes nothing here but his own word, and only by this door.
        self.sudo().write(
            {
                "cause": cause,
                "justification": text.strip(),
                "justified_at": at or fields.Datetime.now(),
                "state": "justified",
            }
        )

    def action_accept(self):
        """The word of the guard holds."""
        self._decide("accepted")

    def action_refuse(self):
        """The word of the guard does not hold: the hours are for the planner."""
        self._decide("refused")

    def _decide(self, state, reason=None):
        self.check_access("read")
        if not any(self.env.user.has_group(group) for group in DECIDERS):
            raise AccessError(
                self.env._("Planners and operators decide on the exceptions.")
            )
        settled = self.filtered(lambda exception: exception.state not in OPEN)
        if settled:
            raise UserError(
                self.env._(
                    "%(exception)s was decided already: nothing to do.",
                    exception=settled[0].display_name,
                )
            )
        self._close(state, reason)

    def _close(self, state, reason=None):
        """sudo: a decision is written by this method alone."""
        exceptions = self.sudo()
        exceptions.write(
            {
                "state": state,
                "decision": reason,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        exceptions.activity_id.action_feedback(feedback=reason or "")

    # ------------------------------------------------------------
    # Escalation
    # ------------------------------------------------------------

    @api.model
    def _cron_escalate(self):
        """Give what nobody explained in time to the planner, once."""
        late = self.search(
            [
                ("state", "=", "open"),
                ("deadline", "<", fields.Datetime.now()),
                ("escalated_at", "=", False),
            ]
        )
        for company, exceptions in late.grouped("company_id").items():
            user = company._clock_planner()
            for exception in exceptions if user else ():
                exception.activity_id = exception.site_id.activity_schedule(
                    ACTIVITY, user_id=user.id, summary=exception.display_name
                )
        late.escalated_at = fields.Datetime.now()
