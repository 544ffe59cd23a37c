from collections import Counter

from odoo import fields, http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

PAGE = "/my/security/rounds"
DAYS = 31
MOST = 200
# What a client is told of: rounds to come and cancelled ones are the firm's.
TOLD = ("done", "incomplete", "missed")


class ClientRoundsPortal(CustomerPortal):
    """Rounds done and missed on the sites of a client; without the names of guards."""

    def _client_sites(self):
        """Sites of the user's own firm.

        sudo: portal users read no site; their firm is asked of their contact alone.
        """
        client = request.env.user.partner_id.commercial_partner_id
        return (
            request.env["security.site"]
            .sudo()
            .search([("partner_id.commercial_partner_id", "=", client.id)])
        )

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "security_round_count" in counters:
            sites = self._client_sites()
            values["security_round_count"] = (
                request.env["security.patrol"]
                .sudo()
                .search_count(self._rounds_domain(sites))
            )
        return values

    def _rounds_domain(self, sites):
        since = fields.Datetime.subtract(fields.Datetime.now(), days=DAYS)
        return (
            Domain("site_ids", "in", sites.ids)
            & Domain("state", "in", TOLD)
            & (
                Domain("planned_start", ">=", since)
                | Domain("planned_start", "=", False)
                & Domain("date_started", ">=", since)
            )
        )

    @http.route(PAGE, type="http", auth="user", website=True, readonly=True)
    def portal_client_rounds(self, **kwargs):
        """The sites of the client, what was done there, the last rounds of each."""
        return self._render_sites(self._client_sites())

    @http.route(
        f"{PAGE}/<int:site_id>", type="http", auth="user", website=True, readonly=True
    )
    def portal_client_rounds_site(self, site_id, **kwargs):
        """One site of the client; any other one is not found."""
        site = self._client_sites().filtered(lambda s: s.id == site_id)
        if not site:
            raise request.not_found()
        return self._render_sites(site)

    def _render_sites(self, sites):
        values = self._prepare_portal_layout_values()
        values.update(
            {
                "sites": [(site, *self._rounds_of(site)) for site in sites],
                "days": DAYS,
                "page_name": "security_client_rounds",
            }
        )
        return request.render("security_missions.portal_client_rounds", values)

    def _rounds_of(self, site):
        """(figures by state, rows of the last rounds) on one site.

        Of a round over several sites, a client sees the points of his own only.
        """
        rounds = request.env["security.patrol"].sudo()
        found = rounds.search(self._rounds_domain(site), limit=MOST)
        points = found.point_ids.filtered(lambda p: p.site_id == site)
        by_round = points.grouped("patrol_id")
        rows = [self._row(patrol, by_round.get(patrol, points[:0])) for patrol in found]
        return Counter(row["state"] for row in rows), rows

    def _row(self, patrol, points):
        done = points.filtered(lambda p: p.state == "done")
        if patrol.state == "missed" or not done:
            state = "missed"
        else:
            state = "done" if len(done) == len(points) else "incomplete"
        return {
            "start": patrol.planned_start or patrol.date_started,
            "tz": patrol.tz,
            "route": patrol.route_id.name,
            "state": state,
            "done": len(done),
            "asked": len(points),
            "passed_at": max(done.mapped("passed_at"), default=False),
        }
