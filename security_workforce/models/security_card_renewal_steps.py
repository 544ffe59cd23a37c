from odoo import fields, models
from odoo.exceptions import UserError

from .security_card_renewal import OPEN_STEPS


class SecurityCardRenewal(models.Model):
    """What the card officer does on a renewal file, step by step."""

    _inherit = "security.card.renewal"

    def action_mac_obtained(self):
        """Record the upkeep of skills, as of today unless a date is written."""
        self._require_steps("mac")
        self._record_today("mac_obtained_on")

    def action_requested(self):
        """Record that the request is filed, as of today unless a date is written."""
        self._require_steps("request")
        self._record_today("requested_on")

    def action_receipt(self):
        """Open the form that records the receipt on the card."""
        self._require_steps("decision")
        return self.card_id.action_receipt()

    def action_new_card(self):
        """Open the form that records the new card."""
        self.ensure_one()
        self._require_steps("decision")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New card received"),
            "res_model": "security.card.renewal.card",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_renewal_id": self.id},
        }

    def action_verify_new_card(self):
        """Open the form that records the verification of the new card."""
        self.ensure_one()
        self._require_steps("verify")
        return self.new_card_id.action_verify()

    def action_refuse(self):
        """Record that the CNAPS refused the renewal."""
        self._require_steps("decision")
        self._close("refused")

    def action_refuse_by_silence(self):
        """Record that the CNAPS did not answer in time, which is a refusal."""
        self._require_steps("decision")
        today = fields.Date.context_today(self)
        for renewal in self:
            if not renewal.silence_on or renewal.silence_on > today:
                raise UserError(
                    self.env._("The CNAPS still has time to answer this request.")
                )
        self._close("silence")

    def action_cancel(self):
        """Give the renewal up: the guard leaves, or changes activity."""
        self._require_steps(*OPEN_STEPS)
        self._close("cancelled")

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _link_new_card(self, card):
        """The request is granted: this card follows the old one."""
        self.ensure_one()
        self._require_steps("decision")
        old = self.card_id
        same = all(card[n] == old[n] for n in ("employee_id", "activity_id", "kind"))
        if not same or card == old:
            raise UserError(
                self.env._(
                    "%(card)s does not renew %(old)s: choose a card of the same guard, "
                    "kind and activity.",
                    card=card.display_name,
                    old=old.display_name,
                )
            )
        self.write(
            {
                "new_card_id": card.id,
                "outcome": "granted",
                "decided_on": fields.Date.context_today(self),
            }
        )
        old._note(self.env._("Renewed: the new card is %s.", card.display_name))
        card._note(self.env._("Renews %s.", old.display_name))

    def _close(self, outcome):
        self.write({"outcome": outcome, "decided_on": fields.Date.context_today(self)})
        self.activity_ids.unlink()

    def _record_today(self, name):
        for renewal in self:
            renewal[name] = renewal[name] or fields.Date.context_today(renewal)

    def _require_steps(self, *steps):
        """Refuse what does not belong to the step that the file is at."""
        self.check_access("write")
        names = dict(self._fields["step"]._description_selection(self.env))
        for renewal in self:
            if renewal.step not in steps:
                raise UserError(
                    self.env._(
                        "The renewal of %(card)s is at “%(step)s”: this is done at "
                        "%(allowed)s.",
                        card=renewal.card_id.display_name,
                        step=names[renewal.step],
                        allowed=", ".join(f"“{names[step]}”" for step in steps),
                    )
                )

    def _action_show(self):
        """The window action that shows these files."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "security_workforce.security_card_renewal_action"
        )
        action["context"] = {}
        if len(self) == 1:
            action["res_id"] = self.id
            action["views"] = [(False, "form")]
        else:
            action["domain"] = [("id", "in", self.ids)]
        return action

    def action_show_card(self):
        """Show the card that is renewed."""
        self.ensure_one()
        return self.card_id.get_formview_action()

    def action_show_new_card(self):
        """Show the card that takes its place."""
        self.ensure_one()
        return self.new_card_id.get_formview_action()
