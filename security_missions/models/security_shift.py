from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_datetime

from odoo.addons.security_workforce.engine.worktime import local, named_zone

TRANSITIONS = {
    "draft": {"published", "cancelled"},
    "published": {"draft", "started", "done", "cancelled"},
    "started": {"published", "done"},
    "done": {"started", "published"},
    "cancelled": {"draft"},
}
ONE_DAY = timedelta(hours=24)
# The day on which the clock goes back.
LONGEST = timedelta(hours=25)
FROZEN_BY_START = ("post_id", "employee_id")
FROZEN_BY_APPROVAL = {"post_id", "employee_id", "date_start", "date_stop", "state"}
APPROVAL_FIELDS = ("approval_date", "approval_user_id")
# Opens the approval fields to our own methods. An object cannot be sent through an
# API, so no caller from outside can forge an approval or take one back.
APPROVING = object()
# Taking an attendance back corrects a fact: what is published stays so, and is flagged.
CORRECTING = object()


class SecurityShift(models.Model):
    """One guard on one post from one instant to another, both in UTC."""

    _name = "security.shift"
    _description = "Security Shift"
    _inherit = ["security.placed.mixin"]
    _order = "date_start, id"
    _check_company_auto = True
    _place_field = "post_id"

    post_id = fields.Many2one(
        "security.post",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    site_id = fields.Many2one(related="post_id.site_id", store=True, index=True)
    company_id = fields.Many2one(
        related="post_id.company_id", store=True, index=True, precompute=True
    )
    partner_id = fields.Many2one(related="site_id.partner_id", string="Client")
    activity_id = fields.Many2one(related="post_id.activity_id")
    tz = fields.Selection(related="site_id.tz")
    mission_id = fields.Many2one(
        "security.mission",
        compute="_compute_mission_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
    )
    employee_id = fields.Many2one(
        "hr.employee", "Guard", index="btree_not_null", check_company=True, copy=False
    )
    date_start = fields.Datetime("Start", required=True, index=True)
    date_stop = fields.Datetime("End", required=True)
    hours = fields.Float(compute="_compute_hours", store=True, precompute=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("published", "Published"),
            ("started", "Started"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    demand_key = fields.Char(
        readonly=True,
        copy=False,
        export_string_translation=False,
        help="Stable name of the need this shift answers.",
    )
    demand_start = fields.Datetime(
        readonly=True, copy=False, help="When the need began, as it was followed last."
    )
    demand_stop = fields.Datetime(
        readonly=True, copy=False, help="When the need ended, as it was followed last."
    )
    note = fields.Char()

    _stop_after_start = models.Constraint(
        "CHECK (date_stop > date_start)",
        "A shift ends after it starts: check both times.",
    )
    _one_day_at_most = models.Constraint(
        "CHECK (date_stop <= date_start + interval '25 hours')",
        "A shift lasts 24 hours at most: split it, with a relief in between.",
    )
    # The last line of defence, against two planners at the same instant. It is looked
    # at after each statement; only two guards who change places wait for the second.
    _no_overlap = models.Constraint(
        """EXCLUDE USING gist (
            int4range(employee_id, employee_id, '[]') WITH &&,
            tsrange(date_start, date_stop) WITH &&
        ) WHERE (employee_id IS NOT NULL AND state <> 'cancelled')
        DEFERRABLE INITIALLY IMMEDIATE""",
        "This guard has another shift at that time: choose another guard or "
        "reload the rota to see what changed meanwhile.",
    )
    _demand_uniq = models.UniqueIndex(
        "(post_id, demand_key) WHERE demand_key IS NOT NULL",
        "The shifts of this need were generated already.",
    )
    _employee_date_idx = models.Index(
        "(employee_id, date_start) WHERE employee_id IS NOT NULL"
    )
    _post_date_idx = models.Index("(post_id, date_start)")

    # ------------------------------------------------------------
    # CONSTRAINTS
    # ------------------------------------------------------------

    @api.constrains("date_start", "date_stop", "post_id")
    def _check_length(self):
        """A day on the clock of the site: 25 real hours once a year."""
        for shift in self:
            zone = named_zone(shift.tz)
            lasts = shift.date_stop - shift.date_start
            start, stop = local(shift.date_start, zone), local(shift.date_stop, zone)
            on_the_clock = stop.replace(tzinfo=None) - start.replace(tzinfo=None)
            if min(lasts, on_the_clock) > ONE_DAY:
                raise ValidationError(
                    self.env._(
                        "“%(shift)s” lasts 24 hours at most: split it, with a relief "
                        "in between.",
                        shift=shift.display_name,
                    )
                )

    @api.constrains("state", "employee_id", "post_id", "date_start", "date_stop")
    def _check_published(self):
        """Whoever is published may be there: a guard, with a card that covers it."""
        published = self.filtered(lambda s: s.state == "published")
        if not published or self._corrects():
            return
        for shift in published:
            if not shift.employee_id:
                raise ValidationError(
                    self.env._(
                        "“%(shift)s” has no guard: assign one before publishing.",
                        shift=shift.display_name,
                    )
                )
        gaps = self.env["security.card"]._find_gaps(
            [
                (s.employee_id, s.activity_id, s.date_start, s.date_stop, s.tz)
                for s in published
            ]
        )
        if gaps:
            raise ValidationError("\n".join(gaps[index] for index in sorted(gaps)))

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("post_id")
    def _compute_mission_id(self):
        for shift in self:
            shift.mission_id = shift.post_id.mission_id

    @api.depends("date_start", "date_stop")
    def _compute_hours(self):
        for shift in self:
            length = (
                shift.date_stop - shift.date_start
                if shift.date_start and shift.date_stop
                else None
            )
            shift.hours = length.total_seconds() / 3600 if length else 0.0

    @api.depends("post_id", "date_start", "date_stop")
    def _compute_display_name(self):
        """Post and local time: the planner and the guard think in the site's hours."""
        for shift in self:
            times = [
                format_datetime(self.env, value, tz=shift.tz, dt_format=pattern)
                for value, pattern in (
                    (shift.date_start, "dd/MM HH:mm"),
                    (shift.date_stop, "HH:mm"),
                )
                if value
            ]
            shift.display_name = f"{shift.post_id.display_name} {'-'.join(times)}"

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # Set here so that a default of the context cannot make an approved shift.
        defaults = {"state": "draft", **dict.fromkeys(APPROVAL_FIELDS, False)}
        vals_list = [{**defaults, **vals} for vals in vals_list]
        for vals in vals_list:
            if vals["state"] not in ("draft", "published") or any(
                vals[name] for name in APPROVAL_FIELDS
            ):
                self._refuse_forged()
        return super().create(vals_list)

    def write(self, vals):
        approving = self.env.context.get("security_shift_approval") is APPROVING
        if not approving and any(name in vals for name in APPROVAL_FIELDS):
            self._refuse_forged()
        # The attendance starts and ends a shift, as superuser.
        if vals.get("state") in ("started", "done") and not self.env.su:
            self._refuse_forged()
        if "state" in vals:
            self._check_transition(vals["state"])
        if FROZEN_BY_APPROVAL & vals.keys():
            self._check_not_approved()
            self._check_not_started(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        kept = self.filtered(lambda s: s.state not in ("draft", "cancelled"))
        if kept:
            raise UserError(
                self.env._(
                    "“%(shift)s” is published: cancel it instead of deleting it, so "
                    "that the guard is told and the register stays whole.",
                    shift=kept[0].display_name,
                )
            )

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_publish(self):
        """Publish drafts. Refused as a whole when one guard may not be there."""
        self.filtered(lambda s: s.state != "published").write({"state": "published"})

    def action_draft(self):
        """Take published or cancelled shifts back to the drawing board."""
        self.filtered(lambda s: s.state != "draft").write({"state": "draft"})

    def action_cancel(self):
        """Cancel shifts nobody has started."""
        self.filtered(lambda s: s.state != "cancelled").write({"state": "cancelled"})

    # ------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------

    def _corrects(self):
        return self.env.context.get("security_shift_correction") is CORRECTING

    def _state_label(self, state):
        return dict(self._fields["state"]._description_selection(self.env))[state]

    def _refuse_forged(self):
        raise UserError(
            self.env._(
                "A shift is started, done and approved through its attendance and its "
                "buttons only."
            )
        )

    def _check_not_started(self, vals):
        """Who was where is a fact once somebody has clocked in."""
        for shift in self.filtered(lambda s: s.state in ("started", "done")):
            if any(
                name in vals and vals[name] != shift[name].id
                for name in FROZEN_BY_START
            ):
                raise UserError(
                    self.env._(
                        "“%(shift)s” has begun with %(guard)s: make a shift of its own "
                        "for whoever takes over, or remove the attendance first.",
                        shift=shift.display_name,
                        guard=shift.employee_id.name,
                    )
                )

    def _check_transition(self, target):
        for shift in self:
            if target != shift.state and target not in TRANSITIONS[shift.state]:
                raise UserError(
                    self.env._(
                        "“%(shift)s” is %(state)s and cannot become %(target)s.",
                        shift=shift.display_name,
                        state=self._state_label(shift.state).lower(),
                        target=self._state_label(target).lower(),
                    )
                )
