import json

from odoo import api, fields, models

# Characters of one value: what is longer is a signature, or a story told elsewhere.
LONGEST = 300


class SecurityInbox(models.Model):
    """What a fact says, in the words of whoever decides on it."""

    _inherit = "security.inbox"

    kind_words = fields.Char("What Was Told", compute="_compute_kind_words")
    payload_words = fields.Text("What It Says", compute="_compute_payload_words")

    @api.model
    def _kind_words(self):
        """``{kind: its name}`` in the language of who reads. Modules add theirs."""
        return {}

    @api.model
    def _payload_models(self):
        """``{key of a payload: model}`` of the records that it names by id."""
        return {}

    @api.model
    def _payload_labels(self):
        """``{key of a payload: its name}``; a key without one is shown as it is."""
        return {
            "accept": self.env._("Accepted"),
            "accuracy": self.env._("Accuracy (m)"),
            "code": self.env._("Code read"),
            "latitude": self.env._("Latitude"),
            "longitude": self.env._("Longitude"),
            "method": self.env._("Method"),
            "note": self.env._("Note"),
            "photos": self.env._("Photos"),
            "reason": self.env._("Reason"),
            "text": self.env._("Text"),
            "version": self.env._("Version"),
        }

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_kind_words(self):
        words = self._kind_words()
        for row in self:
            row.kind_words = words.get(row.kind, row.kind)

    @api.depends("kind", "employee_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.kind_words}, {row.sudo().employee_id.name}"

    @api.depends("payload")
    @api.depends_context("lang", "uid")
    def _compute_payload_words(self):
        labels, models_by_key = self._payload_labels(), self._payload_models()
        for row in self:
            row.payload_words = "\n".join(
                self._payload_line(key, value, labels, models_by_key)
                for key, value in (row.payload or {}).items()
            )

    def _payload_line(self, key, value, labels, models_by_key):
        label, model = labels.get(key, key), models_by_key.get(key)
        if model and isinstance(value, int):
            label = self.env["ir.model"]._get(model).name
            record = self.env[model].browse(value).exists()
            readable = record and record.has_access("read")
            value = record.display_name if readable else f"#{value}"
        elif isinstance(value, bool):
            value = self.env._("Yes") if value else self.env._("No")
        elif isinstance(value, (dict, list)):
            value = json.dumps(value, ensure_ascii=False)
        value = str(value)
        if len(value) > LONGEST:
            value = f"{value[:LONGEST]}…"
        return self.env._("%(what)s: %(value)s", what=label, value=value)
