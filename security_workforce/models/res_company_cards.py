from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import card_renewal

# Field of engine.card_renewal.Figures: code of the legal figure.
FIGURE_CODES = {
    "open": "card_renewal_open_months",
    "deadline": "card_renewal_deadline_months",
    "mac": "mac_within_months",
    "mac_late": "mac_late_within_months",
    "late": "card_late_renewal_months",
    "silence": "card_silence_months",
}


class ResCompany(models.Model):
    """Whom the firm tells of a card that ends, and how long before."""

    _inherit = "res.company"

    security_card_alert_days = fields.Char(
        string="Alerts before the last day",
        default="180, 90, 60, 30, 7",
        help="Days before the last day of a card on which the card officer and the "
        "guard are told. Empty: nobody is told.",
    )
    security_card_officer_id = fields.Many2one(
        "res.users",
        string="Card officer in charge",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        help="Receives the activities about cards that end. Empty: the HR responsible "
        "of the guard, else a card officer of the firm.",
    )

    @api.constrains("security_card_alert_days")
    def _check_security_card_alert_days(self):
        for company in self:
            try:
                card_renewal.parse_days(company.security_card_alert_days)
            except ValueError:
                raise ValidationError(
                    self.env._(
                        "“%s” is not a list of days: type whole numbers from 1 to "
                        "1000 with commas between them, as 180, 90, 60, 30, 7.",
                        company.security_card_alert_days,
                    )
                ) from None

    @api.constrains("security_card_officer_id")
    def _check_security_card_officer(self):
        for company in self:
            officer = company.security_card_officer_id
            if officer and not company._security_reads_cards(officer):
                raise ValidationError(
                    self.env._(
                        "%s may not work on cards in this firm: give the group “Card "
                        "officer” first, or choose somebody else.",
                        officer.name,
                    )
                )

    def _security_alert_days(self):
        """The thresholds of this firm, in days, longest first."""
        self.ensure_one()
        return card_renewal.parse_days(self.security_card_alert_days)

    def _security_reads_cards(self, user):
        """Whether activities about cards of this firm may go to a user."""
        self.ensure_one()
        return (
            user.active
            and self in user.company_ids
            and user.has_group("security_workforce.group_security_credential_officer")
        )

    def _security_default_officer(self):
        """The one in charge of cards: chosen, else a card officer, else nobody."""
        self.ensure_one()
        chosen = self.security_card_officer_id
        if chosen and self._security_reads_cards(chosen):
            return chosen
        group = self.env.ref("security_workforce.group_security_credential_officer")
        # Those whose trade it is come before managers, who have every right.
        for users in (group.user_ids, group.all_user_ids):
            ours = users.filtered(
                lambda user: (
                    user.active
                    and not user.share
                    and self in user.company_ids
                    and user != self.env.ref("base.user_root")
                )
            )
            if ours:
                return ours.sorted("id")[:1]
        return self.env["res.users"]

    def _security_card_figures(self, day):
        """The figures of a renewal, those in force on ``day``; None when one is
        missing: without a figure there is no date to show.

        :rtype: engine.card_renewal.Figures
        """
        parameters = self.env["security.parameter"]._for(company=self)
        today = fields.Date.context_today(self)
        # Of a card that ends in years, only what is known today can be told.
        day = min(day, today) if day else today
        if not all(parameters.has(code, day) for code in FIGURE_CODES.values()):
            return None
        return card_renewal.Figures(
            **{
                name: int(parameters.value(code, day))
                for name, code in FIGURE_CODES.items()
            }
        )

    def _security_check_days(self):
        """Days between two verifications of a card; None when no figure is known."""
        figures = self.env["security.parameter"]._for(company=self)
        code, today = "card_check_days", fields.Date.context_today(self)
        return int(figures.value(code, today)) if figures.has(code, today) else None
