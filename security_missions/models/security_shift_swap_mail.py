from odoo import models


class SecurityShiftSwap(models.Model):
    """What both guards are told of a swap."""

    _inherit = "security.shift.swap"

    def _tell(self):
        """Both are told how it ended."""
        for guard_field in ("guard_id", "other_guard_id"):
            self._send("mail_template_swap_result", self[guard_field], guard_field)

    def _send(self, template, guards, guard_field="other_guard_id"):
        """One mail for each swap, in the language of the guard it goes to."""
        mail = self.env.ref(f"security_missions.{template}").sudo()
        for swap in self.filtered(lambda s: s[guard_field] in guards):
            guard = swap.sudo()[guard_field]
            address = guard.work_email or guard.private_email or guard.user_id.email
            if address:
                lang = guard.user_id.lang or guard.lang or self.env.lang
                mail.with_context(lang=lang, swap_guard=guard.name).send_mail(
                    swap.id, email_values={"email_to": address}
                )

    def _in_words(self, shift):
        """Place, day and hours of a shift on the clock of its site."""
        shift = shift.sudo().with_env(self.env(su=True))
        return f"{shift.site_id.name} – {shift.display_name}"

    def _state_in_words(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]
