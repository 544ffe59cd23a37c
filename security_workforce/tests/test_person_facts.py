from datetime import date, datetime

from odoo.tests import freeze_time, tagged

from ..engine import facts
from .common import NOW
from .test_qualification import QualificationCase

WEEK = (datetime(2026, 11, 23), datetime(2026, 11, 30))


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestPersonFacts(QualificationCase):
    """What the rules are told of a guard."""

    def facts(self, employees=None, period=WEEK):
        self.env.flush_all()
        self.env.invalidate_all()
        return (employees or self.anna)._security_person_facts(*period)

    def new_leave(self, employee, first_day, last_day, validated=True):
        kind = self.env["hr.leave.type"].create(
            {
                "name": "Sick",
                "requires_allocation": False,
                "leave_validation_type": "hr",
                "company_id": self.company.id,
            }
        )
        leave = self.env["hr.leave"].create(
            {
                "employee_id": employee.id,
                "holiday_status_id": kind.id,
                "request_date_from": first_day,
                "request_date_to": last_day,
            }
        )
        if validated:
            leave.action_approve()
        return leave

    def test_names_are_fields_of_a_person(self):
        told = self.facts()[self.anna.id]
        self.assertLessEqual(told.keys(), facts.Person.__dataclass_fields__.keys())
        self.assertEqual(told["name"], "Anna Test")
        for name in ("birth_date", "hired_on", "permit_end", "declared_on"):
            self.assertIsNone(told[name])
        for name in ("dogs", "visits", "qualifications", "absences"):
            self.assertEqual(told[name], ())

    def test_the_record_and_the_contract(self):
        self.anna.write(
            {
                "birthday": "1990-05-01",
                "country_id": self.env.ref("base.sn").id,
                "work_permit_expiration_date": "2026-12-01",
                "security_permit_receipt_until": "2027-03-01",
                "security_permit_checked_on": "2024-01-02",
                "security_declared_on": "2024-01-08",
                "contract_date_start": "2024-01-09",
            }
        )
        told = self.facts()[self.anna.id]
        self.assertEqual(
            {name: told[name] for name in told if told[name]},
            {
                "name": "Anna Test",
                "birth_date": date(1990, 5, 1),
                "hired_on": date(2024, 1, 9),
                "needs_permit": True,
                "permit_recorded": True,
                "permit_end": date(2027, 3, 1),
                "permit_checked_on": date(2024, 1, 2),
                "declared_on": date(2024, 1, 8),
            },
        )

    def test_a_higher_title_counts_for_the_lower_one(self):
        self.new_line(self.ssiap2)
        self.new_line(self.breton)
        ssiap1 = self.env.ref("security_workforce.skill_ssiap1")
        told = self.facts()[self.anna.id]["qualifications"]
        self.assertEqual(
            [(q.skill, q.code, q.rank, q.start, q.end) for q in told],
            [
                (skill, code, 100, date(2026, 3, 10), date(2029, 3, 9))
                for skill, code in (
                    (ssiap1.id, "SSIAP1"),
                    (self.ssiap2.id, "SSIAP2"),
                )
            ],
        )

    def test_dogs_and_visits(self):
        dog = self.env["security.dog"].create(
            {
                "name": "Rex",
                "employee_id": self.anna.id,
                "identification": "250269604123456",
                "rabies_until": "2027-05-01",
                "insurance_until": "2027-01-31",
            }
        )
        self.env["security.aptitude"].create(
            {"employee_id": self.anna.id, "date": "2026-01-15"}
        )
        told = self.facts()[self.anna.id]
        self.assertEqual(
            told["dogs"], (facts.Dog("250269604123456", False, date(2027, 1, 31)),)
        )
        self.assertEqual(
            told["visits"], (facts.Visit(date(2026, 1, 15), date(2031, 1, 15)),)
        )
        dog.active = False
        self.assertFalse(self.facts()[self.anna.id]["dogs"])

    def test_validated_time_off_of_the_period_without_its_kind(self):
        leave = self.new_leave(self.anna, "2026-11-24", "2026-11-25")
        self.new_leave(self.anna, "2026-12-07", "2026-12-08")
        self.new_leave(self.boris, "2026-11-24", "2026-11-25", validated=False)
        told = self.facts(self.anna | self.boris)
        self.assertEqual(
            told[self.anna.id]["absences"],
            (facts.Absence(leave.date_from, leave.date_to, "", "leave"),),
        )
        self.assertFalse(told[self.boris.id]["absences"])
        self.assertFalse(self.facts(period=())[self.anna.id]["absences"])

    def test_a_planner_gets_them_all(self):
        planner = self.new_user("planner", "group_security_planner")
        self.new_line()
        told = self.facts(self.anna.with_user(planner))
        self.assertEqual(len(told[self.anna.id]["qualifications"]), 1)

    def test_as_many_queries_for_sixty_guards_as_for_two(self):
        many = self.env["hr.employee"].create(
            [
                {
                    "name": f"Guard {number}",
                    "company_id": self.company.id,
                    "contract_date_start": "2024-01-01",
                }
                for number in range(60)
            ]
        )
        for employee in many:
            self.new_line(self.ssiap2, employee)
        self.new_line(self.ssiap2)
        counts = []
        for employees in (many[:2], many):
            self.facts(employees)  # groups, rules and other caches
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            told = employees._security_person_facts(*WEEK)
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(told), len(employees))
            self.assertEqual(len(told[employees[-1:].id]["qualifications"]), 2)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 12)
