from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .security_post_requirements import READERS


class SecurityMissionPhase(models.Model):
    """A part of a mission that asks something of its own: building the stage, the
    days of the public, taking it down."""

    _name = "security.mission.phase"
    _description = "Phase of a Mission"
    _inherit = ["security.placed.mixin"]
    _order = "date_start, sequence, id"
    _check_company_auto = True
    _place_field = "mission_id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    mission_id = fields.Many2one(
        "security.mission",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="mission_id.company_id", store=True, index=True, precompute=True
    )
    date_start = fields.Date("First Day", required=True)
    date_stop = fields.Date("Last Day", required=True)
    requirement_ids = fields.One2many(
        "security.requirement",
        "phase_id",
        string="Requirements",
        copy=True,
        groups=READERS,
    )

    _dates_in_order = models.Constraint(
        "CHECK (date_stop >= date_start)", "A phase cannot end before it starts."
    )

    @api.depends("name", "mission_id.name")
    def _compute_display_name(self):
        for phase in self:
            names = (phase.mission_id.name, phase.name)
            phase.display_name = " / ".join(name for name in names if name)

    @api.constrains("date_start", "date_stop", "mission_id")
    def _check_within_mission(self):
        for phase in self:
            first, last = phase.mission_id.date_start, phase.mission_id.date_stop
            if (first and phase.date_start < first) or (
                last and phase.date_stop > last
            ):
                raise ValidationError(
                    self.env._(
                        "The phase “%(phase)s” is not within the dates of the mission "
                        "%(mission)s: change one or the other.",
                        phase=phase.name,
                        mission=phase.mission_id.name,
                    )
                )
