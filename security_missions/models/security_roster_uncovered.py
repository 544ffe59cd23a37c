from odoo import fields, models


class SecurityRosterUncovered(models.Model):
    """A shift that nobody could take, and a smallest set of reasons in words."""

    _name = "security.roster.uncovered"
    _description = "Shift Not Covered by a Rota Search"
    _order = "date_start, id"

    run_id = fields.Many2one(
        "security.roster.run", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    shift_id = fields.Many2one(
        "security.shift", required=True, index=True, ondelete="cascade"
    )
    post_id = fields.Many2one(related="shift_id.post_id")
    date_start = fields.Datetime("Start", required=True)
    date_stop = fields.Datetime("End", required=True)
    reasons = fields.Text("Why")

    def action_candidates(self):
        """Show every guard of the firm on this shift, and why each may or may not."""
        self.ensure_one()
        return self.shift_id.action_candidates()
