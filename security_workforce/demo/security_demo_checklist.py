from datetime import timedelta

from odoo import fields, models

# newcomer: (days to the first day, facts known by now)
NEWCOMERS = {
    "Yanis Morel": (4, ["identity", "declared", "ethics", "contract", "kit"]),
    "Chloé Garnier": (9, ["identity", "visit"]),
    "Omar Belhadj": (-1, ["visit"]),
}
# Who leaves, and in how many days.
LEAVER = ("Thomas Girard", 12)
# guard: [(kind, item, size, quantity, serial number)]
KITS = {
    "Yanis Morel": [("uniform", "Polo", "M", 3, False)],
    "Thomas Girard": [
        ("uniform", "Parka", "L", 1, False),
        ("uniform", "Polo", "L", 3, False),
        ("equipment", "Radio portative", False, 1, "TLK-0417"),
        ("key", "Pass du siège", False, 1, "P-12"),
    ],
    "Mehdi Lambert": [
        ("uniform", "Parka", "M", 1, False),
        ("equipment", "Dispositif PTI", False, 1, "PTI-2203"),
    ],
}


class SecurityDemo(models.AbstractModel):
    """Three newcomers at different steps, and a guard who leaves."""

    _inherit = "security.demo"

    def _create_guards_as_officer(self, company):
        result = super()._create_guards_as_officer(company)
        today = fields.Date.context_today(self)
        guards = {guard.name: guard for guard in self._demo_guards()}
        guards |= {
            name: self._create_newcomer(company, name, today + timedelta(days=days))
            for name, (days, _facts) in NEWCOMERS.items()
        }
        Checklist = self.env["security.checklist"]
        for name, (_days, facts) in NEWCOMERS.items():
            Checklist._open(guards[name], "joining")
            for fact in facts:
                getattr(self, f"_record_{fact}")(guards[name], today)
        for name in set(KITS) - set(NEWCOMERS):
            self._record_kit(guards[name], today - timedelta(days=200))
        name, days = LEAVER
        Checklist._open(guards[name], "leaving", today + timedelta(days=days))
        return result

    def _create_newcomer(self, company, name, first_day):
        employee = self.env["hr.employee"].create(
            {"name": name, "company_id": company.id, "job_title": "Agent de sécurité"}
        )
        employee.sudo().contract_date_start = first_day
        return employee

    def _record_identity(self, guard, _today):
        guard.write(
            {
                "birthday": "2001-05-14",
                "country_id": self.env.ref("base.fr").id,
                "identification_id": f"X4RT{guard.id:05d}",
            }
        )

    def _record_declared(self, guard, today):
        guard.security_declared_on = today - timedelta(days=2)

    def _record_ethics(self, guard, today):
        guard.security_deontology_on = today - timedelta(days=1)

    def _record_contract(self, guard, today):
        guard.security_contract_signed_on = today - timedelta(days=1)

    def _record_visit(self, guard, today):
        self.env["security.aptitude"].create(
            {
                "employee_id": guard.id,
                "kind": "initial",
                "date": today - timedelta(days=6),
            }
        )

    def _record_kit(self, guard, today):
        self.env["security.kit.item"].create(
            [
                {
                    "employee_id": guard.id,
                    "kind": kind,
                    "name": name,
                    "size": size,
                    "quantity": quantity,
                    "serial": serial,
                    "given_on": today,
                }
                for kind, name, size, quantity, serial in KITS[guard.name]
            ]
        )
