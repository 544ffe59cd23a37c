from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.security_workforce.engine.event_schema import Flag, Id, Kind, Text


class SecurityInbox(models.Model):
    """What a guard says of his rota from his phone, perhaps hours ago."""

    _inherit = "security.inbox"

    @api.model
    def _kinds(self):
        return super()._kinds() | {
            "rota_read": Kind("_apply_rota_read", {"publication": Id()}),
            "notice_answer": Kind(
                "_apply_notice_answer", {"notice": Id(), "accept": Flag()}
            ),
            "offer_answer": Kind(
                "_apply_offer_answer", {"answer": Id(), "accept": Flag()}
            ),
            "swap_ask": Kind(
                "_apply_swap_ask",
                {
                    "shift": Id(),
                    "colleague": Id(),
                    "day": Text(10, required=False),
                    "note": Text(200, required=False),
                },
            ),
            "swap_answer": Kind("_apply_swap_answer", {"swap": Id(), "accept": Flag()}),
            "swap_withdraw": Kind("_apply_swap_withdraw", {"swap": Id()}),
        }

    def _rota_own(self, model, record_id, side="employee_id"):
        """A record that is this guard's own, whatever more his groups let him read."""
        record = self.env[model].search(
            [("id", "=", record_id), (side, "=", self.sudo().employee_id.id)]
        )
        if not record:
            raise UserError(
                self.env._(
                    "What the phone speaks of is not this guard's, or is gone: ask him "
                    "what he meant."
                )
            )
        return record

    def _apply_rota_read(self):
        """He has read a version of his rota. One that was replaced meanwhile is told,
        he has to read the last one."""
        version = self._rota_own("security.publication", self.payload["publication"])
        if version.is_current:
            version._acknowledge("portal", self.happened_at)
        elif not version.acknowledged_at:
            self._flag(
                self.env._("This version was replaced meanwhile: read the last one.")
            )
        return version

    def _apply_notice_answer(self):
        notice = self._rota_own("security.notice", self.payload["notice"])
        answer = "given" if self.payload["accept"] else "refused"
        notice._consent(answer, "portal", when=self.happened_at)
        return notice

    def _apply_offer_answer(self):
        """His yes or no counts when it arrives: nobody keeps a shift for him while his
        phone has no network."""
        answer = self._rota_own("security.shift.offer.answer", self.payload["answer"])
        said = "yes" if self.payload["accept"] else "no"
        outcome, sentence = answer._reply(said, "portal")
        if outcome in ("closed", "stopped"):
            self._flag(sentence)
        return answer

    def _apply_swap_ask(self):
        shift = self._rota_own("security.shift", self.payload["shift"])
        return self.env["security.shift.swap"]._ask_from_portal(
            shift,
            self.payload["colleague"],
            self.payload.get("day") or "",
            self.payload.get("note") or "",
        )

    def _apply_swap_answer(self):
        swap = self._rota_own(
            "security.shift.swap", self.payload["swap"], "other_guard_id"
        )
        if self.payload["accept"]:
            swap._accept("portal")
        else:
            swap._end("refused")
        return swap

    def _apply_swap_withdraw(self):
        swap = self._rota_own("security.shift.swap", self.payload["swap"], "guard_id")
        swap._end("cancelled")
        return swap

    @api.model
    def _kind_words(self):
        return super()._kind_words() | {
            "rota_read": self.env._("Rota read"),
            "notice_answer": self.env._("Answer to a change"),
            "offer_answer": self.env._("Answer to an offer"),
            "swap_ask": self.env._("Swap asked"),
            "swap_answer": self.env._("Answer to a swap"),
            "swap_withdraw": self.env._("Swap withdrawn"),
        }

    @api.model
    def _payload_models(self):
        return super()._payload_models() | {
            "publication": "security.publication",
            "notice": "security.notice",
            "answer": "security.shift.offer.answer",
            "swap": "security.shift.swap",
        }
