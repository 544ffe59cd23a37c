from datetime import timedelta

from odoo import api, models
from odoo.fields import Command, Domain


class MailActivitySchedule(models.TransientModel):
    """Launching a joining or leaving plan opens the list of each guard."""

    _inherit = "mail.activity.schedule"

    def _get_plan_available_base_domain(self):
        # A plan without activity of its own: its steps are those of the firm.
        listed = Domain("security_direction", "!=", False) & Domain(
            "company_id", "in", (False, self.company_id.id)
        )
        if self.res_model != "hr.employee":
            return super()._get_plan_available_base_domain()
        return Domain(super()._get_plan_available_base_domain()) | listed

    @api.depends(
        "plan_date", "plan_id", "plan_on_demand_user_id", "res_model", "res_ids"
    )
    def _compute_plan_schedule_line_ids(self):
        result = super()._compute_plan_schedule_line_ids()
        for scheduler in self.filtered("plan_id.security_direction"):
            scheduler.plan_schedule_line_ids = [
                Command.create(vals) for vals in scheduler._security_lines()
            ]
        return result

    def _security_lines(self):
        """What the list will ask, as the dialog shows it (dicts of its lines)."""
        self.ensure_one()
        employees = self._get_applied_on_records()
        direction = self.plan_id.security_direction
        first = employees[:1]
        day = first._security_checklist_day(direction) or self.plan_date
        Step = self.env["security.checklist.step"].sudo()
        steps = Step._of(first.company_id, direction)
        by_role = Step._users_by_role(first.company_id)
        return [
            {
                "line_description": step.name,
                "responsible_user_id": step._responsible(first, by_role).id,
                "line_date_deadline": day and day + timedelta(days=step.days),
            }
            for step in steps
        ]

    def action_schedule_plan(self):
        direction = self.plan_id.security_direction
        if not direction:
            return super().action_schedule_plan()
        lists = self.env["security.checklist"]._open(
            self._get_applied_on_records(), direction, self.plan_date
        )
        # The activities that the firm added to the plan itself.
        super().action_schedule_plan()
        return lists._action_window()
