from odoo import api, fields, models

from .security_post_requirements import READERS


class SecuritySite(models.Model):
    """What a site asks of the guards of all its posts."""

    _inherit = "security.site"

    requirement_ids = fields.One2many(
        "security.requirement", "site_id", string="Requirements", groups=READERS
    )
    effective_requirement_ids = fields.Many2many(
        "security.requirement",
        string="Requirements in Force",
        compute="_compute_effective_requirement_ids",
        groups=READERS,
        help="Those of the site and those of the firm, for all its posts.",
    )

    @api.depends("company_id", "requirement_ids")
    def _compute_effective_requirement_ids(self):
        firm = self.env["security.requirement"]._of_the_firm(self.company_id)
        for site in self:
            own = site.requirement_ids
            site.effective_requirement_ids = own | firm.get(site.company_id, own)
