from collections import defaultdict
from datetime import date, datetime

from odoo import models

from ..engine.guard_import import ERROR, SHEETS
from ..engine.guard_import.cells import shown


class GuardImportProblems(models.AbstractModel):
    """The file as it was given, wrong cells in red with the reason beside them.

    It can be corrected and given again: its sheets and titles are those of the
    template.
    """

    _name = "report.security_workforce.guard_import_problems"
    _description = "Report of an Import of Guards"
    _inherit = "report.report_xlsx.abstract"

    def get_workbook_options(self):
        """A name that starts with “=” is a name, not a formula."""
        return {"strings_to_formulas": False, "strings_to_urls": False}

    def generate_xlsx_report(self, workbook, data, objs):
        """The list of what is wrong, then each sheet with its marks."""
        objs.ensure_one()._check_may_import()
        book = objs._book()
        problems = objs.problems_json or []
        styles = self._styles(workbook)
        self._write_list(workbook, problems, styles)
        marks = defaultdict(list)
        for row in problems:
            sheet, column = row["key"]
            marks[sheet, row["row"], column].append(row)
        for key, lines in book.items():
            self._write_sheet(workbook, SHEETS[key], lines, marks, styles)

    def _styles(self, workbook):
        error = {"bg_color": "#F8D7DA", "font_color": "#842029"}
        remark = {"bg_color": "#FFF3CD"}
        day = {"num_format": "dd/mm/yyyy"}
        return {
            "head": workbook.add_format(
                {"bold": True, "bottom": 1, "bg_color": "#E9ECEF"}
            ),
            ("", False): workbook.add_format(),
            ("", True): workbook.add_format(day),
            ("error", False): workbook.add_format(error),
            ("error", True): workbook.add_format(error | day),
            ("remark", False): workbook.add_format(remark),
            ("remark", True): workbook.add_format(remark | day),
        }

    def _write_list(self, workbook, problems, styles):
        sheet = workbook.add_worksheet(self.env._("To correct"))
        heads = [
            (self.env._("Sheet"), 16, "sheet"),
            (self.env._("Line"), 8, "row"),
            (self.env._("Column"), 24, "column"),
            (self.env._("Registration number"), 20, "reference"),
            (self.env._("Level"), 12, "level"),
            (self.env._("Reason"), 110, "reason"),
        ]
        field = self.env["security.guard.import.line"]._fields["level"]
        levels = dict(field._description_selection(self.env))
        for index, (title, width, _name) in enumerate(heads):
            sheet.set_column(index, index, width)
            sheet.write(0, index, title, styles["head"])
        for number, row in enumerate(problems, start=1):
            for index, (_title, _width, name) in enumerate(heads):
                value = levels[row[name]] if name == "level" else row[name]
                sheet.write(number, index, value, styles[row["level"], False])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(problems), 1), len(heads) - 1)

    def _write_sheet(self, workbook, description, lines, marks, styles):
        sheet = workbook.add_worksheet(description.title(self.env.lang))
        for index, column in enumerate(description.columns):
            sheet.set_column(index, index, column.width)
            sheet.write(0, index, column.title(self.env.lang), styles["head"])
        for row, values in lines:
            # What concerns the line as a whole is said on its first cell.
            whole = marks.get((description.key, row, ""), [])
            for index, column in enumerate(description.columns):
                said = marks.get((description.key, row, column.key), [])
                if not index:
                    said = [*whole, *said]
                self._write_cell(
                    sheet, row - 1, index, values.get(column.key), said, styles
                )
        sheet.freeze_panes(1, 1)

    def _write_cell(self, sheet, row, index, value, said, styles):
        levels = {line["level"] for line in said}
        level = ERROR if ERROR in levels else next(iter(levels), "")
        is_day = isinstance(value, datetime | date)
        style = styles[level, is_day]
        if is_day:
            sheet.write_datetime(row, index, value, style)
        elif isinstance(value, bool | int | float):
            sheet.write(row, index, value, style)
        elif value is not None:
            sheet.write_string(row, index, shown(value), style)
        elif said:
            sheet.write_blank(row, index, None, style)
        if said:
            text = "\n".join(line["reason"] for line in said)
            sheet.write_comment(row, index, text, {"x_scale": 2, "y_scale": 1.2})
