from odoo import api, fields, models
from odoo.exceptions import UserError

METHODS = [
    ("original", "Original seen"),
    ("body", "Confirmed by the issuing body"),
    ("register", "Public register"),
    ("training", "Training session of the firm"),
]
# What a verification looked at.
VERIFIED_FIELDS = {
    "employee_id",
    "skill_type_id",
    "skill_id",
    "skill_level_id",
    "valid_from",
    "certificate_number",
    "issuing_body",
    "certificate_file",
}
VERIFICATION_FIELDS = {"verified_on", "verified_by_id"}
# Opens the fields that only our own methods may write. An object cannot be sent
# through an API, so no caller from outside can forge it.
VERIFYING = object()


class HrEmployeeSkill(models.Model):
    """A qualification of a guard, its certificate and who verified it.

    The core keeps the history: a qualification that changes is closed and recorded
    again. A verified one is kept as it was seen; it can only be ended earlier.
    """

    _name = "hr.employee.skill"
    _inherit = ["hr.employee.skill", "security.regulated"]
    _regulated_by = ("skill_type_id", "skill_id", "employee_id")

    # The core's default is the day the server was started.
    valid_from = fields.Date(default=fields.Date.context_today)
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    is_regulated = fields.Boolean(
        related="skill_type_id.is_regulated", string="Regulated"
    )
    security_code = fields.Char(related="skill_id.security_code", string="Code")
    certificate_number = fields.Char(string="Certificate number", copy=False)
    issuing_body = fields.Char(
        string="Issuing body", help="Who delivered it: training body, school, firm."
    )
    certificate_filename = fields.Char(
        groups="hr.group_hr_user,security_workforce.group_security_credential_officer"
    )
    certificate_file = fields.Binary(
        string="Certificate",
        attachment=True,
        copy=False,
        groups="hr.group_hr_user,security_workforce.group_security_credential_officer",
    )
    verification_method = fields.Selection(
        METHODS, string="Verification method", copy=False
    )
    verified_on = fields.Date(string="Verified on", readonly=True, copy=False)
    verified_by_id = fields.Many2one(
        "res.users",
        string="Verified by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.onchange("skill_id", "valid_from")
    def _onchange_security_validity(self):
        if self.is_regulated and self.valid_from:
            self.valid_to = self.skill_id._last_day(self.valid_from)

    def _get_passive_fields(self):
        return [*super()._get_passive_fields(), "certificate_number", "issuing_body"]

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._with_last_day(vals) for vals in vals_list]
        for vals in vals_list:
            if any(vals.get(name) for name in VERIFICATION_FIELDS):
                self._refuse_verification()
            # Also those of the context's defaults.
            vals.update(dict.fromkeys(VERIFICATION_FIELDS, False))
        return super().create(vals_list)

    def write(self, vals):
        # First of all, so that the refusals below tell nothing to a stranger.
        self.check_access("write")
        if self.env.context.get("security_verifying") is not VERIFYING:
            if VERIFICATION_FIELDS & vals.keys():
                self._refuse_verification()
            self._check_not_verified(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_verified(self):
        if kept := self.filtered("verified_on"):
            raise UserError(
                self.env._(
                    "%s was verified: it belongs to the guard's history. Set its last "
                    "day instead of deleting it.",
                    kept[0].display_name,
                )
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_verify(self):
        """Record that the current user saw the proof of these qualifications."""
        self.check_access("write")
        if plain := self.filtered(lambda line: not line.is_regulated):
            raise UserError(
                self.env._(
                    "%s is not a regulated qualification: there is nothing to verify.",
                    plain[0].display_name,
                )
            )
        if unsaid := self.filtered(lambda line: not line.verification_method):
            raise UserError(
                self.env._(
                    "Say first how %s was verified: fill in the verification method.",
                    unsaid[0].display_name,
                )
            )
        todo = self.filtered(lambda line: not line.verified_on)
        todo.with_context(security_verifying=VERIFYING).write(
            {
                "verified_on": fields.Date.context_today(self),
                "verified_by_id": self.env.uid,
            }
        )

    @api.model
    def _action_of_guard(self, employee_id, name):
        """The window action that shows every qualification of one guard."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "security_workforce.security_qualification_action"
        )
        action["domain"] = [
            ("is_regulated", "=", True),
            ("employee_id", "=", employee_id),
        ]
        action["display_name"] = self.env._("Qualifications of %s", name)
        action["context"] = {"default_employee_id": employee_id}
        return action

    # ------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------

    def _with_last_day(self, vals):
        """The values with the last day that the skill gives, unless one is told."""
        vals = dict(vals)
        if "valid_to" in vals:
            return vals
        skill = self.env["hr.skill"].browse(vals.get("skill_id")).exists()
        if skill.skill_type_id.is_regulated:
            first_day = vals.get("valid_from") or fields.Date.context_today(self)
            vals["valid_to"] = skill._last_day(fields.Date.to_date(first_day))
        return vals

    def _check_not_verified(self, vals):
        """Refuse to change what a verification looked at, or to prolong it."""
        for line in self.filtered("verified_on"):
            changed = VERIFIED_FIELDS & vals.keys() or (
                "valid_to" in vals and line._prolongs(vals["valid_to"])
            )
            if changed:
                raise UserError(
                    self.env._(
                        "%s was verified as it is. To correct or renew it, record a "
                        "new qualification; this one may only be ended earlier.",
                        line.display_name,
                    )
                )

    def _prolongs(self, last_day):
        last_day = fields.Date.to_date(last_day)
        if not self.valid_to:
            return False
        return not last_day or last_day > self.valid_to

    def _refuse_verification(self):
        raise UserError(
            self.env._(
                "Who verified a qualification, and when, is written by the button "
                "“Verify” only."
            )
        )
