from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..engine import card_renewal
from .security_card import RENEWABLE_KINDS

STEPS = [
    ("mac", "Skill upkeep"),
    ("request", "Request"),
    ("decision", "Decision"),
    ("verify", "New card to verify"),
    ("done", "Renewed"),
    ("refused", "Refused"),
    ("cancelled", "Given up"),
]
OPEN_STEPS = ("mac", "request", "decision", "verify")
CLOSED = {"refused": "refused", "silence": "refused", "cancelled": "cancelled"}


class SecurityCardRenewal(models.Model):
    """The renewal of one card, from the upkeep of skills to the new card verified.

    Its step is drawn from the facts recorded: nobody sets it.
    """

    _name = "security.card.renewal"
    _description = "Card Renewal"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "deadline, id"
    _rec_names_search = ["card_id", "employee_id", "request_reference"]
    _check_company_auto = True

    # Whose
    card_id = fields.Many2one(
        "security.card",
        string="Card to renew",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain=[("kind", "in", RENEWABLE_KINDS), ("state", "!=", "withdrawn")],
        tracking=True,
    )
    employee_id = fields.Many2one(
        related="card_id.employee_id", string="Guard", store=True, index=True
    )
    activity_id = fields.Many2one(related="card_id.activity_id", store=True, index=True)
    company_id = fields.Many2one(related="card_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        "res.users",
        string="In charge",
        default=lambda self: self.env.user,
        index="btree_not_null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
    )
    # The card as it stands
    card_state = fields.Selection(related="card_id.state", string="State of the card")
    date_expiry = fields.Date(related="card_id.date_expiry", store=True)
    date_last_day = fields.Date(related="card_id.date_last_day")
    date_receipt_expiry = fields.Date(related="card_id.date_receipt_expiry")
    mac_required = fields.Boolean(related="card_id.mac_required")
    mac_from = fields.Date(string="MAC counts from", compute="_compute_mac_from")
    renewal_opens = fields.Date(related="card_id.renewal_opens")
    renewal_deadline = fields.Date(related="card_id.renewal_deadline")
    renewal_phase = fields.Selection(related="card_id.renewal_phase")
    # 1. Upkeep of skills
    mac_course_id = fields.Many2one(
        "security.training.course",
        string="Course",
        compute="_compute_mac_course_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('mac', '=', True), ('activity_id', '=', activity_id)]",
    )
    mac_body = fields.Char(string="Training body")
    mac_booked_on = fields.Date(string="Booked for", tracking=True)
    mac_obtained_on = fields.Date(string="Obtained on", tracking=True)
    # 2. Request
    requested_on = fields.Date(string="Filed on", tracking=True)
    request_reference = fields.Char(
        string="File number", help="As the portal of the CNAPS gives it."
    )
    expected_on = fields.Date(string="Answer expected on")
    # 3. Decision
    silence_on = fields.Date(
        string="Silence is refusal on",
        compute="_compute_silence_on",
        help="Without an answer by then the request is refused.",
    )
    outcome = fields.Selection(
        [
            ("granted", "Renewed"),
            ("refused", "Refused"),
            ("silence", "Refused by silence"),
            ("cancelled", "Given up"),
        ],
        readonly=True,
        copy=False,
        tracking=True,
    )
    decided_on = fields.Date(string="Decided on", readonly=True, copy=False)
    refusal_reason = fields.Text(string="Reason", copy=False)
    # 4. The new card
    new_card_id = fields.Many2one(
        "security.card",
        string="New card",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    # Where it stands
    step = fields.Selection(
        STEPS,
        compute="_compute_step",
        store=True,
        precompute=True,
        index=True,
        tracking=True,
        group_expand="_shown_steps",
    )
    deadline = fields.Date(
        compute="_compute_deadline",
        store=True,
        index=True,
        help="Day by which this step must be over.",
    )

    _one_open = models.UniqueIndex(
        "(card_id) WHERE step IN ('mac', 'request', 'decision', 'verify')",
        "This card has an open renewal file: go on with that one.",
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("activity_id", "mac_required")
    def _compute_mac_course_id(self):
        courses = self.env["security.training.course"].search(
            [("mac", "=", True), ("activity_id", "in", self.activity_id.ids)]
        )
        for renewal in self:
            fitting = courses.filtered(
                lambda course, renewal=renewal: (
                    course.activity_id == renewal.activity_id
                )
            )
            if renewal.mac_course_id not in fitting:
                renewal.mac_course_id = renewal.mac_required and fitting[:1]

    @api.depends("card_id", "requested_on", "mac_required", "date_expiry")
    def _compute_mac_from(self):
        today = fields.Date.context_today(self)
        for renewal in self:
            figures, days = renewal._law()
            renewal.mac_from = (
                days
                and renewal.mac_required
                and card_renewal.upkeep_from(
                    days, renewal.requested_on or today, figures
                )
            )

    @api.depends("requested_on", "card_id")
    def _compute_silence_on(self):
        for renewal in self:
            figures, _days = renewal._law()
            renewal.silence_on = (
                figures
                and renewal.requested_on
                and card_renewal.silence_ends(renewal.requested_on, figures)
            )

    @api.depends(
        "card_id",
        "card_id.kind",
        "card_id.activity_id",
        "mac_obtained_on",
        "requested_on",
        "new_card_id",
        "new_card_id.state",
        "outcome",
    )
    def _compute_step(self):
        for renewal in self:
            renewal.step = renewal._step_of_facts()

    @api.model
    def _shown_steps(self, steps, _domain):
        """The columns of the board, in their order: those to do, also when empty."""
        return [key for key, _name in STEPS if key in OPEN_STEPS or key in steps]

    def _step_of_facts(self):
        self.ensure_one()
        # A file that ended stays where it ended, whatever becomes of the new card.
        if self.outcome in CLOSED:
            return CLOSED[self.outcome]
        if self.new_card_id:
            verified = self.new_card_id.state != "draft"
            return "done" if verified else "verify"
        if self.requested_on:
            return "decision"
        upkept = self.mac_obtained_on or not self.mac_required
        return "request" if upkept else "mac"

    @api.depends(
        "step", "date_expiry", "date_receipt_expiry", "requested_on", "decided_on"
    )
    def _compute_deadline(self):
        for renewal in self:
            renewal.deadline = renewal._step_deadline()

    def _step_deadline(self):
        """The day by which the step must be over; none once the file is closed."""
        self.ensure_one()
        if self.step in ("mac", "request"):
            opened = fields.Date.to_date(self.create_date) or fields.Date.today()
            in_time = self.renewal_deadline and opened <= self.renewal_deadline
            # A file opened too late for a receipt runs against the end of the card.
            return self.renewal_deadline if in_time else self.date_expiry
        if self.step == "decision":
            days = [day for day in (self.silence_on, self.date_last_day) if day]
            return min(days, default=False)
        return self.decided_on if self.step == "verify" else False

    @api.depends("card_id.display_name", "employee_id.name")
    def _compute_display_name(self):
        for renewal in self:
            renewal.display_name = self.env._(
                "%(guard)s: %(card)s",
                # sudo: a name that everybody in the firm may read.
                guard=renewal.employee_id.sudo().name or "",
                card=renewal.card_id.display_name or "",
            )

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("card_id")
    def _check_card(self):
        for renewal in self:
            if renewal.card_id.kind not in RENEWABLE_KINDS:
                raise ValidationError(
                    self.env._(
                        "%s is not renewed: a new one is asked for.",
                        renewal.card_id.display_name,
                    )
                )

    @api.constrains("mac_obtained_on", "requested_on")
    def _check_dates(self):
        today = fields.Date.context_today(self)
        for renewal in self:
            for day in (renewal.mac_obtained_on, renewal.requested_on):
                if day and day > today:
                    raise ValidationError(
                        self.env._(
                            "%s is in the future: record what has happened already.",
                            format_date(self.env, day),
                        )
                    )
            renewal._check_window()

    def _check_window(self):
        obtained, start = self.mac_obtained_on, self.mac_from
        if obtained and start and obtained < start:
            raise ValidationError(
                self.env._(
                    "A skill upkeep obtained on %(day)s is too old: for this renewal "
                    "it counts from %(start)s. Book a new course.",
                    day=format_date(self.env, obtained),
                    start=format_date(self.env, start),
                )
            )
        opens = self.renewal_opens
        if self.requested_on and opens and self.requested_on < opens:
            raise ValidationError(
                self.env._(
                    "The CNAPS examines no request before %(opens)s: file it again "
                    "from that day, or correct the date.",
                    opens=format_date(self.env, opens),
                )
            )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _law(self):
        """(engine.card_renewal.Figures, Milestones) of the card; None, None without."""
        self.ensure_one()
        days = self.card_id._milestones()
        if not days:
            return None, None
        return self.company_id._security_card_figures(self.date_expiry), days

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("A renewal file is kept: give it up instead of deleting it.")
        )
