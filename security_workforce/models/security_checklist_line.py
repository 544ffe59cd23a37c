from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..engine import gate
from .security_checklist import TRANSITION
from .security_checklist_step import FACTS

STATES = [
    (gate.MISSING, "Missing"),
    (gate.LATER, "Due later"),
    (gate.MET, "Met"),
    ("waived", "Waived"),
]
TODO = (gate.MISSING, gate.LATER)


class SecurityChecklistLine(models.Model):
    """One step of one list: its state, the reason in words, since when and by whom.

    Nobody writes it: facts do, and the methods below.
    """

    _name = "security.checklist.line"
    _description = "Step of a Guard's List"
    _order = "sequence, id"
    _rec_name = "name"
    _check_company_auto = True

    checklist_id = fields.Many2one(
        "security.checklist", required=True, index=True, ondelete="cascade"
    )
    employee_id = fields.Many2one(
        related="checklist_id.employee_id", store=True, index=True
    )
    company_id = fields.Many2one(
        related="checklist_id.company_id", store=True, index=True
    )
    step_id = fields.Many2one(
        "security.checklist.step",
        required=True,
        index=True,
        ondelete="restrict",
    )
    name = fields.Char(related="step_id.name")
    fact = fields.Selection(related="step_id.fact")
    source = fields.Char(related="step_id.source")
    sequence = fields.Integer(required=True)
    mandatory = fields.Boolean(readonly=True)
    deadline = fields.Date(
        string="Before", compute="_compute_deadline", store=True, index=True
    )
    state = fields.Selection(
        STATES, required=True, readonly=True, default=gate.MISSING, index=True
    )
    reason_words = fields.Json(readonly=True)
    reason = fields.Char(compute="_compute_reason")
    changed_on = fields.Datetime(string="Since", readonly=True)
    changed_by_id = fields.Many2one(
        "res.users", string="By", readonly=True, ondelete="set null"
    )
    waive_reason = fields.Text(string="Reason of the waiver", readonly=True)
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, index="btree_not_null", ondelete="set null"
    )
    is_blocking = fields.Boolean(compute="_compute_is_blocking")
    is_late = fields.Boolean(compute="_compute_is_late")

    _step_uniq = models.Constraint(
        "UNIQUE(checklist_id, step_id)", "This step is already on the list."
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("checklist_id.date", "step_id")
    def _compute_deadline(self):
        for line in self:
            day = line.checklist_id.date
            line.deadline = day and day + timedelta(days=line.step_id.days)

    @api.depends("mandatory", "state")
    def _compute_is_blocking(self):
        for line in self:
            line.is_blocking = line.mandatory and line.state == gate.MISSING

    @api.depends("deadline", "state")
    @api.depends_context("uid")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for line in self:
            due = line.deadline
            line.is_late = line.state in TODO and bool(due) and due < today

    @api.depends("reason_words", "waive_reason", "state")
    @api.depends_context("lang")
    def _compute_reason(self):
        lang = (self.env.lang or "en")[:2]
        for line in self:
            words = line.reason_words or {}
            if line.state == "waived":
                line.reason = line.waive_reason
            elif line.fact == "hand":
                line.reason = (
                    self.env._("Ticked by %s.", line.changed_by_id.sudo().name)
                    if line.state == gate.MET
                    else self.env._("To be ticked by hand.")
                )
            else:
                line.reason = words.get(lang) or words.get("en")

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_tick(self):
        """Tick a step that no fact of the file decides; who and when are kept."""
        self.checklist_id.check_access("write")
        self._tick()

    def action_untick(self):
        """Take a tick back while the list is in progress."""
        self._require_open()
        self._require_by_hand()
        self._move(gate.MISSING)
        self.sudo()._schedule()

    def action_waive(self):
        """Open the form that asks why this step is set aside."""
        self.ensure_one()
        self._require_open()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Waive a step"),
            "res_model": "security.checklist.waive",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_line_id": self.id},
        }

    def action_restore(self):
        """End a waiver: the reason stays in the discussion of the list."""
        self._require_open()
        for line in self.filtered(lambda line: line.state == "waived"):
            line.checklist_id.message_post(
                body=self.env._(
                    "“%(step)s” is asked for again. It was waived: %(reason)s",
                    step=line.name,
                    reason=line.waive_reason,
                )
            )
            line._move(gate.MISSING, waive_reason=False)
            line.sudo()._schedule()
        self.checklist_id._follow()

    def action_open_fact(self):
        """Go to the place where the fact of this step is recorded."""
        self.ensure_one()
        return self.employee_id._security_open_fact(self.fact)

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _tick(self):
        """Record that somebody saw to these steps."""
        self._require_by_hand()
        todo = self.filtered(lambda line: line.state in TODO)
        todo._move(gate.MET)
        todo.sudo()._settle_activities()
        self.checklist_id._follow()

    def _waive(self, reason):
        """Set a step aside, for a reason that is written once."""
        self._require_open()
        if not (reason or "").strip():
            raise ValidationError(self.env._("Say why this step is waived."))
        if any(self.mapped("mandatory")):
            self.checklist_id._require_manager()
        self.filtered(lambda line: line.state in TODO)._move(
            "waived", waive_reason=reason.strip()
        )
        self.sudo()._settle_activities()
        for line in self:
            line.checklist_id.message_post(
                body=self.env._(
                    "“%(step)s” was waived: %(reason)s",
                    step=line.name,
                    reason=line.waive_reason,
                )
            )
        self.checklist_id._follow()

    def _judge(self, file, day):
        """Put this step in the state that the file says; give it back when it moved.

        :param file: ``engine.gate.File`` of the guard
        """
        answer = gate.judge(self.fact, file, day, frozenset(self.step_id.skill_ids.ids))
        if answer.state != self.state:
            self._move(answer.state, reason_words=answer.words)
            return self
        if answer.words != self.reason_words:
            self.reason_words = answer.words
        return self.browse()

    def _move(self, state, **vals):
        # sudo: nobody has the right to write a line, only these methods do it.
        self.sudo().write(
            {
                **vals,
                "state": state,
                "changed_on": fields.Datetime.now(),
                "changed_by_id": self.env.uid,
            }
        )

    # ------------------------------------------------------------
    # Activities
    # ------------------------------------------------------------

    def _settle_activities(self):
        """Mark those of met steps as done, and ask again for those that are not."""
        for line in self:
            if line.state not in TODO and line.activity_id.active:
                line.activity_id.with_context(
                    security_checklist=TRANSITION
                )._action_done(feedback=line.reason)
        self.filtered(lambda line: line.state in TODO)._schedule()

    def _schedule(self):
        """One activity for each step to do that has none open."""
        todo = self.filtered(
            lambda line: line.state in TODO and not line.activity_id.active
        )
        by_role = todo.step_id._users_by_role(todo.company_id)
        vals_list = [line._activity_vals(by_role) for line in todo]
        # One mail a step to the same person would only be noise.
        activities = (
            self.env["mail.activity"]
            .with_context(mail_activity_quick_update=True)
            .create(vals_list)
        )
        for line, activity in zip(todo, activities, strict=True):
            line.activity_id = activity

    def _activity_vals(self, by_role):
        user = self.step_id._responsible(self.employee_id, by_role)
        step = self.step_id.with_context(lang=user.lang)
        return {
            "res_model_id": self.env["ir.model"]._get_id("security.checklist"),
            "res_id": self.checklist_id.id,
            "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
            "summary": step.name,
            "note": step.source,
            "user_id": user.id,
            "date_deadline": self.deadline,
        }

    def _move_activities(self):
        """Give the open activities the deadlines of their steps."""
        for line in self.sudo():
            if line.activity_id.active:
                line.activity_id.date_deadline = line.deadline

    # ------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------

    def _require_open(self):
        self.checklist_id.check_access("write")
        self.checklist_id._require_state("open")

    def _require_by_hand(self):
        facts = dict(FACTS)
        for line in self:
            if line.fact != "hand":
                raise UserError(
                    self.env._(
                        "“%(step)s” is met by what is recorded (%(fact)s), nobody "
                        "ticks it: record the fact in the guard's file.",
                        step=line.name,
                        fact=facts.get(line.fact, line.fact),
                    )
                )
