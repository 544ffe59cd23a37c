from dataclasses import replace
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

SCOPES = ("site", "post", "mission", "phase", "need")


class SecurityRequirement(models.Model):
    """What a site, a post or a mission asks besides what the firm asks everywhere."""

    _inherit = "security.requirement"

    scope = fields.Selection(
        selection_add=[
            ("site", "Site"),
            ("post", "Post"),
            ("mission", "Mission"),
            ("phase", "Phase of a mission"),
            ("need", "Need of a post"),
        ],
        ondelete=dict.fromkeys(SCOPES, "cascade"),
    )
    site_id = fields.Many2one(
        "security.site", index="btree_not_null", ondelete="cascade", check_company=True
    )
    post_id = fields.Many2one(
        "security.post", index="btree_not_null", ondelete="cascade", check_company=True
    )
    mission_id = fields.Many2one(
        "security.mission",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
    )
    phase_id = fields.Many2one(
        "security.mission.phase",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
    )
    need_id = fields.Many2one(
        "security.post.need",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
    )

    origin = fields.Char(
        "Comes From",
        compute="_compute_origin",
        help="The firm, the site, the mission, its phase, the post or its need that "
        "asks for it.",
    )

    @api.depends(
        "scope",
        "company_id.name",
        "site_id.name",
        "post_id.name",
        "mission_id.name",
        "phase_id.name",
        "need_id.display_name",
    )
    @api.depends_context("lang")
    def _compute_origin(self):
        # sudo: whoever reads a requirement may be told the name of its place.
        for requirement, known in zip(self, self.sudo(), strict=True):
            requirement.origin = known._scope_label()

    @api.constrains("scope", *(f"{scope}_id" for scope in SCOPES))
    def _check_scope(self):
        """Exactly the place that the scope names."""
        for requirement in self:
            for scope in SCOPES:
                if bool(requirement[f"{scope}_id"]) != (requirement.scope == scope):
                    raise ValidationError(
                        self.env._(
                            "“%(requirement)s”: choose where it applies, and only "
                            "that: the firm, one site, one post, one mission, one "
                            "phase or one need.",
                            requirement=requirement.display_name,
                        )
                    )

    @api.onchange("scope")
    def _onchange_scope(self):
        for scope in SCOPES:
            if self.scope != scope:
                self[f"{scope}_id"] = False

    def _team_place(self, post):
        """Whose team it is asked of: that of the post, the mission or the site; one
        of the whole firm is asked of each site, one of a phase of its mission, one of
        a need of its post."""
        if self.quantity_mode != "team":
            return None
        if self.scope == "phase":
            return ("mission", self.phase_id.mission_id.id)
        if self.scope == "need":
            return ("post", post.id)
        scope = self.scope if self.scope in SCOPES else "site"
        return (scope, (post if scope == "post" else post[f"{scope}_id"]).id)

    def _engine_requirement(self):
        """One of a phase is asked on its days only."""
        asked = super()._engine_requirement()
        if not self.phase_id:
            return asked
        phase = self.phase_id
        return replace(
            asked,
            start=max(asked.start or date.min, phase.date_start),
            end=min(asked.end or date.max, phase.date_stop),
        )

    @api.model
    @ormcache()
    def _firms_that_ask_teams(self):
        """Ids of the companies that ask something of a team: few do."""
        groups = self.sudo()._read_group(
            [("quantity_mode", "=", "team")], ["company_id"]
        )
        return frozenset(company.id for (company,) in groups)

    @api.model_create_multi
    def create(self, vals_list):
        requirements = super().create(vals_list)
        self.env.registry.clear_cache()
        return requirements

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    def _of_the_firm(self, companies):
        """``{company: its requirements for all its posts}``."""
        found = self.search(
            [("scope", "=", "company"), ("company_id", "in", companies.ids)]
        )
        return found.grouped("company_id")

    def _scope_label(self):
        """Where it comes from, in words."""
        self.ensure_one()
        place = self[f"{self.scope}_id"] if self.scope in SCOPES else self.company_id
        label = dict(self._fields["scope"]._description_selection(self.env))[self.scope]
        name = place.display_name if self.scope == "need" else place.name
        return f"{label} {name or ''}".strip()
