from odoo import http
from odoo.http import request

from odoo.addons.security_missions.controllers.guard_api import MOST_ENROL, GuardApi


class GuardSos(GuardApi):
    """A call for help, past the queue of the phone."""

    # csrf=False: every request is signed by the device.
    @http.route(
        "/guard/api/sos",
        type="http",
        auth="security_device",
        methods=["POST"],
        csrf=False,
        save_session=False,
        max_content_length=MOST_ENROL,
    )
    def sos(self):
        """The same body and the same answer as the queue's, for calls for help only.

        The phone sends the call here and in its queue: the first that comes raises the
        alarm, the other one is told that it is known.
        """
        body = self._body()
        events = body and body.get("events")
        if not isinstance(events, list) or not all(
            isinstance(event, dict) and event.get("kind") == "sos" for event in events
        ):
            return self._refuse(400, "bad_request")
        request.update_context(security_ahead=True)
        return self.sync()
