from collections import defaultdict
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ..engine import contracts, gate


class HrEmployee(models.Model):
    """A guard's file as the steps of his lists read it, many guards at a time."""

    _inherit = "hr.employee"

    def _facts_models(self):
        lists = ("security.checklist", "security.checklist.line")
        return (*super()._facts_models(), *lists, "security.checklist.step")

    def _facts_readers(self):
        return {
            **super()._facts_readers(),
            "joining_missing": lambda *step: step,
        }

    def _facts_parts(self, ours, period):
        parts = super()._facts_parts(ours, period)
        parts["joining_missing"] = SQL(
            """
            SELECT line.employee_id, jsonb_build_array(
                       line.sequence, line.id, step.name->>'en_US',
                       COALESCE(step.name->>'fr_FR', step.name->>'en_US')
                   )
              FROM security_checklist_line line
              JOIN security_checklist list
                ON list.id = line.checklist_id
               AND list.direction = 'joining' AND list.state = 'open'
              JOIN security_checklist_step step ON step.id = line.step_id
             WHERE line.mandatory AND line.state = %s AND line.employee_id %s
            """,
            gate.MISSING,
            ours,
        )
        return parts

    def _facts_known(self, parts, day):
        known = super()._facts_known(parts, day)
        steps = sorted(parts["joining_missing"])
        names = tuple((english, french) for _place, _id, english, french in steps)
        return {**known, "joining_missing": names}

    # ------------------------------------------------------------
    # Days
    # ------------------------------------------------------------

    def _security_checklist_day(self, direction):
        """The first day of the contracts, or the last one; False when none says it."""
        rows = self.sudo().with_context(active_test=False).version_ids
        rows = rows.filtered(lambda v: v.active and v.contract_date_start)
        last = rows.sorted(lambda v: (v.contract_date_start, v.date_version))[-1:]
        if direction == "leaving":
            return last.contract_date_end or self.sudo().version_id.departure_date
        return contracts.employed_since(_periods(rows)) or False

    def _security_leaving_around(self, company, today, days, guards=None):
        """``{employee: last day}`` of the guards whose last contract ends by then.

        :param days: how long before and after its end it is looked at
        :param guards: these only; everybody of the firm when none
        """
        Version = self.env["hr.version"]
        span = timedelta(days=days)
        domain = [
            ("company_id", "=", company.id),
            ("contract_date_end", ">=", today - span),
            ("contract_date_end", "<=", today + span),
            ("employee_id.card_ids", "!=", False),
        ]
        if guards is not None:
            domain.append(("employee_id", "in", guards.ids))
        ending = Version.search(domain)
        result = {}
        for version in Version.search(
            [
                ("employee_id", "in", ending.employee_id.ids),
                ("contract_date_start", "!=", False),
            ],
            order="contract_date_start, date_version",
        ):
            result[version.employee_id] = version.contract_date_end
        return {
            employee: end
            for employee, end in result.items()
            if end and abs(end - today) <= span
        }

    # ------------------------------------------------------------
    # The file
    # ------------------------------------------------------------

    def _security_gate_files(self, lists):
        """``{list: engine.gate.File}`` of the lists of these guards.

        sudo: the answer is for everybody who follows the list; the number of queries
        does not depend on the number of guards.
        """
        ids = self.ids
        guards = self.sudo().with_context(active_test=False)
        known = guards._security_person_facts()
        titles = self.env["security.card"]._read_titles(ids)
        versions, kit = guards._gate_versions(ids), guards._gate_kit(ids)
        unfit = guards._gate_unfit(ids)
        left = guards._gate_shifts_left(lists)
        today = fields.Date.context_today(self)
        files = {}
        for checklist in lists:
            guard = checklist.employee_id.with_env(guards.env)
            facts = known[guard.id]
            files[checklist] = gate.File(
                **guard._gate_identity(),
                **_contract(versions[guard.id], max(today, checklist.date)),
                **{name: facts[name] for name in OF_THE_PERSON},
                titles=tuple(titles[guard.id]),
                kit=tuple(kit[guard.id]),
                unfit_on=unfit.get(guard.id),
                shifts_left=left.get(checklist, 0),
            )
        return files

    def _gate_identity(self):
        """What the guard's own record says."""
        user = self.user_id
        return {
            "legal_name": self.legal_name or "",
            "permit_number": self.permit_no or "",
            "deontology_on": self.security_deontology_on or None,
            "login": user.login if user.active else "",
        }

    def _gate_versions(self, ids):
        result = defaultdict(list)
        for version in self.env["hr.version"].search(
            [("employee_id", "in", ids), ("active", "=", True)], order="date_version"
        ):
            result[version.employee_id.id].append(version)
        return result

    def _gate_kit(self, ids):
        result = defaultdict(list)
        for item in self.env["security.kit.item"].search(
            [("employee_id", "in", ids), ("returned_on", "=", False)], order="id"
        ):
            result[item.employee_id.id].append(
                gate.Piece(item._label(), item.given_on, uniform=item.kind == "uniform")
            )
        return result

    def _gate_unfit(self, ids):
        """``{employee id: day}`` of those whose last visit said "unfit"."""
        last = {}
        for visit in self.env["security.aptitude"].search_fetch(
            [("employee_id", "in", ids)],
            ["employee_id", "date", "conclusion"],
            order="date, id",
        ):
            last[visit.employee_id.id] = visit
        return {
            guard_id: visit.date
            for guard_id, visit in last.items()
            if visit.conclusion == "unfit"
        }

    def _gate_shifts_left(self, lists):
        """``{list: shifts after the last day}``; the rota is another module's."""
        return {}


OF_THE_PERSON = (
    "birth_date",
    "needs_permit",
    "permit_end",
    "permit_checked_on",
    "declared_on",
    "qualifications",
    "visits",
)


def _periods(versions):
    return [
        (version.contract_date_start, version.contract_date_end or None)
        for version in versions
        if version.contract_date_start
    ]


def _contract(versions, day):
    """What the version of that day says, or the first one of a future contract."""
    begun = [version for version in versions if version.date_version <= day]
    version = (begun or versions)[-1 if begun else 0]
    parameters, code = version._security_parameters(), "visit_within_months"
    return {
        "nationality": version.country_id.code or "",
        "identity_number": version.identification_id or version.passport_id or "",
        "hired_on": contracts.employed_since(_periods(versions), day),
        "contract_start": version.contract_date_start or None,
        "contract_end": version.contract_date_end or None,
        "signed_on": version.security_contract_signed_on or None,
        "night_worker": version.security_night_worker,
        "visit_months": int(parameters.value(code, day))
        if parameters.has(code, day)
        else None,
    }
