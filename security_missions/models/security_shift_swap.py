from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from .security_shift_candidates import ALLOWED, STOPPED
from .security_shift_eligibility import VERDICTS
from .security_shift_give import GIVING
from .security_shift_notice import Change

READERS = "security_workforce.group_security_user"
# Opens the state of a swap to our own methods.
SWAPPING = object()
MOVED = {"state", "channel", "accepted_on", "approved_by_id"}
FROZEN = {"shift_id", "guard_id", "other_shift_id", "other_guard_id"}
OPEN = ("asked", "accepted")
HELD = "[('employee_id', '!=', False), ('state', 'in', ('draft', 'published'))]"


class SecurityShiftSwap(models.Model):
    """Two guards exchange two shifts, or one gives his to the other."""

    _name = "security.shift.swap"
    _description = "Swap of Shifts"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "shift_id"
    _check_company_auto = True

    shift_id = fields.Many2one(
        "security.shift",
        "Shift Given",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        domain=HELD,
    )
    guard_id = fields.Many2one(
        "hr.employee",
        "Given by",
        compute="_compute_guard_id",
        store=True,
        precompute=True,
        index=True,
        check_company=True,
    )
    other_guard_id = fields.Many2one(
        "hr.employee",
        "Taken by",
        compute="_compute_other_guard_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        check_company=True,
    )
    other_shift_id = fields.Many2one(
        "security.shift",
        "Shift in Exchange",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        domain=HELD,
        help="Nothing: the shift is given without another one in return.",
    )
    company_id = fields.Many2one(
        related="shift_id.company_id", store=True, index=True, precompute=True
    )
    note = fields.Char("Word of the Guard")
    state = fields.Selection(
        [
            ("asked", "Asked"),
            ("accepted", "To be approved"),
            ("done", "Done"),
            ("refused", "Refused"),
            ("cancelled", "Withdrawn"),
        ],
        default="asked",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    channel = fields.Selection(
        [("portal", "Portal"), ("phone", "Typed after a call")],
        "Accepted by",
        readonly=True,
        copy=False,
    )
    accepted_on = fields.Datetime(readonly=True, copy=False)
    approved_by_id = fields.Many2one(
        "res.users", "Approved by", readonly=True, copy=False
    )
    taker_eligibility = fields.Selection(
        VERDICTS, "Verdict on the Taker", compute="_compute_verdicts", groups=READERS
    )
    taker_reasons = fields.Text(
        "What Is Said of the Taker", compute="_compute_verdicts", groups=READERS
    )
    giver_eligibility = fields.Selection(
        VERDICTS, "Verdict on the Giver", compute="_compute_verdicts", groups=READERS
    )
    giver_reasons = fields.Text(
        "What Is Said of the Giver", compute="_compute_verdicts", groups=READERS
    )

    _one_open = models.UniqueIndex(
        "(shift_id) WHERE state IN ('asked', 'accepted')",
        "A swap of this shift is asked already: withdraw it to ask another one.",
    )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("shift_id")
    def _compute_guard_id(self):
        for swap in self.filtered(lambda s: s.state in OPEN):
            swap.guard_id = swap.shift_id.employee_id

    @api.depends("other_shift_id")
    def _compute_other_guard_id(self):
        for swap in self.filtered(lambda s: s.state in OPEN):
            swap.other_guard_id = swap.other_shift_id.employee_id or swap.other_guard_id

    @api.depends("shift_id", "other_shift_id", "guard_id", "other_guard_id", "state")
    @api.depends_context("lang")
    def _compute_verdicts(self):
        """Each guard on the shift of the other, as if both had left their own."""
        for swap in self:
            taker = giver = (False, False)
            if swap.state in OPEN and swap.shift_id and swap.other_guard_id:
                taker, giver = swap._verdicts()
            swap.taker_eligibility, swap.taker_reasons = taker
            swap.giver_eligibility, swap.giver_reasons = giver

    def _verdicts(self):
        """((eligibility, reasons) of the taker, the same of the giver or nothing)."""
        both = self.shift_id | self.other_shift_id
        ids = both._origin.ids
        shift, other = self.shift_id._origin, self.other_shift_id._origin
        taker = shift._verdicts_of(self.other_guard_id._origin, without=ids)
        giver = other and other._verdicts_of(self.guard_id._origin, without=ids)
        return (
            taker.get(self.other_guard_id._origin.id, (False, False)),
            giver[self.guard_id._origin.id] if giver else (False, False),
        )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.constrains("shift_id", "other_shift_id", "other_guard_id")
    def _check_guards(self):
        for swap in self.sudo().filtered(lambda s: s.state in OPEN):
            exchanged = swap.other_shift_id
            if not swap.guard_id or swap.guard_id == swap.other_guard_id:
                raise ValidationError(
                    self.env._("A swap is between two guards: choose another shift.")
                )
            if exchanged and exchanged.employee_id != swap.other_guard_id:
                raise ValidationError(
                    self.env._(
                        "“%(shift)s” is not held by %(guard)s: choose a shift of his.",
                        shift=exchanged.display_name,
                        guard=swap.other_guard_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        forced = {"state": "asked", **dict.fromkeys(MOVED - {"state"}, False)}
        for vals in vals_list:
            if any(vals.get(name, value) != value for name, value in forced.items()):
                self._refuse_forged()
        swaps = super().create([{**vals, **forced} for vals in vals_list])
        for swap in swaps:
            swap.sudo()._check_unchanged()
        swaps._send("mail_template_swap_asked", swaps.other_guard_id)
        swaps.other_guard_id._wake_phones(
            lambda env: env._("A colleague asks to swap a shift with you."), "offers"
        )
        return swaps

    def write(self, vals):
        if self.env.context.get("security_shift_swap") is not SWAPPING and (
            (MOVED | FROZEN) & vals.keys()
        ):
            self._refuse_forged()
        return super().write(vals)

    def _refuse_forged(self):
        raise UserError(
            self.env._(
                "A swap is answered and approved by its buttons only: withdraw it and "
                "ask another one to change its shifts."
            )
        )

    def _move(self, **vals):
        self.sudo().with_context(security_shift_swap=SWAPPING).write(vals)

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_accept(self):
        """The other guard said yes on the phone."""
        self.check_access("write")
        for swap in self:
            swap._accept("phone")

    def action_refuse(self):
        """The other guard said no, or the planner does."""
        self.check_access("write")
        self._end("refused")

    def action_cancel(self):
        """Whoever asked does not want it any more."""
        self.check_access("write")
        self._end("cancelled")

    def action_approve(self):
        """Exchange the guards; refused as a whole when a rule stops one of them."""
        self.check_access("write")
        self._check_open()
        for swap in self:
            if swap.state != "accepted":
                raise UserError(
                    self.env._(
                        "%(guard)s has not accepted yet: press “Accepted by Phone” "
                        "when he has told you.",
                        guard=swap.other_guard_id.name,
                    )
                )
            swap._exchange()

    # ------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------

    def _accept(self, channel):
        """The other guard wants it; done at once when the firm and the rules allow."""
        self.ensure_one()
        swap = self.sudo()
        swap._lock()
        if swap.state != "asked":
            raise UserError(self.env._("This swap is not waiting for an answer."))
        swap._check_unchanged()
        swap._move(state="accepted", channel=channel, accepted_on=fields.Datetime.now())
        wanted = [verdict for verdict, _why in swap._verdicts() if verdict]
        free = all(verdict in ALLOWED for verdict in wanted)
        if swap.company_id.security_swap_auto and free:
            swap._exchange()

    def _end(self, state):
        swaps = self.sudo()
        swaps._lock()
        swaps._check_open()
        swaps._move(state=state)
        swaps._tell()

    def _check_open(self):
        if any(swap.state not in OPEN for swap in self):
            raise UserError(self.env._("This swap has ended already."))

    def _exchange(self):
        """Both shifts change hands, or none: published ones stay published."""
        self.ensure_one()
        swap = self.sudo()
        swap._lock()
        swap._check_unchanged()
        swap._check_allowed()
        # First, for a change of the shifts of an open swap ends it.
        swap._move(state="done", approved_by_id=self.env.uid)
        both = swap.shift_id | swap.other_shift_id
        guards = swap.guard_id | swap.other_guard_id
        if swap.other_shift_id:
            swap._exchange_guards(both, guards)
        else:
            swap.shift_id._give_to(
                swap.other_guard_id, "guard", swap.channel, swap._proof(), guards
            )
        both._open_offers()._close("cancelled", "hand")
        swap._tell()

    def _exchange_guards(self, both, guards):
        """Both have asked for it: the ledger of notices keeps their consent."""
        held = {shift: shift.employee_id for shift in both}
        change = Change("guard", self.channel, guards=guards)
        one, other = both.with_context(security_shift_giving=GIVING)._because(change)
        one._swap_guards(other)
        both._refuse_stopped()
        for shift in both:
            shift._tell_mission(held[shift], "guard", self._proof())

    def _lock(self):
        shifts = self.shift_id | self.other_shift_id
        for table, ids in (
            ("security_shift", shifts.ids),
            ("security_shift_swap", self.ids),
        ):
            self.env.execute_query(
                SQL(
                    "SELECT id FROM %s WHERE id IN %s ORDER BY id FOR NO KEY UPDATE",
                    SQL.identifier(table),
                    tuple(ids) or (0,),
                )
            )

    def _check_allowed(self):
        taker, giver = self._verdicts()
        for guard, shift, (eligibility, reasons) in (
            (self.other_guard_id, self.shift_id, taker),
            (self.guard_id, self.other_shift_id, giver),
        ):
            if eligibility in STOPPED:
                raise UserError(
                    self.env._(
                        "%(guard)s may not take “%(shift)s”: %(reasons)s",
                        guard=guard.name,
                        shift=shift.display_name,
                        reasons=reasons,
                    )
                )

    def _proof(self):
        channel = dict(self._fields["channel"]._description_selection(self.env))
        return self.env._(
            "swap accepted by %(guard)s (%(channel)s), approved by %(user)s",
            guard=self.other_guard_id.name,
            channel=channel[self.channel].lower(),
            user=self.env.user.name,
        )
