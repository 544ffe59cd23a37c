import hashlib
import json
import re
import threading
import time

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import real_time

from odoo.addons.security_workforce.engine.event_schema import UUID, BadEvent, Text
from odoo.addons.security_workforce.models.security_inbox_receive import MOST_EVENTS

RANGE = re.compile(r"bytes (\d{1,9})-(\d{1,9})/(\d{1,9})")
SHA256 = re.compile(r"[0-9a-f]{64}")
MOST_SYNC, MOST_ENROL, MOST_PIECE = 262_144, 4096, 300_000
LATEST = 4_102_444_800_000
# What an enrolment holds; each of these is a short text or left out.
ENROLMENT = ("code", "public_key", "name", "app_version")
SHORT = Text(200)


class GuardApi(http.Controller):
    """What the app of guards asks. Each answer is JSON, the wrong ones, too."""

    # ------------------------------------------------------------
    # ENROLMENT
    # ------------------------------------------------------------

    # csrf=False: only JSON is taken, which no form of another site can send.
    @http.route(
        "/guard/api/enrol",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        max_content_length=MOST_ENROL,
    )
    def enrol(self):
        """Make this phone the guard's, by a one-use code or by his login."""
        if request.httprequest.mimetype != "application/json":
            return self._refuse(415, "bad_request")
        body = self._body()
        if body is None:
            return self._refuse(400, "bad_request")
        code, *texts = [body.get(name) for name in ENROLMENT]
        try:
            for text in (code, *texts):
                if text is not None:
                    SHORT.check(text, "")
        except BadEvent:
            return self._refuse(400, "bad_request")
        guard, refusal = self._enrolling(code)
        if refusal:
            return refusal
        try:
            with request.env.cr.savepoint():
                device = request.env["security.device"]._enrol(guard, *texts)
        except UserError as error:
            return self._refuse(409, "not_guard", message=str(error))
        return self._json(
            {
                "device": device.token,
                "name": guard.name,
                "company": guard.company_id.name,
                "employee": guard.id,
                "server_time": self._now(),
            }
        )

    def _enrolling(self, code):
        """The employee who enrols, or the answer that refuses him."""
        if code:
            throttle = request.env["security.throttle"]
            address = request.httprequest.remote_addr
            if throttle._must_wait("enrol", address):
                return None, self._refuse(429, "throttled")
            guard = request.env["security.device.code"]._redeem(code)
            if guard:
                return guard, None
            throttle._note("enrol", address)
            return None, self._refuse(403, "code_wrong")
        if request.env.user._is_public():
            return None, self._refuse(401, "login")
        # sudo: portal users read no employee, not even themselves.
        guards = request.env["hr.employee"].sudo()
        guard = guards.search([("user_id", "=", request.env.uid)], limit=1)
        return (guard, None) if guard else (None, self._refuse(403, "not_guard"))

    # ------------------------------------------------------------
    # WHAT THE PHONE TELLS AND ASKS
    # ------------------------------------------------------------

    # csrf=False: every request is signed by the device.
    @http.route(
        "/guard/api/sync",
        type="http",
        auth="security_device_in_turn",
        methods=["POST"],
        csrf=False,
        save_session=False,
        max_content_length=MOST_SYNC,
    )
    def sync(self):
        """Take what happened on the phone, and say of each fact what became of it."""
        body = self._body()
        sent_at = body and body.get("sent_at")
        events = body and body.get("events")
        whole = isinstance(sent_at, int) and not isinstance(sent_at, bool)
        if not whole or not 0 <= sent_at <= LATEST or not isinstance(events, list):
            return self._refuse(400, "bad_request")
        if len(events) > MOST_EVENTS:
            return self._refuse(413, "bad_request")
        # How long it waited here, for the database or to be run again, says nothing of
        # the clock of the phone.
        waited = real_time() - threading.current_thread().perf_t0
        results = request.env["security.inbox"]._receive(
            self._device(), events, sent_at + int(1000 * waited)
        )
        return self._json({"server_time": self._now(), "results": results})

    @http.route(
        "/guard/api/bundle",
        type="http",
        auth="security_device_in_turn",
        methods=["GET"],
        save_session=False,
        readonly=True,
    )
    def bundle(self):
        """What the app keeps for when there is no network."""
        device = self._device()
        parts = device.with_env(request.env)._bundle()
        text = json.dumps(parts, sort_keys=True, default=str)
        version = hashlib.sha256(text.encode()).hexdigest()[:16]
        if request.httprequest.headers.get("If-None-Match") == f'"{version}"':
            return request.make_response("", status=304)
        expires = fields.Datetime.add(fields.Datetime.now(), hours=48)
        response = self._json(
            {**parts, "version": version, "expires": f"{expires.isoformat()}Z"}
        )
        response.headers["ETag"] = f'"{version}"'
        return response

    # csrf=False: every request is signed by the device.
    @http.route(
        "/guard/api/blob/<string:uuid>",
        type="http",
        auth="security_device",
        methods=["PUT"],
        csrf=False,
        save_session=False,
        max_content_length=MOST_PIECE,
    )
    def blob(self, uuid):
        """Take a piece of a photo."""
        headers = request.httprequest.headers
        where = RANGE.fullmatch(headers.get("Content-Range", ""))
        sha256 = headers.get("X-Security-Sha256", "")
        piece = request.httprequest.get_data()
        if not UUID.fullmatch(uuid) or not where or not SHA256.fullmatch(sha256):
            return self._refuse(400, "bad_request")
        first, last, total = map(int, where.groups())
        if not piece or last - first + 1 != len(piece):
            return self._refuse(400, "bad_request")
        received, refusal = request.env["security.photo"]._take(
            self._device(), uuid, first, total, sha256, piece
        )
        return self._json({"received": received, "refused": refusal})

    # ------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------

    def _device(self):
        """The device that signed this request."""
        # sudo: guards read their devices only as rows of the office.
        devices = request.env["security.device"].sudo()
        return devices.browse(request.security_device_id)

    def _now(self):
        return int(time.time() * 1000)

    def _body(self):
        """The JSON object of the request; ``None`` when it is none."""
        try:
            body = json.loads(request.httprequest.get_data())
        except (ValueError, RecursionError):
            return None
        return body if isinstance(body, dict) else None

    def _refuse(self, status, code, **values):
        return self._json({"error": code, **values}, status=status)

    def _json(self, values, status=200):
        response = request.make_json_response(values, status=status)
        response.headers["Cache-Control"] = "no-store"
        return response
