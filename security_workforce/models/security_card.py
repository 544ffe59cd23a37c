from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..engine import card_number

STATES = [
    ("draft", "To verify"),
    ("valid", "Valid"),
    ("to_renew", "To renew"),
    ("receipt", "On receipt"),
    ("expired", "Expired"),
    ("suspended", "Suspended"),
    ("withdrawn", "Withdrawn"),
]
KINDS = [
    ("card", "Professional card"),
    ("pre_authorisation", "Training pre-authorisation"),
    ("provisional", "Provisional authorisation"),
    ("receipt", "Receipt"),
    ("manager", "Manager's approval"),
]
RENEWABLE_KINDS = ("card", "manager")
# What a verification looked at: changing it sends the card back to verification.
VERIFIED_FIELDS = {
    "employee_id",
    "kind",
    "number",
    "nub",
    "activity_id",
    "date_issued",
    "date_expiry",
}
# Opens the fields that only our own methods may write. An object cannot be sent
# through an API, so no caller from outside can forge it.
TRANSITION = object()


class SecurityCard(models.Model):
    """A title of one person for one activity (CSI L612-20, R612-12 to R612-18).

    Its state moves only through the methods of ``security_card_state``: it is valid
    after a recorded verification, and then follows its dates.
    """

    _name = "security.card"
    _description = "Professional Card"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_expiry, id"
    _rec_names_search = ["number", "nub", "employee_id"]
    _check_company_auto = True

    # Whose
    employee_id = fields.Many2one(
        "hr.employee",
        string="Guard",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    # What
    kind = fields.Selection(KINDS, required=True, default="card", tracking=True)
    number = fields.Char(
        index=True,
        copy=False,
        tracking=True,
        help="As printed on the title, spaces do not matter. "
        "Old form: CAR-075-2029-02-01-20240123456. "
        "New form: 2026-0024376-CAR-SH-1055859.",
    )
    nub = fields.Char(
        string="NUB",
        compute="_compute_nub",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        help="Holder's own number at the CNAPS: the last seven digits, also worn "
        "on the uniform.",
    )
    activity_id = fields.Many2one(
        "security.activity",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    # When
    date_issued = fields.Date(
        string="Valid from", tracking=True, copy=False, help="First day of validity."
    )
    date_expiry = fields.Date(
        string="Valid until",
        compute="_compute_date_expiry",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        copy=False,
        tracking=True,
        help="Last day of validity, included.",
    )
    date_receipt_expiry = fields.Date(
        string="Receipt until",
        readonly=True,
        copy=False,
        tracking=True,
        help="Last day of the receipt of the renewal application (CSI R612-17).",
    )
    date_last_day = fields.Date(
        string="Last day of work",
        compute="_compute_date_last_day",
        store=True,
        index=True,
        help="Last day covered, by the card or by its receipt.",
    )
    date_renewal = fields.Date(
        string="Renewal from",
        compute="_compute_date_renewal",
        store=True,
        index=True,
        help="Day from which the renewal can be asked for.",
    )
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        default="draft",
        index=True,
        copy=False,
        tracking=True,
    )
    check_ids = fields.One2many(
        "security.card.check",
        "card_id",
        string="Verifications",
        readonly=True,
        groups="base.group_user",
    )
    last_check_date = fields.Datetime(
        string="Last verified on", compute="_compute_last_check", compute_sudo=True
    )
    number_warning = fields.Text(compute="_compute_number_warning")

    _number_uniq = models.UniqueIndex(
        "(employee_id, number, activity_id) WHERE number IS NOT NULL",
        "This guard already has a card with this number for this activity.",
    )
    _dates_check = models.Constraint(
        "CHECK(date_expiry >= date_issued)",
        "The last day of validity is before the first one.",
    )
    _receipt_check = models.Constraint(
        "CHECK(date_receipt_expiry >= date_issued)",
        "The receipt ends before the card starts.",
    )
    _employee_expiry_index = models.Index("(employee_id, date_last_day)")

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("number", "employee_id")
    def _check_number_is_of_one_guard(self):
        """A number names one person: two guards of a firm cannot carry it."""
        numbered = self.filtered("number")
        # sudo: the other guard's card may be out of the user's sight, yet it counts.
        same = self.sudo()._read_group(
            [("number", "in", numbered.mapped("number"))],
            ["company_id", "number"],
            ["employee_id:recordset"],
        )
        holders = {(company.id, number): guards for company, number, guards in same}
        for card in numbered:
            others = holders[card.company_id.id, card.number] - card.employee_id
            if others:
                raise ValidationError(
                    self.env._(
                        "The number %(number)s is already that of %(guard)s: correct "
                        "the number, or the guard.",
                        number=card.number,
                        guard=others[0].name,
                    )
                )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    # Two methods, one for each field: a shared one would overwrite the value that the
    # same write gives to the other field.

    @api.depends("number")
    def _compute_nub(self):
        for card in self:
            parsed = card_number.parse(card.number)
            card.nub = parsed.nub if parsed else card.nub

    @api.depends("number")
    def _compute_date_expiry(self):
        for card in self:
            parsed = card_number.parse(card.number)
            card.date_expiry = (parsed and parsed.end) or card.date_expiry

    @api.depends("date_expiry", "date_receipt_expiry")
    def _compute_date_last_day(self):
        for card in self:
            days = [d for d in (card.date_expiry, card.date_receipt_expiry) if d]
            card.date_last_day = max(days, default=False)

    @api.depends("date_expiry", "kind", "company_id.security_card_renewal_months")
    def _compute_date_renewal(self):
        for card in self:
            renewable = card.date_expiry and card.kind in RENEWABLE_KINDS
            months = card.company_id.security_card_renewal_months
            card.date_renewal = renewable and (
                card.date_expiry - relativedelta(months=months)
            )

    @api.depends("check_ids.date")
    def _compute_last_check(self):
        for card in self:
            card.last_check_date = max(card.check_ids.mapped("date"), default=False)

    @api.depends("number", "activity_id.code", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for card in self:
            title = card.number or kinds.get(card.kind) or ""
            code = card.activity_id.code
            card.display_name = f"{title} / {code}" if code else title

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._tidy_number(vals) for vals in vals_list]
        for vals in vals_list:
            # Set here so that a default of the context cannot make a valid card.
            if vals.setdefault("state", "draft") != "draft":
                self._refuse_state()
            if vals.setdefault("date_receipt_expiry", False):
                self._refuse_state()
        return super().create(vals_list)

    def write(self, vals):
        # First of all, so that the refusals below tell nothing to a stranger.
        self.check_access("write")
        if self.env.context.get("security_card_transition") is not TRANSITION:
            if {"state", "date_receipt_expiry"} & vals.keys():
                self._refuse_state()
            self._check_not_verified(vals)
        return super().write(self._tidy_number(vals))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_verified(self):
        if kept := self.filtered(lambda card: card.state != "draft" or card.check_ids):
            raise UserError(
                self.env._(
                    "%(card)s has a history: withdraw it instead of deleting it.",
                    card=kept[0].display_name,
                )
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    @api.model
    def _action_of_guards(self, employee_ids, name):
        """The window action that shows the cards of some employees."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "security_workforce.security_card_action"
        )
        action["domain"] = [("employee_id", "in", employee_ids)]
        # No default filter here: expired and withdrawn cards belong to the file.
        action["context"] = {}
        if len(employee_ids) == 1:
            action["display_name"] = self.env._("Cards of %s", name)
            action["context"] = {"default_employee_id": employee_ids[0]}
        return action

    # ------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------

    def _creation_message(self):
        # The words of the framework do not agree with a feminine name in French.
        return self.env._("Professional card created")

    def _tidy_number(self, vals):
        """The number and NUB as they are compared: no space, capitals."""
        vals = dict(vals)
        for name in {"number", "nub"} & vals.keys():
            vals[name] = card_number.normalise(vals[name]) or False
        return vals

    def _refuse_state(self):
        raise UserError(
            self.env._(
                "The state of a card changes only through a verification or one of "
                "its buttons."
            )
        )

    def _check_not_verified(self, vals):
        """Refuse to change what a verification looked at (see ``action_draft``)."""
        changed = VERIFIED_FIELDS & vals.keys()
        if changed and (verified := self.filtered(lambda c: c.state != "draft")):
            raise UserError(
                self.env._(
                    "%(card)s was verified as it is. To correct it, set it back to "
                    "verification first: it is valid again after a new one.",
                    card=verified[0].display_name,
                )
            )
