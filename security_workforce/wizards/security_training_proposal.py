from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class SecurityTrainingProposal(models.TransientModel):
    """The guards whose title ends soonest, to be put in a session."""

    _name = "security.training.proposal"
    _description = "Propose Attendees of a Training Session"

    session_id = fields.Many2one(
        "security.training.session", required=True, readonly=True
    )
    until = fields.Date(
        string="Title ends by",
        compute="_compute_until",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    line_ids = fields.One2many(
        "security.training.proposal.line",
        "proposal_id",
        string="Guards",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    seats_left = fields.Integer(compute="_compute_seats_left")
    limited = fields.Integer(related="session_id.seats")

    @api.depends("session_id")
    def _compute_until(self):
        for proposal in self:
            session = proposal.session_id
            proposal.until = session and session._last_title_end()

    @api.depends("session_id", "until")
    def _compute_line_ids(self):
        for proposal in self:
            rows = [Command.clear()]
            if proposal.session_id and proposal.until:
                rows += [
                    Command.create(
                        {
                            "employee_id": candidate.employee.id,
                            "title_end": candidate.title_end,
                            "note": candidate.note,
                            "selected": candidate.ready,
                        }
                    )
                    for candidate in proposal.session_id._candidates(proposal.until)
                ]
            proposal.line_ids = rows

    @api.depends("session_id")
    def _compute_seats_left(self):
        for proposal in self:
            session = proposal.session_id
            proposal.seats_left = max(session.seats - session.seats_taken, 0)

    def action_add(self):
        """Add the guards who are ticked: soonest end first, the others wait."""
        self.ensure_one()
        chosen = self.line_ids.filtered("selected")
        if not chosen:
            raise UserError(self.env._("Tick the guards to add to the session."))
        self.env["security.training.attendee"].create(
            [
                {"session_id": self.session_id.id, "employee_id": line.employee_id.id}
                for line in chosen
            ]
        )
        return {"type": "ir.actions.act_window_close"}


class SecurityTrainingProposalLine(models.TransientModel):
    """One guard of the list, ticked or not."""

    _name = "security.training.proposal.line"
    _description = "Guard Proposed for a Training Session"
    _order = "title_end, id"

    proposal_id = fields.Many2one(
        "security.training.proposal", required=True, index=True, ondelete="cascade"
    )
    selected = fields.Boolean(string="Add")
    employee_id = fields.Many2one("hr.employee", string="Guard", required=True)
    title_end = fields.Date(string="Title ends on")
    days_left = fields.Integer(compute="_compute_days_left")
    note = fields.Char(string="Remark")

    @api.depends("title_end")
    def _compute_days_left(self):
        today = fields.Date.context_today(self)
        for line in self:
            line.days_left = line.title_end and (line.title_end - today).days
