from collections import defaultdict
from datetime import date, datetime

from odoo import fields, models
from odoo.tools import SQL

from ..engine import contracts, facts

# What is read, before it is read past the cache.
READ = (
    "hr.employee",
    "hr.employee.skill",
    "hr.leave",
    "hr.skill",
    "hr.skill.level",
    "hr.skill.type",
    "hr.version",
    "res.company",
    "resource.calendar",
    "security.aptitude",
    "security.card.check",
    "security.dog",
)


class HrEmployee(models.Model):
    """A guard's file as the rules read it, many guards at a time, in one query.

    Each kind of fact is a part of that query, ``_fact_<name>``, that gives rows of
    (employee id, array); a reader makes of the array what the rules know. A model that
    knows more of a guard adds its part here (``_facts_models``, ``_facts_parts``,
    ``_facts_readers``, ``_facts_known``).
    """

    _inherit = "hr.employee"

    def _security_person_facts(self, date_from=None, date_to=None):
        """The facts of these guards' files, for the rules.

        :param date_from: start of the time looked at, naive UTC; also chooses the
            contract
        :param date_to: its end, naive UTC; without both, no absence is read
        :return: ``{employee id: {name of a field of engine.facts.Person: value}}``

        sudo: whoever plans needs the verdict, whatever part of the file he may read.
        """
        rows = self.sudo()._facts_rows(date_from, date_to)
        day = (date_from or fields.Datetime.now()).date()
        return {key: self._facts_known(parts, day) for key, parts in rows.items()}

    def _facts_known(self, parts, day):
        """The fields of a ``Person`` that the rows of one guard tell.

        :param parts: ``{name: [what the rules know of a row]}``
        :param day: a day of the contract
        """
        terms = contracts.in_force(parts["terms"], day)
        periods = contracts.periods(parts["terms"])
        return {
            **parts["file"][0],
            **{name: tuple(sorted(parts[name], key=ORDER[name])) for name in ORDER},
            "last_check": next(iter(parts["checks"]), None),
            "hired_on": contracts.employed_since(periods, day),
            "needs_permit": bool(terms and terms.permit_required),
        }

    def _facts_rows(self, date_from=None, date_to=None):
        """``{employee id: {name of a part: [what the rules know of a row]}}``."""
        found = {key: defaultdict(list) for key in self.ids}
        if not found:
            return found
        for model in self._facts_models():
            self.env[model].flush_model()
        parts = self._facts_parts(
            SQL("IN %s", tuple(self.ids)),
            (date_from, date_to) if date_from and date_to else None,
        )
        readers = self._facts_readers()
        for name, key, row in self.env.execute_query(
            SQL(" UNION ALL ").join(
                SQL("SELECT %s, part.* FROM (%s) AS part", name, part)
                for name, part in parts.items()
            )
        ):
            found[key][name].append(readers[name](*row))
        return found

    def _facts_models(self):
        """The models whose tables the parts read."""
        return READ

    def _facts_readers(self):
        """``{name: what makes a fact of the array of a row}``."""
        return READERS

    def _facts_parts(self, ours, period):
        """``{name: SQL}``; each gives (employee id, jsonb array).

        :param ours: ``IN (…)``, the ids of the guards
        :param period: (start, stop) of the time looked at, naive UTC, or None
        """
        parts = {
            "file": self._fact_file(ours),
            "terms": self._fact_terms(ours),
            "dogs": self._fact_dogs(ours),
            "visits": self._fact_visits(ours),
            "qualifications": self._fact_qualifications(ours),
            "checks": self._fact_checks(ours),
        }
        if period:
            parts["absences"] = self._fact_absences(ours, *period)
        return parts

    def _fact_file(self, ours):
        return SQL(
            """
            SELECT id, jsonb_build_array(
                       name, birthday,
                       GREATEST(
                           COALESCE(work_permit_expiration_date, visa_expire),
                           security_permit_receipt_until
                       ),
                       COALESCE(permit_no, '') <> '',
                       security_permit_checked_on, security_declared_on
                   )
              FROM hr_employee WHERE id %s
            """,
            ours,
        )

    def _fact_terms(self, ours):
        return SQL(
            """
            SELECT v.employee_id, jsonb_build_array(
                       v.date_version, v.contract_date_start, v.contract_date_end,
                       v.security_permit_required,
                       COALESCE(v.security_regime_id, firm.security_regime_id),
                       v.security_annex, v.company_id,
                       v.security_weekly_hours, c.hours_per_week,
                       v.security_night_worker, v.security_cycle,
                       v.security_coefficient
                   )
              FROM hr_version v
              LEFT JOIN resource_calendar c ON c.id = v.resource_calendar_id
              LEFT JOIN res_company firm ON firm.id = v.company_id
             WHERE v.active AND v.employee_id %s
            """,
            ours,
        )

    def _fact_dogs(self, ours):
        return SQL(
            """
            SELECT employee_id, jsonb_build_array(
                       identification, on_card, documents_end
                   )
              FROM security_dog WHERE active AND employee_id %s
            """,
            ours,
        )

    def _fact_visits(self, ours):
        return SQL(
            """
            SELECT employee_id, jsonb_build_array(date, next_date)
              FROM security_aptitude WHERE employee_id %s
            """,
            ours,
        )

    def _fact_qualifications(self, ours):
        """Regulated qualifications, also as those they are good for.

        Others prove nothing to the law: everybody writes his own.
        """
        return SQL(
            """
            SELECT line.employee_id, jsonb_build_array(
                       good_for.id,
                       COALESCE(held.name->>%(lang)s, held.name->>'en_US'),
                       level.level_progress, line.valid_from, line.valid_to,
                       COALESCE(good_for.security_code, '')
                   )
              FROM hr_employee_skill line
              JOIN hr_skill_type type ON type.id = line.skill_type_id
              JOIN hr_skill held ON held.id = line.skill_id
              JOIN hr_skill_level level ON level.id = line.skill_level_id
              JOIN hr_skill good_for
                ON good_for.id = held.id
                OR good_for.id IN (
                       SELECT covered_id FROM security_skill_cover_rel
                        WHERE skill_id = held.id
                   )
             WHERE type.is_regulated AND line.employee_id %(ours)s
            """,
            lang=self.env.lang or "en_US",
            ours=ours,
        )

    def _fact_checks(self, ours):
        return SQL(
            """
            SELECT employee_id, jsonb_build_array(max(date)::date)
              FROM security_card_check WHERE employee_id %s GROUP BY employee_id
            """,
            ours,
        )

    def _fact_absences(self, ours, start, stop):
        """Validated time off, without its kind: that may tell of somebody's health."""
        return SQL(
            """
            SELECT employee_id, jsonb_build_array(date_from, date_to)
              FROM hr_leave
             WHERE state = 'validate' AND employee_id %s
               AND date_from < %s AND date_to > %s
            """,
            ours,
            stop,
            start,
        )


