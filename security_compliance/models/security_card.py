from odoo import api, fields, models
from odoo.exceptions import UserError


class SecurityCard(models.Model):
    """What an inspector asks of a card: how long it lasts, how it was verified."""

    _inherit = "security.card"

    days_left = fields.Integer(
        string="Days left",
        compute="_compute_days_left",
        help="Days until the last day of work; negative when it has passed.",
    )
    last_check_method = fields.Selection(
        selection=lambda self: (
            self.env["security.card.check"]
            ._fields["method"]
            ._description_selection(self.env)
        ),
        string="Last verified with",
        compute="_compute_last_check_method",
    )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    @api.depends("date_last_day")
    def _compute_days_left(self):
        today = fields.Date.context_today(self)
        for card in self:
            last = card.date_last_day
            card.days_left = (last - today).days if last else 0

    @api.depends("check_ids.method", "check_ids.date")
    def _compute_last_check_method(self):
        for card in self:
            # The default order of verifications is the latest first.
            card.last_check_method = card.check_ids.sorted()[:1].method

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_export_expiry(self):
        """The register as XLSX: of these cards, else of all that the filter shows.

        The list gives its filter as ``active_domain`` in the context; it is searched
        with the rights of the user.

        :raises UserError: no card at all, nothing to export
        """
        cards = self
        if not cards and "active_domain" in self.env.context:
            cards = self.search(self.env.context["active_domain"])
        if not cards:
            raise UserError(
                self.env._("No card matches: change the filter, then export again.")
            )
        report = self.env.ref("security_compliance.security_card_expiry_report")
        return report.report_action(cards, config=False)
