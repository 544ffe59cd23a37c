from odoo import models


class SecurityPlacedMixin(models.AbstractModel):
    """A record whose firm comes with its place, its post or its mission.

    Whoever writes there could so carry it into a firm that is not his: the rights are
    asked again once the place has changed.
    """

    _name = "security.placed.mixin"
    _description = "Record whose Firm Comes with its Place"

    # The field the firm comes with.
    _place_field = None

    def write(self, vals):
        result = super().write(vals)
        if self._place_field in vals:
            self.check_access("write")
        return result
