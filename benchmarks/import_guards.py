"""Import 100, then 1,000 guards with two cards and three qualifications each.

Run in an Odoo shell on the demo database; everything is rolled back. Prints the seconds
of the check, of the import and of a second run that changes nothing, and the ratio of
the two sizes in time of the processor, which a busy machine does not blur.
"""

# The shell provides env.
# ruff: noqa: F821
import base64
import io
import logging
import time

from openpyxl import Workbook

from odoo import Command

logging.disable(logging.INFO)
SIZES = (100, 1_000)
HEADS = {
    "Guards": (
        *("Registration number", "Surname", "First names", "Birth date", "Nationality"),
        *("Email", "Mobile phone", "Job", "Kind of contract", "Entry", "Hours a week"),
        *("Annex", "Coefficient", "Medical visit on", "Hiring declared on (DPAE)"),
    ),
    "Cards": ("Registration number", "Activity", "Number", "Valid from", "Valid until"),
    "Qualifications": (
        *("Registration number", "Qualification", "Obtained on", "Certificate number"),
    ),
}
ACTIVITIES = ("SH", "SGE")
SKILLS = ("TFP-APS", "SST", "SSIAP1")


def workbook(number, first):
    rows = {title: [] for title in HEADS}
    for n in range(first, first + number):
        key = f"B{n:06}"
        rows["Guards"].append(
            (
                *(key, f"Surname{n}", "Benchmark", "01/02/1990", "France"),
                *(f"{key}@benchmark.example", "0639980001", "Agent", "CDI"),
                *("15/03/2024", "35:00", "IV", 140, "02/04/2024", "12/03/2024"),
            )
        )
        for activity in ACTIVITIES:
            rows["Cards"].append(
                (
                    *(key, activity, f"CAR-093-2029-02-01-2024{8_000_000 + n}"),
                    *("02/02/2024", "01/02/2029"),
                )
            )
        for skill in SKILLS:
            rows["Qualifications"].append((key, skill, "01/06/2026", f"{skill}-{n}"))
    book = Workbook()
    book.remove(book.active)
    for title, head in HEADS.items():
        sheet = book.create_sheet(title)
        for row in (head, *rows[title]):
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return base64.b64encode(content.getvalue())


def run(officer, file):
    """(seconds to check, seconds to write, seconds of processor) of one file."""
    wizard = officer["security.guard.import"].create(
        {"file": file, "filename": "b.xlsx"}
    )
    begin, processor = time.perf_counter(), time.process_time()
    wizard.action_check()
    checked = time.perf_counter() - begin
    if wizard.error_count:
        raise SystemExit(wizard.line_ids[0].reason)
    begin = time.perf_counter()
    if wizard.guard_count:
        wizard.action_import()
        while wizard.action_step():
            env.flush_all()
            # Each batch is a request of its own, with nothing in memory.
            env.invalidate_all()
    env.flush_all()
    written = time.perf_counter() - begin
    return checked, written, time.process_time() - processor


def main():
    company = env["security.demo"]._demo_company() or env.company
    user = env["security.demo"]._demo_user("hr") or env.user
    user.group_ids |= env.ref("hr.group_hr_user")
    user.company_ids = [Command.link(company.id)]
    officer = env(user=user, context={"allowed_company_ids": company.ids})
    spent, first = {}, 0
    for number in SIZES:
        file = workbook(number, first)
        checked, written, processor = run(officer, file)
        spent[number] = processor
        print(
            f"{number} guards: checked in {checked:.1f} s, written in {written:.1f} s; "
            f"{processor:.1f} s of Odoo's processor"
        )
        print(f"  again, nothing to change: {run(officer, file)[0]:.1f} s")
        first += number
    small, large = SIZES
    ratio = spent[large] / spent[small]
    print(f"  {large // small} times the guards: {ratio:.1f} times as long")
    env.cr.rollback()


main()
