from odoo import fields, models
from odoo.exceptions import UserError


class SecurityLogbookAbout(models.TransientModel):
    """Asks what corrects an entry, or why it is redacted."""

    _name = "security.logbook.about"
    _description = "Correct or Redact an Entry"

    entry_id = fields.Many2one("security.logbook.entry", required=True, readonly=True)
    deed = fields.Selection(
        [("correct", "Correct"), ("redact", "Redact")], required=True, readonly=True
    )
    text = fields.Text("What You Write", required=True)

    def action_confirm(self):
        """Write the correction, or erase what is personal and write why."""
        for wizard in self:
            entry = wizard.entry_id
            entry.check_access("read")
            if wizard.deed == "redact":
                entry._redact(wizard.text)
            elif entry.is_redacted:
                raise UserError(
                    self.env._("This entry is redacted: there is nothing to correct.")
                )
            else:
                entry._correct(wizard.text)
        return {"type": "ir.actions.act_window_close"}
