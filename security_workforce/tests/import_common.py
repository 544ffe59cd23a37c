"""Workbooks made in memory, as a firm would send them."""

import base64
from io import BytesIO

from openpyxl import Workbook

from .common import WorkforceCase

GUARD_HEAD = (
    "Registration number *",
    "Surname",
    "First names",
    "Birth date",
    "Email",
    "Mobile phone",
    "Entry",
)
CARD_HEAD = ("Registration number", "Activity", "Number", "Valid until")
SKILL_HEAD = ("Registration number", "Qualification", "Obtained on")


def guard_row(number, **values):
    """A line of the guards' sheet; a field set to None leaves its cell empty."""
    row = {
        "reference": f"M{number:04}",
        "surname": f"Surname{number}",
        "first_names": "Anna",
        "birthday": "01/02/1990",
        "email": f"guard{number}@import.example",
        "phone": "06 39 98 00 01",
        "entry": "15/03/2024",
        **values,
    }
    return list(row.values())


def card_row(number, activity="SH", nub=None, **values):
    row = {
        "reference": f"M{number:04}",
        "activity": activity,
        "number": f"CAR-075-2029-02-01-2024{nub or 2_000_000 + number:07}",
        "expiry": None,
        **values,
    }
    return list(row.values())


def skill_row(number, skill="SST", day="01/06/2026"):
    return [f"M{number:04}", skill, day]


def workbook(guards=(), cards=(), skills=(), heads=None):
    """The bytes of a workbook."""
    heads = heads or {}
    book = Workbook()
    book.remove(book.active)
    for title, head, rows in (
        ("Guards", GUARD_HEAD, guards),
        ("Cards", CARD_HEAD, cards),
        ("Qualifications", SKILL_HEAD, skills),
    ):
        sheet = book.create_sheet(title)
        for row in (heads.get(title, head), *rows):
            sheet.append(row)
    return saved(book)


def saved(book):
    content = BytesIO()
    book.save(content)
    return content.getvalue()


class ImportCase(WorkforceCase):
    """An officer of both trades who imports."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.importer = cls.new_user(
            "importer", "group_security_credential_officer", "hr.group_hr_user"
        )

    def given(self, content, user=None):
        """An import with its file, not checked yet."""
        env = self.env(user=user or self.importer)
        return env["security.guard.import"].create(
            {"file": base64.b64encode(content), "filename": "guards.xlsx"}
        )

    def checked(self, *args, **kwargs):
        wizard = self.given(workbook(*args, **kwargs))
        wizard.action_check()
        return wizard

    def imported(self, wizard):
        wizard.action_import()
        while wizard.action_step():
            pass
        self.assertEqual(wizard.state, "done")
        return wizard

    def staff(self):
        return self.env["hr.employee"].search(
            [
                ("company_id", "=", self.company.id),
                ("security_registration_number", "!=", False),
            ],
            order="security_registration_number",
        )

    def said(self, wizard, level="error"):
        return [
            (line.sheet, line.row, line.column, line.reason)
            for line in wizard.line_ids
            if line.level == level
        ]
