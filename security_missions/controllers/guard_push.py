from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .guard_api import MOST_ENROL, GuardApi


class GuardPush(GuardApi):
    """The phone asks to be woken by news, or no longer."""

    # csrf=False: every request is signed by the device.
    @http.route(
        "/guard/api/push",
        type="http",
        auth="security_device",
        methods=["POST"],
        csrf=False,
        save_session=False,
        max_content_length=MOST_ENROL,
    )
    def push(self):
        """``{}`` asks for the key to subscribe with; ``{"subscription": …}`` is what
        the browser gave for it, ``{"subscription": null}`` ends it."""
        body = self._body()
        if body is None:
            return self._refuse(400, "bad_request")
        device = self._device()
        if "subscription" not in body:
            # sudo: the public half of core's key.
            keys = request.env["mail.push.device"].sudo()
            return self._json({"key": keys.get_web_push_vapid_public_key()})
        given = body["subscription"]
        if given is None:
            device._unsubscribe()
            return self._json({"woken": False})
        if not isinstance(given, dict):
            return self._refuse(400, "bad_request")
        try:
            device._subscribe(*map(given.get, ("endpoint", "p256dh", "auth")))
        except UserError as error:
            return self._refuse(400, "bad_request", message=str(error))
        return self._json({"woken": True})
