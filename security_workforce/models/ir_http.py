import re
import time

import werkzeug.exceptions

from odoo import models
from odoo.http import request

from ..engine import signed_request

# Seconds; phones spread it. Short beside the patience of a guard, long beside the
# hearing of one phone. Who only asks lets those go first who have something to tell.
TELLS_AGAIN, ASKS_AGAIN = 4, 15
# Nothing else is asked of the database: it holds no such token, and takes no NUL.
TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")
# Milliseconds since 1970; more figures than Python reads are no time.
MOMENT = re.compile(r"[0-9]{1,16}")


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _authenticate(cls, endpoint):
        """A signature is over the whole body, which is read to check it: Odoo would set
        the limit of the route afterwards only."""
        most, auth = map(endpoint.routing.get, ("max_content_length", "auth"))
        if most and auth and auth.startswith("security_device"):
            request.httprequest.max_content_length = most
        return super()._authenticate(endpoint)

    @classmethod
    def _serve_fallback(cls):
        # Pages are looked for in the database, which takes no NUL: none has one.
        if "\0" in request.httprequest.path:
            return None
        return super()._serve_fallback()

    @classmethod
    def _auth_method_security_device(cls):
        """A request signed by an enrolled device: it acts as its guard, by his rights.

        The answer to a wrong clock holds ours, so that the device signs again at once.
        """
        headers = request.httprequest.headers
        token = headers.get("X-Security-Device", "")
        when = headers.get("X-Security-Time", "")
        # sudo: nobody is logged in yet.
        device = request.env["security.device"].sudo()
        known = TOKEN.fullmatch(token)
        device = device.search([("token", "=", token)], limit=1) if known else device
        signed = signed_request.message(
            request.httprequest.method,
            request.httprequest.path,
            request.httprequest.get_data(),
            when,
        )
        signature = headers.get("X-Security-Signature", "")
        if not device or not signed_request.is_signed(
            device.public_key, signature, signed
        ):
            cls._refuse_device(401, "signature")
        now = time.time() * 1000
        is_time = MOMENT.fullmatch(when)
        if not is_time or abs(int(when) - now) > signed_request.TOLERANCE:
            cls._refuse_device(401, "clock", server_time=int(now))
        if not device._is_heard():
            cls._refuse_device(403, "revoked")
        user = device.employee_id.user_id
        request.update_env(user=user.id)
        request.update_context(
            lang=user.lang, tz=user.tz, allowed_company_ids=device.company_id.ids
        )
        request.session.can_save = False
        # What the route works on; read by ``security_device()`` of the controllers.
        request.security_device_id = device.id

    @classmethod
    def _auth_method_security_device_in_turn(cls):
        """The same for what costs much; as many as can be are heard at once.

        Whoever finds no place is told so before anything else, as cheaply as can be.
        """
        # A body that comes slowly takes no place.
        request.httprequest.get_data()
        # sudo: nobody is logged in yet.
        if not request.env["security.inbox"].sudo()._has_turn():
            tells = request.httprequest.method == "POST"
            seconds = TELLS_AGAIN if tells else ASKS_AGAIN
            cls._refuse_device(503, "busy", headers=[("Retry-After", str(seconds))])
        cls._auth_method_security_device()

    @classmethod
    def _refuse_device(cls, status, code, headers=None, **values):
        """Answer in JSON: the app reads the code and knows what to do."""
        response = request.make_json_response(
            {"error": code, **values}, headers, status=status
        )
        response.headers["Cache-Control"] = "no-store"
        raise werkzeug.exceptions.HTTPException(response=response)
