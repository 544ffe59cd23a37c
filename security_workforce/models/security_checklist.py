from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .security_checklist_step import DIRECTIONS

STATES = [("open", "In progress"), ("cleared", "Cleared"), ("cancelled", "Cancelled")]
# Opens the fields that only our own methods may write. An object cannot be sent
# through an API, so no caller from outside can forge it.
TRANSITION = object()
GUARDED = {"state", "cleared_on", "line_ids", "direction", "employee_id"}


class SecurityChecklist(models.Model):
    """The list of one guard who joins, or who leaves: what is met, what is missing.

    A joining list stops its guard until each mandatory step is met; it never comes
    back by itself afterwards, since the rules of the rota watch cards, permits and
    visits from then on. A leaving list stops nothing, it is followed.
    """

    _name = "security.checklist"
    _description = "Joining or Leaving List"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state desc, date, id"
    _rec_names_search = ["employee_id"]
    _check_company_auto = True

    employee_id = fields.Many2one(
        "hr.employee", string="Guard", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    direction = fields.Selection(DIRECTIONS, required=True, default="joining")
    date = fields.Date(
        string="Day",
        required=True,
        compute="_compute_date",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Joining: the day of hiring. Leaving: the last day of work. The deadlines "
        "of the steps are counted from it.",
    )
    state = fields.Selection(
        STATES, required=True, readonly=True, default="open", index=True, tracking=True
    )
    cleared_on = fields.Datetime(readonly=True, copy=False)
    line_ids = fields.One2many(
        "security.checklist.line", "checklist_id", string="Steps", copy=False
    )
    # What is shown of the lines
    progress = fields.Integer(compute="_compute_progress", store=True)
    missing_count = fields.Integer(
        string="Missing", compute="_compute_progress", store=True
    )
    next_step_id = fields.Many2one(
        "security.checklist.step",
        string="Waiting for",
        compute="_compute_progress",
        store=True,
        index="btree_not_null",
        ondelete="set null",
        help="The first step that is missing.",
    )
    is_followed = fields.Boolean(compute="_compute_progress", store=True)
    missing_names = fields.Char(
        string="What is missing", compute="_compute_missing_names"
    )
    is_late = fields.Boolean(compute="_compute_is_late")

    _open_uniq = models.UniqueIndex(
        "(employee_id, direction) WHERE state = 'open'",
        "This guard already has such a list in progress: complete or cancel it first.",
    )
    _followed_index = models.Index("(employee_id) WHERE is_followed")

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    def _check_has_steps(self):
        names = dict(self._fields["direction"]._description_selection(self.env))
        for checklist in self:
            if not checklist.line_ids:
                raise ValidationError(
                    self.env._(
                        "There is no step for “%s” yet: record them first, under "
                        "Configuration, Joining and leaving steps.",
                        names[checklist.direction],
                    )
                )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("employee_id", "direction")
    def _compute_date(self):
        today = fields.Date.context_today(self)
        for checklist in self:
            checklist.date = (
                checklist.employee_id._security_checklist_day(checklist.direction)
                or checklist.date
                or today
            )

    @api.depends("state", "line_ids.state", "line_ids.mandatory")
    def _compute_progress(self):
        for checklist in self:
            lines = checklist.line_ids
            todo = lines.filtered(lambda line: line.state in ("missing", "later"))
            first = todo.filtered("is_blocking")[:1] or todo[:1]
            done = len(lines) - len(todo)
            checklist.missing_count = len(todo)
            checklist.progress = 100 * done // len(lines) if lines else 0
            checklist.next_step_id = first.step_id
            checklist.is_followed = checklist.state == "open" or bool(
                checklist.state == "cleared" and todo
            )

    @api.depends("line_ids.state", "line_ids.name")
    @api.depends_context("lang")
    def _compute_missing_names(self):
        for checklist in self:
            todo = checklist.line_ids.filtered(lambda line: line.state == "missing")
            checklist.missing_names = ", ".join(todo.mapped("name"))

    @api.depends("state", "line_ids.state", "line_ids.deadline")
    @api.depends_context("uid")
    def _compute_is_late(self):
        for checklist in self:
            checklist.is_late = checklist.state == "open" and any(
                checklist.line_ids.mapped("is_late")
            )

    @api.depends("employee_id.name", "direction")
    @api.depends_context("lang")
    def _compute_display_name(self):
        names = dict(self._fields["direction"]._description_selection(self.env))
        for checklist in self:
            checklist.display_name = (
                f"{checklist.employee_id.name} – {names.get(checklist.direction, '')}"
            )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # Neither a state nor a line is given: lines are the steps of the firm.
        kept = GUARDED - {"direction", "employee_id"}
        vals_list = [
            {name: v for name, v in vals.items() if name not in kept}
            for vals in vals_list
        ]
        lists = super().create([{**vals, "state": "open"} for vals in vals_list])
        lists._add_lines()
        lists._follow()
        return lists

    def write(self, vals):
        if self.env.context.get("security_checklist") is not TRANSITION:
            if GUARDED & vals.keys():
                raise UserError(
                    self.env._(
                        "A list follows the guard's file: record the facts there, or "
                        "use the buttons of the list."
                    )
                )
        result = super().write(vals)
        if "date" in vals:
            self.line_ids._move_activities()
        return result

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_refresh(self):
        """Look at the file again: dates pass without anybody writing."""
        self.check_access("write")
        self._follow()

    def action_cancel(self):
        """Close a list opened by mistake; a joining one stops its guard no more."""
        self.check_access("write")
        self._require_state("open")
        stopping = self.line_ids.filtered("is_blocking").checklist_id
        if "joining" in stopping.mapped("direction"):
            self._require_manager()
        self.line_ids.sudo().activity_id.unlink()
        self._transition().write({"state": "cancelled"})

    def action_reopen(self):
        """Go back to a list that was cleared or cancelled too early."""
        self.check_access("write")
        self._require_state("cleared", "cancelled")
        self._transition().write({"state": "open", "cleared_on": False})
        self.sudo().line_ids._schedule()
        self._follow()

    def action_open_employee(self):
        """Open the file of the guard, as complete as the user may see it."""
        self.ensure_one()
        return self.employee_id._security_open_file()

    def _action_window(self):
        """The window that shows these lists; the form when there is one."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "security_workforce.security_checklist_action"
        )
        if len(self) == 1:
            return {**action, "views": [(False, "form")], "res_id": self.id}
        return {**action, "domain": [("id", "in", self.ids)], "context": {}}

    # ------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------

    def _creation_message(self):
        # The words of the framework do not agree with a feminine name in French.
        return self.env._("List created")

    def _transition(self):
        """These lists, with the right to write what only methods may write."""
        return self.sudo().with_context(security_checklist=TRANSITION)

    def _require_manager(self):
        """What lets a guard work in spite of a mandatory step is the manager's."""
        if not self.env.user.has_group("security_workforce.group_security_manager"):
            raise AccessError(
                self.env._(
                    "A mandatory step is missing: only a manager of the security app "
                    "may set it aside, with the reason."
                )
            )

    def _require_state(self, *states):
        names = dict(self._fields["state"]._description_selection(self.env))
        for checklist in self:
            if checklist.state not in states:
                raise UserError(
                    self.env._(
                        "“%(list)s” is “%(state)s”: this step is not for it.",
                        list=checklist.display_name,
                        state=names[checklist.state],
                    )
                )
