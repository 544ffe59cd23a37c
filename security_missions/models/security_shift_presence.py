from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.fields import Domain

from .security_shift import CORRECTING

# A guard changes into uniform and takes over before the hour; an earlier clock-in
# is a mistake of day or of shift.
CLOCK_IN_EARLY = timedelta(hours=1)


class SecurityShift(models.Model):
    """What really happened: the attendances of a shift."""

    _inherit = "security.shift"

    attendance_ids = fields.One2many(
        "hr.attendance", "security_shift_id", "Attendances", readonly=True
    )
    late_minutes = fields.Integer(
        compute="_compute_punctuality", store=True, compute_sudo=True, aggregator="avg"
    )
    early_minutes = fields.Integer(
        "Left Early (min)",
        compute="_compute_punctuality",
        store=True,
        compute_sudo=True,
        aggregator="avg",
    )
    presence = fields.Selection(
        [
            ("expected", "Expected"),
            ("missing", "Missing"),
            ("present", "On post"),
            ("late", "Late"),
            ("early", "Left early"),
            ("worked", "Worked"),
        ],
        compute="_compute_presence",
        search="_search_presence",
    )
    board_status = fields.Selection(
        [
            ("open", "Without guard"),
            ("draft", "Draft"),
            ("published", "Published"),
            ("missing", "Missing"),
            ("late", "Late"),
            ("started", "On post"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        compute="_compute_board_status",
        help="What the rota board colours the shift by.",
    )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends(
        "state",
        "date_start",
        "date_stop",
        "attendance_ids.check_in",
        "attendance_ids.check_out",
    )
    def _compute_punctuality(self):
        """Minutes late at the start and minutes missing at the end, 0 when none.

        Nobody has come to a shift that has not begun: its attendances are not read.
        """
        begun = self.filtered(lambda shift: shift.state in ("started", "done"))
        (self - begun).late_minutes = (self - begun).early_minutes = 0
        for shift in begun:
            entries = shift.attendance_ids.mapped("check_in")
            exits = shift.attendance_ids.mapped("check_out")
            late = min(entries) - shift.date_start if entries else timedelta()
            left = shift.date_stop - max(exits) if exits and all(exits) else timedelta()
            shift.late_minutes = max(0, int(late.total_seconds() // 60))
            shift.early_minutes = max(0, int(left.total_seconds() // 60))

    @api.depends("state", "late_minutes", "early_minutes", "date_start")
    def _compute_presence(self):
        now = fields.Datetime.now()
        for shift in self:
            tolerance = shift.company_id.security_late_tolerance
            late = shift.late_minutes > tolerance
            if shift.state == "published":
                due = shift.date_start + timedelta(minutes=tolerance)
                shift.presence = "missing" if now > due else "expected"
            elif shift.state == "started":
                shift.presence = "late" if late else "present"
            elif shift.state == "done":
                early = shift.early_minutes > tolerance
                shift.presence = "early" if early else "late" if late else "worked"
            else:
                shift.presence = False

    @api.depends("presence", "employee_id")
    def _compute_board_status(self):
        for shift in self:
            if shift.state == "draft" and not shift.employee_id:
                shift.board_status = "open"
            elif shift.presence in ("missing", "late"):
                shift.board_status = shift.presence
            else:
                shift.board_status = shift.state

    def _search_presence(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(
            self._presence_domain(company, presence)
            for company in self.env.companies
            for presence in value
        )

    def _presence_domain(self, company, presence):
        """The domain that says what ``_compute_presence`` computes."""
        tolerance = company.security_late_tolerance
        due = fields.Datetime.now() - timedelta(minutes=tolerance)
        late = Domain("late_minutes", ">", tolerance)
        early = Domain("early_minutes", ">", tolerance)
        done = Domain("state", "=", "done")
        started = Domain("state", "=", "started")
        published = Domain("state", "=", "published")
        domains = {
            "expected": published & Domain("date_start", ">=", due),
            "missing": published & Domain("date_start", "<", due),
            "present": started & ~late,
            "late": (started & late) | (done & late & ~early),
            "early": done & early,
            "worked": done & ~late & ~early,
            False: Domain("state", "in", ("draft", "cancelled")),
        }
        return Domain("company_id", "=", company.id) & domains[presence]

    # ------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------

    def _check_own(self):
        """Only the guard of a shift clocks on it, whatever else he may read."""
        self.ensure_one()
        if self.sudo().employee_id.user_id != self.env.user:
            raise AccessError(
                self.env._("This shift is not yours: only its guard clocks on it.")
            )

    def _lock_for_clock(self):
        try:
            self.sudo().lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._("This shift is being changed: try again in a moment.")
            ) from error

    def _clock_in(self, at=None, evidence=None):
        """The guard of the shift arrives. Returns the attendance.

        :param at: the instant of the fact in UTC, now when not said; what is too early
            or too late is told by it, however late the fact itself arrives
        :param evidence: engine.clock_proof.Evidence, the portal's when not said
        """
        self._check_own()
        self._lock_for_clock()
        at = at or fields.Datetime.now()
        self._check_can_clock_in(at)
        self._close_forgotten(at)
        act = self._judge_clock("in", at, evidence)
        attendance = self._record_times(at, False, act.values)
        act.open_exceptions(attendance)
        return attendance

    def _check_can_clock_in(self, at):
        if self.state in ("started", "done"):
            raise UserError(self.env._("You have clocked in on this shift already."))
        if self.state != "published":
            raise UserError(
                self.env._("This shift is not published: ask your planner about it.")
            )
        if at < self.date_start - CLOCK_IN_EARLY:
            raise UserError(
                self.env._(
                    "It is too early: you can clock in one hour before your shift."
                )
            )
        if at >= self.date_stop:
            raise UserError(
                self.env._("This shift is over: tell your planner when you worked.")
            )

    def _clock_out(self, at=None, evidence=None):
        """The guard of the shift leaves. Returns the attendance.

        See ``_clock_in``. A time that was only presumed, because nothing had arrived
        yet, gives way to the one that the guard sent.
        """
        self._check_own()
        self._lock_for_clock()
        at = at or fields.Datetime.now()
        attendance = self.sudo()._attendance_to_close()
        if not attendance:
            raise UserError(self.env._("You have not clocked in on this shift."))
        act = self._judge_clock("out", at, evidence)
        attendance.security_exception_ids._settle_presumed()
        attendance.write({"check_out": max(at, attendance.check_in), **act.values})
        act.open_exceptions(attendance)
        return attendance

    def _attendance_to_close(self):
        """The one still open, else the last one whose end was only presumed."""
        attendances = self.attendance_ids
        waiting = attendances.filtered(lambda a: not a.check_out)
        presumed = attendances.filtered(lambda a: a.security_out_method == "forced")
        return waiting or presumed.sorted("check_in")[-1:]

    def _record_times(self, check_in, check_out, evidence=None):
        """Record one presence of the guard on this shift, UTC.

        The caller has checked who may: guards for themselves, planners for anybody
        (``security.shift.clock``).

        :param evidence: further values of the attendance, how it was proved
        """
        self.ensure_one()
        return (
            self.env["hr.attendance"]
            .sudo()
            .create(
                {
                    "employee_id": self.employee_id.id,
                    "security_shift_id": self.id,
                    "check_in": check_in,
                    "check_out": check_out,
                    **(evidence or {}),
                }
            )
        )

    def _sync_state_with_attendance(self):
        """Started when somebody is in, done when everybody is out again."""
        for shift in self:
            entries = shift.attendance_ids
            if not entries:
                target = "published" if shift.state in ("started", "done") else None
            elif all(entries.mapped("check_out")):
                target = "done"
            else:
                target = "started"
            if target and target != shift.state:
                shift.with_context(security_shift_correction=CORRECTING).state = target
