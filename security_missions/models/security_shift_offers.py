from odoo import api, fields, models

from odoo.addons.security_workforce.engine import verdict

from .security_shift_candidates import STOPPED
from .security_shift_give import GIVING

OFFERED = ("employee_id", "state", "post_id", "date_start", "date_stop")
DOUBTED = "security_missions.offer_doubted"


class SecurityShift(models.Model):
    """The offers of a shift end with it, and never reach whom a rule stops."""

    _inherit = "security.shift"

    offer_ids = fields.One2many("security.shift.offer", "shift_id", "Offers")
    offer_count = fields.Integer("Offers Made", compute="_compute_offer_count")

    @api.depends("offer_ids")
    def _compute_offer_count(self):
        for shift in self:
            shift.offer_count = len(shift.offer_ids)

    def action_offers(self):
        """The offers of this shift."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "security_missions.security_shift_offer_action"
        )
        return {
            **action,
            "domain": [("shift_id", "=", self.id)],
            "context": {"default_shift_id": self.id},
        }

    def _verdicts_of(self, guards, without=()):
        """``{employee id: (eligibility, reasons)}`` of these guards on this shift.

        :param without: ids of other shifts to leave out, as if they were free
        """
        self.ensure_one()
        if not guards:
            return {}
        shift = self.sudo()
        answers = guards.sudo()._security_verdicts(
            [shift._engine_slot()], without=[*shift.ids, *without]
        )
        lang = (self.env.lang or "en")[:2]
        return {
            key: (
                verdict.verdict(f.severity for f in findings),
                "\n".join(
                    f"{f.rule} {f.text(lang)}"
                    for f in findings
                    if f.severity in ("block", "override")
                ),
            )
            for key, [findings] in answers.items()
        }

    # ------------------------------------------------------------
    # WHEN THE SHIFT CHANGES
    # ------------------------------------------------------------

    def write(self, vals):
        giving = self.env.context.get("security_shift_giving") is GIVING
        if giving or vals.keys().isdisjoint(OFFERED):
            return super().write(vals)
        offers = self._open_offers()
        before = {offer: offer.shift_id._offered_terms() for offer in offers}
        result = super().write(vals)
        for offer, terms in before.items():
            if closing := offer.shift_id._why_not_offered(terms):
                offer._close("cancelled", closing)
        return result

    def unlink(self):
        self._open_offers()._close("cancelled", "gone")
        return super().unlink()

    def _open_offers(self):
        # sudo: whoever changes the shift, those who were asked are told.
        return (
            self.env["security.shift.offer"]
            .sudo()
            .search([("shift_id", "in", self.ids), ("state", "=", "open")])
        )

    def _offered_terms(self):
        return self.employee_id, (self.post_id, self.date_start, self.date_stop)

    def _why_not_offered(self, before):
        """The closing of an offer whose shift is no longer what was offered."""
        guard, place = self._offered_terms()
        if self.state == "cancelled":
            return "gone"
        if self.state in ("started", "done"):
            return "begun"
        if guard and guard != before[0]:
            return "hand"
        return "changed" if place != before[1] else None

    # ------------------------------------------------------------
    # WHEN A GUARD CHANGES
    # ------------------------------------------------------------

    @api.model
    def _judge_again(self, employee_ids, start=None, stop=None, without=()):
        """What decides who may work decides who may be asked, too.

        Once for the whole transaction, at its end and inside it: until then the facts
        of the guard may still be half written.
        """
        if employee_ids:
            precommit = self.env.cr.precommit
            if DOUBTED not in precommit.data:
                precommit.data[DOUBTED] = set()
                precommit.add(self.sudo().browse()._withdraw_doubted)
            precommit.data[DOUBTED].update(employee_ids)
        return super()._judge_again(employee_ids, start, stop, without)

    def _withdraw_doubted(self):
        """Take open offers back from the guards whom a rule stops now."""
        guard_ids = self.env.cr.precommit.data.pop(DOUBTED, set())
        answers = self.env["security.shift.offer.answer"].search(
            [
                ("employee_id", "in", list(guard_ids)),
                ("answer", "in", ("none", "yes")),
                ("offer_state", "=", "open"),
            ]
        )
        if answers:
            answers.offer_id._lock()
        for offer, asked in answers.grouped("offer_id").items():
            verdicts = offer.shift_id._verdicts_of(asked.employee_id)
            stopped = asked.filtered(
                lambda a, v=verdicts: v[a.employee_id.id][0] in STOPPED
            )
            for answer in stopped:
                answer._withdraw(verdicts[answer.employee_id.id][1])
            if stopped:
                offer._go_on()
        self.env.flush_all()
