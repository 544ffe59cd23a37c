from odoo import models

TOLD = ("done", "incomplete", "missed")


class SecurityPatrol(models.Model):
    """A round that is over is told in the log book; one that is missed is an alarm."""

    _inherit = "security.patrol"

    def write(self, vals):
        before = {patrol.id: patrol.state for patrol in self}
        result = super().write(vals)
        over = self.filtered(
            lambda patrol: patrol.state in TOLD and patrol.state != before[patrol.id]
        )
        if notes := [patrol._log_note() for patrol in over if patrol.site_id]:
            self.env["security.logbook.entry"]._note_many(notes)
        return result

    def _log_note(self):
        """The entry of one round, in the language of its firm."""
        lang = self.company_id.partner_id.lang or self.env.lang
        patrol = self.sudo().with_context(lang=lang)
        words = {
            "done": lambda: patrol.env._(
                "%(round)s: walked, %(passed)s points of %(all)s.",
                **patrol._log_facts(),
            ),
            "incomplete": lambda: patrol.env._(
                "%(round)s: not whole, %(passed)s points of %(all)s.",
                **patrol._log_facts(),
            ),
            "missed": lambda: patrol.env._(
                "%(round)s: missed.", round=patrol.display_name
            ),
        }
        return {
            "site": patrol.site_id,
            "kind": "round",
            "at": patrol.date_ended or patrol.planned_end or patrol.planned_start,
            "shift": patrol.shift_id,
            "text": words[patrol.state](),
        }

    def _log_facts(self):
        return {
            "round": self.display_name,
            "passed": self.done_count,
            "all": self.point_count,
        }

    def _alert_missed(self):
        result = super()._alert_missed()
        for patrol in self:
            self.env["security.alert"]._raise_alert(
                "round_missed",
                shift=patrol.shift_id,
                site=patrol.site_id,
                company=patrol.company_id,
                raised_at=patrol.planned_start,
                key=f"round {patrol.id}",
                details=patrol.display_name,
            )
        return result
