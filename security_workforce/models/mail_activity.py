from odoo import models

from ..engine import gate
from .security_checklist import TRANSITION


class MailActivity(models.Model):
    """Whoever marks the activity of a step ticked by hand as done has ticked it."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        if self.env.context.get("security_checklist") is not TRANSITION:
            # sudo: the activity was his to do, the list may not be his to write.
            lines = self.env["security.checklist.line"].sudo()
            lines.search(
                [
                    ("activity_id", "in", self.ids),
                    ("step_id.fact", "=", "hand"),
                    ("state", "in", (gate.MISSING, gate.LATER)),
                ]
            )._tick()
        return result
