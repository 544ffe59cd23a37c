from collections import defaultdict

from odoo import api, models

from ..engine import staff_register
from ..engine.parameters import Parameter

# What French payrolls call the kinds of contract of the core.
CONTRACT_WORDS = {
    "CDI": "hr.contract_type_permanent",
    "CDD": "hr.contract_type_temporary",
    "Intérim": "hr.contract_type_interim",
    "Saisonnier": "hr.contract_type_seasonal",
}
RETENTION = "rup_retention_years"
FULL_TIME = "full_time_week_h"


class HrEmployee(models.Model):
    """The staff register of a firm (Labour code L1221-13)."""

    _inherit = "hr.employee"

    @api.model
    def _staff_register(self, company, day):
        """The lines of the register of a firm as it stands on a day.

        :return: list of dicts, in order of hiring; ``number`` counts them without a
            hole, ``missing`` names the legal contents that are empty

        sudo: the core keeps the dates of contracts for its managers, and the law has HR
        keep this register.
        """
        self.check_access("read")
        staff = (
            self.sudo()
            .with_context(active_test=False)
            .search([("company_id", "=", company.id)], order="id")
        )
        years = self.env["security.parameter"]._for(company=company)
        years = years.get(RETENTION, day, default=Parameter(RETENTION, None)).value
        contracts = staff._register_contracts(day)
        lines = []
        for employee in staff:
            for period in staff_register.periods(contracts[employee.id]):
                end = period.end or self._departure(employee, period)
                if staff_register.is_kept(period.entry, end, day, years):
                    lines.append(employee._register_line(period, end, day))
        # Somebody without an entry is written last: he has no place yet.
        lines.sort(key=lambda line: (not line["entry"], line["entry"] or day))
        for number, line in enumerate(lines, start=1):
            line["number"] = number
            line["missing"] = staff_register.missing(line)
        return lines

    def _departure(self, employee, period):
        """The departure that was recorded, when the contract has no end."""
        leaves = employee.departure_date
        return leaves if leaves and leaves >= (period.entry or leaves) else None

    def _register_contracts(self, day):
        """``{employee id: [engine.staff_register.Contract]}``."""
        result = defaultdict(list)
        words = self._contract_words()
        versions = self.env["hr.version"].search(
            [("employee_id", "in", self.ids), ("active", "=", True)],
            order="date_version, id",
        )
        for version in versions:
            # What starts later is not known to the register of that day.
            if version.date_version <= day or version.employee_id.id not in result:
                result[version.employee_id.id].append(
                    staff_register.Contract(
                        start=version.contract_date_start or None,
                        end=version.contract_date_end or None,
                        kind=words.get(version.contract_type_id.id)
                        or version.contract_type_id.name
                        or "",
                        payload=version,
                    )
                )
        return result

    @api.model
    def _contract_words(self):
        """``{id of a kind of contract: its French name of every day}``, in French."""
        if not (self.env.lang or "").startswith("fr"):
            return {}
        kinds = {
            word: self.env.ref(xmlid, raise_if_not_found=False)
            for word, xmlid in CONTRACT_WORDS.items()
        }
        return {kind.id: word for word, kind in kinds.items() if kind}

    def _register_line(self, period, end, day):
        self.ensure_one()
        version = period.payload
        needs_permit = version.security_permit_required
        return {
            "surname": self.security_surname,
            "first_names": self.security_first_names,
            "country": version.country_id.name,
            "birthday": self.birthday,
            "sex": self._register_label("sex", version.sex),
            "job": version.job_title or version.job_id.name,
            "qualification": self._register_qualification(version),
            "entry": period.entry,
            "exit": end if end and end <= day else None,
            "kind": ", ".join(period.kinds),
            "part_time": self._register_part_time(version, day),
            "needs_permit": needs_permit,
            "permit_kind": self.security_permit_kind if needs_permit else "",
            "permit_number": self.permit_no if needs_permit else "",
            "has_left": not self.active and (not end or end <= day),
        }

    def _register_label(self, name, value):
        field = self.env["hr.version"]._fields[name]
        return dict(field._description_selection(self.env)).get(value, "")

    def _register_qualification(self, version):
        """Level and coefficient of the collective agreement."""
        parts = []
        if version.security_level:
            parts.append(version.security_level)
        if version.security_coefficient:
            parts.append(self.env._("coefficient %s", version.security_coefficient))
        return ", ".join(parts)

    def _register_part_time(self, version, day):
        """Whether the register must say that he works part-time (CT D1221-23)."""
        hours = version._security_hours()
        parameters = version._security_parameters()
        full = parameters.get(FULL_TIME, day, default=Parameter(FULL_TIME, 0)).value
        return bool(hours and hours < full)
