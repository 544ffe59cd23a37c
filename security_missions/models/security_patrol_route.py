from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.security_workforce.engine.worktime import local, named_zone

from ..engine.patrol_plan import next_starts

ORDERS = [
    ("free", "Free"),
    ("strict", "Strict"),
    ("timed", "Strict, with times between points"),
    ("random", "Drawn for each round"),
]


class SecurityPatrolRoute(models.Model):
    """Points to pass, in which order, and when: what rounds are planned from."""

    _name = "security.patrol.route"
    _description = "Route of Rounds"
    _order = "site_id, name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    site_id = fields.Many2one(
        "security.site",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        help="Its clock is that of the route. The points of a vehicle round may be on "
        "other sites.",
    )
    company_id = fields.Many2one(related="site_id.company_id", store=True, index=True)
    tz = fields.Selection(related="site_id.tz")
    post_ids = fields.Many2many(
        "security.post",
        string="Posts",
        check_company=True,
        help="The guards of these posts walk the route.",
    )
    is_vehicle = fields.Boolean(
        "By Vehicle", help="A tour of several sites, each with its hours of visit."
    )
    order = fields.Selection(
        ORDERS, "Order of the Points", required=True, default="free"
    )
    minutes = fields.Integer("Expected Length (min)", default=30, required=True)
    grace = fields.Integer(
        "Grace (min)",
        default=lambda self: self.env.company.security_patrol_grace,
        required=True,
        help="Granted at the start, at the end and around each window. 0 grants none.",
    )
    gap_min = fields.Integer("Least Minutes Between Points")
    gap_max = fields.Integer("Most Minutes Between Points", help="0 for no limit.")
    line_ids = fields.One2many(
        "security.patrol.route.line", "route_id", "Points", copy=True
    )
    start_ids = fields.One2many(
        "security.patrol.route.start", "route_id", "Planned Starts", copy=True
    )
    version = fields.Integer(
        default=1, readonly=True, copy=False, help="Counts the changes of the route."
    )
    note = fields.Text("Instructions")
    point_count = fields.Integer("Number of Points", compute="_compute_point_count")
    patrol_ids = fields.One2many("security.patrol", "route_id", "Rounds")

    _times_make_sense = models.Constraint(
        "CHECK (minutes BETWEEN 1 AND 1440 AND grace BETWEEN 0 AND 240"
        " AND gap_min >= 0 AND gap_max >= 0"
        " AND (gap_max = 0 OR gap_max >= gap_min))",
        "A round lasts 1 minute to 24 hours, its grace is 240 minutes at most, and the "
        "most minutes between two points are not below the least.",
    )

    @api.constrains("line_ids", "site_id", "is_vehicle")
    def _check_points(self):
        for route in self:
            elsewhere = route.line_ids.checkpoint_id.site_id - route.site_id
            if elsewhere and not route.is_vehicle:
                raise ValidationError(
                    self.env._(
                        "“%(route)s” has points on %(site)s: tick “By Vehicle” or keep "
                        "to the points of %(own)s.",
                        route=route.name,
                        site=elsewhere[0].name,
                        own=route.site_id.name,
                    )
                )

    @api.depends("line_ids.visits")
    def _compute_point_count(self):
        for route in self:
            route.point_count = sum(route.line_ids.mapped("visits"))

    @api.depends("name", "site_id.name")
    def _compute_display_name(self):
        for route in self:
            route.display_name = f"{route.site_id.name} / {route.name}"

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        routes = super().create([{**vals, "version": 1} for vals in vals_list])
        routes._plan_soon()
        return routes

    def write(self, vals):
        result = super().write(vals)
        if "site_id" in vals:
            self.check_access("write")
        if vals.keys() - {"version", "note", "name"}:
            self._count_version()
        return result

    def _count_version(self):
        """The rounds to come follow the route as it is now."""
        for route in self:
            # sudo: counted by whatever changes the route, its points included.
            route.sudo().write({"version": route.version + 1})
        self._plan_soon()

    def _plan_soon(self):
        if self:
            self.env.ref("security_missions.ir_cron_patrol_plan")._trigger()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_walked(self):
        walked = (
            self.env["security.patrol"]
            .sudo()
            ._read_group(
                [("route_id", "in", self.ids), ("state", "!=", "planned")], ["route_id"]
            )
        )
        if walked:
            raise ValidationError(
                self.env._(
                    "“%(route)s” was walked: archive it, so that its rounds are kept.",
                    route=walked[0][0].name,
                )
            )
        # sudo: planned by the clock, they are nobody's to delete one by one.
        self.sudo().patrol_ids._forget_planned()

    # ------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------

    def _starts(self, since, until):
        """Planned starts within ``[since, until)`` (naive UTC), no closed day."""
        self.ensure_one()
        grid = [row._grid_row() for row in self.start_ids]
        starts = next_starts(grid, since, until, self.tz)
        closed = [
            (closure.date_from, closure.date_to)
            for closure in self.site_id.closure_ids.filtered(lambda c: not c.post_id)
        ]
        zone = named_zone(self.tz)
        return [
            start
            for start in starts
            if not any(
                first <= local(start, zone).date() <= last for first, last in closed
            )
        ]

    def action_open_patrols(self):
        """Rounds of this route."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_missions.security_patrol_action"
        )
        return {**action, "domain": [("route_id", "in", self.ids)], "context": {}}

    def action_plan(self):
        """Plan the rounds to come now, rather than in a moment."""
        self.check_access("write")
        self.env["security.patrol"]._plan_routes(self)
        return self.action_open_patrols()

    def action_print_codes(self):
        """The codes of the points of these routes, to put up there."""
        self.check_access("read")
        report = self.env.ref("security_missions.security_checkpoint_labels")
        return report.report_action(self.line_ids.checkpoint_id)
