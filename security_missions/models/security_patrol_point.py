from odoo import api, fields, models

from ..engine.patrol_facts import Point


class SecurityPatrolPoint(models.Model):
    """A point of a round, as it was asked, and what became of it."""

    _name = "security.patrol.point"
    _description = "Point of a Round"
    _order = "patrol_id, sequence, id"

    patrol_id = fields.Many2one(
        "security.patrol", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="patrol_id.company_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(readonly=True)
    checkpoint_id = fields.Many2one(
        "security.checkpoint",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    site_id = fields.Many2one(
        related="checkpoint_id.site_id", store=True, index=True, precompute=True
    )
    since = fields.Datetime("Earliest", readonly=True)
    until = fields.Datetime("Latest", readonly=True)
    state = fields.Selection(
        [("due", "To pass"), ("done", "Passed"), ("missed", "Not passed")],
        default="due",
        required=True,
        readonly=True,
    )
    is_late = fields.Boolean("Late", readonly=True)
    is_early = fields.Boolean("Early", readonly=True)
    is_unfinished = fields.Boolean("Task not Done", readonly=True)
    scan_id = fields.Many2one(
        "security.patrol.scan", index="btree_not_null", readonly=True
    )
    passed_at = fields.Datetime("Passed", readonly=True)

    @api.depends("checkpoint_id")
    def _compute_display_name(self):
        for point in self:
            point.display_name = point.checkpoint_id.sudo().display_name

    def _as_engine(self):
        """This point as ``engine.patrol.Point``."""
        self.ensure_one()
        place = self.checkpoint_id
        low, high = place._limits_of_figure()
        return Point(
            key=str(self.id),
            place=place.id,
            since=self.since or None,
            until=self.until or None,
            position=place._position(),
            radius=place.radius,
            technology=place.technology,
            task="" if place.task == "none" else place.task,
            low=low,
            high=high,
        )

    def _follow(self, visit):
        """Write what the engine found (``engine.patrol.Visit``), when it changed."""
        self.ensure_one()
        scan = self.env["security.patrol.scan"].browse(
            int(visit.scan.key) if visit.scan else []
        )
        found = {
            "state": visit.state,
            "is_late": visit.late,
            "is_early": visit.early,
            "is_unfinished": visit.unfinished,
            "scan_id": scan.id,
            "passed_at": visit.scan.at if visit.scan else False,
        }
        known = {name: self[name] for name in found} | {"scan_id": self.scan_id.id}
        if known != found:
            self.write(found)
