from odoo import api, fields, models
from odoo.exceptions import ValidationError

DIRECTIONS = [("joining", "Joining"), ("leaving", "Leaving")]
# The kinds of engine.gate.FACTS, and the one that somebody ticks.
FACTS = [
    ("identity", "Identity recorded"),
    ("right_to_work", "Right to work"),
    ("declared", "Hiring declared (DPAE)"),
    ("card", "Professional card verified"),
    ("visit", "Medical visit"),
    ("training", "Qualification recorded"),
    ("contract", "Contract signed"),
    ("deontology", "Code of ethics given"),
    ("kit", "Kit handed over"),
    ("kit_back", "Equipment given back"),
    ("uniform_back", "Uniform given back"),
    ("access_closed", "Login closed"),
    ("hand", "Ticked by hand"),
]
ROLES = [
    ("hr", "Human resources"),
    ("card_officer", "Card officer"),
    ("planner", "Planner"),
]
ROLE_GROUPS = {
    "hr": "hr.group_hr_user",
    "card_officer": "security_workforce.group_security_credential_officer",
    "planner": "security_workforce.group_security_planner",
}


class SecurityChecklistStep(models.Model):
    """One step of the list of those who join, or of those who leave.

    Data of the firm: which steps, which of them a guard may not work without, who sees
    to them and until when. A list copies them when it is opened.
    """

    _name = "security.checklist.step"
    _description = "Step of a Joining or Leaving List"
    _order = "direction, sequence, id"
    _rec_names_search = ["name", "code"]
    _check_company_auto = True

    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=100)
    code = fields.Char(required=True, copy=False)
    name = fields.Char(required=True, translate=True)
    direction = fields.Selection(DIRECTIONS, required=True, default="joining")
    fact = fields.Selection(
        FACTS,
        string="Met by",
        required=True,
        default="hand",
        help="What in the guard's file meets this step; or somebody ticks it.",
    )
    mandatory = fields.Boolean(
        default=True,
        help="Joining: no shift before it is met. Leaving: the list stays open.",
    )
    skill_ids = fields.Many2many(
        "hr.skill",
        string="One of these qualifications",
        domain=[("is_regulated", "=", True)],
        help="Empty: any regulated qualification.",
    )
    days = fields.Integer(
        help="Until how many days after the day of hiring, or after the last day of "
        "work; negative: before.",
    )
    role = fields.Selection(
        ROLES,
        string="Seen to by",
        required=True,
        default="hr",
        help="Who gets the activity when nobody is named.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Person",
        domain=[("share", "=", False)],
        ondelete="set null",
        help="Who gets the activity; empty: somebody of the role.",
    )
    source = fields.Char(string="Legal source")
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: every firm."
    )

    _code_uniq = models.UniqueIndex(
        "(code, direction, COALESCE(company_id, 0))",
        "Another step of this list already has this code.",
    )

    @api.constrains("fact", "direction")
    def _check_fact(self):
        names = dict(self._fields["fact"]._description_selection(self.env))
        for step in self:
            if step.fact not in self._facts_of(step.direction):
                raise ValidationError(
                    self.env._(
                        "“%(fact)s” says nothing of this list: choose another way for "
                        "“%(step)s” to be met.",
                        fact=names[step.fact],
                        step=step.name,
                    )
                )

    @api.model
    def _facts_of(self, direction):
        """The kinds of fact that may decide a step of this direction."""
        leaving = self._facts_of_leaving()
        if direction == "leaving":
            return {*leaving, "hand"}
        return {key for key, _name in self._fields["fact"].selection} - leaving

    @api.model
    def _facts_of_leaving(self):
        """A module adds the kinds that it brings."""
        return {"kit_back", "uniform_back", "access_closed"}

    @api.model
    def _of(self, company, direction):
        """The steps of a new list of this firm."""
        return self.search(
            [("direction", "=", direction), ("company_id", "in", (company.id, False))]
        )

    def _responsible(self, employee, by_role):
        """Who gets the activity of this step for this guard (a user).

        :param by_role: as ``_users_by_role`` gives them
        """
        self.ensure_one()
        if self.user_id.active:
            return self.user_id
        responsible = employee.sudo().version_id.hr_responsible_id
        if self.role == "hr" and responsible.active and not responsible.share:
            return responsible
        return by_role[self.role, employee.company_id] or self.env.user

    @api.model
    def _users_by_role(self, companies):
        """``{(role, company): user}``, empty where nobody has the role."""
        return {
            (role, company): self._user_of_role(role, company)
            for role in ROLE_GROUPS
            for company in companies
        }

    @api.model
    def _user_of_role(self, role, company):
        """Somebody of the firm who has this role, rather than one who has them all."""
        group = self.env.ref(ROLE_GROUPS[role])
        users = self.env["res.users"].search(
            [
                ("all_group_ids", "in", group.ids),
                ("company_ids", "in", company.ids),
                ("share", "=", False),
            ],
            order="id",
        )
        manager = self.env.ref("security_workforce.group_security_manager")
        return users.sorted(lambda user: manager in user.all_group_ids)[:1]
