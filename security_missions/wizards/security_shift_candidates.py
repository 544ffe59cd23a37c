from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.security_workforce.engine import verdict

from ..models.security_shift_eligibility import VERDICTS

ORDER = [key for key, _label in VERDICTS]


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
                Command.create(values) for values in wizard._candidates()
            ]

    @api.depends("line_ids.eligibility")
    def _compute_allowed_count(self):
        for wizard in self:
            allowed = wizard.line_ids.filtered(
                lambda line: line.eligibility in ("ok", "warning")
            )
            wizard.allowed_count = len(allowed)

    def _candidates(self):
        """Values of the lines, in the order they are shown."""
        shift = self.shift_id
        guards = self._guards() - shift.employee_id
        if not guards or not shift.post_id:
            return []
        answers = guards._security_verdicts([shift._engine_slot()], without=shift.ids)
        lang = (self.env.lang or "en")[:2]
        rows = []
        for guard in guards:
            [findings] = answers[guard.id]
            told = sorted(
                (f for f in findings if f.severity != "info"),
                key=lambda f: -verdict.SEVERITIES.index(f.severity),
            )
            rows.append(
                {
                    "employee_id": guard.id,
                    "name": guard.name,
                    "eligibility": verdict.verdict(f.severity for f in findings),
                    "reasons": "\n".join(f"{f.rule} {f.text(lang)}" for f in told),
                }
            )
        rows.sort(key=lambda row: (ORDER.index(row["eligibility"]), row["name"]))
        return [{**row, "sequence": place} for place, row in enumerate(rows)]

    def _guards(self):
        """sudo: a planner chooses among all the guards of the firm that hold a title,
        without reading their files."""
        cards = self.env["security.card"].sudo()
        company = self.shift_id.company_id
        groups = cards._read_group(
            [("company_id", "=", company.id), ("employee_id.active", "=", True)],
            [],
            ["employee_id:recordset"],
        )
        return groups[0][0]


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

    def action_assign(self):
        """Give the shift to this guard; the rules have the last word."""
        self.ensure_one()
        self.wizard_id.shift_id.employee_id = self.employee_id
        return {"type": "ir.actions.act_window_close"}
