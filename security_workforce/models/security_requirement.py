from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.facts import Option, Requirement


class SecurityRequirement(models.Model):
    """What a post asks of its guards, over and above the card of its activity.

    Here for all the posts of a firm; other modules add narrower scopes.
    """

    _name = "security.requirement"
    _description = "Requirement of Posts"
    _order = "sequence, id"
    _check_company_auto = True
    _rec_names_search = ["option_ids.skill_id", "activity_id", "source"]

    name = fields.Char(string="Requirement", compute="_compute_name")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    scope = fields.Selection(
        [("company", "All posts of the firm")], required=True, default="company"
    )
    # === What ===
    kind = fields.Selection(
        [("skill", "A qualification"), ("activity", "A professional card")],
        string="Asks for",
        required=True,
        default="skill",
    )
    activity_id = fields.Many2one(
        "security.activity",
        index="btree_not_null",
        ondelete="restrict",
        help="A valid card for this activity, or for one that covers it.",
    )
    option_ids = fields.One2many(
        "security.requirement.option",
        "requirement_id",
        string="One of",
        copy=True,
        help="Any of these qualifications is enough.",
    )
    # === How many, how strictly ===
    quantity_mode = fields.Selection(
        [("each", "Each guard"), ("team", "Part of the team")],
        string="Asked of",
        required=True,
        default="each",
    )
    team_minimum = fields.Integer(
        string="At least", default=1, help="Guards of the team who must have it."
    )
    enforcement = fields.Selection(
        [
            ("block", "Refuse"),
            ("override", "Refuse unless a derogation is given"),
            ("warn", "Warn"),
            ("info", "Inform"),
        ],
        string="When missing",
        required=True,
        default="override",
    )
    # === When, and why ===
    date_from = fields.Date(string="From", help="First day; empty: since always.")
    date_to = fields.Date(string="To", help="Last day; empty: until further notice.")
    source = fields.Char(
        string="Legal source",
        help="Text or contract that asks for it, as quoted in refusals.",
    )

    _dates_check = models.Constraint(
        "CHECK(date_from <= date_to)", "The requirement ends before it starts."
    )
    _team_minimum_check = models.Constraint(
        "CHECK(quantity_mode = 'each' OR team_minimum >= 1)",
        "Say how many guards of the team must have it: at least one.",
    )

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("kind", "activity_id", "option_ids")
    def _check_kind(self):
        for requirement in self:
            if requirement.kind == "skill" and not requirement.option_ids:
                raise ValidationError(
                    self.env._("Add at least one qualification to the requirement.")
                )
            if requirement.kind == "activity" and not requirement.activity_id:
                raise ValidationError(
                    self.env._("Choose the activity that the card must allow.")
                )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends(
        "kind",
        "activity_id.name",
        "option_ids.name",
        "quantity_mode",
        "team_minimum",
    )
    @api.depends_context("lang")
    def _compute_name(self):
        for requirement in self:
            names = (
                requirement.activity_id.mapped("name")
                if requirement.kind == "activity"
                else [name for name in requirement.option_ids.mapped("name") if name]
            )
            what = self.env._(" or ").join(names)
            requirement.name = (
                self.env._(
                    "%(what)s (%(count)s of the team)",
                    what=what,
                    count=requirement.team_minimum,
                )
                if what and requirement.quantity_mode == "team"
                else what
            )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        requirements = super().create(vals_list)
        # A requirement without any line triggers no constraint of its lines.
        requirements._check_kind()
        return requirements

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _engine_requirement(self):
        """This requirement as the rules read it.

        A card is an option like another one: its ``skill`` is ``("activity", id)``,
        the same as in the ``Qualification`` made of a title of the guard.

        :rtype: engine.facts.Requirement
        """
        self.ensure_one()
        return Requirement(
            key=self.id,
            options=self._engine_options(),
            enforcement=self.enforcement,
            scope=self._scope_label(),
            source=self.source or "",
            team=self.team_minimum if self.quantity_mode == "team" else 0,
            start=self.date_from or None,
            end=self.date_to or None,
        )

    def _engine_options(self):
        if self.kind == "activity":
            return tuple(
                Option(("activity", activity.id), activity.name, code=activity.code)
                for activity in self.activity_id._covering()
            )
        return tuple(option._engine_option() for option in self.option_ids)

    def _scope_label(self):
        """Where the requirement comes from, in words; narrower scopes name theirs."""
        self.ensure_one()
        labels = dict(self._fields["scope"]._description_selection(self.env))
        return labels.get(self.scope, "")
