from odoo import api, fields, models
from odoo.tools import format_datetime, hash_sign, verify_hash_signed

SCOPE = "security_missions.offer"


class SecurityShiftOfferAnswer(models.Model):
    """What a guard is sent: the question with its signed link, and the result."""

    _inherit = "security.shift.offer.answer"

    # ------------------------------------------------------------
    # LINK
    # ------------------------------------------------------------

    def _token(self):
        """The signed name of this question; it dies with the time to answer."""
        self.ensure_one()
        values = [self.id, fields.Datetime.to_string(self.asked_at)]
        return hash_sign(self.sudo().env, SCOPE, values, expiration=self.deadline)

    def _link(self):
        return f"{self.get_base_url()}/security/offer/{self._token()}"

    @api.model
    def _from_token(self, token):
        """The answer that a link is about; empty when forged, mutilated or expired."""
        try:
            values = verify_hash_signed(self.sudo().env, SCOPE, token)
        except ValueError:
            values = None
        if not values:
            return self.browse()
        answer = self.sudo().browse(values[0]).exists()
        asked_at = answer and fields.Datetime.to_string(answer.asked_at)
        return answer if asked_at == values[1] else self.browse()

    # ------------------------------------------------------------
    # MAILS
    # ------------------------------------------------------------

    def _address(self):
        guard = self.sudo().employee_id
        return guard.work_email or guard.private_email or guard.user_id.email

    def _language(self):
        guard = self.sudo().employee_id
        return (
            guard.user_id.lang
            or guard.lang
            or self.company_id.partner_id.lang
            or self.env.lang
        )

    def _tell_result(self):
        """Tell each of them how it ended for him."""
        self.write({"told_at": fields.Datetime.now()})
        self._send("mail_template_offer_result")
        self.employee_id._wake_phones(
            lambda env: env._("A shift offered to you is decided."), "offers"
        )

    def _send(self, template):
        """Hand the mails to the queue in one go, and have it run at once."""
        reachable = self.filtered(lambda answer: answer._address())
        (self - reachable).write({"no_address": True})
        if reachable:
            # sudo: the address and the language are those of the private file.
            mail = self.env.ref(f"security_missions.{template}").sudo()
            mail.send_mail_batch(reachable.ids)
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _when(self):
        """Day and hours of the shift on the clock of its site."""
        shift = self.sudo().shift_id
        return self.env._(
            "%(day)s, %(start)s to %(stop)s (%(hours)s h)",
            day=format_datetime(
                self.env, shift.date_start, tz=shift.tz, dt_format="EEEE d MMMM y"
            ),
            start=format_datetime(
                self.env, shift.date_start, tz=shift.tz, dt_format="HH:mm"
            ),
            stop=format_datetime(
                self.env, shift.date_stop, tz=shift.tz, dt_format="HH:mm"
            ),
            hours=f"{shift.hours:g}",
        )

    def _where(self):
        shift = self.sudo().shift_id
        return f"{shift.site_id.name} – {shift.post_id.name}"

    def _until(self):
        """The last instant to answer, on the clock of the site."""
        return format_datetime(
            self.env,
            self.deadline,
            tz=self.sudo().shift_id.tz,
            dt_format="EEEE d MMMM, HH:mm",
        )

    def _result(self):
        """How the offer ended for this guard, in words."""
        offer = self.sudo().offer_id
        if self.answer == "withdrawn":
            return self._withdrawn_sentence()
        if offer.state == "won" and offer.winner_id == self.employee_id:
            if offer.shift_id.state == "published":
                return self.env._("The shift is yours: it is on your rota.")
            return self.env._(
                "The shift is yours. It is on your rota once your planner publishes it."
            )
        if offer.state == "won" or offer.closing == "hand":
            return self.env._("The shift was given to somebody else.")
        if offer.closing == "time":
            return self.env._("The time to answer is over.")
        return self.env._("The offer was withdrawn: there is nothing to do.")
