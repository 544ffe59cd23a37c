from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request

from .own_pages import OwnPages


class SwapPortal(OwnPages):
    """The guard asks a colleague for a swap, and answers those he is asked for."""

    def _own_swap(self, swap_id, side):
        """The swap in which the user is on that side; not found otherwise."""
        swap = request.env["security.shift.swap"].search(
            [("id", "=", swap_id), (side, "in", self._own_guards().ids)]
        )
        if not swap:
            raise request.not_found()
        return swap

    @http.route(
        "/my/security/swaps", type="http", auth="user", website=True, readonly=True
    )
    def portal_my_swaps(self, **kwargs):
        """Swaps I am asked for, those I ask for, and the form to ask for one."""
        guards = self._own_guards()
        Swap = request.env["security.shift.swap"]
        swaps = Swap.search(
            [
                "|",
                ("guard_id", "in", guards.ids),
                ("other_guard_id", "in", guards.ids),
            ],
            limit=30,
        )
        shifts = request.env["security.shift"].search(
            [
                ("employee_id", "in", guards.ids),
                ("state", "=", "published"),
                ("date_start", ">", fields.Datetime.now()),
            ],
            order="date_start",
            limit=60,
        )
        values = self._prepare_portal_layout_values()
        values.update(
            {
                "swaps": swaps.sudo(),
                "shifts": shifts.sudo(),
                "own_guards": guards,
                "colleagues": shifts.sudo()[:1]._candidate_guards() - guards,
                "told": request.session.pop("security_swap_told", None),
                "page_name": "security_swaps",
            }
        )
        return request.render("security_missions.portal_my_swaps", values)

    @http.route(
        "/my/security/swaps/ask",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_ask_swap(self, shift_id="", colleague_id="", day="", note="", **kwargs):
        """Ask a colleague to take a shift of mine, in exchange for his of some day."""
        guards = self._own_guards()
        shift = request.env["security.shift"].search(
            [("id", "=", self._id(shift_id)), ("employee_id", "in", guards.ids)]
        )
        colleague = self._id(colleague_id)
        if not shift or not colleague:
            raise request.not_found()
        self._do(
            lambda: request.env["security.shift.swap"]._ask_from_portal(
                shift, colleague, self._text(day), self._text(note)
            ),
            request.env._("Your colleague is asked."),
        )
        return request.redirect("/my/security/swaps")

    @http.route(
        "/my/security/swaps/<int:swap_id>/<any(yes,no):said>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_answer_swap(self, swap_id, said, **kwargs):
        """Accept or refuse a swap that a colleague asks for."""
        swap = self._own_swap(swap_id, "other_guard_id")
        if said == "yes":
            self._do(
                lambda: swap._accept("portal"), request.env._("Your yes is noted.")
            )
        else:
            self._do(lambda: swap._end("refused"), request.env._("Your no is noted."))
        return request.redirect("/my/security/swaps")

    @http.route(
        "/my/security/swaps/<int:swap_id>/withdraw",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_withdraw_swap(self, swap_id, **kwargs):
        """Withdraw a swap of mine that is not done yet."""
        swap = self._own_swap(swap_id, "guard_id")
        self._do(lambda: swap._end("cancelled"), request.env._("It is withdrawn."))
        return request.redirect("/my/security/swaps")

    def _do(self, action, sentence):
        """Do it and say so; what is refused is told on the page."""
        good = True
        try:
            with request.env.cr.savepoint():
                action()
        except UserError as refusal:
            good, sentence = False, str(refusal)
        request.session["security_swap_told"] = {"good": good, "sentence": sentence}
