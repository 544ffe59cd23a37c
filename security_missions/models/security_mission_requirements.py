from odoo import api, fields, models

from .security_post_requirements import READERS


class SecurityMission(models.Model):
    """What a mission asks of the guards of all its posts."""

    _inherit = "security.mission"

    requirement_ids = fields.One2many(
        "security.requirement", "mission_id", string="Requirements", groups=READERS
    )
    phase_ids = fields.One2many(
        "security.mission.phase", "mission_id", string="Phases", copy=True
    )
    effective_requirement_ids = fields.Many2many(
        "security.requirement",
        string="Requirements in Force",
        compute="_compute_effective_requirement_ids",
        groups=READERS,
        help="Those of the mission, its phases and the firm, for all its posts.",
    )

    @api.constrains("date_start", "date_stop")
    def _check_phases(self):
        self.phase_ids._check_within_mission()

    @api.depends("company_id", "requirement_ids", "phase_ids.requirement_ids")
    def _compute_effective_requirement_ids(self):
        firm = self.env["security.requirement"]._of_the_firm(self.company_id)
        for mission in self:
            own = mission.requirement_ids | mission.phase_ids.requirement_ids
            mission.effective_requirement_ids = own | firm.get(mission.company_id, own)
