from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from .own_pages import OwnPages

PAGE = "/my/security/rota"


class RotaPortal(OwnPages):
    """The versions of a guard's rota: he reads them, says so, and answers changes."""

    @http.route(PAGE, type="http", auth="user", website=True, readonly=True)
    def portal_my_rota(self, **kwargs):
        """The last version of each month, the most recent month first."""
        own = [("employee_id", "in", self._own_guards().ids)]
        versions = request.env["security.publication"].search(
            [*own, ("is_current", "=", True)], limit=12
        )
        notices = request.env["security.notice"].search(
            [*own, ("consent", "=", "pending")], limit=50
        )
        older = request.env["security.publication"].search(
            [*own, ("is_current", "=", False)], limit=50
        )
        values = self._prepare_portal_layout_values()
        values.update(
            {
                # Read by his own rights; the name of the guard comes with them.
                "versions": versions.sudo(),
                "older": older.sudo(),
                "notices": notices.sudo(),
                "error": request.session.pop("security_rota_error", None),
                "page_name": "security_rota",
            }
        )
        return request.render("security_missions.portal_my_rota", values)

    @http.route(f"{PAGE}/<int:version_id>/pdf", type="http", auth="user", website=True)
    def portal_rota_pdf(self, version_id, **kwargs):
        """The PDF as it was handed over; made now when nobody printed it yet."""
        version = self._own("security.publication", version_id)
        version._print()
        stream = request.env["ir.binary"]._get_stream_from(
            version.sudo().attachment_id, "raw"
        )
        return stream.get_response(as_attachment=True)

    @http.route(
        f"{PAGE}/<int:version_id>/read",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_rota_read(self, version_id, **kwargs):
        """The guard has read this version."""
        version = self._own("security.publication", version_id)
        self._try(lambda: version._acknowledge("portal"))
        return request.redirect(PAGE)

    @http.route(
        f"{PAGE}/change/<int:notice_id>/<any(given,refused):answer>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_rota_answer(self, notice_id, answer, **kwargs):
        """The guard agrees to a late change or not."""
        notice = self._own("security.notice", notice_id)
        self._try(lambda: notice._consent(answer, "portal"))
        return request.redirect(PAGE)

    def _own(self, model, record_id):
        """A record of the user's own, whatever more his groups let him read."""
        record = request.env[model].browse(record_id)
        try:
            record.check_access("read")
            mine = record.sudo().employee_id.user_id == request.env.user
        except (AccessError, MissingError):
            mine = False
        if not mine:
            raise request.not_found()
        return record

    def _try(self, function):
        """What is refused is told on the page."""
        try:
            with request.env.cr.savepoint():
                function()
        except UserError as refusal:
            request.session["security_rota_error"] = str(refusal)
