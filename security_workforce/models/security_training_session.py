from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..engine import training_days, worktime

STATES = [
    ("draft", "Draft"),
    ("confirmed", "Confirmed"),
    ("done", "Done"),
    ("cancelled", "Cancelled"),
]
OPEN_STATES = ("draft", "confirmed")
# Attendees who hold a seat; the others wait, or come no more.
SEATED = frozenset(
    {"proposed", "invited", "confirmed", "present", "absent", "passed", "failed"}
)
# What the attendees were told, or the authority.
FROZEN = {"course_id", "company_id"}
COST_READERS = "hr.group_hr_user,security_workforce.group_security_credential_officer"


def in_hours(value):
    """A duration as it is read: "34 h"."""
    return f"{value:g}\N{NO-BREAK SPACE}h"


# Opens the fields that only our own methods may write. An object cannot be sent
# through an API, so no caller from outside can forge it.
TRANSITION = object()


class SecurityTrainingSession(models.Model):
    """A course given to some guards, on some half-days, somewhere.

    Its state moves only through the methods of ``security_training_session_state``.
    """

    _name = "security.training.session"
    _description = "Training Session"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, id desc"
    _rec_names_search = ["course_id", "reference"]
    _check_company_auto = True

    # === What ===
    course_id = fields.Many2one(
        "security.training.course",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        check_company=True,
        tracking=True,
    )
    reference = fields.Char(
        copy=False, help="Number that the training body or the CNAPS gives it."
    )
    legal_hours = fields.Float(related="course_id.hours", string="Hours asked by law")
    mac = fields.Boolean(related="course_id.mac")
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        default="draft",
        index=True,
        copy=False,
        tracking=True,
    )
    # === When and where ===
    slot_ids = fields.One2many(
        "security.training.slot", "session_id", string="Half-days", copy=False
    )
    date_first = fields.Date(
        string="First day",
        copy=False,
        help="Day from which “Propose days” lays the hours out.",
    )
    date_start = fields.Datetime(
        string="Start", compute="_compute_dates", store=True, index=True
    )
    date_stop = fields.Datetime(string="End", compute="_compute_dates", store=True)
    hours = fields.Float(compute="_compute_dates", store=True)
    place_id = fields.Many2one(
        "res.partner", index="btree_not_null", check_company=True, tracking=True
    )
    # === Who teaches ===
    body_id = fields.Many2one(
        "res.partner",
        string="Training body",
        index="btree_not_null",
        check_company=True,
        tracking=True,
        help="Empty when the firm gives the course itself.",
    )
    trainer_id = fields.Many2one(
        "hr.employee",
        string="Internal trainer",
        index="btree_not_null",
        check_company=True,
    )
    trainer_name = fields.Char(
        string="Trainer",
        compute="_compute_trainer_name",
        store=True,
        readonly=False,
        precompute=True,
        help="As printed on the presence sheet.",
    )
    # === Who learns ===
    attendee_ids = fields.One2many(
        "security.training.attendee", "session_id", string="Attendees", copy=False
    )
    seats = fields.Integer(
        compute="_compute_seats",
        store=True,
        readonly=False,
        precompute=True,
        help="Trainees at the same time. Those beyond it wait. Zero: not limited.",
    )
    seats_taken = fields.Integer(
        "Seats taken", compute="_compute_seats_taken", store=True
    )
    waiting_count = fields.Integer(
        "Waiting", compute="_compute_seats_taken", store=True
    )
    # === What it costs ===
    currency_id = fields.Many2one(
        related="company_id.currency_id", store=True, groups=COST_READERS
    )
    cost_session = fields.Monetary(
        string="Cost of the session", groups=COST_READERS, tracking=True
    )
    cost_seat = fields.Monetary(
        string="Cost per trainee", groups=COST_READERS, tracking=True
    )
    cost_total = fields.Monetary(
        string="Total cost",
        compute="_compute_cost_total",
        store=True,
        groups=COST_READERS,
    )
    note = fields.Html()

    _seats_check = models.Constraint(
        "CHECK(seats >= 0)", "Seats cannot be negative: type zero or more."
    )
    _cost_check = models.Constraint(
        "CHECK(cost_session >= 0 AND cost_seat >= 0)",
        "A cost cannot be negative: type zero or more.",
    )

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("seats", "course_id")
    def _check_seats(self):
        for session in self:
            most = session.course_id.seats
            if most and not 0 < session.seats <= most:
                raise ValidationError(
                    self.env._(
                        "“%(course)s” takes %(most)s trainees at most (%(text)s): "
                        "type between 1 and %(most)s seats.",
                        course=session.course_id.name,
                        most=most,
                        text=session.course_id.legal_reference or "",
                    )
                )

    @api.constrains("seats")
    def _check_taken(self):
        for session in self:
            if session.seats and session.seats_taken > session.seats:
                raise ValidationError(
                    self.env._(
                        "%(taken)s guards hold a seat of “%(session)s”, which has "
                        "%(seats)s: cancel or move some of them first.",
                        taken=session.seats_taken,
                        session=session.display_name,
                        seats=session.seats,
                    )
                )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("course_id.code", "date_start", "company_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for session in self:
            name = session.course_id.code or ""
            if session.date_start:
                name += f" – {format_date(self.env, session._days()[0])}"
            session.display_name = name

    @api.depends("slot_ids.date_start", "slot_ids.date_stop")
    def _compute_dates(self):
        for session in self:
            slots = session.slot_ids.filtered(lambda s: s.date_start and s.date_stop)
            session.date_start = min(slots.mapped("date_start"), default=False)
            session.date_stop = max(slots.mapped("date_stop"), default=False)
            session.hours = sum(slots.mapped("hours"))

    @api.depends("trainer_id")
    def _compute_trainer_name(self):
        for session in self:
            session.trainer_name = session.trainer_id.name or session.trainer_name

    @api.depends("course_id")
    def _compute_seats(self):
        for session in self:
            session.seats = session.course_id.seats

    @api.depends("attendee_ids.state")
    def _compute_seats_taken(self):
        for session in self:
            states = session.attendee_ids.mapped("state")
            session.seats_taken = sum(state in SEATED for state in states)
            session.waiting_count = states.count("waiting")

    @api.depends("cost_session", "cost_seat", "seats_taken")
    def _compute_cost_total(self):
        for session in self:
            by_seat = session.cost_seat * session.seats_taken
            session.cost_total = session.cost_session + by_seat

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # Set here so that a default of the context cannot confirm a session.
            if vals.setdefault("state", "draft") != "draft":
                self._refuse_state()
        return super().create(vals_list)

    def write(self, vals):
        # First of all, so that the refusals below tell nothing to a stranger.
        self.check_access("write")
        if self.env.context.get("security_training_transition") is not TRANSITION:
            if "state" in vals:
                self._refuse_state()
            self._check_frozen(vals)
        result = super().write(vals)
        if "seats" in vals or "course_id" in vals:
            self._fill_seats()
        if "place_id" in vals:
            self._dates_changed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_announced(self):
        if kept := self.filtered(
            lambda s: s.state != "draft" or s.attendee_ids.filtered("convoked_on")
        ):
            raise UserError(
                self.env._(
                    "“%s” was announced: cancel it instead of deleting it.",
                    kept[0].display_name,
                )
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_propose_days(self):
        """Lay the hours of the course out from the first day, seven hours a day."""
        self.check_access("write")
        for session in self:
            if session.slot_ids:
                raise UserError(
                    self.env._(
                        "“%s” has its half-days already: delete them to have others "
                        "proposed.",
                        session.display_name,
                    )
                )
            if not session.date_first:
                raise UserError(
                    self.env._("Enter the first day: the others follow from it.")
                )
            if not session.legal_hours:
                raise UserError(
                    self.env._(
                        "“%s” has no hours in the catalogue: enter its half-days "
                        "yourself.",
                        session.course_id.name,
                    )
                )
        self.env["security.training.slot"].create(
            [vals for session in self for vals in session._proposed_slots()]
        )

    def _zone(self):
        return worktime.named_zone(self.company_id.resource_calendar_id.tz or "UTC")

    def _days(self):
        """(first, last): the local days of the session."""
        return worktime.local_days(self.date_start, self.date_stop, self._zone())

    def _proposed_slots(self):
        zone, first = self._zone(), self.date_first
        # Twice the working days, and the holidays of a winter.
        last = first + timedelta(days=int(self.legal_hours / 7 * 2) + 30)
        holidays = self.company_id._security_holidays(first, last)
        for half in training_days.propose(first, self.legal_hours, holidays):
            midnight = datetime.combine(half.day, time.min, zone)
            start, stop = (
                worktime.naive_utc(midnight + timedelta(hours=hour))
                for hour in (half.start, half.stop)
            )
            yield {"session_id": self.id, "date_start": start, "date_stop": stop}

    def _refuse_state(self):
        raise UserError(
            self.env._("The state of a session changes only through its buttons.")
        )

    def _check_frozen(self, vals):
        changed = FROZEN & vals.keys()
        if changed and (fixed := self.filtered(lambda s: s.state != "draft")):
            raise UserError(
                self.env._(
                    "“%s” was confirmed: its course and its firm stay what they are. "
                    "Cancel it and make another session.",
                    fixed[0].display_name,
                )
            )
