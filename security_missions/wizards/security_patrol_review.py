from odoo import fields, models


class SecurityPatrolReview(models.TransientModel):
    """What the office found when it looked at rounds."""

    _name = "security.patrol.review"
    _description = "Review of Rounds"

    patrol_ids = fields.Many2many("security.patrol", string="Rounds", required=True)
    note = fields.Text(
        "What Was Found",
        required=True,
        help="e.g. Called the guard: the tag of the cellar is torn off.",
    )

    def action_confirm(self):
        """The rounds are reviewed."""
        self.ensure_one()
        self.patrol_ids._review(self.note)
        return {"type": "ir.actions.act_window_close"}
