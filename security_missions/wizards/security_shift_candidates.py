from odoo import api, fields, models
from odoo.fields import Command

from ..models.security_shift_candidates import ALLOWED
from ..models.security_shift_eligibility import VERDICTS


class SecurityShiftCandidates(models.TransientModel):
    """Who can take this shift: the allowed first, the others below with why."""

    _name = "security.shift.candidates"
    _description = "Candidates for a Shift"

    shift_id = fields.Many2one(
        "security.shift", required=True, readonly=True, ondelete="cascade"
    )
    line_ids = fields.One2many(
        "security.shift.candidate",
        "wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    allowed_count = fields.Integer(compute="_compute_allowed_count")

    @api.depends("shift_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [Command.clear()] + [
                Command.create(_line(place, values))
                for place, values in enumerate(wizard.shift_id._candidates())
            ]

    @api.depends("line_ids.eligibility")
    def _compute_allowed_count(self):
        for wizard in self:
            allowed = wizard.line_ids.filtered(lambda line: line.eligibility in ALLOWED)
            wizard.allowed_count = len(allowed)


def _line(place, row):
    """The values of a line: a database has no number for "not known"."""
    ranked = row["score"] is not None
    return {
        **row,
        "sequence": place,
        "rank": place + 1 if ranked else 0,
        "has_cost": row["cost"] is not None,
        "has_margin": row["margin"] is not None,
    }


class SecurityShiftCandidate(models.TransientModel):
    _name = "security.shift.candidate"
    _description = "Candidate for a Shift"
    _order = "sequence, id"

    wizard_id = fields.Many2one(
        "security.shift.candidates", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer()
    employee_id = fields.Many2one("hr.employee", "Guard", required=True, index=True)
    name = fields.Char()
    eligibility = fields.Selection(VERDICTS, required=True)
    reasons = fields.Text()
    rank = fields.Integer(help="Place among those whom no rule stops; 0: not ranked.")
    score = fields.Float(digits=(4, 1))
    rank_reasons = fields.Text("Why This Rank")
    hours_due = fields.Float(help="Of the contract, in the month.")
    has_cost = fields.Boolean("Cost Known")
    cost = fields.Monetary()
    margin = fields.Monetary()
    has_margin = fields.Boolean("Margin Known")
    currency_id = fields.Many2one(related="wizard_id.shift_id.company_id.currency_id")

    def action_assign(self):
        """Give the shift to this guard; the rules have the last word."""
        self.ensure_one()
        self.wizard_id.shift_id.employee_id = self.employee_id
        return {"type": "ir.actions.act_window_close"}
