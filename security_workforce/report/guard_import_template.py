from odoo import models
from odoo.tools import format_date

from ..engine.guard_import import SHEETS
from ..engine.guard_import.workbook import MAX_BYTES, MEGABYTE

# Rows that offer their lists: as many guards as the biggest firms import at once.
LISTED_ROWS = 5_000
TEXT_KINDS = {"text", "phone", "zip", "email", "number"}


class GuardImportTemplate(models.AbstractModel):
    """The workbook to fill in: one sheet a kind of line, with the database's lists."""

    _name = "report.security_workforce.guard_import_template"
    _description = "Workbook to Import Guards"
    _inherit = "report.report_xlsx.abstract"

    def get_workbook_options(self):
        """A name that starts with “=” is a name, not a formula."""
        return {"strings_to_formulas": False, "strings_to_urls": False}

    def generate_xlsx_report(self, workbook, data, objs):
        """How to, the three sheets to fill in, and what their cells may hold."""
        objs.ensure_one()._check_may_import()
        styles = self._styles(workbook)
        guide = workbook.add_worksheet(self.env._("How to"))
        sheets = {
            key: workbook.add_worksheet(sheet.title(self.env.lang))
            for key, sheet in SHEETS.items()
        }
        values = workbook.add_worksheet(self.env._("Allowed values"))
        ranges = self._write_values(values, objs._offered(), styles)
        for key, sheet in sheets.items():
            self._write_sheet(sheet, SHEETS[key], ranges, styles)
        self._write_guide(guide, styles)

    def _styles(self, workbook):
        return {
            "title": workbook.add_format({"bold": True, "font_size": 14}),
            "bold": workbook.add_format({"bold": True, "valign": "top"}),
            "wrap": workbook.add_format({"text_wrap": True, "valign": "top"}),
            "head": workbook.add_format(
                {"bold": True, "bottom": 1, "bg_color": "#E9ECEF", "text_wrap": True}
            ),
            "required": workbook.add_format(
                {
                    "bold": True,
                    "bottom": 1,
                    "bg_color": "#1E3A5F",
                    "font_color": "#FFFFFF",
                    "text_wrap": True,
                }
            ),
            # Text keeps the first zero of a phone number or of a postcode.
            "text": workbook.add_format({"num_format": "@"}),
            "date": workbook.add_format({"num_format": "dd/mm/yyyy"}),
            "plain": workbook.add_format(),
        }

    # === The lists ===

    def _write_values(self, sheet, offered, styles):
        """Write each list in a column of its own.

        :return: ``{name of a choice: range of its values}``
        """
        ranges, column = {}, 0
        for name, title in self._list_titles().items():
            rows = offered[name]
            sheet.write(0, column, title, styles["head"])
            sheet.set_column(column, column, 26)
            for row, (value, _meaning) in enumerate(rows, start=1):
                sheet.write_string(row, column, value)
            if rows:
                letter = self._letters(column)
                ranges[name] = (
                    f"='{sheet.get_name()}'!${letter}$2:${letter}${len(rows) + 1}"
                )
            if any(meaning for _value, meaning in rows):
                column += 1
                sheet.write(0, column, self.env._("Meaning"), styles["head"])
                sheet.set_column(column, column, 44)
                for row, (_value, meaning) in enumerate(rows, start=1):
                    sheet.write_string(row, column, meaning or "")
            column += 1
        sheet.freeze_panes(1, 0)
        return ranges

    def _list_titles(self):
        """Each list under the title of the column that takes it."""
        titles = {}
        for sheet in SHEETS.values():
            for column in sheet.columns:
                if column.choice:
                    titles.setdefault(column.choice, column.title(self.env.lang))
        return titles

    def _letters(self, column):
        return chr(65 + column) if column < 26 else f"A{chr(39 + column)}"

    # === The sheets to fill in ===

    def _write_sheet(self, sheet, description, ranges, styles):
        for index, column in enumerate(description.columns):
            style = "date" if column.kind == "date" else "plain"
            if column.kind in TEXT_KINDS:
                style = "text"
            sheet.set_column(index, index, column.width, styles[style])
            star = " *" if column.required else ""
            sheet.write(
                0,
                index,
                column.title(self.env.lang) + star,
                styles["required" if column.required else "head"],
            )
            if source := ranges.get(column.choice):
                self._offer(sheet, index, column, source)
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, 3 if description.key == "guards" else 1)

    def _offer(self, sheet, index, column, source):
        options = {
            "validate": "list",
            "source": source,
            "error_title": column.title(self.env.lang)[:32],
            "error_message": self.env._("Choose a value of the list."),
        }
        if column.kind == "text":
            # The list only helps: another value is allowed.
            options["error_type"] = "information"
            options["error_message"] = self.env._("This value is new: it will be made.")
        sheet.data_validation(1, index, LISTED_ROWS, index, options)

    # === The words ===

    def _write_guide(self, sheet, styles):
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 96)
        sheet.write(0, 0, self.env._("Import my guards"), styles["title"])
        for row, (title, text) in enumerate(self._guide(), start=2):
            sheet.write(row, 0, title, styles["bold"])
            sheet.write(row, 1, text, styles["wrap"])
        sheet.activate()

    def _guide(self):
        names = [sheet.title(self.env.lang) for sheet in SHEETS.values()]
        day = format_date(self.env, "2026-12-31", date_format="dd/MM/yyyy")
        return [
            (
                self.env._("The sheets"),
                self.env._(
                    "“%(guards)s”: one line a guard. “%(cards)s” and "
                    "“%(qualifications)s”: one line for each card and each "
                    "qualification; the registration number ties them to the guard.",
                    guards=names[0],
                    cards=names[1],
                    qualifications=names[2],
                ),
            ),
            (
                self.env._("Columns"),
                self.env._(
                    "Those with a star must be filled in. Leave the others empty, or "
                    "delete them, as you like; keep the titles of the first row, in "
                    "English or in French."
                ),
            ),
            (
                self.env._("Registration number"),
                self.env._(
                    "The one of your payroll. Without one, choose numbers of your own: "
                    "they are kept with the guards."
                ),
            ),
            (
                self.env._("Dates"),
                self.env._("A date of your spreadsheet, or a text as %s.", day),
            ),
            (
                self.env._("Hours a week"),
                self.env._("35, 35.5 or 35:30."),
            ),
            (
                self.env._("Card numbers"),
                self.env._(
                    "Both forms: CAR-075-2029-02-01-20240123456 (its last day is read "
                    "in it) and 2026-0024376-CAR-SH-1055859 (fill in the last day)."
                ),
            ),
            (
                self.env._("Cells with a list"),
                self.env._(
                    "Choose from the list, or write one of the allowed values of the "
                    "last sheet. A job that does not exist yet is made."
                ),
            ),
            (
                self.env._("Formulas, merged cells"),
                self.env._("Paste values only, and unmerge cells."),
            ),
            (
                self.env._("What happens"),
                self.env._(
                    "Every line is checked before anything is written. A guard is "
                    "recognised by the NUB of his cards, his e-mail, his registration "
                    "number, or his name and birth date: what differs is changed, an "
                    "empty cell changes nothing. Contracts and verified cards are "
                    "never changed. New cards wait for their verification."
                ),
            ),
            (
                self.env._("Size"),
                self.env._("At most %s MB a file.", MAX_BYTES // MEGABYTE),
            ),
        ]
