"""The staff register, read back from the real workbook."""

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, WorkforceCase

HEAD = 3
COMPLETE = {
    "birthday": "1990-02-01",
    "sex": "female",
    "job_title": "Agent de sécurité",
    "security_level": "Niveau III, échelon 2",
    "security_coefficient": 140,
    "security_weekly_hours": 35,
}


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestStaffRegister(WorkforceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hr = cls.new_user("register_hr", "hr.group_hr_user")
        cls.permanent = cls.env.ref("hr.contract_type_permanent")
        cls.temporary = cls.env.ref("hr.contract_type_temporary")
        france = cls.env.ref("base.fr").id
        cls.anna.write(
            {**COMPLETE, "country_id": france, "contract_type_id": cls.permanent.id}
        )
        cls.hire(cls.anna, "2024-03-15")

    @classmethod
    def hire(cls, employee, start, end=False):
        employee.version_id.write(
            {"contract_date_start": start, "contract_date_end": end}
        )

    def register(self, user=None, day="2026-11-23"):
        """(rows of the register, rows of what is missing, last line, workbook)"""
        env = self.env(user=user or self.hr)
        wizard = env["security.staff.register"].create({"date": day})
        report = self.env.ref("security_workforce.security_staff_register_report")
        report = report.with_user(env.user).sudo(False)
        content, kind = report._render(report.report_name, wizard.ids)
        self.assertEqual(kind, "xlsx")
        book = load_workbook(BytesIO(content))
        rows = [list(row) for row in book.worksheets[0].values]
        last = next(row[0] for row in rows if "SHA-256" in str(row[0]))
        lines = [row for row in rows[HEAD + 1 :] if isinstance(row[0], int)]
        lacking = [list(row) for row in book.worksheets[1].values][1:]
        return lines, lacking, last, book

    def test_a_complete_line(self):
        self.boris.unlink()
        ((row),), lacking, last, book = self.register()
        self.assertEqual(
            [v.date() if hasattr(v, "date") else v for v in row],
            [
                *(1, "Test", "Anna", "France", date(1990, 2, 1), "Female"),
                "Agent de sécurité",
                "Niveau III, échelon 2, coefficient 140",
                *(date(2024, 3, 15), None, "Permanent", None, None, None),
            ],
        )
        self.assertIn("Nothing", lacking[0][0])
        self.assertIn("1 lines", last)
        self.assertIn("Test Guarding", book.worksheets[0]["A1"].value)

    def test_order_of_hiring_without_holes(self):
        self.hire(self.boris, "2023-01-02")
        zoe, yan = self.env["hr.employee"].create(
            [{"name": n, "company_id": self.company.id} for n in ("Zoe A", "Yan B")]
        )
        self.hire(zoe, "2025-01-01")
        self.hire(yan, "2019-01-01", "2020-06-30")
        yan.active = False
        lines, *_rest = self.register()
        self.assertEqual([row[0] for row in lines], [1, 2, 3])
        self.assertEqual([row[2] for row in lines], ["Boris", "Anna", "Zoe"])
        lines, *_rest = self.register(day="2025-06-30")
        self.assertEqual([row[2] for row in lines], ["Yan", "Boris", "Anna", "Zoe"])
        self.assertEqual(lines[0][9].date(), date(2020, 6, 30))
        lines, *_rest = self.register(day="2024-12-31")
        self.assertEqual([row[2] for row in lines], ["Yan", "Boris", "Anna"])

    def test_those_who_left_and_came_back(self):
        self.hire(self.boris, "2023-01-02", "2023-12-31")
        self.boris.contract_type_id = self.temporary
        self.boris.create_version(
            {
                "date_version": "2025-02-01",
                "contract_date_start": "2025-02-01",
                "contract_date_end": False,
                "contract_type_id": self.permanent.id,
            }
        )
        lines, *_rest = self.register()
        stays = [row for row in lines if row[2] == "Boris"]
        self.assertEqual(
            [(row[0], row[10]) for row in stays], [(1, "Temporary"), (3, "Permanent")]
        )
        self.assertEqual(stays[0][9].date(), date(2023, 12, 31))
        self.assertIsNone(stays[1][9])

    def test_an_end_to_come_is_no_exit(self):
        self.hire(self.boris, "2026-01-01", "2026-12-31")
        (row,) = (row for row in self.register()[0] if row[2] == "Boris")
        self.assertIsNone(row[9])

    def test_what_is_missing_is_marked_and_listed(self):
        self.boris.write({"country_id": self.env.ref("base.dz").id})
        self.boris.active = False
        lines, lacking, _last, book = self.register()
        self.assertEqual(lines[1][1:3], ["Test", "Boris"])
        ((number, _surname, first, words),) = lacking
        self.assertEqual((number, first), (2, "Boris"))
        for title in (
            *("Birth date", "Sex", "Job", "Qualification", "Entry", "Exit"),
            *("Kind of contract", "Kind of work permit", "Work permit number"),
        ):
            self.assertIn(title, words)
        self.assertNotIn("Nationality", words)
        sheet = book.worksheets[0]
        self.assertEqual(sheet.cell(HEAD + 3, 5).fill.fgColor.rgb[-6:], "F8D7DA")
        self.assertNotEqual(sheet.cell(HEAD + 2, 5).fill.fgColor.rgb[-6:], "F8D7DA")

    def test_the_digest_tells_a_change(self):
        first = self.register()[2]
        self.assertEqual(self.register()[2], first)
        self.anna.security_coefficient = 150
        self.assertNotEqual(self.register()[2], first)

    def test_the_retention_is_a_dated_figure(self):
        self.hire(self.boris, "2015-01-01", "2016-01-01")
        self.assertEqual(len(self.register()[0]), 1)
        self.env.ref(
            "security_workforce.parameter_rup_retention_years"
        ).value_number = 50
        self.assertEqual(len(self.register()[0]), 2)

    def test_the_words_of_french_payrolls(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        staff = self.env["hr.employee"].with_user(self.hr).with_context(lang="fr_FR")
        lines = staff._staff_register(self.company, date(2026, 11, 23))
        self.assertEqual(lines[0]["kind"], "CDI")

    def test_part_time(self):
        self.assertIsNone(self.register()[0][0][11])
        self.anna.security_weekly_hours = 24
        self.assertEqual(self.register()[0][0][11], "Part-time")

    def test_hr_alone(self):
        for name, groups in (
            ("officer", ["group_security_credential_officer"]),
            ("chief", ["group_security_manager"]),
            ("auditor", ["group_security_compliance_officer"]),
            ("planner", ["group_security_planner"]),
        ):
            user = self.new_user(f"register_{name}", *groups)
            with self.subTest(name):
                with self.assertRaises(AccessError):
                    self.register(user)
                with self.assertRaises(AccessError):
                    self.env["hr.employee"].with_user(user)._staff_register(
                        self.company, date(2026, 11, 23)
                    )

    def test_another_firm(self):
        other = self.env["res.company"].create({"name": "Second Guarding"})
        wizard = self.env["security.staff.register"].create({"company_id": other.id})
        report = self.env.ref("security_workforce.security_staff_register_report")
        report = report.with_user(self.hr).sudo(False)
        with self.assertRaisesRegex(AccessError, "companies that you work in"):
            report._render(report.report_name, wizard.ids)

    def test_queries_do_not_grow_with_the_staff(self):
        Employee = self.env["hr.employee"].with_user(self.hr)

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            Employee._staff_register(self.company, date(2026, 11, 23))
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        self.env["hr.employee"].create(
            [
                {**COMPLETE, "name": f"Guard {n}", "company_id": self.company.id}
                for n in range(30)
            ]
        )
        self.assertEqual(queries(), few)
