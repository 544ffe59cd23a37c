import random
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Command

from .security_demo import SEED
from .workforce_files import (
    BODY,
    DOGS,
    ENDS,
    NATIONALITIES,
    QUALIFICATIONS,
    UNVERIFIED,
    VACCINE_DUE,
    VISIT_DUE,
)


class SecurityDemo(models.AbstractModel):
    """The files of the guards: qualifications, visits and dogs."""

    _inherit = "security.demo"

    def _create_guards_as_officer(self, company):
        result = super()._create_guards_as_officer(company)
        # Dice of its own: the cards stay those they were.
        dice = random.Random(SEED)
        today = fields.Date.context_today(self)
        self._create_qualifications(today, dice)
        self._complete_records(today)
        self._create_visits(today, dice)
        self._create_dogs(today, dice)
        return result

    def _create_qualifications(self, today, dice):
        skills = self.env["hr.skill"].search([("is_regulated", "=", True)])
        by_code = {skill.security_code: skill for skill in skills}
        vals_list, to_verify = [], []
        for job, codes in QUALIFICATIONS.items():
            for guard in self._demo_guards(job):
                for code in codes:
                    vals_list.append(
                        self._qualification_vals(guard, by_code[code], today, dice)
                    )
                    to_verify.append((guard.name, code) not in UNVERIFIED)
        lines = self.env["hr.employee.skill"].create(vals_list)
        seen = [line.id for line, seen in zip(lines, to_verify, strict=True) if seen]
        lines.browse(seen).action_verify()

    def _qualification_vals(self, guard, skill, today, dice):
        code = skill.security_code
        months = skill.validity_months or 60
        days = ENDS.get((guard.name, code), dice.randint(100, 26 * months))
        end = today + timedelta(days=days)
        skill_type = skill.skill_type_id
        return {
            "employee_id": guard.id,
            "skill_type_id": skill_type.id,
            "skill_id": skill.id,
            "skill_level_id": skill_type.skill_level_ids[:1].id,
            "valid_from": end - relativedelta(months=months) + timedelta(days=1),
            "valid_to": end if skill.validity_months else False,
            "certificate_number": f"{code}-{dice.randint(10_000, 99_999)}",
            "issuing_body": BODY,
            "verification_method": dice.choice(["original", "original", "body"]),
        }

    def _complete_records(self, today):
        for guard in self._demo_guards():
            code, days = NATIONALITIES.get(guard.name, ("FR", None))
            declared = guard.date_version - timedelta(days=3)
            vals = {
                "country_id": self.env["res.country"].search([("code", "=", code)]).id,
                "security_declared_on": declared,
            }
            if days:
                vals["permit_no"] = f"99{guard.id:08d}"
                vals["work_permit_expiration_date"] = today + timedelta(days=days)
                vals["security_permit_checked_on"] = declared - timedelta(days=4)
            guard.write(vals)

    def _create_visits(self, today, dice):
        vals_list = []
        for guard in self._demo_guards():
            day = today - timedelta(days=dice.randint(30, 900))
            vals = {"employee_id": guard.id, "kind": "night", "date": day}
            if guard.name in VISIT_DUE:
                vals["next_date"] = today + timedelta(days=dice.randint(10, 28))
            if code := VISIT_DUE.get(guard.name):
                restriction = self.env["security.aptitude.restriction"].search(
                    [("code", "=", code)]
                )
                vals["conclusion"] = "restricted"
                vals["restriction_ids"] = [Command.set(restriction.ids)]
            vals_list.append(vals)
        self.env["security.aptitude"].create(vals_list)

    def _create_dogs(self, today, dice):
        vals_list = []
        for guard in self._demo_guards("dog"):
            name, breed = DOGS[guard.name]
            card = self.env["security.card"].search(
                [("employee_id", "=", guard.id), ("activity_id.code", "=", "CYNO")],
                limit=1,
            )
            days = 18 if guard.name == VACCINE_DUE else dice.randint(120, 330)
            vals_list.append(
                {
                    "name": name,
                    "breed": breed,
                    "employee_id": guard.id,
                    "identification": f"2502696{dice.randint(0, 99_999_999):08d}",
                    "card_id": card.id,
                    "rabies_until": today + timedelta(days=days),
                    "insurance_until": today + timedelta(days=dice.randint(120, 330)),
                }
            )
        self.env["security.dog"].create(vals_list)
