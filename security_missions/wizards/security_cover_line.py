from odoo import fields, models


class SecurityCoverLine(models.TransientModel):
    """A time during which as many guards are needed, and as many planned."""

    _name = "security.cover.line"
    _description = "Needed and Planned"
    _order = "date_start, post_id, id"

    cover_id = fields.Many2one(
        "security.cover",
        "Comparison",
        required=True,
        index=True,
        ondelete="cascade",
    )
    post_id = fields.Many2one("security.post", required=True, ondelete="cascade")
    site_id = fields.Many2one(related="post_id.site_id", store=True)
    mission_id = fields.Many2one(related="post_id.mission_id", store=True)
    kind = fields.Selection(
        [("gap", "Gap"), ("covered", "Covered"), ("surplus", "Surplus")], string="Cover"
    )
    date = fields.Date("Day")
    date_start = fields.Datetime("Start")
    date_stop = fields.Datetime("End")
    needed = fields.Integer(aggregator=None)
    planned = fields.Integer(aggregator=None)
    needed_hours = fields.Float()
    planned_hours = fields.Float()
    gap_hours = fields.Float("Missing (h)")
    surplus_hours = fields.Float("Surplus (h)")

    def action_open_shifts(self):
        """The shifts of this post around that time."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_missions.security_shift_action"
        )
        domain = [
            ("post_id", "=", self.post_id.id),
            ("date_start", "<", self.date_stop),
            ("date_stop", ">", self.date_start),
        ]
        return {**action, "domain": domain, "context": {}}
