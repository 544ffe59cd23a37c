from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .security_shift_candidates import ALLOWED

# Opens the state of an offer to our own methods: no API can send an object.
MOVING = object()
MOVED = {"state", "winner_id", "closing", "time_over", "answer_ids"}
FROZEN = {"shift_id", "mode", "deadline", "minutes"}
# Below, an offer that ends when its shift begins would leave no time to answer.
SHORTEST = timedelta(minutes=15)


class SecurityShiftOffer(models.Model):
    """A shift offered: the first yes wins, or bids, or one after the other."""

    _name = "security.shift.offer"
    _description = "Offer of a Shift"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "shift_id"
    _check_company_auto = True

    shift_id = fields.Many2one(
        "security.shift",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="shift_id.company_id", store=True, index=True, precompute=True
    )
    mode = fields.Selection(
        [
            ("first_accept", "The first yes wins"),
            ("bid", "All answer, the planner chooses"),
            ("cascade", "One after the other"),
        ],
        default="first_accept",
        required=True,
    )
    deadline = fields.Datetime(
        "Answer by",
        compute="_compute_deadline",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Nobody can answer after this instant.",
    )
    minutes = fields.Integer(
        "Time for Each (min)",
        compute="_compute_minutes",
        store=True,
        readonly=False,
        precompute=True,
        help="One after the other: how long each guard has before the next is asked.",
    )
    ground = fields.Selection(
        [
            ("vacant", "Vacant shift"),
            ("absence", "Replacement of an absent colleague"),
            ("client", "Request of the client"),
            ("other", "Other ground"),
        ],
        compute="_compute_ground",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    note = fields.Char("Word for the Guards")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("open", "Open"),
            ("won", "Given"),
            ("expired", "Without taker"),
            ("cancelled", "Withdrawn"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    closing = fields.Selection(
        [
            ("taken", "A guard has taken it"),
            ("hand", "The planner gave it by hand"),
            ("changed", "The shift has changed"),
            ("gone", "The shift is cancelled"),
            ("begun", "The shift has begun"),
            ("planner", "The planner withdrew it"),
            ("nobody", "Nobody is left to ask"),
            ("time", "No yes in time"),
        ],
        "Why It Ended",
        readonly=True,
        copy=False,
    )
    time_over = fields.Boolean(
        "To Be Chosen",
        readonly=True,
        copy=False,
        help="All have answered or the time is over: choose one of the yes.",
    )
    winner_id = fields.Many2one(
        "hr.employee",
        "Taken by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
    )
    answer_ids = fields.One2many(
        "security.shift.offer.answer", "offer_id", "Answers", readonly=True
    )
    asked_count = fields.Integer("Asked", compute="_compute_counts")
    yes_count = fields.Integer("Yes", compute="_compute_counts")
    no_count = fields.Integer("No", compute="_compute_counts")

    _one_open = models.UniqueIndex(
        "(shift_id) WHERE state = 'open'",
        "This shift is offered already: withdraw that offer before you make another.",
    )
    _open_deadline_idx = models.Index("(deadline) WHERE state = 'open'")
    _minutes_positive = models.Constraint(
        "CHECK (minutes > 0)", "Each guard has at least one minute to answer."
    )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("shift_id")
    def _compute_deadline(self):
        now = fields.Datetime.now().replace(microsecond=0)
        for offer in self.filtered(lambda o: o.state == "draft"):
            shift = offer.shift_id
            if not shift:
                offer.deadline = offer.deadline or now + timedelta(days=1)
                continue
            hours = timedelta(hours=shift.company_id.security_offer_hours)
            last = shift.date_start
            if last - now < SHORTEST:
                # Somebody is missing on the post: whoever comes late is welcome.
                last = shift.date_stop
            offer.deadline = min(now + hours, last)

    @api.depends("shift_id")
    def _compute_minutes(self):
        for offer in self.filtered(lambda o: o.state == "draft"):
            company = offer.shift_id.company_id or self.env.company
            offer.minutes = company.security_offer_minutes

    @api.depends("shift_id")
    def _compute_ground(self):
        for offer in self.filtered(lambda o: o.state == "draft"):
            held = offer.shift_id.employee_id
            offer.ground = "absence" if held else "vacant"

    @api.depends("answer_ids.answer", "answer_ids.asked_at")
    def _compute_counts(self):
        for offer in self:
            answers = offer.answer_ids
            offer.asked_count = len(answers.filtered("asked_at"))
            offer.yes_count = len(answers.filtered(lambda a: a.answer == "yes"))
            offer.no_count = len(answers.filtered(lambda a: a.answer == "no"))

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # Set here so that a default of the context cannot make an offer that is won.
        forced = {"state": "draft", "winner_id": False, "closing": False}
        forced["time_over"] = False
        for vals in vals_list:
            if any(vals.get(name, value) != value for name, value in forced.items()):
                self._refuse_forged()
            if vals.get("answer_ids"):
                self._refuse_forged()
        return super().create([{**vals, **forced} for vals in vals_list])

    def write(self, vals):
        if self.env.context.get("security_shift_offer") is not MOVING:
            if MOVED & vals.keys():
                self._refuse_forged()
            if FROZEN & vals.keys() and any(o.state != "draft" for o in self):
                raise UserError(
                    self.env._(
                        "The guards were asked on these terms: withdraw the offer and "
                        "make another one."
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        kept = self.filtered(lambda offer: offer.state != "draft")
        if kept:
            raise UserError(
                self.env._(
                    "Guards were asked about “%(shift)s”: withdraw the offer instead "
                    "of deleting it, so that they are told.",
                    shift=kept[0].shift_id.display_name,
                )
            )

    def _refuse_forged(self):
        raise UserError(
            self.env._("An offer is opened, won and closed by its buttons only.")
        )

    def _move(self, **vals):
        self.sudo().with_context(security_shift_offer=MOVING).write(vals)

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_open(self):
        """Ask all those who may take it, in their rank."""
        for offer in self:
            offer._open()

    def action_cancel(self):
        """Withdraw the offer and tell those who were asked."""
        self.check_access("write")
        self._lock()
        for offer in self:
            if offer.state == "draft":
                offer._move(state="cancelled", closing="planner")
            elif offer.state == "open":
                offer._close("cancelled", "planner")

    def _open(self, guards=None):
        """Ask these guards, or all: those whom a rule stops are left out, and named.

        :param guards: ``hr.employee`` that were chosen, all who may when none is given
        """
        self.ensure_one()
        self.check_access("write")
        self._check_can_be_opened()
        rows = self.shift_id._candidates()
        if guards is not None:
            rows = [row for row in rows if row["employee_id"] in guards.ids]
        able = [row for row in rows if row["eligibility"] in ALLOWED]
        left_out = [row for row in rows if row["eligibility"] not in ALLOWED]
        if not able:
            why = "\n".join(self._left_out_words(left_out))
            raise UserError(
                self.env._("Nobody of those may take this shift, so nobody was asked.")
                + (f"\n{why}" if guards is not None and why else "")
            )
        self.env["security.shift.offer.answer"].sudo().create(
            [
                {
                    "offer_id": self.id,
                    "employee_id": row["employee_id"],
                    "rank": place,
                    "rank_reason": row["rank_reasons"] or row["reasons"],
                }
                for place, row in enumerate(able, 1)
            ]
        )
        self._move(state="open")
        if guards is not None and left_out:
            names = "; ".join(self._left_out_words(left_out))
            self.message_post(body=self.env._("Not asked – %(names)s", names=names))
        self.sudo()._ask_first()

    def _left_out_words(self, rows):
        return [
            self.env._(
                "%(name)s: %(reasons)s", name=row["name"], reasons=row["reasons"]
            )
            for row in rows
        ]

    def _check_can_be_opened(self):
        if self.state != "draft":
            raise UserError(self.env._("This offer was made already."))
        shift = self.shift_id
        if shift.state not in ("draft", "published"):
            raise UserError(
                self.env._(
                    "“%(shift)s” is %(state)s: it is not offered any more.",
                    shift=shift.display_name,
                    state=shift._state_label(shift.state).lower(),
                )
            )
        if not fields.Datetime.now() < self.deadline <= shift.date_stop:
            raise ValidationError(
                self.env._(
                    "The time to answer ends in the future, and before the shift does: "
                    "change “Answer by”."
                )
            )

    def _creation_message(self):
        # The words of the framework do not agree with a feminine name in French.
        return self.env._("Offer created")