def _day(text):
    return text and date.fromisoformat(text)


def _read_file(name, birthday, permit_end, has_permit, checked_on, declared_on):
    return {
        "name": name or "",
        "birth_date": _day(birthday),
        "permit_end": _day(permit_end),
        "permit_recorded": has_permit or permit_end is not None,
        "permit_checked_on": _day(checked_on),
        "declared_on": _day(declared_on),
    }


def _read_terms(since, start, stop, *others):
    return contracts.Terms(_day(since), _day(start), _day(stop), *others)


def _read_qualification(skill, name, rank, start, end, code):
    return facts.Qualification(skill, name, rank, _day(start), _day(end), code)


def _read_absence(start, stop):
    return facts.Absence(datetime.fromisoformat(start), datetime.fromisoformat(stop))


READERS = {
    "file": _read_file,
    "terms": _read_terms,
    "dogs": lambda number, on_card, end: facts.Dog(number, on_card, _day(end)),
    "visits": lambda day, following: facts.Visit(_day(day), _day(following)),
    "qualifications": _read_qualification,
    "checks": _day,
    "absences": _read_absence,
}
# The order of the rows of a query is nobody's: that of the facts is always the same.
ORDER = {
    "dogs": lambda dog: dog.number,
    "visits": lambda visit: (visit.day, visit.next_day or date.max),
    "qualifications": lambda held: (held.start or date.min, held.name, held.code),
    "absences": lambda absence: (absence.start, absence.stop),
}
