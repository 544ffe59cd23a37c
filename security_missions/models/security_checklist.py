"""What the rota has to do with the lists of those who join or leave.

Several models in one file: each only brings its part of one step.
"""

from datetime import datetime, time, timedelta

from odoo import api, fields, models

from odoo.addons.security_workforce.engine import worktime


class SecurityChecklistStep(models.Model):
    """A step met when no shift is left after the last day."""

    _inherit = "security.checklist.step"

    fact = fields.Selection(
        selection_add=[("shifts_gone", "No shift after the last day")],
        ondelete={"shifts_gone": "set default"},
    )

    @api.model
    def _facts_of_leaving(self):
        return super()._facts_of_leaving() | {"shifts_gone"}


class HrEmployee(models.Model):
    """The shifts that somebody who leaves still holds."""

    _inherit = "hr.employee"

    def _gate_shifts_left(self, lists):
        leaving = lists.filtered(lambda c: c.direction == "leaving")
        if not leaving:
            return {}
        ends = {checklist: checklist._last_instant() for checklist in leaving}
        shifts = (
            self.env["security.shift"]
            .sudo()
            .search_fetch(
                [
                    ("employee_id", "in", leaving.employee_id.ids),
                    ("state", "in", ("draft", "published")),
                    ("date_start", ">=", min(ends.values())),
                ],
                ["employee_id", "date_start"],
            )
            .grouped("employee_id")
        )
        return {
            checklist: sum(
                shift.date_start >= end
                for shift in shifts.get(checklist.employee_id, ())
            )
            for checklist, end in ends.items()
        }

    def _security_open_fact(self, fact):
        if fact != "shifts_gone":
            return super()._security_open_fact(fact)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "security_missions.security_shift_action"
        )
        return {
            **action,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("employee_id", "=", self.id), ("date_stop", ">", "now")],
            "context": {},
        }


class SecurityChecklist(models.Model):
    """When the last day of somebody who leaves is over."""

    _inherit = "security.checklist"

    def _last_instant(self):
        """The end of the last day where the guard works, naive UTC."""
        self.ensure_one()
        zone = worktime.named_zone(self.employee_id.sudo().tz or "UTC")
        next_day = self.date + timedelta(days=1)
        return worktime.naive_utc(datetime.combine(next_day, time.min, zone))


class SecurityShift(models.Model):
    """A shift taken away meets the step of whoever leaves."""

    _name = "security.shift"
    _inherit = ["security.shift", "security.checklist.mixin"]

    def _checklist_concerns(self, vals):
        return not vals.keys().isdisjoint({"employee_id", "date_start", "state"})
