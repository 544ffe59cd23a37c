from odoo import models
from odoo.exceptions import UserError

from .security_logbook_entry import WRITING


class IrAttachment(models.Model):
    """The photos of the log book stay what they were."""

    _inherit = "ir.attachment"

    def write(self, vals):
        if {"raw", "datas", "db_datas", "res_model", "res_id", "url"} & vals.keys():
            self._refuse_sealed()
        return super().write(vals)

    def unlink(self):
        self._refuse_sealed()
        return super().unlink()

    def _refuse_sealed(self):
        if self.env.context.get("security_logbook_writing") is WRITING:
            return
        if any(a.res_model == "security.logbook.entry" for a in self.sudo()):
            raise UserError(
                self.env._(
                    "Photos of the log book are sealed: correct the entry, or have it "
                    "redacted."
                )
            )
