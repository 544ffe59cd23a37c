from odoo import fields, models


class SecurityGuardImportLine(models.TransientModel):
    """One thing to say about one cell of the file."""

    _name = "security.guard.import.line"
    _description = "Line of an Import Report"

    import_id = fields.Many2one(
        "security.guard.import", required=True, index=True, ondelete="cascade"
    )
    level = fields.Selection(
        [("error", "Error"), ("remark", "Remark")], required=True, default="error"
    )
    sheet = fields.Char()
    row = fields.Integer(string="Line")
    column = fields.Char()
    reference = fields.Char(string="Registration number")
    reason = fields.Char()
