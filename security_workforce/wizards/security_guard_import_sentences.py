from odoo import models
from odoo.tools import format_date

from ..engine.guard_import import SHEETS

# One sentence for each problem of the engine: what is wrong, then what to do.
SENTENCES = {
    # === Cells ===
    "missing": lambda env, f: env._("Empty: fill it in."),
    "formula": lambda env, f: env._(
        "A formula: copy the column, and paste its values only."
    ),
    "cell_error": lambda env, f: env._(
        "The spreadsheet shows %(text)s here: type the value.", **f
    ),
    "not_text": lambda env, f: env._(
        "“%(text)s” is not a text: format the cell as text and type it again.", **f
    ),
    "too_long": lambda env, f: env._(
        "Longer than %(limit)s signs (“%(text)s…”): shorten it.", **f
    ),
    "not_date": lambda env, f: env._(
        "“%(text)s” is not a date: write it as 31/12/2026.", **f
    ),
    "not_in_list": lambda env, f: env._(
        "“%(text)s” is not in the list: choose a value of the sheet of allowed values.",
        **f,
    ),
    "not_flag": lambda env, f: env._("“%(text)s”: write yes or no.", **f),
    "not_count": lambda env, f: env._("“%(text)s” is not a whole number.", **f),
    "not_hours": lambda env, f: env._(
        "“%(text)s” is not a number of hours a week: write 35, 35.5 or 35:30.", **f
    ),
    "not_email": lambda env, f: env._("“%(text)s” is not an e-mail address.", **f),
    "not_phone": lambda env, f: env._("“%(text)s” is not a phone number.", **f),
    # === Lines of the file ===
    "unknown_guard": lambda env, f: env._(
        "No line of the guards' sheet has this registration number: correct it here or "
        "add the guard."
    ),
    "same_reference": lambda env, f: env._(
        "Lines %(rows)s have the same registration number: keep one line a guard.", **f
    ),
    "same_email": lambda env, f: env._(
        "Lines %(rows)s have the same e-mail: it belongs to one guard only.", **f
    ),
    "same_person": lambda env, f: env._(
        "Lines %(rows)s are the same person, by name and birth date: keep one.", **f
    ),
    "same_nub": lambda env, f: env._(
        "The guards of lines %(rows)s have cards with the same NUB %(nub)s: it belongs "
        "to one person only.",
        **f,
    ),
    "same_number": lambda env, f: env._(
        "Lines %(rows)s give the same card number to several guards.", **f
    ),
    "same_line": lambda env, f: env._("Lines %(rows)s say the same: keep one.", **f),
    "several_nubs": lambda env, f: env._(
        "His cards carry several NUBs: %(nubs)s. A person has one only: check the "
        "numbers.",
        **f,
    ),
    "born_late": lambda env, f: env._(
        "The birth date is not before the entry: check both."
    ),
    "ends_before": lambda env, f: env._("It ends before it starts: check both dates."),
    "visit_without_day": lambda env, f: env._(
        "A kind of visit without its day: fill in the day, or empty the kind."
    ),
    "in_future": lambda env, f: env._(
        "This day is still to come: record what has taken place only."
    ),
    "no_expiry": lambda env, f: env._(
        "The number does not say until when the card is valid: fill in the last day."
    ),
    # === Beside what is recorded ===
    "ambiguous": lambda env, f: env._(
        "This line could be any of these: %(guards)s. Make its NUB, e-mail, "
        "registration number and name those of one of them.",
        **f,
    ),
    "archived": lambda env, f: env._(
        "%(guard)s is archived: bring him back in Employees first, with his new "
        "contract.",
        **f,
    ),
    "another_person": lambda env, f: env._(
        "NUB, e-mail or registration number are those of %(guard)s, but the name or "
        "the birth date is not: correct whichever is wrong.",
        **f,
    ),
    "same_employee": lambda env, f: env._(
        "Lines %(rows)s are all %(guard)s: keep one.", **f
    ),
    "number_taken": lambda env, f: env._(
        "This number is already that of %(guard)s: correct the number, or the guard.",
        **f,
    ),
    "number_elsewhere": lambda env, f: env._(
        "This number is already recorded for a guard of another company: check it. If "
        "he works for both, record this card by hand."
    ),
    "verified": lambda env, f: env._(
        "%(title)s was verified: the file does not change it. Correct it in its own "
        "form if need be.",
        **f,
    ),
    "contract_left": lambda env, f: env._(
        "The contract recorded is another one: the file does not change it."
    ),
    "job_new": lambda env, f: env._(
        "The job “%(job)s” does not exist yet: it will be made.", **f
    ),
    "odd": lambda env, f: f["sentence"],
    # === While writing ===
    "meanwhile": lambda env, f: env._(
        "Recorded by somebody else meanwhile: check the file again."
    ),
    "refused": lambda env, f: f["sentence"],
}
FILE_SENTENCES = {
    "too_big": lambda env, f: env._(
        "The file weighs more than %(limit)s MB: split it in several.", **f
    ),
    "protected": lambda env, f: env._(
        "The file is protected by a password, or of the old .xls form: save it as an "
        "Excel workbook (.xlsx) without a password."
    ),
    "no_workbook": lambda env, f: env._(
        "This is not an Excel workbook (.xlsx): download the template and fill it in."
    ),
    "damaged": lambda env, f: env._(
        "The file is damaged or not a plain workbook: open it in your spreadsheet and "
        "save it again as .xlsx."
    ),
    "too_many_parts": lambda env, f: env._(
        "The workbook has too many parts: copy your lines into a new template."
    ),
    "bomb": lambda env, f: env._(
        "The workbook unpacks to more than %(limit)s MB: copy your lines into a new "
        "template.",
        **f,
    ),
    "no_sheet": lambda env, f: env._(
        "The workbook has no sheet “%(en)s” (“%(fr)s”): use the template.", **f
    ),
    "sheet_twice": lambda env, f: env._(
        "The sheet “%(sheet)s” is there twice: keep one.", **f
    ),
    "column_twice": lambda env, f: env._(
        "In the sheet “%(sheet)s”, the column “%(column)s” is there twice: keep one.",
        **f,
    ),
    "merged": lambda env, f: env._(
        "In the sheet “%(sheet)s”, cells are merged (%(cells)s): unmerge them, so that "
        "each line is complete.",
        **f,
    ),
    "too_many_rows": lambda env, f: env._(
        "The sheet “%(sheet)s” goes on below row %(limit)s: delete the rows under your "
        "list, empty ones too.",
        **f,
    ),
    "too_many_lines": lambda env, f: env._(
        "The sheet “%(sheet)s” has more than %(limit)s lines: split the file in "
        "several.",
        **f,
    ),
}


