from odoo import fields, models


class SecurityIncidentReopen(models.TransientModel):
    """Asks why a closed incident is opened again."""

    _name = "security.incident.reopen"
    _description = "Reopen an Incident"

    incident_id = fields.Many2one("security.incident", required=True, readonly=True)
    reason = fields.Text(required=True, help="Kept in the thread of the incident.")

    def action_confirm(self):
        """Open the incident again, for this reason."""
        for wizard in self:
            wizard.incident_id._reopen(wizard.reason)
        return {"type": "ir.actions.act_window_close"}
