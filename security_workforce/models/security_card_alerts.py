from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..engine import card_renewal
from .security_card import RENEWABLE_KINDS
from .security_card_state import ON_DUTY_STATES

# An expired card is not one of them: it is still to be renewed.
STOPPED_STATES = ("draft", "suspended", "withdrawn")
# One mail and one activity each: a batch is a few seconds.
ALERT_BATCH = 100


class SecurityCard(models.Model):
    """Which cards are about to end, and whom to tell."""

    _inherit = "security.card"

    alert_ids = fields.One2many(
        "security.card.alert", "card_id", string="Alerts", groups="base.group_user"
    )

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            self._close_alerts()
        return result

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_send_alerts(self):
        """Tell officers and guards of the cards that end soon, once for each threshold.

        Whatever day it runs on, the most urgent threshold that has passed is sent and
        nothing else; each batch is recorded with its mails, or not at all.
        """
        self._close_alerts_of_the_gone()
        alerts = self._alerts_due()
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(alerts))
        for first in range(0, len(alerts), ALERT_BATCH):
            batch = alerts[first : first + ALERT_BATCH]
            self.env["security.card.alert"]._send(batch)
            if not cron._commit_progress(len(batch)):
                break

    def _alerts_due(self):
        """The values of the alerts to send today, the most urgent first.

        The number of queries does not depend on the number of cards.
        """
        today = fields.Date.context_today(self)
        companies = self.env["res.company"].search(
            [("security_card_alert_days", "!=", False)]
        )
        thresholds = {c.id: c._security_alert_days() for c in companies}
        furthest = max((days[0] for days in thresholds.values() if days), default=0)
        cards = self.search(
            Domain("state", "in", ON_DUTY_STATES)
            & Domain("date_last_day", ">=", today)
            & Domain("date_last_day", "<=", today + timedelta(days=furthest)),
            order="date_last_day, id",
        )
        cards = cards._still_to_tell(today)
        due = {}
        for card in cards:
            days = card_renewal.due_alert(
                card._alert_days_of(thresholds.get(card.company_id.id, [])),
                card.date_last_day,
                today,
            )
            if days is not None:
                due[card] = days
        sent = {
            (alert.card_id.id, alert.date_last_day, alert.days)
            for alert in self.env["security.card.alert"].search_fetch(
                [("card_id", "in", [card.id for card in due])],
                ["card_id", "date_last_day", "days"],
            )
        }
        return self._alert_vals_list(
            {
                card: days
                for card, days in due.items()
                if (card.id, card.date_last_day, days) not in sent
            },
            today,
        )

    def _still_to_tell(self, today):
        """Without the cards that a newer one replaces, and those of guards who will
        have left before the last day."""
        cards = self - self._followed()
        last_days = cards.employee_id._security_last_days()

        def stays(card):
            last = last_days.get(card.employee_id.id)
            return last is None or last >= card.date_last_day

        return cards.filtered(stays)

    def _alert_days_of(self, thresholds):
        """The thresholds that make sense for this title."""
        self.ensure_one()
        start = None
        if self.state == "receipt":
            # It is not announced when it is given.
            start = self._receipt_start()
        elif self.kind not in RENEWABLE_KINDS:
            start = self.date_issued or None
        return card_renewal.alert_days(thresholds, start, self.date_last_day)

    def _receipt_start(self):
        """First day of the receipt, counted back from its last one; None when the
        law's figure is missing."""
        figures = self.env["security.parameter"]._for(company=self.company_id)
        code, today = "receipt_validity_months", fields.Date.context_today(self)
        if not figures.has(code, today):
            return None
        months = int(figures.value(code, today))
        return self.date_last_day - relativedelta(months=months)

    def _alert_vals_list(self, due, today):
        """:param due: ``{card: threshold in days}``"""
        cards = self.browse([card.id for card in due])
        officers = cards.employee_id._security_card_officers()
        asked = cards._renewal_asked()
        vals_list = []
        for card, days in due.items():
            guard = card.employee_id.sudo()
            email = guard.private_email or guard.work_email or guard.user_id.email
            vals_list.append(
                {
                    "card_id": card.id,
                    "date_last_day": card.date_last_day,
                    "days": days,
                    "days_left": (card.date_last_day - today).days,
                    "phase": "asked" if card in asked else card._alert_phase(),
                    "user_id": officers[guard.id].id,
                    "told": "mail" if email else "no_email",
                    "email": email,
                    "lang": card._alert_lang(guard),
                }
            )
        return vals_list

    def _alert_phase(self):
        """The situation that an alert speaks of."""
        self.ensure_one()
        if self.state == "receipt":
            return "receipt"
        return self.renewal_phase or "short"

    def _renewal_asked(self):
        """Those of these cards whose renewal was asked for and is not answered yet."""
        return self.browse()

    def _alert_lang(self, guard):
        """The guard's language, else that of the firm, else French."""
        installed = dict(self.env["res.lang"].get_installed())
        company = guard.company_id.partner_id
        for code in (guard.lang, guard.user_id.lang, company.lang, "fr_FR"):
            if code in installed:
                return code
        return self.env.lang

    # ------------------------------------------------------------
    # Activities
    # ------------------------------------------------------------

    def _alert_activities(self):
        """The open activities about the end of these cards."""
        return self.sudo().activity_search(
            ["security_workforce.mail_activity_card_expiry"]
        )

    def _close_alerts(self):
        """End the activities that a change of state made pointless: those of a card
        that is stopped, and those of the card that these ones replace."""
        stopped = self.filtered(lambda card: card.state in STOPPED_STATES)
        stopped._alert_activities().unlink()
        working = self.filtered(lambda card: card.state in ON_DUTY_STATES)
        if not working:
            return
        older = self.sudo().search(
            Domain("employee_id", "in", working.employee_id.ids)
            & Domain("activity_id", "in", working.activity_id.ids)
            & Domain("id", "not in", working.ids)
        )
        older._followed()._alert_activities().action_feedback(
            feedback=self.env._("A newer card replaces this one.")
        )

    def _close_alerts_of_the_gone(self):
        """Nobody renews the card of a guard who left."""
        activities = self.env["mail.activity"].search(
            [
                (
                    "activity_type_id",
                    "=",
                    self.env.ref("security_workforce.mail_activity_card_expiry").id,
                ),
                ("res_model", "=", self._name),
            ]
        )
        cards = self.browse(activities.mapped("res_id")).exists()
        gone = cards.employee_id._security_gone()
        cards.filtered(lambda c: c.employee_id in gone)._alert_activities().unlink()