class SecurityGuardImport(models.TransientModel):
    """Every problem in words, in the user's language."""

    _inherit = "security.guard.import"

    def _told(self, problem):
        """A line of the report. ``key`` finds the cell again in the file."""
        sheet = SHEETS[problem.sheet]
        column = problem.column and sheet.column(problem.column)
        facts = {name: self._fact(value) for name, value in problem.facts.items()}
        return {
            "level": problem.level,
            "sheet": sheet.title(self.env.lang),
            "row": problem.row,
            "column": column.title(self.env.lang) if column else "",
            "reference": problem.reference,
            "reason": SENTENCES[problem.code](self.env, facts),
            "key": [problem.sheet, problem.column],
        }

    def _file_sentence(self, bad):
        """Why the whole file is refused."""
        if bad.code == "columns":
            return self._columns_sentence(**bad.facts)
        return FILE_SENTENCES[bad.code](self.env, bad.facts)

    def _columns_sentence(self, sheet, missing, unknown):
        parts = [
            self.env._("The first row of the sheet “%s” must hold the titles.", sheet)
        ]
        if missing:
            titles = (f"“{column.title(self.env.lang)}”" for column in missing)
            parts.append(self.env._("Missing: %s.", ", ".join(titles)))
        if unknown:
            titles = (f"“{title}”" for title in unknown)
            parts.append(self.env._("Not known: %s.", ", ".join(titles)))
        parts.append(self.env._("Take the titles of the template."))
        return " ".join(parts)

    def _fact(self, value):
        if isinstance(value, list | tuple):
            return ", ".join(map(str, value))
        if hasattr(value, "isoformat"):
            return format_date(self.env, value)
        return value
