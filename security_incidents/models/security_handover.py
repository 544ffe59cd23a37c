from odoo import models


class SecurityShift(models.Model):
    """The incidents of a place that the next guard has to know."""

    _inherit = "security.shift"

    def _handover_open_items(self):
        incidents = self.env["security.incident"].search(
            [("site_id", "=", self.site_id.id), ("state", "=", "open")]
        )
        return super()._handover_open_items() + [
            {
                "model": incident._name,
                "id": incident.id,
                "label": f"{incident.name} {incident.title}",
            }
            for incident in incidents
            if not incident.post_id or incident.post_id == self.post_id
        ]
