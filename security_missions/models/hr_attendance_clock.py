from odoo import api, fields, models

METHODS = [
    ("geo", "Geofence"),
    ("qr", "QR of the post"),
    ("code", "Code of the post"),
    ("none", "Phone, without proof"),
    ("portal", "Portal"),
    ("operator", "Office"),
    ("forced", "Forced"),
]
VERDICTS = [
    ("inside", "On the spot"),
    ("uncertain", "Perhaps on the spot"),
    ("outside", "Elsewhere"),
    ("unknown", "Not known"),
]
EXCEPTION_STATES = [
    ("none", "Nothing to explain"),
    ("open", "To justify"),
    ("justified", "To decide"),
    ("refused", "Refused"),
    ("accepted", "Accepted"),
]
# The state of the worst exception is that of the attendance.
WORST_FIRST = ("open", "justified", "refused", "accepted")


class HrAttendance(models.Model):
    """What proves when and where a guard clocked; latitude and longitude are core's."""

    _inherit = "hr.attendance"

    security_in_method = fields.Selection(METHODS, "Entry: Method", readonly=True)
    security_in_verdict = fields.Selection(VERDICTS, "Entry: Place", readonly=True)
    security_in_distance = fields.Float(
        "Entry: Distance (m)", digits=(10, 0), readonly=True, aggregator=None
    )
    security_in_accuracy = fields.Float(
        "Entry: Accuracy (m)", digits=(10, 0), readonly=True, aggregator=None
    )
    security_in_device_time = fields.Datetime("Entry: Phone Clock", readonly=True)
    security_in_received = fields.Datetime("Entry: Received", readonly=True)
    security_in_skew = fields.Integer(
        "Entry: Clock Error (s)", readonly=True, aggregator=None
    )
    security_in_offline = fields.Boolean("Entry: Without Network", readonly=True)
    security_out_method = fields.Selection(METHODS, "Exit: Method", readonly=True)
    security_out_verdict = fields.Selection(VERDICTS, "Exit: Place", readonly=True)
    security_out_distance = fields.Float(
        "Exit: Distance (m)", digits=(10, 0), readonly=True, aggregator=None
    )
    security_out_accuracy = fields.Float(
        "Exit: Accuracy (m)", digits=(10, 0), readonly=True, aggregator=None
    )
    security_out_device_time = fields.Datetime("Exit: Phone Clock", readonly=True)
    security_out_received = fields.Datetime("Exit: Received", readonly=True)
    security_out_skew = fields.Integer(
        "Exit: Clock Error (s)", readonly=True, aggregator=None
    )
    security_out_offline = fields.Boolean("Exit: Without Network", readonly=True)
    security_exception_ids = fields.One2many(
        "security.clock.exception", "attendance_id", "Exceptions", readonly=True
    )
    security_exception_state = fields.Selection(
        EXCEPTION_STATES,
        "Exception",
        compute="_compute_security_exception_state",
        store=True,
        compute_sudo=True,
    )

    @api.depends("security_exception_ids.state")
    def _compute_security_exception_state(self):
        for attendance in self:
            states = set(attendance.security_exception_ids.mapped("state"))
            attendance.security_exception_state = next(
                (state for state in WORST_FIRST if state in states), "none"
            )

    @api.model
    def _clock_vals(self, side, evidence, place, at):
        """The columns of one side ("in" or "out") for an evidence judged.

        :param evidence: engine.clock_proof.Evidence
        :param place: engine.geofence.Place
        :param at: the instant of the fact, UTC
        """
        position = evidence.position
        facts = {
            "method": evidence.method,
            "verdict": place.verdict,
            "distance": place.distance or 0,
            "accuracy": position.accuracy if position else 0,
            "device_time": evidence.device_time,
            "received": evidence.received_at,
            "skew": evidence.skew,
            "offline": evidence.is_offline(at),
        }
        values = {f"security_{side}_{name}": value for name, value in facts.items()}
        if position:
            values[f"{side}_latitude"] = position.latitude
            values[f"{side}_longitude"] = position.longitude
        return values
