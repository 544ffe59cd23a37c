from odoo import fields, models


class SecurityShift(models.Model):
    """The incidents of a shift: how many, and the way to report one."""

    _inherit = "security.shift"

    incident_count = fields.Integer(
        "Incidents",
        compute="_compute_incident_count",
        groups="security_workforce.group_security_user",
    )

    # ------------------------------------------------------------
    # COMPUTE
    # ------------------------------------------------------------

    def _compute_incident_count(self):
        counts = dict(
            self.env["security.incident"]._read_group(
                [("shift_id", "in", self.ids)], ["shift_id"], ["__count"]
            )
        )
        for shift in self:
            shift.incident_count = counts.get(shift._origin, 0)

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_report_incident(self):
        """Open a new incident, filled with what the shift says."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Report Incident"),
            "res_model": "security.incident",
            "view_mode": "form",
            "context": {"default_shift_id": self.id},
        }

    def action_open_incidents(self):
        """Incidents of this shift."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_incidents.security_incident_action"
        )
        return {
            **action,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("shift_id", "=", self.id)],
            "context": {"default_shift_id": self.id},
        }
