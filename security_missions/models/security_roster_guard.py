from odoo import api, fields, models


class SecurityRosterGuard(models.Model):
    """What the rota would give to one guard."""

    _name = "security.roster.guard"
    _description = "Score Sheet of a Guard"
    _order = "hours desc, id"

    run_id = fields.Many2one(
        "security.roster.run", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    employee_id = fields.Many2one(
        "hr.employee", "Guard", required=True, index=True, ondelete="cascade"
    )
    hours = fields.Float("Hours Planned")
    contract_hours = fields.Float()
    difference = fields.Float("More or Less", compute="_compute_difference")
    shifts = fields.Integer("Shifts Held")
    nights = fields.Integer()
    weekends = fields.Integer("Weekend Shifts")

    @api.depends("hours", "contract_hours")
    def _compute_difference(self):
        for line in self:
            known = line.contract_hours
            line.difference = line.hours - line.contract_hours if known else 0.0
