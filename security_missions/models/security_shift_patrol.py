from odoo import api, fields, models


class SecurityShift(models.Model):
    _inherit = "security.shift"

    patrol_ids = fields.One2many(
        "security.patrol", "shift_id", string="Rounds", readonly=True
    )
    patrol_count = fields.Integer("Number of Rounds", compute="_compute_patrol_count")

    @api.depends("patrol_ids")
    def _compute_patrol_count(self):
        """Of those that the user may read."""
        counts = dict(
            self.env["security.patrol"]._read_group(
                [("shift_id", "in", self.ids)], ["shift_id"], ["__count"]
            )
        )
        for shift in self:
            shift.patrol_count = counts.get(shift._origin, 0)

    def action_open_patrols(self):
        """Rounds of this shift."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_missions.security_patrol_action"
        )
        return {**action, "domain": [("shift_id", "in", self.ids)], "context": {}}
