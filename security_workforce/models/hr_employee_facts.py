from collections import defaultdict

from odoo import fields, models

from ..engine import contracts, facts


class HrEmployee(models.Model):
    """A guard's file as the rules read it, many guards at a time."""

    _inherit = "hr.employee"

    def _security_person_facts(self, date_from=None, date_to=None):
        """The facts of these guards' files, for the rules.

        :param date_from: start of the time looked at, naive UTC; also chooses the
            contract
        :param date_to: its end, naive UTC; without both, no absence is read
        :return: ``{employee id: {name of a field of engine.facts.Person: value}}``

        The number of queries does not depend on the number of guards. sudo: whoever
        plans needs the verdict, whatever part of the file he may read himself.
        """
        ids = self.ids
        guards = self.sudo().with_context(active_test=False)
        day = (date_from or fields.Datetime.now()).date()
        parts = {
            "dogs": guards._facts_dogs(ids),
            "visits": guards._facts_visits(ids),
            "qualifications": guards._facts_qualifications(ids),
            "absences": guards._facts_absences(ids, date_from, date_to),
            "joining_missing": guards._facts_joining_missing(ids),
        }
        contract_facts = guards._facts_contracts(ids, day)
        result = {}
        for guard in guards._facts_fetch(ids):
            result[guard.id] = {
                **guard._facts_of_file(),
                **contract_facts[guard.id],
                **{name: tuple(rows[guard.id]) for name, rows in parts.items()},
            }
        return result

    def _facts_fetch(self, ids):
        return self.search_fetch(
            [("id", "in", ids)],
            [
                "name",
                "birthday",
                "work_permit_expiration_date",
                "visa_expire",
                "security_permit_receipt_until",
                "security_permit_checked_on",
                "security_declared_on",
            ],
        )

    def _facts_of_file(self):
        """What the employee's own record says."""
        permit_end = self.work_permit_expiration_date or self.visa_expire
        days = [d for d in (permit_end, self.security_permit_receipt_until) if d]
        return {
            "name": self.name or "",
            "birth_date": self.birthday or None,
            "permit_end": max(days, default=None),
            "permit_checked_on": self.security_permit_checked_on or None,
            "declared_on": self.security_declared_on or None,
        }

    def _facts_contracts(self, ids, day):
        """``{employee id: {"hired_on", "needs_permit"}}`` from the versions."""
        periods, permits = defaultdict(list), {}
        for version in self.env["hr.version"].search_fetch(
            [("employee_id", "in", ids), ("active", "=", True)],
            [
                "employee_id",
                "date_version",
                "contract_date_start",
                "contract_date_end",
                "security_permit_required",
            ],
            order="date_version",
        ):
            guard_id = version.employee_id.id
            # The version of the day, or the first one for somebody not yet there.
            if version.date_version <= day or guard_id not in permits:
                permits[guard_id] = version.security_permit_required
            if start := version.contract_date_start:
                periods[guard_id].append((start, version.contract_date_end or None))
        return {
            guard_id: {
                "hired_on": contracts.employed_since(periods[guard_id], day),
                "needs_permit": permits.get(guard_id, False),
            }
            for guard_id in ids
        }

    def _facts_dogs(self, ids):
        result = defaultdict(list)
        for dog in self.env["security.dog"].search_fetch(
            [("employee_id", "in", ids), ("active", "=", True)],
            ["employee_id", "identification", "on_card", "documents_end"],
        ):
            result[dog.employee_id.id].append(
                facts.Dog(dog.identification, dog.on_card, dog.documents_end or None)
            )
        return result

    def _facts_visits(self, ids):
        result = defaultdict(list)
        for visit in self.env["security.aptitude"].search_fetch(
            [("employee_id", "in", ids)],
            ["employee_id", "date", "next_date"],
            order="date, id",
        ):
            result[visit.employee_id.id].append(
                facts.Visit(visit.date, visit.next_date or None)
            )
        return result

    def _facts_qualifications(self, ids):
        """Regulated qualifications, also as those they are good for.

        Others prove nothing to the law: everybody writes his own.
        """
        result = defaultdict(list)
        lines = self.env["hr.employee.skill"].search_fetch(
            [("employee_id", "in", ids), ("skill_type_id.is_regulated", "=", True)],
            ["employee_id", "skill_id", "skill_level_id", "valid_from", "valid_to"],
            order="valid_from, id",
        )
        # level_progress is related: read the levels once, not line by line.
        lines.skill_level_id.fetch(["level_progress"])
        for line in lines:
            held = line.skill_id
            for skill in held | held.covers_ids:
                result[line.employee_id.id].append(
                    facts.Qualification(
                        skill=skill.id,
                        name=held.name,
                        rank=line.skill_level_id.level_progress,
                        start=line.valid_from or None,
                        end=line.valid_to or None,
                        code=skill.security_code or "",
                    )
                )
        return result

    def _facts_absences(self, ids, date_from, date_to):
        """Validated time off, without its kind: that may tell of somebody's health."""
        result = defaultdict(list)
        if not (date_from and date_to):
            return result
        for leave in self.env["hr.leave"].search_fetch(
            [
                ("employee_id", "in", ids),
                ("state", "=", "validate"),
                ("date_from", "<", date_to),
                ("date_to", ">", date_from),
            ],
            ["employee_id", "date_from", "date_to"],
            order="date_from, id",
        ):
            result[leave.employee_id.id].append(
                facts.Absence(leave.date_from, leave.date_to)
            )
        return result
