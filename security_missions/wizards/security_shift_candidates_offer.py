from odoo import fields, models
from odoo.exceptions import UserError


class SecurityShiftCandidates(models.TransientModel):
    """From the list of those who can take it: ask some of them, or all."""

    _inherit = "security.shift.candidates"

    offer_mode = fields.Selection(
        [
            ("first_accept", "The first yes wins"),
            ("bid", "All answer, I choose"),
            ("cascade", "One after the other"),
        ],
        "How to Ask",
        default="first_accept",
        required=True,
    )
    offer_deadline = fields.Datetime(
        "Answer by", help="Nothing: the time that the settings of the firm give."
    )

    def action_ask_chosen(self):
        """Ask the guards that are ticked."""
        chosen = self.line_ids.filtered("chosen")
        if not chosen:
            raise UserError(
                self.env._("Tick the guards to ask, or press “Ask All Who May”.")
            )
        return self._offer(chosen.employee_id)

    def action_ask_all(self):
        """Ask every guard whom no rule stops."""
        return self._offer()

    def _offer(self, guards=None):
        self.ensure_one()
        values = {"shift_id": self.shift_id.id, "mode": self.offer_mode}
        if self.offer_deadline:
            values["deadline"] = self.offer_deadline
        offer = self.env["security.shift.offer"].create(values)
        offer._open(guards)
        return {
            "type": "ir.actions.act_window",
            "res_model": offer._name,
            "res_id": offer.id,
            "view_mode": "form",
        }


class SecurityShiftCandidate(models.TransientModel):
    _inherit = "security.shift.candidate"

    chosen = fields.Boolean("Ask")
