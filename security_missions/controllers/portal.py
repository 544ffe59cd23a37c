from odoo import fields, http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Domain
from odoo.http import request

from ..models.security_shift_presence import CLOCK_IN_EARLY
from .own_pages import OwnPages


class GuardPortal(OwnPages):
    """The guard's own rota, and the button he clocks in and out with."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "security_shift_count" in counters:
            Shift = request.env["security.shift"]
            # Whoever of the firm is neither guard nor planner has a portal page, too.
            values["security_shift_count"] = (
                Shift.search_count(self._own_shifts_domain())
                if Shift.has_access("read")
                else 0
            )
        return values

    def _own_shifts_domain(self):
        """Shifts of the user's own, whatever more his groups let him read."""
        yesterday = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        return (
            Domain("employee_id", "in", self._own_guards().ids)
            & Domain("state", "in", ("published", "started", "done"))
            & (Domain("date_stop", ">=", yesterday) | Domain("state", "=", "started"))
        )

    @http.route("/my/shifts", type="http", auth="user", website=True, readonly=True)
    def portal_my_shifts(self, **kwargs):
        """Shifts from yesterday on: the one to act on first, the past ones last."""
        now = fields.Datetime.now()
        shifts = request.env["security.shift"].search(
            self._own_shifts_domain(), order="date_start", limit=100
        )
        running = shifts.filtered(lambda s: s.state == "started")
        over = shifts.filtered(lambda s: s.date_stop <= now or s.state == "done")
        over -= running
        values = self._prepare_portal_layout_values()
        values.update(
            {
                # The guard reads his shifts by his own rights; the names of the post
                # and the site they are at come with them.
                "shifts": (running | (shifts - over) | over).sudo(),
                "due_ids": (shifts - over)
                .filtered(lambda s: s.date_start - CLOCK_IN_EARLY <= now)
                .ids,
                "over_ids": over.ids,
                "error": request.session.pop("security_shift_error", None),
                "page_name": "security_shifts",
            }
        )
        return request.render("security_missions.portal_my_shifts", values)

    @http.route(
        "/my/shifts/<int:shift_id>/<any(clock_in,clock_out,on_my_way):act>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_clock(self, shift_id, act, **kwargs):
        """Clock in or out, or say that one sets out; the page tells what is refused."""
        shift = request.env["security.shift"].browse(shift_id).exists()
        if not shift:
            raise request.not_found()
        try:
            shift.check_access("read")
            with request.env.cr.savepoint():
                getattr(shift, f"_{act}")()
        except (AccessError, MissingError):
            raise request.not_found() from None
        except UserError as refusal:
            request.session["security_shift_error"] = str(refusal)
        return request.redirect("/my/shifts")
