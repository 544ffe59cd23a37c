from odoo import api, fields, models
from odoo.exceptions import UserError

from .security_roster_run import SOLVING
from .security_shift_eligibility import VERDICTS


class SecurityRosterAssignment(models.Model):
    """A shift and the guard proposed for it, to look at before it is applied."""

    _name = "security.roster.assignment"
    _description = "Proposal of a Rota Search"
    _order = "date_start, id"
    _check_company_auto = True

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
    employee_id = fields.Many2one(
        "hr.employee", "Guard", index="btree_not_null", ondelete="cascade"
    )
    previous_employee_id = fields.Many2one(
        "hr.employee", "Guard Before", index="btree_not_null", ondelete="set null"
    )
    eligibility = fields.Selection(VERDICTS, "Verdict")
    sentence = fields.Text("Told")
    keep = fields.Boolean(
        default=True, help="Take the tick away from what you do not want to apply."
    )
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("left_out", "Left out"),
            ("applied", "Applied"),
            ("refused", "Refused"),
            ("undone", "Undone"),
        ],
        default="proposed",
        required=True,
    )

    def write(self, vals):
        solving = self.env.context.get("security_roster_solving") is SOLVING
        if not solving and vals.keys() - {"keep"}:
            raise UserError(
                self.env._(
                    "A proposal is kept or not; another guard is chosen on the shift."
                )
            )
        return super().write(vals)

    @api.depends("shift_id", "employee_id")
    def _compute_display_name(self):
        for line in self:
            names = (line.shift_id.display_name, line.employee_id.name)
            line.display_name = " - ".join(name for name in names if name)
