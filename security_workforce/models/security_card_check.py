from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class SecurityCardCheck(models.Model):
    """One verification of one card, written once (CSI R631-15).

    A line is never changed nor deleted: a mistake is followed by a new line.
    """

    _name = "security.card.check"
    _description = "Professional Card Verification"
    _order = "date desc, id desc"
    _check_company_auto = True

    card_id = fields.Many2one(
        "security.card",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    employee_id = fields.Many2one(
        related="card_id.employee_id", string="Guard", store=True, index=True
    )
    nub = fields.Char(related="card_id.nub")
    company_id = fields.Many2one(related="card_id.company_id", store=True, index=True)
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users",
        string="Verified by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    method = fields.Selection(
        [
            ("directory", "CNAPS public directory"),
            ("portal", "CNAPS employer portal"),
            ("letter", "Decision letter of the CNAPS"),
            ("other", "Other"),
        ],
        required=True,
        default="directory",
    )
    result = fields.Selection(
        [
            ("valid", "Valid"),
            ("invalid", "Not valid"),
            ("unknown", "No answer"),
        ],
        required=True,
    )
    note = fields.Text(help="What was seen, or why the directory gave no answer.")

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("date")
    def _check_date(self):
        now = fields.Datetime.now()
        if any(check.date > now for check in self):
            raise ValidationError(
                self.env._("A verification cannot be dated in the future.")
            )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            # Who verified is a fact of the register, not a choice.
            vals_list = [dict(vals, user_id=self.env.uid) for vals in vals_list]
        checks = super().create(vals_list)
        for check in checks:
            check.card_id._apply_check(check)
        return checks

    # pylint: disable=method-required-super
    def write(self, vals):
        raise UserError(
            self.env._(
                "A recorded verification is never changed: record a new one instead."
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A recorded verification is never deleted."))

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("card_id.display_name", "date")
    def _compute_display_name(self):
        for check in self:
            day = fields.Datetime.context_timestamp(check, check.date).date()
            check.display_name = f"{check.card_id.display_name} ({day})"
