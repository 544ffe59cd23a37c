from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class SecurityOverride(models.Model):
    """A derogation: who accepted that a rule be broken for a guard, and why.

    Written once: a mistake is followed by a new line.
    """

    _name = "security.override"
    _description = "Derogation"
    _order = "date desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["rule_code", "employee_id", "reason"]

    employee_id = fields.Many2one(
        "hr.employee",
        string="Guard",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        index=True,
        required=True,
    )
    rule_code = fields.Char(
        string="Rule",
        required=True,
        index=True,
        help="The rule that is set aside, as its refusal names it (TPS-01…).",
    )
    message = fields.Text(
        string="What the rule said",
        help="The refusal as it was shown when the derogation was given.",
    )
    reason = fields.Text(
        required=True, help="Why it is accepted: an inspector will read it."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Approved by",
        required=True,
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    date = fields.Datetime(
        string="Given on",
        required=True,
        readonly=True,
        default=fields.Datetime.now,
    )

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("reason", "rule_code")
    def _check_said(self):
        for override in self:
            if not override.reason.strip() or not override.rule_code.strip():
                raise ValidationError(
                    self.env._("Say which rule is set aside, and why.")
                )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("employee_id")
    def _compute_company_id(self):
        # On the employee alone: a later change of firm does not move the register.
        for override in self:
            override.company_id = override.employee_id.company_id

    @api.depends("rule_code", "employee_id.name")
    def _compute_display_name(self):
        for override in self:
            override.display_name = (
                f"{override.rule_code} – {override.employee_id.name}"
            )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            # Who approved, when and for which firm are facts, not choices.
            fixed = {"user_id": self.env.uid, "date": fields.Datetime.now()}
            vals_list = [
                {**{k: v for k, v in vals.items() if k != "company_id"}, **fixed}
                for vals in vals_list
            ]
        return super().create(vals_list)

    # pylint: disable=method-required-super
    def write(self, vals):
        raise UserError(
            self.env._("A derogation is never changed: record a new one instead.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A derogation is never deleted."))
