from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    security_late_tolerance = fields.Integer(
        related="company_id.security_late_tolerance", readonly=False
    )
    security_night_percent = fields.Float(
        related="company_id.security_night_percent", readonly=False
    )
    security_sunday_percent = fields.Float(
        related="company_id.security_sunday_percent", readonly=False
    )
    security_holiday_percent = fields.Float(
        related="company_id.security_holiday_percent", readonly=False
    )
    security_charges_percent = fields.Float(
        related="company_id.security_charges_percent", readonly=False
    )
    security_km_cost = fields.Float(
        related="company_id.security_km_cost", readonly=False
    )
    security_rank_site = fields.Integer(
        related="company_id.security_rank_site", readonly=False
    )
    security_rank_hours_due = fields.Integer(
        related="company_id.security_rank_hours_due", readonly=False
    )
    security_rank_fairness = fields.Integer(
        related="company_id.security_rank_fairness", readonly=False
    )
    security_rank_cost = fields.Integer(
        related="company_id.security_rank_cost", readonly=False
    )
    security_rank_distance = fields.Integer(
        related="company_id.security_rank_distance", readonly=False
    )
    security_rank_rest = fields.Integer(
        related="company_id.security_rank_rest", readonly=False
    )
    security_rank_wish = fields.Integer(
        related="company_id.security_rank_wish", readonly=False
    )
    security_offer_hours = fields.Integer(
        related="company_id.security_offer_hours", readonly=False
    )
    security_offer_minutes = fields.Integer(
        related="company_id.security_offer_minutes", readonly=False
    )
    security_offer_publish = fields.Boolean(
        related="company_id.security_offer_publish", readonly=False
    )
    security_swap_auto = fields.Boolean(
        related="company_id.security_swap_auto", readonly=False
    )
