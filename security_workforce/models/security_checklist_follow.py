from odoo import api, fields, models

CRON_BATCH = 200


class SecurityChecklist(models.Model):
    """The lists follow the files of their guards, in the transaction of the fact."""

    _inherit = "security.checklist"

    followed_on = fields.Datetime(readonly=True, copy=False)

    @api.model
    def _open(self, employees, direction, day=None):
        """The lists in progress of these guards; opened for those who have none.

        :param day: day of hiring, or last day; that of the contract comes first
        """
        found = self.search(
            [
                ("employee_id", "in", employees.ids),
                ("direction", "=", direction),
                ("state", "=", "open"),
            ]
        )
        vals_list = []
        for employee in employees - found.employee_id:
            known = employee._security_checklist_day(direction) or day
            vals = {"employee_id": employee.id, "direction": direction}
            vals_list.append({**vals, "date": known} if known else vals)
        return found | self.create(vals_list)

    def _add_lines(self):
        """Copy the steps of each firm."""
        Step = self.env["security.checklist.step"].sudo()
        kinds = self.grouped(lambda c: (c.company_id, c.direction))
        steps = {kind: Step._of(*kind) for kind in kinds}
        self.env["security.checklist.line"].sudo().create(
            [
                {
                    "checklist_id": checklist.id,
                    "step_id": step.id,
                    "sequence": step.sequence,
                    "mandatory": step.mandatory,
                }
                for kind, checklists in kinds.items()
                for checklist in checklists
                for step in steps[kind]
            ]
        )
        self._check_has_steps()
        self.line_ids.sudo()._schedule()

    # ------------------------------------------------------------
    # What the file says
    # ------------------------------------------------------------

    @api.model
    def _follow_guards(self, guard_ids):
        """Judge the lists of these guards that are followed; called for each fact.

        sudo: the fact may be written by somebody who sees no list.
        """
        if guard_ids:
            self.sudo().search(
                [("employee_id", "in", list(guard_ids)), ("is_followed", "=", True)]
            )._follow()

    def _follow(self):
        """Judge every step again, mark activities as done, clear what is complete.

        The number of queries that read does not depend on the number of lists.
        """
        lists = self.sudo().filtered(lambda c: c.state != "cancelled")
        if not lists:
            return
        files = lists.employee_id._security_gate_files(lists)
        today = fields.Date.context_today(self)
        moved = self.env["security.checklist.line"].sudo()
        for checklist in lists:
            for line in checklist.line_ids:
                # A cleared list is over: its steps are met one by one, never lost.
                over = checklist.state == "cleared" and line.state == "met"
                if line.step_id.fact != "hand" and line.state != "waived" and not over:
                    moved |= line._judge(files[checklist], today)
        moved._settle_activities()
        # Two people who meet the last two steps at once would each see the other's
        # missing: writing on the list too makes the second one look again.
        changed = moved.checklist_id
        changed._transition().write({"followed_on": fields.Datetime.now()})
        lists._clear()

    def _clear(self):
        """Clear the lists whose mandatory steps are met or waived.

        Not a leaving one before the last day: a shift may be added, a radio lent.
        """
        today = fields.Date.context_today(self)
        ready = self.filtered(
            lambda c: (
                c.state == "open"
                and (c.direction == "joining" or c.date <= today)
                and not any(c.line_ids.mapped("is_blocking"))
            )
        )
        if not ready:
            return
        ready._transition().write(
            {"state": "cleared", "cleared_on": fields.Datetime.now()}
        )
        for checklist in ready:
            checklist.message_post(body=checklist._cleared_sentence())

    def _cleared_sentence(self):
        if self.direction == "joining":
            return self.env._(
                "Every mandatory step is met: %s may work.", self.employee_id.name
            )
        return self.env._(
            "Every mandatory step of the departure of %s is met.",
            self.employee_id.name,
        )

    # ------------------------------------------------------------
    # Every night
    # ------------------------------------------------------------

    @api.model
    def _cron_follow(self):
        """What the calendar alone changes: dates that pass, contracts that end."""
        self._open_leaving()
        lists = self.search([("is_followed", "=", True)])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(lists))
        for first in range(0, len(lists), CRON_BATCH):
            batch = lists[first : first + CRON_BATCH]
            batch._follow()
            cron._commit_progress(len(batch))

    @api.model
    def _open_leaving(self, guards=None):
        """Open the list of those whose last contract ends within the days set.

        :param guards: these only; everybody when none
        """
        today = fields.Date.context_today(self)
        domain = [("security_checklist_auto", "=", True)]
        if guards is not None:
            domain.append(("id", "in", guards.company_id.ids))
        for company in self.env["res.company"].search(domain):
            last_days = self.env["hr.employee"]._security_leaving_around(
                company, today, company.security_leaving_days, guards
            )
            for checklist in self.search(
                [
                    ("employee_id", "in", [guard.id for guard in last_days]),
                    ("direction", "=", "leaving"),
                ]
            ):
                known = last_days.get(checklist.employee_id)
                # Neither twice, nor again once somebody cancelled or cleared it.
                if checklist.state == "open" or checklist.date == known:
                    last_days.pop(checklist.employee_id, None)
            if self.env["security.checklist.step"]._of(company, "leaving"):
                self._open(self.env["hr.employee"].union(*last_days), "leaving")

    @api.model
    def _follow_contracts(self, guards):
        """A contract that moves takes the deadlines of its lists with it."""
        for checklist in self.search(
            [("employee_id", "in", guards.ids), ("state", "=", "open")]
        ):
            day = checklist.employee_id._security_checklist_day(checklist.direction)
            if day and day != checklist.date:
                checklist.date = day
