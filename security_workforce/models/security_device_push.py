import json

from odoo import fields, models
from odoo.exceptions import UserError

from ..engine import push_service


class SecurityDevice(models.Model):
    """Phones that wish to be woken by news; core sends, through its own queue."""

    _inherit = "security.device"

    push_device_id = fields.Many2one(
        "mail.push.device",
        "Woken Through",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
    )

    def _subscribe(self, endpoint, p256dh, auth):
        """Wake this phone from now on.

        :param endpoint: address of its browser's push service
        :param p256dh, auth: base64url keys of the browser
        :raises UserError: not an address or keys of a browser
        """
        self.ensure_one()
        if not (
            push_service.is_service(endpoint)
            and push_service.is_encryptable(p256dh, auth)
        ):
            raise UserError(
                self.env._(
                    "This browser gave no address through which it can be woken: the "
                    "page asks for news by itself while it is open."
                )
            )
        # sudo: a guard reads none of these; it is his phone that signed.
        device = self.sudo()
        known = device.env["mail.push.device"]
        keys = json.dumps({"p256dh": p256dh, "auth": auth})
        kept = device.push_device_id
        if (kept.endpoint, kept.keys) == (endpoint, keys):
            return
        # One browser, one address: whoever had it before is not woken here any more.
        (known.search([("endpoint", "=", endpoint)]) | kept).unlink()
        device._enrolling().push_device_id = known.create(
            {
                "partner_id": device.employee_id.user_id.partner_id.id,
                "endpoint": endpoint,
                "keys": keys,
            }
        )

    def _unsubscribe(self):
        """Wake these phones no more."""
        # sudo: see above.
        self.sudo().push_device_id.unlink()

    def action_revoke(self):
        result = super().action_revoke()
        self.filtered(lambda device: device.state == "revoked")._unsubscribe()
        return result

    def _bundle(self):
        """Whether the office knows how to wake this phone: the page offers it again
        when the browser's service has forgotten it."""
        return super()._bundle() | {"woken": bool(self.sudo().push_device_id)}
