from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError

from .security_training_session import TRANSITION

STATES = [
    ("waiting", "Waiting list"),
    ("proposed", "Proposed"),
    ("invited", "Convoked"),
    ("confirmed", "Confirmed"),
    ("present", "Present"),
    ("absent", "Absent"),
    ("passed", "Passed"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
]
TRANSITIONS = {
    "waiting": {"proposed", "cancelled"},
    "proposed": {"waiting", "invited", "confirmed", "cancelled"},
    "invited": {"confirmed", "present", "absent", "cancelled", "proposed"},
    "confirmed": {"present", "absent", "cancelled", "proposed"},
    "present": {"absent", "passed", "failed"},
    "absent": {"present"},
    "passed": {"failed"},
    "failed": {"present"},
    "cancelled": {"proposed", "waiting"},
}
# Written by our own methods only, and what a new seat starts with.
PROTECTED = {
    "convocation": "none",
    "convoked_on": False,
    "obtained_on": False,
    "certification_id": False,
    "resume_line_id": False,
}
# He may still come: nothing else may be planned for him then.
EXPECTED = ("proposed", "invited", "confirmed")


class SecurityTrainingAttendee(models.Model):
    """A guard in a training session: his seat, his convocation, his result.

    The state moves only through the methods of this model. See
    ``security_training_booking`` for the seats, ``…_convocation`` for the mails and
    ``…_result`` for what a success writes.
    """

    _name = "security.training.attendee"
    _description = "Training Attendee"
    _inherit = ["mail.thread"]
    _order = "session_id desc, title_end, id"
    _rec_name = "employee_id"
    _check_company_auto = True

    session_id = fields.Many2one(
        "security.training.session", required=True, index=True, ondelete="cascade"
    )
    employee_id = fields.Many2one(
        "hr.employee",
        string="Guard",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="session_id.company_id", store=True, index=True, precompute=True
    )
    course_id = fields.Many2one(
        related="session_id.course_id", store=True, index=True, precompute=True
    )
    body_id = fields.Many2one(related="session_id.body_id", store=True)
    date_start = fields.Datetime(related="session_id.date_start", store=True)
    date_stop = fields.Datetime(related="session_id.date_stop", store=True)
    session_state = fields.Selection(
        related="session_id.state", string="State of the session"
    )
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        default="proposed",
        index=True,
        copy=False,
        tracking=True,
    )
    title_end = fields.Date(
        string="Title ends on",
        compute="_compute_title_end",
        store=True,
        precompute=True,
        compute_sudo=True,
        help="Last day of the card or of the qualification that the course renews.",
    )
    days_left = fields.Integer(
        "Days left", compute="_compute_days_left", help="Days until the title ends."
    )
    hours_attended = fields.Float(
        string="Hours followed", copy=False, help="Hours signed for."
    )
    note = fields.Char()

    _once = models.Constraint(
        "UNIQUE(session_id, employee_id)",
        "This guard is in this session already: look for him among the cancelled "
        "and the waiting ones too.",
    )
    _hours_check = models.Constraint(
        "CHECK(hours_attended >= 0)", "Hours cannot be negative: type zero or more."
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("employee_id", "session_id.course_id")
    def _compute_title_end(self):
        for course, attendees in self.grouped(lambda a: a.session_id.course_id).items():
            ends = attendees.employee_id._training_title_ends(course)
            for attendee in attendees:
                attendee.title_end = ends.get(attendee.employee_id.id, False)

    @api.depends("title_end")
    def _compute_days_left(self):
        today = fields.Date.context_today(self)
        for attendee in self:
            end = attendee.title_end
            attendee.days_left = (end - today).days if end else 0

    @api.depends("employee_id.name", "session_id.display_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for attendee in self:
            name = attendee.employee_id.name or ""
            session = attendee.session_id.display_name or ""
            attendee.display_name = f"{name} ({session})" if session else name

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.setdefault("state", "proposed") != "proposed":
                self._refuse_state()
            # Also those of the context's defaults.
            vals.update(PROTECTED)
        sessions = self.env["security.training.session"].browse(
            {vals["session_id"] for vals in vals_list if vals.get("session_id")}
        )
        sessions._lock_seats()
        sessions._check_attendees_open()
        # All wait first; those who find a seat are then given it, soonest end first.
        attendees = super().create([{**vals, "state": "waiting"} for vals in vals_list])
        # Refused at once, not left to wait: the sentence says where he is.
        attendees._refuse_clashes()
        sessions._fill_seats()
        return attendees

    def write(self, vals):
        # First of all, so that the refusals below tell nothing to a stranger.
        self.check_access("write")
        if self.env.context.get("security_training_transition") is not TRANSITION:
            self._check_protected(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_convoked(self):
        if kept := self.filtered(
            lambda a: a.convoked_on or a.state not in ("waiting", "proposed")
        ):
            raise UserError(
                self.env._(
                    "%(guard)s was told of “%(session)s”: cancel his seat instead of "
                    "deleting it.",
                    guard=kept[0].employee_id.name,
                    session=kept[0].session_id.display_name,
                )
            )

    def unlink(self):
        sessions = self.session_id
        sessions._lock_seats()
        result = super().unlink()
        sessions._fill_seats()
        return result

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_accept(self):
        """The guard says that he will come."""
        self._require_move("confirmed")
        self._move("confirmed")

    def action_cancel(self):
        """Give his seat to the first one who waits for it."""
        self._require_move("cancelled")
        self.session_id._lock_seats()
        told = self.filtered("convoked_on")
        self._move("cancelled")
        told._send_cancellation()
        self.session_id._fill_seats()

    def action_restore(self):
        """Take a cancelled guard back, at the end of the waiting list if need be."""
        self._require_move("waiting")
        self.session_id._lock_seats()
        self.session_id._check_attendees_open()
        self._move("waiting")
        self._refuse_clashes()
        self.session_id._fill_seats()

    @api.model
    def _action_of_guard(self, employee_id, name):
        """The window action that shows every training of one guard."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "security_workforce.security_training_attendee_action"
        )
        action["domain"] = [("employee_id", "=", employee_id)]
        action["display_name"] = self.env._("Trainings of %s", name)
        action["context"] = {"default_employee_id": employee_id}
        return action

    # ------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------

    @api.model
    def _soonest_first(self, attendees):
        """The order of the waiting list: whose title ends first is served first."""
        return attendees.sorted(lambda a: (a.title_end or date.max, a.id))

    def _refuse_state(self):
        raise UserError(
            self.env._("The state of an attendee changes only through its buttons.")
        )

    def _check_protected(self, vals):
        """Who sits where, and what it gave, is not rewritten afterwards."""
        if "state" in vals or PROTECTED.keys() & vals.keys():
            self._refuse_state()
        for attendee in self:
            moved = {
                name
                for name in ("session_id", "employee_id")
                if name in vals and vals[name] != attendee[name].id
            }
            if moved and attendee.state not in ("waiting", "proposed"):
                raise UserError(
                    self.env._(
                        "%(guard)s was told of “%(session)s”: cancel his seat, and add "
                        "a new one where it belongs.",
                        guard=attendee.employee_id.name,
                        session=attendee.session_id.display_name,
                    )
                )
            if "session_id" in moved:
                raise UserError(
                    self.env._(
                        "A seat does not move: add %s to the other session.",
                        attendee.employee_id.name,
                    )
                )
            if "hours_attended" in vals and attendee.state == "passed":
                raise UserError(
                    self.env._(
                        "%s passed with the hours that were recorded: take the result "
                        "back before you correct them.",
                        attendee.employee_id.name,
                    )
                )

    def _require_move(self, state):
        """Refuse a step that the table of transitions does not have."""
        self.check_access("write")
        names = dict(self._fields["state"]._description_selection(self.env))
        for attendee in self:
            if state not in TRANSITIONS[attendee.state]:
                raise UserError(
                    self.env._(
                        "%(guard)s is “%(state)s” in “%(session)s”: he cannot become "
                        "“%(wanted)s”.",
                        guard=attendee.employee_id.name,
                        state=names[attendee.state],
                        session=attendee.session_id.display_name,
                        wanted=names[state],
                    )
                )

    def _move(self, state, **vals):
        attendees = self.with_context(security_training_transition=TRANSITION)
        attendees.write({"state": state, **vals})
