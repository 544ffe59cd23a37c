from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.base.models.res_partner import _tz_get
from odoo.addons.security_workforce.engine.availability import Wish
from odoo.addons.security_workforce.engine.worktime import local, named_zone

from .security_shift import LONGEST

KINDS = [
    ("unavailable", "Not available"),
    ("work", "Would like to work"),
    ("off", "Would like to be off"),
]
# Opens the state to our own methods: an object cannot be sent through an API.
ANSWERING = object()
ANSWERED = ("accepted", "refused")
SAID = ("kind", "employee_id", "date_start", "date_stop", "is_weekly", "repeat_until")
PLANNED = ("draft", "published", "started")
# What is said of a declaration that comes back is that of the weeks to come.
AHEAD = timedelta(days=60)


class SecurityAvailability(models.Model):
    """What a guard says of his own time: he cannot come, or he would rather."""

    _name = "security.availability"
    _description = "Availability of a Guard"
    _inherit = ["security.eligibility.mixin"]
    _order = "date_start desc, id desc"
    _check_company_auto = True

    employee_id = fields.Many2one(
        "hr.employee",
        "Guard",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(
        KINDS, string="What", required=True, default="unavailable", index=True
    )
    date_start = fields.Datetime("From", required=True)
    date_stop = fields.Datetime("To", required=True)
    tz = fields.Selection(
        _tz_get,
        "Timezone",
        compute="_compute_tz",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="A declaration that comes back does so on this clock.",
    )
    is_weekly = fields.Boolean("Every Week", help="Same day, same hours, each week.")
    repeat_until = fields.Date("Until", help="Last day; empty: until further notice.")
    note = fields.Char()
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("told", "Handed In"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    answer = fields.Char(
        "Answer to the Guard", copy=False, help="Why it is refused; the guard reads it."
    )
    answer_user_id = fields.Many2one(
        "res.users", "Answered By", readonly=True, copy=False
    )
    answer_date = fields.Datetime("Answered On", readonly=True, copy=False)
    conflict = fields.Text("Planned Meanwhile", compute="_compute_conflict")

    _dates_in_order = models.Constraint(
        "CHECK (date_stop > date_start)",
        "The declaration ends before it starts: check both times.",
    )
    _week_by_week = models.Constraint(
        "CHECK (NOT is_weekly OR date_stop <= date_start + INTERVAL '7 days')",
        "What comes back every week lasts one week at most.",
    )

    @api.constrains("is_weekly", "repeat_until", "date_start")
    def _check_repeat(self):
        for one in self:
            if one.repeat_until and not one.is_weekly:
                raise ValidationError(
                    self.env._("A last day is for what comes back every week.")
                )
            if one.repeat_until and one.repeat_until < one.date_start.date():
                raise ValidationError(
                    self.env._("The last day is before the first: check both.")
                )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("employee_id")
    def _compute_tz(self):
        for one in self:
            one.tz = one.employee_id.sudo().tz or self.env.user.tz or "Europe/Paris"

    @api.depends("employee_id.name", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for one in self:
            one.display_name = self.env._(
                "%(guard)s: %(kind)s",
                guard=one.employee_id.sudo().name or "",
                kind=kinds.get(one.kind, ""),
            )

    @api.depends("employee_id", "kind", "date_start", "date_stop", "is_weekly", "state")
    @api.depends_context("lang", "tz")
    def _compute_conflict(self):
        found = self._shifts_meanwhile(PLANNED)
        for one in self:
            shifts = found.get(one.id, ())
            one.conflict = "\n".join(shift.display_name for shift in shifts) or False

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("state", "draft") != "draft" for vals in vals_list):
            self._check_answering()
        return super().create(vals_list)

    def write(self, vals):
        if not vals.keys().isdisjoint({"state", "answer_user_id", "answer_date"}):
            self._check_answering()
        if not vals.keys().isdisjoint(SAID):
            self._check_not_answered()
        return super().write(vals)

    def _check_answering(self):
        if self.env.context.get("security_availability_answer") is not ANSWERING:
            raise AccessError(
                self.env._(
                    "The state of a declaration changes with its buttons: tell, "
                    "accept or refuse it."
                )
            )

    def _check_not_answered(self):
        for one in self:
            if one.state in ANSWERED:
                raise UserError(
                    self.env._(
                        "“%(declaration)s” was answered already: take the answer back, "
                        "or make another declaration.",
                        declaration=one.display_name,
                    )
                )

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_tell(self):
        """The guard, or the planner for him, says it: the rules know of it."""
        self._change_state(("draft",), "told")

    def action_accept(self):
        """The guard may count on it: shifts that run into it need a derogation."""
        self._check_answerable()
        self._change_state(("told", "refused"), "accepted", answered=True)

    def action_refuse(self):
        """The guard is expected all the same; the answer says why."""
        self._check_answerable()
        for one in self:
            if not (one.answer or "").strip():
                raise UserError(
                    self.env._(
                        "Tell %(guard)s why it is refused: fill in the answer first.",
                        guard=one.employee_id.name,
                    )
                )
        self._change_state(("told", "accepted"), "refused", answered=True)

    def action_reopen(self):
        """Take the answer back."""
        self._change_state(ANSWERED, "told")

    def _check_answerable(self):
        for one in self:
            if one.kind != "unavailable":
                raise UserError(
                    self.env._(
                        "“%(declaration)s” is a wish: it is neither accepted nor "
                        "refused, the planner does what he can.",
                        declaration=one.display_name,
                    )
                )

    def _change_state(self, sources, target, answered=False):
        self.check_access("write")
        labels = dict(self._fields["state"]._description_selection(self.env))
        for one in self:
            if one.state not in sources:
                raise UserError(
                    self.env._(
                        "“%(declaration)s” is %(state)s and cannot become %(target)s.",
                        declaration=one.display_name,
                        state=labels[one.state].lower(),
                        target=labels[target].lower(),
                    )
                )
        self.with_context(security_availability_answer=ANSWERING).write(
            {
                "state": target,
                "answer_user_id": answered and self.env.uid,
                "answer_date": answered and fields.Datetime.now(),
            }
        )

    # ------------------------------------------------------------
    # THE GUARD'S OWN
    # ------------------------------------------------------------

    @api.model
    def _declare(self, guard, vals):
        """What a guard says on his page, told at once.

        :param guard: his ``hr.employee``
        :param vals: ``kind``, ``date_start``, ``date_stop`` (naive UTC), ``is_weekly``,
            ``repeat_until``, ``note``
        :raises UserError: when it is over already
        """
        last = vals.get("repeat_until") or vals["date_stop"].date()
        today = fields.Datetime.now()
        forever = vals.get("is_weekly") and not vals.get("repeat_until")
        if not forever and last < today.date():
            raise UserError(
                self.env._("This time is over: tell what is to come, from today on.")
            )
        # sudo: a guard writes nothing but through here, for himself.
        mine = self.sudo().with_context(security_availability_answer=ANSWERING)
        return mine.create({**vals, "employee_id": guard.id, "state": "told"})

    def _withdraw(self):
        """The guard takes back what he said, answered or not, while it is to come."""
        self.ensure_one()
        # sudo: asked by its guard, see the page.
        mine = self.sudo()
        if mine._is_over():
            raise UserError(
                self.env._("This time is over: what was said of it is kept.")
            )
        mine.unlink()

    def _is_over(self):
        """Nothing of it is to come, on its own clock."""
        now = fields.Datetime.now()
        if not self.is_weekly:
            return self.date_stop <= now
        today = local(now, named_zone(self.tz)).date()
        return bool(self.repeat_until) and self.repeat_until < today

    # ------------------------------------------------------------
    # FOR THE RULES AND THE PLANNER
    # ------------------------------------------------------------

    def _eligibility_concerns(self, vals):
        return not vals.keys().isdisjoint({*SAID, "state", "tz"})

    def _as_wish(self):
        self.ensure_one()
        return Wish(
            kind=self.kind,
            start=self.date_start,
            stop=self.date_stop,
            tz=self.tz,
            weekly=self.is_weekly,
            until=self.repeat_until or None,
            accepted=self.state == "accepted",
        )

    def _shifts_meanwhile(self, states):
        """``{id: shifts}`` of its guard that run into each declaration; of one that
        comes back, those of the next two months. One search, whatever their number.
        Nothing runs into the wish to work: it is what the shift fulfils.

        sudo: the guard is told of his own shift, whatever he reads of it.
        """
        known = self.filtered(
            lambda one: one.kind != "work" and one.date_start and one.date_stop
        )
        if not known:
            return {}
        now = fields.Datetime.now()
        stops = [now + AHEAD if one.is_weekly else one.date_stop for one in known]
        shifts = (
            self.env["security.shift"]
            .sudo()
            .search(
                [
                    ("employee_id", "in", known.employee_id.ids),
                    ("state", "in", states),
                    ("date_start", "<", max(stops)),
                    ("date_start", ">", min(known.mapped("date_start")) - LONGEST),
                    ("date_stop", ">", now),
                ],
                order="date_start",
            )
        )
        by_guard = shifts.grouped("employee_id")
        return {
            one.id: one._run_into(by_guard.get(one.employee_id, shifts.browse()))
            for one in known
        }

    def _run_into(self, shifts):
        """Those of these shifts that are within what is declared."""
        wish = self._as_wish()
        return shifts.filtered(
            lambda shift: any(wish.times(shift.date_start, shift.date_stop))
        )
