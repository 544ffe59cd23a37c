from psycopg2 import IntegrityError

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..engine.guard_import import Problem, fold

# The importer does not follow a thousand guards, and one message of our own says where
# they come from. For what is new only: changes are tracked as everywhere.
QUIET = {"tracking_disable": True, "mail_create_nosubscribe": True}


class SecurityGuardImport(models.TransientModel):
    """Writes guards, many at a time."""

    _inherit = "security.guard.import"

    def _import(self, guards):
        """Write these guards: those that the database refuses are left out, whole."""
        try:
            with self.env.cr.savepoint():
                problems = self._write_guards(guards)
        except (UserError, IntegrityError):
            # One of them is refused: find out which, and keep the others.
            problems = []
            for guard in guards:
                problems += self._import_one(guard)
        if problems:
            self._add_problems(problems)

    def _import_one(self, guard):
        try:
            with self.env.cr.savepoint():
                return self._write_guards([guard])
        except IntegrityError:
            code, facts = "meanwhile", {}
        except UserError as refusal:
            code, facts = "refused", {"sentence": str(refusal)}
        return [Problem("guards", guard.row, "", code, facts, guard.reference)]

    def _write_guards(self, guards):
        """Write what is right; return what was found wrong meanwhile.

        The guards are matched again: since the check, somebody may have recorded one.
        """
        self = self.with_company(self.company_id)
        plans = self._plans(guards)
        good = [plan for plan in plans if not plan.is_bad]
        self._give_jobs(good)
        created = self._create_employees([p for p in good if not p.employee])
        updated = 0
        for plan in good:
            if plan.employee not in created and plan.changes:
                updated += 1
                if plan.vals:
                    plan.employee.write(plan.vals)
        for plan in good:
            for record, vals in plan.corrections:
                record.write(vals)
        cards = self._create_new("security.card", good)
        self._create_new("hr.employee.skill", good)
        self._create_new("security.aptitude", good)
        self.write(
            {
                "created_count": self.created_count + len(created),
                "updated_count": self.updated_count + updated,
                "card_ids": [Command.link(card_id) for card_id in cards.ids],
            }
        )
        return [p for plan in plans if plan.is_bad for p in plan.problems]

    def _give_jobs(self, plans):
        """Turn the names of jobs into jobs; those that are new are made."""
        plans = [plan for plan in plans if plan.job]
        if not plans:
            return
        jobs = self._jobs()
        for plan in plans:
            if fold(plan.job) not in jobs:
                jobs[fold(plan.job)] = self.env["hr.job"].create(
                    {"name": plan.job, "company_id": self.company_id.id}
                )
            plan.vals["job_id"] = jobs[fold(plan.job)].id

    def _create_employees(self, plans):
        """The employees of these plans, which know them from now on.

        sudo: the core reserves the dates of a contract to managers of Employees. Those
        of a guard who is being recorded are part of his file; nothing is read, and no
        contract that exists is touched.
        """
        Employee = self.env["hr.employee"]
        Employee.check_access("create")
        employees = (
            Employee.sudo()
            # The version starts with the contract already: the core need not move it,
            # a second write for each guard. They are at work: no list of a newcomer.
            .with_context(
                **QUIET, sync_contract_dates=True, security_present_staff=True
            )
            .create([self._employee_vals(plan) for plan in plans])
            .with_env(self.env)
        )
        for plan, employee in zip(plans, employees, strict=True):
            plan.employee = employee
        employees._message_log_batch(
            {
                plan.employee.id: self.env._(
                    "Recorded from the file %(file)s, line %(row)s.",
                    file=self.filename or "",
                    row=plan.guard.row,
                )
                for plan in plans
            }
        )
        return employees

    def _employee_vals(self, plan):
        return {
            **plan.vals,
            "name": plan.guard.name,
            "company_id": self.company_id.id,
            # What is recorded of him is true since he came.
            "date_version": plan.guard.values["entry"],
        }

    def _create_new(self, model, plans):
        vals_list = [
            {**vals, "employee_id": plan.employee.id}
            for plan in plans
            for vals in plan.new[model]
        ]
        if model == "hr.employee.skill":
            self._complete_skills(vals_list)
        return self.env[model].with_context(**QUIET).create(vals_list)

    def _complete_skills(self, vals_list):
        skills = self._skills()
        for vals in vals_list:
            skill = skills.browse(vals["skill_id"])
            levels = skill.skill_type_id.skill_level_ids
            vals["skill_type_id"] = skill.skill_type_id.id
            vals["skill_level_id"] = (levels.filtered("default_level") or levels)[:1].id
            if not vals.get("valid_to"):
                vals["valid_to"] = skill._last_day(vals["valid_from"])

    def _add_problems(self, problems):
        """Put what was found while writing in front of the report."""
        rows = [self._told(problem) for problem in problems]
        known = self.problems_json or []
        fresh = [row for row in rows if row not in known]
        self.write(
            {
                "problems_json": [*fresh, *known],
                "error_count": self.error_count
                + sum(row["level"] == "error" for row in fresh),
                "bad_count": self.bad_count + len({p.reference for p in problems}),
                "line_ids": [
                    Command.create({k: v for k, v in row.items() if k != "key"})
                    for row in fresh
                ],
            }
        )
