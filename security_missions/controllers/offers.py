from odoo import http
from odoo.http import request

from .own_pages import OwnPages

# Wrong links from one address before it has to wait; a guard who pastes half a link
# tries a few times.
BAD_LINKS = {"tries": 20, "minutes": 1}
PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


class OfferPortal(OwnPages):
    """The guard answers an offer: on his portal, or by the link of the mail."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "security_offer_count" in counters:
            Answer = request.env["security.shift.offer.answer"]
            # Whoever of the firm is neither guard nor planner has a portal page, too.
            values["security_offer_count"] = (
                Answer.search_count(self._own_answers_domain() + self._open_domain())
                if Answer.has_access("read")
                else 0
            )
        return values

    def _own_answers_domain(self):
        """Those of the user's own, whatever more his groups let him read."""
        return [
            ("employee_id", "in", self._own_guards().ids),
            ("asked_at", "!=", False),
        ]

    def _open_domain(self):
        return [("answer", "=", "none"), ("offer_state", "=", "open")]

    # ------------------------------------------------------------
    # PORTAL
    # ------------------------------------------------------------

    @http.route(
        "/my/security/offers", type="http", auth="user", website=True, readonly=True
    )
    def portal_my_offers(self, **kwargs):
        """What I am asked now, then what I have answered."""
        Answer = request.env["security.shift.offer.answer"]
        own = self._own_answers_domain()
        asked = Answer.search([*own, *self._open_domain()], order="deadline, id")
        past = Answer.search(
            [*own, ("id", "not in", asked.ids)],
            order="asked_at desc, id desc",
            limit=20,
        )
        values = self._prepare_portal_layout_values()
        values.update(
            {
                # He reads his answers by his own rights; the place and the times of
                # the shift, which is not his yet, come with them.
                "asked": asked.sudo(),
                "past": past.sudo(),
                "told": request.session.pop("security_offer_told", None),
                "page_name": "security_offers",
            }
        )
        return request.render("security_missions.portal_my_offers", values)

    @http.route(
        "/my/security/offers/<int:answer_id>/<any(yes,no):said>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_answer(self, answer_id, said, **kwargs):
        """Yes or no to an offer of one's own; how it went is told on the page."""
        own = [("id", "=", answer_id), *self._own_answers_domain()]
        answer = request.env["security.shift.offer.answer"].search(own)
        if not answer:
            raise request.not_found()
        outcome, sentence = answer._reply(said, "portal")
        request.session["security_offer_told"] = {
            "good": outcome in ("won", "noted", "no"),
            "sentence": sentence,
        }
        return request.redirect("/my/security/offers")

    # ------------------------------------------------------------
    # LINK OF THE MAIL
    # ------------------------------------------------------------

    @http.route(
        "/security/offer/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def offer_link(self, token, **kwargs):
        """Show the shift and two buttons. Looking answers nothing: programs that read
        mails open every link."""
        answer = self._answer_of(token)
        told = answer and answer._why_not()
        return self._page(answer, told=told and {"good": False, "sentence": told})

    # The signed link is the right to answer: who has it needs no session of ours, and
    # who has not cannot make anybody send it.
    @http.route(
        "/security/offer/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
        csrf=False,
    )
    def offer_link_answer(self, token, said=None, **kwargs):
        """Answer by the link, once."""
        answer = self._answer_of(token)
        if not answer or said not in ("yes", "no"):
            return self._page(answer)
        outcome, sentence = answer._reply(said, "link")
        good = outcome in ("won", "noted", "no")
        return self._page(answer, told={"good": good, "sentence": sentence})

    def _answer_of(self, token):
        """The answer of a good link, in the language of its guard; empty otherwise."""
        Answer = request.env["security.shift.offer.answer"].sudo()
        address = request.httprequest.remote_addr
        throttle = request.env["security.throttle"]
        if throttle._must_wait("offer", address, **BAD_LINKS):
            return Answer
        answer = Answer._from_token(token)
        if not answer:
            throttle._note("offer", address)
            return Answer
        request.update_context(lang=answer._language())
        return answer.with_env(request.env(su=True))

    def _page(self, answer, told=None):
        response = request.render(
            "security_missions.offer_link",
            {"answer": answer, "told": told},
            status=200 if answer else 404,
        )
        response.headers.update(PRIVATE)
        return response
