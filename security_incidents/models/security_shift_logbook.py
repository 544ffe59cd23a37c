from odoo import models

from odoo.addons.security_workforce.engine.worktime import (
    local,
    local_days,
    named_zone,
)


class SecurityShift(models.Model):
    _inherit = "security.shift"

    def _is_of_today(self, now):
        """Whether the shift touches the local day of its site, or still runs."""
        self.ensure_one()
        first, last = local_days(self.date_start, self.date_stop, self.tz)
        today = local(now, named_zone(self.tz)).date()
        return first <= today <= last or self.state == "started"
