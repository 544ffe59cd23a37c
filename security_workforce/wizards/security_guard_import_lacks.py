from odoo import models

from ..engine import card_number
from ..engine.guard_import import REMARK, fold

# Column of the file: field of the employee.
EMPLOYEE_FIELDS = {
    "reference": "security_registration_number",
    "surname": "security_surname",
    "first_names": "security_first_names",
    "birthday": "birthday",
    "birth_place": "place_of_birth",
    "sex": "sex",
    "country": "country_id",
    "email": "work_email",
    "phone": "mobile_phone",
    "street": "private_street",
    "zip": "private_zip",
    "city": "private_city",
    "weekly_hours": "security_weekly_hours",
    "annex": "security_annex",
    "coefficient": "security_coefficient",
    "level": "security_level",
    "night_worker": "security_night_worker",
    "regime": "security_regime_id",
    "permit_kind": "security_permit_kind",
    "permit_number": "permit_no",
    "permit_end": "work_permit_expiration_date",
    "permit_checked": "security_permit_checked_on",
    "declared": "security_declared_on",
}
# Read for new guards only: afterwards a contract changes by an act of its own.
CONTRACT_FIELDS = {
    "entry": "contract_date_start",
    "exit": "contract_date_end",
    "contract_kind": "contract_type_id",
}
CARD_FIELDS = ("kind", "date_issued", "date_expiry")
QUALIFICATION_FIELDS = ("valid_to", "certificate_number", "issuing_body")
FOLDED = {"work_email", "security_surname", "security_first_names"}


