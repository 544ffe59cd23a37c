from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import geofence


class SecuritySite(models.Model):
    """Where the site is on the Earth."""

    _inherit = "security.site"

    latitude = fields.Float(
        digits=(10, 7),
        compute="_compute_position",
        store=True,
        readonly=False,
        precompute=True,
        aggregator=None,
        help="Degrees north. Proposed from the address of the site.",
    )
    longitude = fields.Float(
        digits=(10, 7),
        compute="_compute_position",
        store=True,
        readonly=False,
        precompute=True,
        aggregator=None,
        help="Degrees east. Proposed from the address of the site.",
    )

    @api.depends("address_id.partner_latitude", "address_id.partner_longitude")
    def _compute_position(self):
        """Those of the address, once it has any; what was entered by hand stays."""
        for site in self:
            # sudo: a planner may use an address that he may not open.
            address = site.sudo().address_id
            there = address.partner_latitude, address.partner_longitude
            if geofence.is_position(*there):
                site.latitude, site.longitude = there
            else:
                site.latitude = site.latitude or 0
                site.longitude = site.longitude or 0

    @api.constrains("latitude", "longitude")
    def _check_position(self):
        for site in self:
            here = site.latitude, site.longitude
            if here != (0, 0) and not geofence.is_position(*here):
                raise ValidationError(
                    self.env._(
                        "%(site)s: a latitude goes from -90 to 90 degrees and a "
                        "longitude from -180 to 180. Check both.",
                        site=site.name,
                    )
                )

    def _centre(self):
        """engine.geofence.Position of the site, None when nobody has said it."""
        self.ensure_one()
        if not geofence.is_position(self.latitude, self.longitude):
            return None
        return geofence.Position(self.latitude, self.longitude)
