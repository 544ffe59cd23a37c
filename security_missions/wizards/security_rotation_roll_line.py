from collections import Counter

from odoo import api, fields, models
from odoo.tools import format_datetime

KINDS = [
    ("new", "New shift"),
    ("assigned", "Open shift given"),
    ("linked", "Held already"),
    ("changed", "Follows the cycle"),
    ("surplus", "No longer in the cycle"),
    ("kept", "Exception kept"),
    ("refused", "Left open"),
]
REASONS = [
    ("moved", "Moved by the planner"),
    ("given", "Given to somebody else"),
    ("cancelled", "Cancelled by the planner"),
    ("published", "Published already"),
    ("leave", "The guard is on leave"),
    ("training", "The guard is in training"),
    ("unavailable", "The guard is not available"),
    ("overlap", "The guard has another shift"),
    ("gone", "The guard has left the firm"),
]


class SecurityRotationRollLine(models.TransientModel):
    """One thing a roll would do, or leaves alone, and why."""

    _name = "security.rotation.roll.line"
    _description = "Line of a Roll"
    _order = "wizard_id, id"

    wizard_id = fields.Many2one(
        "security.rotation.roll", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(KINDS, "What", readonly=True)
    reason = fields.Selection(REASONS, readonly=True)
    chosen = fields.Boolean("Apply")
    can_apply = fields.Boolean(readonly=True, export_string_translation=False)
    signature = fields.Char(readonly=True, export_string_translation=False)
    shift_id = fields.Many2one("security.shift", readonly=True, ondelete="cascade")
    obstacle_id = fields.Many2one(
        "security.shift", "In the Way", readonly=True, ondelete="set null"
    )
    post_id = fields.Many2one("security.post", readonly=True)
    meant_id = fields.Many2one("hr.employee", "Guard of the Cycle", readonly=True)
    employee_id = fields.Many2one("hr.employee", "Guard Now", readonly=True)
    date_start = fields.Datetime("Now", readonly=True)
    date_stop = fields.Datetime("Ends Now", readonly=True)
    new_start = fields.Datetime("Cycle", readonly=True)
    new_stop = fields.Datetime("End in the Cycle", readonly=True)

    @api.model
    def _kind_labels(self):
        """``{kind: its name}``, in the order told."""
        return dict(self._fields["kind"]._description_selection(self.env))

    @api.model
    def _count_words(self, steps):
        """How many steps of each kind, in one line; empty without any."""
        counts = Counter(step.kind for step in steps)
        return ", ".join(
            self.env._("%(what)s: %(count)s", what=label, count=counts[kind])
            for kind, label in self._kind_labels().items()
            if counts[kind]
        )

    def _start_words(self):
        start = self.new_start or self.date_start
        return format_datetime(
            self.env, start, tz=self.post_id.tz, dt_format="dd/MM HH:mm"
        )
