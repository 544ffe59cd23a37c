from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import card_number


class SecurityCardRenewalCard(models.TransientModel):
    """Asks for the new card of a renewal: its number and its dates."""

    _name = "security.card.renewal.card"
    _description = "New Card of a Renewal"

    renewal_id = fields.Many2one(
        "security.card.renewal", required=True, readonly=True, ondelete="cascade"
    )
    old_card_id = fields.Many2one(related="renewal_id.card_id", string="Renews")
    employee_id = fields.Many2one(related="renewal_id.employee_id")
    activity_id = fields.Many2one(related="renewal_id.activity_id")
    number = fields.Char(
        compute="_compute_number",
        store=True,
        readonly=False,
        help="As printed on the new card. It is never that of the old one.",
    )
    date_issued = fields.Date(
        string="Valid from",
        compute="_compute_date_issued",
        store=True,
        readonly=False,
    )
    date_expiry = fields.Date(
        string="Valid until",
        compute="_compute_date_expiry",
        store=True,
        readonly=False,
    )
    known_card_id = fields.Many2one(
        "security.card",
        string="Already recorded",
        domain="[('employee_id', '=', employee_id), ('activity_id', '=', activity_id), "
        "('id', '!=', old_card_id), ('state', '!=', 'withdrawn')]",
        help="Choose it when somebody has recorded the new card already.",
    )

    @api.depends("known_card_id")
    def _compute_number(self):
        for wizard in self:
            wizard.number = wizard.known_card_id.number or wizard.number

    @api.depends("known_card_id")
    def _compute_date_issued(self):
        for wizard in self:
            known = wizard.known_card_id
            today = fields.Date.context_today(wizard)
            wizard.date_issued = known.date_issued or wizard.date_issued or today

    @api.depends("known_card_id", "number", "date_issued")
    def _compute_date_expiry(self):
        """From the number where it tells it, else as long as the law says."""
        for wizard in self:
            parsed = card_number.parse(card_number.normalise(wizard.number))
            wizard.date_expiry = (
                wizard.known_card_id.date_expiry
                or (parsed and parsed.end)
                or wizard._legal_end()
                or wizard.date_expiry
            )

    def _legal_end(self):
        company = self.renewal_id.company_id
        figures = self.env["security.parameter"]._for(company=company)
        code, start = "card_validity_months", self.date_issued
        if not start or not figures.has(code, start):
            return None
        months = int(figures.value(code, start))
        return start + relativedelta(months=months, days=-1)

    def action_confirm(self):
        """Record the new card, to be verified, and link it to its renewal."""
        self.ensure_one()
        self.renewal_id._link_new_card(self.known_card_id or self._create_card())
        return {"type": "ir.actions.act_window_close"}

    def _create_card(self):
        old = self.old_card_id
        if not self.number or not self.date_expiry:
            raise UserError(
                self.env._("Type the number and the last day of the new card.")
            )
        if old.date_expiry and self.date_expiry <= old.date_expiry:
            raise UserError(
                self.env._(
                    "The new card must end after the old one: check its last day."
                )
            )
        return self.env["security.card"].create(
            {
                "employee_id": old.employee_id.id,
                "activity_id": old.activity_id.id,
                "kind": old.kind,
                "number": self.number,
                "date_issued": self.date_issued,
                "date_expiry": self.date_expiry,
            }
        )
