from odoo import fields, models


def check_choices(name):
    """The choices of a field of verifications."""
    return lambda self: (
        self.env["security.card.check"]._fields[name]._description_selection(self.env)
    )


class SecurityCardCheckImportLine(models.TransientModel):
    """One line of a file of results, and what it would do."""

    _name = "security.card.check.import.line"
    _description = "Line of Verification Results"
    _order = "line"

    import_id = fields.Many2one(
        "security.card.check.import", required=True, index=True, ondelete="cascade"
    )
    line = fields.Integer(help="As the spreadsheet numbers it.", readonly=True)
    written = fields.Char(string="As written", readonly=True)
    card_id = fields.Many2one("security.card", readonly=True)
    employee_id = fields.Many2one(related="card_id.employee_id", string="Guard")
    date = fields.Datetime(readonly=True)
    result = fields.Selection(check_choices("result"), readonly=True)
    method = fields.Selection(check_choices("method"), readonly=True)
    note = fields.Text(readonly=True)
    status = fields.Selection(
        [("error", "To correct"), ("new", "To record"), ("known", "Recorded before")],
        required=True,
        readonly=True,
    )
    problem = fields.Text(readonly=True)
