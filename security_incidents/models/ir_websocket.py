from odoo import models

from .security_alert import CHANNEL


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Whoever reads alarms may follow them live, for the firms that are his.

        The name of a channel is public: what is listened to is the record of the firm.
        """
        if CHANNEL in channels:
            channels = [channel for channel in channels if channel != CHANNEL]
            user = self.env.user
            if user.has_group("security_workforce.group_security_user"):
                channels += [(company, CHANNEL) for company in user.company_ids]
        return super()._build_bus_channel_list(channels)