class SecurityGuardImport(models.TransientModel):
    """What a guard of the file lacks, compared with what is recorded."""

    _inherit = "security.guard.import"

    def _held(self, employees):
        """Cards, qualifications and visits already recorded, by what they are."""
        cards = self.env["security.card"].search([("employee_id", "in", employees.ids)])
        lines = self.env["hr.employee.skill"].search(
            [("employee_id", "in", employees.ids), ("is_regulated", "=", True)],
            order="valid_to desc, id",
        )
        visits = self.env["security.aptitude"].search(
            [("employee_id", "in", employees.ids)]
        )
        return {
            **{(c.employee_id.id, c.number, c.activity_id.id): c for c in cards},
            **{(q.employee_id.id, q.skill_id.id, q.valid_from): q for q in lines},
            **{(v.employee_id.id, v.kind, v.date): v for v in visits},
        }

    def _numbers(self, guards):
        """``{number: cards}`` of the whole database.

        sudo: a number names one person, also where the user may not look.
        """
        numbers = {card.values["number"] for guard in guards for card in guard.cards}
        cards = (
            self.env["security.card"]
            .sudo()
            .search_fetch(
                [("number", "in", list(numbers))],
                ["number", "employee_id", "company_id"],
            )
        )
        return cards.grouped("number")

    def _plan_file(self, plan):
        values = plan.guard.values
        for column, name in EMPLOYEE_FIELDS.items():
            if column in values and self._differs(plan.employee, name, values[column]):
                plan.vals[name] = values[column]
        job = values.get("job")
        if job and fold(job) != fold(plan.employee.job_id.name or ""):
            plan.job = job
        if not plan.employee:
            for column, name in CONTRACT_FIELDS.items():
                if column in values:
                    plan.vals[name] = values[column]
        elif any(self._contract_differs(plan, column) for column in CONTRACT_FIELDS):
            self._say(plan, "contract_left", "entry", level=REMARK)
        if plan.employee and {"security_surname", "security_first_names"} & {
            *plan.vals
        }:
            plan.vals["name"] = plan.guard.name

    def _contract_differs(self, plan, column):
        """Whether the file has another contract, for those who may know it."""
        name = CONTRACT_FIELDS[column]
        employee = plan.employee
        return (
            column in plan.guard.values
            and employee._has_field_access(employee._fields[name], "read")
            and self._differs(employee, name, plan.guard.values[column])
        )

    def _plan_cards(self, plan, held, numbers, codes):
        for line in plan.guard.cards:
            values = line.values
            number = values["number"]
            if self._say_whose(plan, line, numbers.get(number)):
                continue
            key = (plan.employee.id, number, values["activity"])
            vals = {name: values[name] for name in CARD_FIELDS if name in values}
            if card := held.get(key):
                self._plan_correction(plan, "cards", line, card, vals)
            else:
                self._say_odd(plan, line, codes)
                vals |= {"number": number, "activity_id": values["activity"]}
                plan.new["security.card"].append(vals)

    def _say_whose(self, plan, line, cards):
        """Refuse a number that is already somebody else's."""
        for card in cards or ():
            code, facts = "", {}
            if card.company_id != self.company_id:
                code = "number_elsewhere"
            elif card.employee_id != plan.employee:
                code, facts = "number_taken", {"guard": card.employee_id.name}
            if code:
                self._say(plan, code, "number", line, "cards", **facts)
                return True
        return False

    def _say_odd(self, plan, line, codes):
        values = line.values
        points = card_number.odd_points(
            values["number"],
            kind=values["kind"],
            date_expiry=values.get("date_expiry"),
            activity_code=codes[values["activity"]],
            known_codes=codes.values(),
        )
        for point in points:
            sentence = self.env["security.card"]._odd_sentence(point)
            self._say(
                plan, "odd", "number", line, "cards", level=REMARK, sentence=sentence
            )

    def _plan_qualifications(self, plan, held):
        for line in plan.guard.qualifications:
            values = line.values
            key = (plan.employee.id, values["skill"], values["valid_from"])
            vals = {
                name: values[name] for name in QUALIFICATION_FIELDS if name in values
            }
            if known := held.get(key):
                self._plan_correction(plan, "qualifications", line, known, vals)
            else:
                vals |= {"skill_id": values["skill"], "valid_from": key[2]}
                plan.new["hr.employee.skill"].append(vals)

    def _plan_visit(self, plan, held):
        values = plan.guard.values
        if day := values.get("visit"):
            kind = values.get("visit_kind") or "periodic"
            if (plan.employee.id, kind, day) not in held:
                plan.new["security.aptitude"].append({"kind": kind, "date": day})

    def _plan_correction(self, plan, sheet, line, record, vals):
        """What somebody verified is never changed by a file: it is only told."""
        changed = {
            name: value
            for name, value in vals.items()
            if self._differs(record, name, value)
        }
        if not changed:
            return
        is_card = sheet == "cards"
        verified = record.state != "draft" if is_card else record.verified_on
        if verified:
            column = "number" if is_card else "skill"
            self._say(
                plan,
                "verified",
                column,
                line,
                sheet,
                level=REMARK,
                title=record.display_name,
            )
        else:
            plan.corrections.append((record, changed))

    # === Tools ===

    def _jobs(self):
        """``{folded name: job}`` that the firm may use."""
        jobs = self.env["hr.job"].search_fetch(
            [("company_id", "in", [self.company_id.id, False])], ["name"]
        )
        return {fold(job.name): job for job in jobs}

    def _say_new_jobs(self, plans):
        """Announce once each job that will be made: it may be a slip."""
        jobs = {*self._jobs()}
        for plan in plans:
            if plan.job and fold(plan.job) not in jobs:
                jobs.add(fold(plan.job))
                self._say(plan, "job_new", "job", level=REMARK, job=plan.job)

    def _differs(self, record, name, value):
        if not record:
            return True
        current = record[name]
        if isinstance(current, models.BaseModel):
            return current.id != value
        if name == "mobile_phone":
            return "".join((current or "").split()) != "".join(value.split())
        if isinstance(current, float):
            return round(current, 4) != value
        if name in FOLDED:
            return fold(current or "") != fold(value)
        return (current or False) != (value or False)
