from odoo import models


class SecurityHandover(models.Model):
    """A relief that is accepted is an entry of the log book."""

    _inherit = "security.handover"

    def _write_taken(self, shift, reserve, signature, at):
        handover = super()._write_taken(shift, reserve, signature, at)
        lang = shift.company_id.partner_id.lang or self.env.lang
        told = handover.with_context(lang=lang)
        names = {
            "out": told.shift_out_id.employee_id.name or "-",
            "into": shift.employee_id.name,
        }
        text = told.env._("%(into)s takes over from %(out)s.", **names)
        if handover.reserve:
            text = told.env._(
                "%(into)s takes over from %(out)s, with reserves: %(reserve)s",
                reserve=handover.reserve,
                **names,
            )
        self.env["security.logbook.entry"]._note(
            shift.site_id,
            "relief",
            at,
            shift=shift,
            employee=shift.employee_id,
            text=text,
        )
        return handover
