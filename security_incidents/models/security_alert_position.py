from odoo import fields, models


class SecurityAlertPosition(models.Model):
    """Where the phone of a guard who called for help was, as it said so."""

    _name = "security.alert.position"
    _description = "Position of an Alarm"
    _inherit = ["security.append.only.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    alert_id = fields.Many2one(
        "security.alert", "Alarm", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="alert_id.company_id", store=True, index=True, precompute=True
    )
    date = fields.Datetime("When", required=True, help="By the phone, corrected.")
    received_at = fields.Datetime(required=True, default=fields.Datetime.now)
    latitude = fields.Float(required=True, digits=(10, 7))
    longitude = fields.Float(required=True, digits=(10, 7))
    accuracy = fields.Float("Accuracy (m)", digits=(10, 1))

    _on_earth = models.Constraint(
        "CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180"
        " AND accuracy >= 0)",
        "A position has a latitude from -90 to 90 and a longitude from -180 to 180.",
    )
