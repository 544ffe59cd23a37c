from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    security_roster_cover = fields.Float(
        related="company_id.security_roster_cover", readonly=False
    )
    security_roster_contract_hours = fields.Float(
        related="company_id.security_roster_contract_hours", readonly=False
    )
    security_roster_fairness_nights = fields.Float(
        related="company_id.security_roster_fairness_nights", readonly=False
    )
    security_roster_fairness_weekends = fields.Float(
        related="company_id.security_roster_fairness_weekends", readonly=False
    )
    security_roster_continuity = fields.Float(
        related="company_id.security_roster_continuity", readonly=False
    )
    security_roster_cost = fields.Float(
        related="company_id.security_roster_cost", readonly=False
    )
    security_roster_wishes = fields.Float(
        related="company_id.security_roster_wishes", readonly=False
    )
    security_roster_moved = fields.Float(
        related="company_id.security_roster_moved", readonly=False
    )
