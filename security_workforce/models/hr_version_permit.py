from odoo import api, fields, models

# European Economic Area without the Union, and Switzerland: their nationals work
# without a permit as those of the Union do (Labour code R5221-2).
FREE_COUNTRIES = {"IS", "LI", "NO", "CH"}


class HrVersion(models.Model):
    """Whether the nationality asks for a permit to work."""

    _inherit = "hr.version"

    security_permit_required = fields.Boolean(
        string="Work permit needed",
        compute="_compute_security_permit_required",
        store=True,
        readonly=False,
        groups="hr.group_hr_user",
        tracking=True,
        help="Set for nationals of a country out of the European Economic Area and "
        "Switzerland (Labour code L5221-2). Untick it for somebody who is exempt.",
    )

    @api.depends("country_id")
    def _compute_security_permit_required(self):
        union = self.env.ref("base.europe").sudo().country_ids
        for version in self:
            country = version.country_id
            version.security_permit_required = bool(
                country and country not in union and country.code not in FREE_COUNTRIES
            )
