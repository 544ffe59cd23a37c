from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .res_company import INCIDENT_CODE

KINDS = [
    ("intrusion", "Intrusion"),
    ("theft", "Theft"),
    ("fire", "Fire"),
    ("medical", "Medical aid"),
    ("aggression", "Aggression"),
    ("damage", "Damage"),
    ("technical", "Technical fault"),
    ("other", "Other"),
]
SEVERITIES = [
    ("0", "Minor"),
    ("1", "Moderate"),
    ("2", "Serious"),
    ("3", "Critical"),
]
# What only the buttons write.
LIFE_FIELDS = {"state", "closed_date", "closed_by"}
# What happened, and what was concluded: settled once the incident is closed.
FACT_FIELDS = {
    "name",
    "title",
    "shift_id",
    "site_id",
    "post_id",
    "company_id",
    "employee_id",
    "kind",
    "severity",
    "date",
    "description",
    "closing_note",
}
# Opens the fields that only our own methods may write. An object cannot be sent
# through an API, so no caller from outside can forge it.
TRANSITION = object()


class SecurityIncident(models.Model):
    """Something that happened on a post, from its report to its closure."""

    _name = "security.incident"
    _description = "Security Incident"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _rec_names_search = ["name", "title"]
    _check_company_auto = True

    name = fields.Char("Reference", default="/", readonly=True, copy=False, index=True)
    title = fields.Char("Summary", required=True, tracking=True)
    # Where and who
    shift_id = fields.Many2one(
        "security.shift",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Site, post and guard come from it.",
    )
    site_id = fields.Many2one(
        "security.site",
        required=True,
        compute="_compute_from_shift",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    post_id = fields.Many2one(
        "security.post",
        compute="_compute_post_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('site_id', '=', site_id)]",
    )
    employee_id = fields.Many2one(
        "hr.employee",
        "Reported by",
        compute="_compute_from_shift",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
        help="The guard who saw it.",
    )
    partner_id = fields.Many2one(related="site_id.partner_id", string="Client")
    company_id = fields.Many2one(
        related="site_id.company_id", store=True, index=True, precompute=True
    )
    # What
    kind = fields.Selection(KINDS, required=True, default="other", tracking=True)
    severity = fields.Selection(
        SEVERITIES, required=True, default="0", index=True, tracking=True
    )
    date = fields.Datetime(
        "Happened on",
        required=True,
        default=fields.Datetime.now,
        index=True,
        tracking=True,
    )
    description = fields.Html()
    # Its life
    state = fields.Selection(
        [("draft", "Draft"), ("open", "In progress"), ("closed", "Closed")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    closing_note = fields.Text(
        copy=False, help="What was done and concluded: needed to close the incident."
    )
    closed_date = fields.Datetime("Closed on", readonly=True, copy=False)
    closed_by = fields.Many2one("res.users", readonly=True, copy=False)

    _name_uniq = models.UniqueIndex(
        "(company_id, name) WHERE name <> '/'",
        "Two incidents cannot have the same reference.",
    )
    _closed_is_explained = models.Constraint(
        "CHECK (state <> 'closed' OR (closed_date IS NOT NULL AND"
        " closing_note IS NOT NULL))",
        "A closed incident has a closing note and a date.",
    )

    # ------------------------------------------------------------
    # CONSTRAINTS
    # ------------------------------------------------------------

    @api.constrains("date")
    def _check_date(self):
        now = fields.Datetime.now()
        if any(incident.date > now for incident in self):
            raise ValidationError(
                self.env._(
                    "An incident cannot happen in the future: check its date and time."
                )
            )

    @api.constrains("site_id", "post_id", "shift_id")
    def _check_place(self):
        """Post and shift are of the site of the incident."""
        for incident in self:
            places = incident.post_id.site_id | incident.shift_id.site_id
            if places - incident.site_id:
                raise ValidationError(
                    self.env._(
                        "The post and the shift are not of the site %(site)s: correct "
                        "the site, or choose another post or shift.",
                        site=incident.site_id.name,
                    )
                )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("shift_id")
    def _compute_from_shift(self):
        """What the shift says; without a shift, what was typed stays."""
        for incident in self:
            shift = incident.shift_id
            incident.site_id = shift.site_id or incident.site_id
            incident.employee_id = shift.employee_id or incident.employee_id

    @api.depends("shift_id", "site_id")
    def _compute_post_id(self):
        for incident in self:
            post = incident.shift_id.post_id or incident.post_id
            incident.post_id = post if post.site_id == incident.site_id else False

    @api.depends("name", "title")
    def _compute_display_name(self):
        """The summary first: a calendar or a breadcrumb cuts the end off."""
        for incident in self:
            known = incident.name and incident.name != "/"
            number = f" ({incident.name})" if known else ""
            incident.display_name = f"{incident.title or ''}{number}"

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # Set here so that a default of the context cannot make a closed incident.
            if vals.setdefault("state", "draft") != "draft":
                self._refuse_state()
            vals.update(name="/", closed_date=False, closed_by=False)
        incidents = super().create(vals_list)
        for incident in incidents:
            incident.name = incident._next_reference()
        return incidents

    def write(self, vals):
        if self.env.context.get("security_incident_transition") is not TRANSITION:
            if LIFE_FIELDS & vals.keys():
                self._refuse_state()
            self._check_not_closed(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_reported(self):
        if kept := self.filtered(lambda incident: incident.state != "draft"):
            raise UserError(
                self.env._(
                    "%(incident)s was reported: close it with a note instead of "
                    "deleting it, so that the register stays whole.",
                    incident=kept[0].display_name,
                )
            )

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_report(self):
        """Put drafts on the operator's board."""
        self._require_state("draft")
        self._move({"state": "open"})

    def action_close(self):
        """Close open incidents; each needs its closing note."""
        self._require_state("open")
        for incident in self:
            if not (incident.closing_note or "").strip():
                raise UserError(
                    self.env._(
                        "Write the closing note of %(incident)s first: what was done, "
                        "and what was concluded.",
                        incident=incident.display_name,
                    )
                )
        self._move(
            {
                "state": "closed",
                "closed_date": fields.Datetime.now(),
                "closed_by": self.env.uid,
            }
        )

    def action_reopen(self):
        """Ask why a closed incident is opened again."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reopen Incident"),
            "res_model": "security.incident.reopen",
            "view_mode": "form",
            "target": "new",
            "context": {"default_incident_id": self.id},
        }

    # ------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------

    def _reopen(self, reason):
        """Open closed incidents again; the reason and the old note stay in the thread.

        :param reason: why, not empty
        """
        self._require_state("closed")
        for incident in self:
            incident.message_post(
                body=self.env._(
                    "Reopened: %(reason)s. It had been closed with this note: %(note)s",
                    reason=reason.strip().rstrip("."),
                    note=incident.closing_note,
                )
            )
        self._move(
            {
                "state": "open",
                "closing_note": False,
                "closed_date": False,
                "closed_by": False,
            }
        )

    # ------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------

    def _next_reference(self):
        self.ensure_one()
        # sudo: reporting an incident does not take the right to manage sequences.
        sequences = self.env["ir.sequence"].sudo().with_company(self.company_id)
        day = fields.Datetime.context_timestamp(self, self.date).date()
        return sequences.next_by_code(INCIDENT_CODE, day)

    def _move(self, vals):
        self.with_context(security_incident_transition=TRANSITION).write(vals)

    def _refuse_state(self):
        raise UserError(
            self.env._("The state of an incident changes only through its buttons.")
        )

    def _require_state(self, state):
        """Refuse a step from a state it does not start from."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        for incident in self:
            if incident.state != state:
                raise UserError(
                    self.env._(
                        "%(incident)s is “%(state)s”: this step is for incidents that "
                        "are “%(expected)s”.",
                        incident=incident.display_name,
                        state=labels[incident.state],
                        expected=labels[state],
                    )
                )

    def _check_not_closed(self, vals):
        closed = self.filtered(lambda incident: incident.state == "closed")
        if closed and FACT_FIELDS & vals.keys():
            raise UserError(
                self.env._(
                    "%(incident)s is closed and cannot be changed: reopen it first.",
                    incident=closed[0].display_name,
                )
            )
