import io
import json
import zipfile
from pathlib import Path

from odoo import fields, http
from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.security_workforce.engine import verify_logbook

OFFICER = "security_workforce.group_security_compliance_officer"


class LogbookPages(CustomerPortal):
    """The export that an expert verifies, and the days that a client may read."""

    @http.route("/security/logbook/<int:book_id>/export", type="http", auth="user")
    def logbook_export(self, book_id, **kwargs):
        """Zip of entries, photos, checkpoints, public keys and the verifier."""
        book = request.env["security.logbook"].browse(book_id).exists()
        if not book or not request.env.user.has_group(OFFICER):
            raise request.not_found()
        try:
            book.check_access("read")
        except (AccessError, MissingError):
            raise request.not_found() from None
        data = self._zip(book.sudo())
        return request.make_response(
            data,
            [
                ("Content-Type", "application/zip"),
                ("Content-Disposition", content_disposition(f"{book.chain}.zip")),
            ],
        )

    def _zip(self, book):
        export = book._export()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("export.json", json.dumps(export, ensure_ascii=False))
            keys = "".join(f"{kid} {key}\n" for kid, key in export["keys"].items())
            file.writestr("public_keys.txt", keys)
            file.writestr("checkpoints.txt", "\n".join(export["checkpoints"]))
            file.write(Path(verify_logbook.__file__), "verify_logbook.py")
            photos = [("logbook_id", "=", book.id), ("photo_hashes", "!=", False)]
            for entry in book.env["security.logbook.entry"].search(photos):
                for name, data in entry._photo_files():
                    file.writestr(f"photos/{name}.jpg", data)
        return out.getvalue()

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "security_logbook_count" in counters:
            values["security_logbook_count"] = len(self._days([]))
        return values

    @http.route(
        "/my/security/logbook", type="http", auth="user", website=True, readonly=True
    )
    def portal_logbooks(self, **kwargs):
        """The days that the client may read, the last ones first."""
        days = self._days([])
        values = self._prepare_portal_layout_values()
        values.update({"days": days, "page_name": "security_logbook"})
        return request.render("security_incidents.portal_logbook_days", values)

    @http.route(
        "/my/security/logbook/<int:site_id>/<string:day>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_logbook_day(self, site_id, day, **kwargs):
        """One released day; persons are shown by their role, not by name."""
        try:
            date = fields.Date.to_date(day)
        except ValueError:
            date = None
        found = date and self._days([("site_id", "=", site_id), ("date", "=", date)])
        if not found:
            raise request.not_found()
        values = self._prepare_portal_layout_values()
        values.update(
            {
                "day": found,
                "entries": found._entries(for_client=True),
                "roles": request.env["security.logbook.entry"]._roles(),
                "page_name": "security_logbook",
            }
        )
        return request.render("security_incidents.portal_logbook_day", values)

    def _days(self, domain):
        """Released days of the sites of the user's own firm, in sudo: a client has no
        right to the register itself."""
        firm = request.env.user.partner_id.commercial_partner_id
        return (
            request.env["security.logbook.day"]
            .sudo()
            .search(
                [
                    ("released_at", "!=", False),
                    ("site_id.partner_id.commercial_partner_id", "=", firm.id),
                    *domain,
                ],
                order="date desc, id desc",
                limit=200,
            )
        )
