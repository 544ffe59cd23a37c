from collections import defaultdict

from odoo import models

from ..engine.guard_import import Problem
from .guard_import_plan import Known, Plan

# What tells somebody.
KNOWN_BY = [
    "name",
    "active",
    "birthday",
    "work_email",
    "private_email",
    "security_registration_number",
    "security_surname",
    "security_first_names",
]


class SecurityGuardImport(models.TransientModel):
    """Who of the file is known already."""

    _inherit = "security.guard.import"

    def _plans(self, guards):
        """A ``Plan`` for each guard, in a number of queries that does not depend on
        how many there are."""
        known = Known(self._staff(), self._nubs())
        plans = [self._recognised(guard, known) for guard in guards]
        self._refuse_taken(plans)
        numbers = self._numbers(guards)
        activities = self.env["security.activity"].search_fetch([], ["code"])
        codes = {activity.id: activity.code for activity in activities}
        employees = self.env["hr.employee"].union(*(p.employee for p in plans))
        held = self._held(employees)
        for plan in plans:
            # Read together, not one by one.
            plan.employee = plan.employee.with_prefetch(employees.ids)
            if not plan.is_bad:
                self._plan_file(plan)
                self._plan_cards(plan, held, numbers, codes)
                self._plan_qualifications(plan, held)
                self._plan_visit(plan, held)
        self._say_new_jobs(plans)
        return plans

    # === Who ===

    def _staff(self):
        """Everybody of the firm, those who left included."""
        return (
            self.env["hr.employee"]
            .with_context(active_test=False)
            .search_fetch([("company_id", "=", self.company_id.id)], KNOWN_BY)
        )

    def _nubs(self):
        groups = self.env["security.card"]._read_group(
            [
                ("company_id", "=", self.company_id.id),
                ("nub", "!=", False),
                ("state", "!=", "withdrawn"),
            ],
            ["nub"],
            ["employee_id:array_agg"],
        )
        return {nub: set(ids) for nub, ids in groups}

    def _recognised(self, guard, known):
        """A plan with the employee that the line means, or the reason of a doubt."""
        ids = known.of(guard)
        staff = self.env["hr.employee"].browse(ids)
        plan = Plan(guard, staff[:1], [])
        if len(staff) > 1:
            names = ", ".join(sorted(staff.mapped("name")))
            self._say(plan, "ambiguous", guards=names)
        elif staff and not staff.active:
            self._say(plan, "archived", guard=staff.name)
        elif staff and known.contradicts(guard, staff):
            self._say(plan, "another_person", guard=staff.name)
        return plan

    def _refuse_taken(self, plans):
        """Two lines that mean the same employee: none of the two is believed."""
        by_employee = defaultdict(list)
        for plan in plans:
            if plan.employee and not plan.is_bad:
                by_employee[plan.employee.id].append(plan)
        for same in by_employee.values():
            if len(same) > 1:
                rows = [plan.guard.row for plan in same]
                for plan in same:
                    self._say(
                        plan, "same_employee", guard=plan.employee.name, rows=rows
                    )

    def _say(
        self, plan, code, column="", line=None, sheet="guards", level="error", **facts
    ):
        row = line.row if line else plan.guard.row
        plan.problems.append(
            Problem(sheet, row, column, code, facts, plan.guard.reference, level)
        )
