from odoo import fields, models


class SecurityAlertClose(models.TransientModel):
    """Asks for the words without which no alarm is closed."""

    _name = "security.alert.close"
    _description = "Close Alarms"

    alert_ids = fields.Many2many("security.alert", required=True, string="Alarms")
    note = fields.Text("Closing Note", required=True)

    def action_close(self):
        self.ensure_one()
        self.alert_ids.action_close(self.note)
        return {"type": "ir.actions.act_window_close"}
