from odoo import models


class SecurityInbox(models.Model):
    """Photos that a fact names, which may come before it or after."""

    _inherit = "security.inbox"

    def _settle(self, record):
        result = super()._settle(record)
        uuids = self.sudo().payload.get("photos") or []
        if record and uuids:
            self.flush_recordset()
            # sudo: guards have no right on what is on its way.
            self.env["security.photo"].sudo().search(
                [("device_id", "=", self.sudo().device_id.id), ("uuid", "in", uuids)]
            )._give()
        return result
