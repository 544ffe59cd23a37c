from odoo import api, fields, models
from odoo.fields import Domain

BATCH = 50


class SecurityPatrol(models.Model):
    """Rounds to come: from the starts of the routes, each once."""

    _inherit = "security.patrol"

    @api.model
    def _cron_plan(self):
        """Plan the rounds of the days to come, some routes at a time."""
        routes = self.env["security.patrol.route"].search([("start_ids", "!=", False)])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(routes))
        for first in range(0, len(routes), BATCH):
            batch = routes[first : first + BATCH]
            self._plan_routes(batch)
            if not cron._commit_progress(len(batch)):
                break
        self.env["security.patrol"]._drop_of_archived()

    @api.model
    def _plan_routes(self, routes):
        """Make the rounds that are missing, and those again whose route has changed.

        Asking twice adds nothing. Rounds that somebody has begun, and those whose time
        has come, are left alone: they are facts.
        """
        now = fields.Datetime.now()
        # sudo: planned by the clock; nobody has the right to write a round.
        Patrol = self.sudo()
        wanted = {}
        for route in routes.sudo():
            until = fields.Datetime.add(
                now, days=route.company_id.security_patrol_ahead
            )
            for start in route._starts(now, until):
                wanted[route, start] = route.version
        known = Patrol.search(
            [("route_id", "in", routes.ids), ("planned_start", ">", now)]
        )
        outdated = known.filtered(
            lambda p: (
                p.state == "planned"
                and wanted.get((p.route_id, p.planned_start)) != p.route_version
            )
        )
        kept = {(p.route_id, p.planned_start) for p in known - outdated}
        outdated._forget_planned()
        made = Patrol.create(
            [
                route._round_vals(start)
                for route, start in wanted
                if (route, start) not in kept and route.line_ids
            ]
        )
        return made.with_env(self.env)

    def _drop_of_archived(self):
        """Nobody walks a route that is archived, nor one of an archived site."""
        self.sudo().search(
            Domain("state", "=", "planned")
            & Domain("planned_start", ">", fields.Datetime.now())
            & (
                Domain("route_id.active", "=", False)
                | Domain("site_id.active", "=", False)
            )
        )._forget_planned()

    def _forget_planned(self):
        """Delete rounds that were only planned."""
        self.filtered(lambda p: p.state == "planned" and not p.scan_ids).unlink()
