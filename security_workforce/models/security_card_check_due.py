from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine import check_file
from .security_card_state import ON_DUTY_STATES


class SecurityCard(models.Model):
    """Which cards must be verified again (CSI R631-15: every month)."""

    _inherit = "security.card"

    check_due = fields.Boolean(
        string="Verification due",
        compute="_compute_check_due",
        search="_search_check_due",
        help="It allows to work, and no answer was recorded for as many days as the "
        "legal figure “Days between two verifications of a card” says.",
    )

    @api.depends("state", "check_ids")
    def _compute_check_due(self):
        due = self.search(Domain("id", "in", self.ids) & self._check_due_domain())
        for card in self:
            card.check_due = card._origin in due

    @api.model
    def _search_check_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._check_due_domain()

    @api.model
    def _check_due_domain(self):
        """Cards that allow to work without a recent answer, firm by firm."""
        now = fields.Datetime.now()
        domains = []
        working = Domain("state", "in", ON_DUTY_STATES)
        # sudo: whom the user may see is decided by the search this is a part of.
        for (company,) in self.sudo()._read_group(working, ["company_id"]):
            days = company._security_check_days()
            if days is not None:
                recent = (
                    self.env["security.card.check"]
                    .sudo()
                    ._search(
                        Domain("company_id", "=", company.id)
                        & Domain("date", ">=", now - timedelta(days=days))
                        & Domain("result", "!=", "unknown")
                    )
                )
                domains.append(
                    Domain("company_id", "=", company.id)
                    & Domain("id", "not in", recent.subselect("card_id"))
                )
        return working & Domain.OR(domains)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_verify_many(self):
        """Open the form that records one result for all these cards."""
        if not self:
            raise UserError(self.env._("Select the cards you have looked up."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record verifications"),
            "res_model": "security.card.check.batch",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_card_ids": [(6, 0, self.ids)]},
        }

    def action_export_checker(self):
        """Download the list for whoever looks the cards up.

        Of these cards, else of all that the filter shows.
        """
        cards = self
        if not cards and "active_domain" in self.env.context:
            cards = self.search(self.env.context["active_domain"])
        if not cards:
            raise UserError(
                self.env._("No card matches: change the filter, then export again.")
            )
        export = self.env["security.card.check.export"].create(
            {"card_ids": [fields.Command.set(cards.ids)]}
        )
        return export._action_download()

    def _surname(self):
        """The guard's surname, which the directory asks for with the NUB."""
        self.ensure_one()
        # sudo: a name that everybody in the firm may read.
        return check_file.surname(self.employee_id.sudo().name or "")

    def _why_not_accepted(self):
        """[why a valid result could not be recorded], empty when it can."""
        self.ensure_one()
        if self.state == "draft" and not (self.number and self.date_expiry):
            return [
                self.env._(
                    "Enter the number and the last day of validity of the card first."
                )
            ]
        return []
