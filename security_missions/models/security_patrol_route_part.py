from odoo import api, fields, models


class SecurityPatrolRoutePart(models.AbstractModel):
    """What a route is made of: its points, and the times it starts.

    The rounds to come follow whatever changes here.
    """

    _name = "security.patrol.route.part"
    _description = "Part of a Route"
    _inherit = ["security.placed.mixin"]
    _check_company_auto = True
    _place_field = "route_id"

    route_id = fields.Many2one(
        "security.patrol.route",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="route_id.company_id", store=True, index=True)

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.route_id._count_version()
        return parts

    def write(self, vals):
        routes = self.route_id
        result = super().write(vals)
        (routes | self.route_id)._count_version()
        return result

    def unlink(self):
        routes = self.route_id
        result = super().unlink()
        routes.exists()._count_version()
        return result
