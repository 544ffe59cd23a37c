from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from .security_card import RENEWABLE_KINDS, TRANSITION

# States that follow the dates: the daily run moves cards between them.
DATED_STATES = ("valid", "to_renew", "receipt", "expired")
ON_DUTY_STATES = ("valid", "to_renew", "receipt")
CRON_BATCH = 500


class SecurityCard(models.Model):
    """The life of a card: who may move it from one state to the next, and when."""

    _inherit = "security.card"

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_verify(self):
        """Open the form that records a verification of this card."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record a verification"),
            "res_model": "security.card.check",
            "view_mode": "form",
            "views": [
                (
                    self.env.ref(
                        "security_workforce.security_card_check_view_form_dialog"
                    ).id,
                    "form",
                )
            ],
            "target": "new",
            "context": {"default_card_id": self.id},
        }

    def action_draft(self):
        """Open a card for correction: it needs a new verification afterwards."""
        self._require_states(DATED_STATES)
        self._move("draft", self.env._("Set back to verification, to be corrected."))

    def action_suspend(self):
        """Take the holder off duty at once (CSI L612-20)."""
        self._require_states(ON_DUTY_STATES)
        self._move("suspended", self.env._("Suspended: off duty from now on."))

    def action_reinstate(self):
        """End a suspension: the card is again what its dates say."""
        self._require_states(("suspended",))
        for card in self:
            if card._last_check().result == "invalid":
                raise UserError(
                    self.env._(
                        "The last verification of %(card)s said that it is not valid. "
                        "Record a new one first.",
                        card=card.display_name,
                    )
                )
        self._follow_dates(self.env._("Suspension ended."))

    def action_withdraw(self):
        """Record that the authority withdrew the card: it never comes back."""
        self._require_states((*DATED_STATES, "suspended"))
        self._move("withdrawn", self.env._("Withdrawn."))

    def action_receipt(self):
        """Open the form that records the receipt of a renewal application."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record a receipt"),
            "res_model": "security.card.receipt",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_card_id": self.id},
        }

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _record_receipt(self, date_end):
        """Keep the holder on duty on the receipt of his renewal (CSI R612-17).

        :param date_end: last day of the receipt; a first request has none, so the
            card must be one that is due for renewal or has expired
        """
        self.check_access("write")
        self._require_states(("to_renew", "receipt", "expired"))
        for card in self:
            if card.kind not in RENEWABLE_KINDS:
                raise UserError(
                    self.env._("Only a card that can be renewed has a receipt.")
                )
            if date_end <= card.date_last_day:
                raise UserError(
                    self.env._(
                        "The receipt must end after %(date)s, the last day that "
                        "%(card)s covers already.",
                        date=format_date(self.env, card.date_last_day),
                        card=card.display_name,
                    )
                )
        self._transition().write({"date_receipt_expiry": date_end})
        self._follow_dates(
            self.env._(
                "Receipt of the renewal recorded, until %s.",
                format_date(self.env, date_end),
            )
        )

    def _apply_check(self, check):
        """Draw the consequence of a verification just recorded on this card."""
        self.ensure_one()
        if check.result == "valid" and self.state == "draft":
            self._accept()
        elif check.result == "invalid" and self.state in ON_DUTY_STATES:
            self._move(
                "suspended",
                self.env._(
                    "The verification says that this card is NOT valid: suspended, "
                    "take the guard off duty at once (CSI L612-20, L617-7)."
                ),
            )
        elif check.result == "invalid":
            self._note(self.env._("The verification says that this card is not valid."))
        elif check.result == "valid" and self.state in ("suspended", "withdrawn"):
            self._note(self.env._("Verified as valid; its state here stays as it is."))

    def _accept(self):
        """A first valid verification: the card becomes what its dates say."""
        today = fields.Date.context_today(self)
        if not self.number or not self.date_expiry:
            raise UserError(
                self.env._(
                    "Enter the number and the last day of validity of the card "
                    "before you record it as verified."
                )
            )
        if self.date_issued and self.date_issued > today:
            self._note(
                self.env._(
                    "Verified, but the card starts on %s only: verify it again from "
                    "that day.",
                    format_date(self.env, self.date_issued),
                )
            )
        elif self.date_last_day < today:
            self._follow_dates(
                self.env._(
                    "Verified, but expired since %s: it allows no work.",
                    format_date(self.env, self.date_last_day),
                )
            )
        else:
            self._follow_dates()

    def _dated_state(self, today):
        """The state that the dates of this verified card give on a day."""
        self.ensure_one()
        if not self.date_last_day or self.date_last_day < today:
            return "expired"
        if self.date_receipt_expiry:
            return "receipt"
        if self.date_renewal and self.date_renewal <= today:
            return "to_renew"
        return "valid"

    @api.model
    def _cron_follow_dates(self):
        """Bring every verified card to the state of its dates.

        Looks at all the cards that are not where they should be, so a day without a
        run is caught up and a second run finds nothing to do.
        """
        today = fields.Date.context_today(self)
        cards = self.search(
            Domain("state", "in", ON_DUTY_STATES) & Domain("date_last_day", "<", today)
            | Domain("state", "=", "valid") & Domain("date_renewal", "<=", today)
            | Domain("state", "=", "to_renew") & Domain("date_renewal", ">", today)
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(cards))
        for first in range(0, len(cards), CRON_BATCH):
            batch = cards[first : first + CRON_BATCH]
            batch._follow_dates()
            cron._commit_progress(len(batch))

    # ------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------

    def _last_check(self):
        """The latest verification; records in cache are not in the model's order."""
        self.ensure_one()
        return self.check_ids.sorted(lambda check: (check.date, check.id))[-1:]

    def _transition(self):
        """These cards, with the right to write what only methods may write."""
        return self.with_context(security_card_transition=TRANSITION)

    def _move(self, state, note=None):
        self._transition().write({"state": state})
        if note:
            self._note(note)

    def _follow_dates(self, note=None):
        """Move each card to the state of its dates; unchanged ones are not written."""
        today = fields.Date.context_today(self)
        for state, cards in self.grouped(lambda c: c._dated_state(today)).items():
            if moving := cards.filtered(lambda c, state=state: c.state != state):
                moving._move(state)
        if note:
            self._note(note)

    def _note(self, body):
        for card in self:
            card.message_post(body=body)

    def _require_states(self, states):
        """Refuse a step from a state it does not start from."""
        names = dict(self._fields["state"]._description_selection(self.env))
        for card in self:
            if card.state not in states:
                raise UserError(
                    self.env._(
                        "%(card)s is “%(state)s”: this step is for cards that are "
                        "%(allowed)s.",
                        card=card.display_name,
                        state=names[card.state],
                        allowed=", ".join(f"“{names[state]}”" for state in states),
                    )
                )
