from odoo import models


class SecurityRegulated(models.AbstractModel):
    """What a card officer alone may write once it belongs to a regulated type.

    A record rule looks at a record as it was before a write: without a second look,
    anybody could write a language skill of his own and turn it into a first-aid
    certificate.
    """

    _name = "security.regulated"
    _description = "Guarded by the Card Officers"

    # The fields that decide whether a record is regulated.
    _regulated_by = ()

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(self._regulated_by):
            self.check_access("write")
        return result
