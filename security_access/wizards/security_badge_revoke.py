from odoo import fields, models

from ..models.security_badge import REVOKE_REASONS


class SecurityBadgeRevoke(models.TransientModel):
    """Asks why badges are revoked."""

    _name = "security.badge.revoke"
    _description = "Revoke Badges"

    badge_ids = fields.Many2many(
        "security.badge", string="Badges", required=True, readonly=True
    )
    reason = fields.Selection(REVOKE_REASONS, required=True)

    def action_confirm(self):
        """Revoke the badges for this reason."""
        for wizard in self:
            wizard.badge_ids._revoke(wizard.reason)
        return {"type": "ir.actions.act_window_close"}
