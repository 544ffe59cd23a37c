from collections import namedtuple

from odoo import models
from odoo.exceptions import AccessError
from odoo.tools import format_date

from ..engine import staff_register

Column = namedtuple("Column", "name title width style")
HEAD_ROW = 3


class StaffRegister(models.AbstractModel):
    """XLSX staff register: one line a stay, and what the law still misses."""

    _name = "report.security_workforce.staff_register"
    _description = "Staff Register Workbook"
    _inherit = "report.report_xlsx.abstract"

    def get_workbook_options(self):
        """A name that starts with “=” is a name, not a formula."""
        return {"strings_to_formulas": False, "strings_to_urls": False}

    def generate_xlsx_report(self, workbook, data, objs):
        """The register, then the list of what is missing."""
        objs.ensure_one().check_access("read")
        if not self.env.user.has_group("hr.group_hr_user"):
            raise AccessError(self.env._("The staff register is kept by HR."))
        if objs.company_id not in self.env.companies:
            raise AccessError(
                self.env._("Choose one of the companies that you work in.")
            )
        lines = self.env["hr.employee"]._staff_register(objs.company_id, objs.date)
        styles = self._styles(workbook)
        columns = self._columns()
        self._write_register(workbook, objs, lines, columns, styles)
        self._write_missing(workbook, lines, columns, styles)

    def _styles(self, workbook):
        marked = {"bg_color": "#F8D7DA"}
        day = {"num_format": "dd/mm/yyyy"}
        return {
            "title": workbook.add_format({"bold": True, "font_size": 14}),
            "head": workbook.add_format(
                {"bold": True, "bottom": 1, "bg_color": "#E9ECEF", "text_wrap": True}
            ),
            "text": workbook.add_format(),
            "number": workbook.add_format({"num_format": "0"}),
            "date": workbook.add_format(day),
            "missing": workbook.add_format(marked),
            "small": workbook.add_format({"font_size": 8, "font_color": "#4B5563"}),
        }

    def _columns(self):
        return [
            Column("number", self.env._("No."), 6, "number"),
            Column("surname", self.env._("Surname"), 20, "text"),
            Column("first_names", self.env._("First names"), 20, "text"),
            Column("country", self.env._("Nationality"), 14, "text"),
            Column("birthday", self.env._("Birth date"), 12, "date"),
            Column("sex", self.env._("Sex"), 9, "text"),
            Column("job", self.env._("Job"), 28, "text"),
            Column("qualification", self.env._("Qualification"), 28, "text"),
            Column("entry", self.env._("Entry"), 12, "date"),
            Column("exit", self.env._("Exit"), 12, "date"),
            Column("kind", self.env._("Kind of contract"), 18, "text"),
            Column("particulars", self.env._("Particulars"), 16, "text"),
            Column("permit_kind", self.env._("Kind of work permit"), 22, "text"),
            Column("permit_number", self.env._("Work permit number"), 20, "text"),
        ]

    def _row(self, line, columns):
        part_time = self.env._("Part-time") if line["part_time"] else ""
        values = {**line, "particulars": part_time}
        return [values[column.name] or None for column in columns]

    def _digest(self, wizard, columns):
        """The same whoever draws the register: in the language of the firm."""
        report = self.with_context(lang=wizard.company_id.partner_id.lang or "en_US")
        lines = report.env["hr.employee"]._staff_register(
            wizard.company_id, wizard.date
        )
        return staff_register.digest(report._row(line, columns) for line in lines)

    def _write_register(self, workbook, wizard, lines, columns, styles):
        sheet = workbook.add_worksheet(self.env._("Register"))
        day = format_date(self.env, wizard.date)
        sheet.write(
            0,
            0,
            self.env._("Staff register of %s", wizard.company_id.name),
            styles["title"],
        )
        sheet.write(
            1,
            0,
            self.env._(
                "As it stands on %s (Labour code L1221-13, D1221-23). In order of "
                "hiring; kept five years after the exit (R1221-26).",
                day,
            ),
        )
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            sheet.write(HEAD_ROW, index, column.title, styles["head"])
        rows = [self._row(line, columns) for line in lines]
        digest = self._digest(wizard, columns)
        for number, (line, row) in enumerate(zip(lines, rows, strict=True)):
            for index, (column, value) in enumerate(zip(columns, row, strict=True)):
                is_missing = column.name in line["missing"]
                style = styles["missing" if is_missing else column.style]
                if value is not None:
                    sheet.write(HEAD_ROW + 1 + number, index, value, style)
                elif is_missing:
                    sheet.write_blank(HEAD_ROW + 1 + number, index, None, style)
        # Two copies of a day are the same register when this line is the same.
        sheet.write(
            HEAD_ROW + len(rows) + 2,
            0,
            self.env._(
                "%(count)s lines. Drawn for %(day)s. SHA-256 of the lines: %(digest)s",
                count=len(rows),
                day=day,
                digest=digest,
            ),
            styles["small"],
        )
        sheet.freeze_panes(HEAD_ROW + 1, 3)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)

    def _write_missing(self, workbook, lines, columns, styles):
        sheet = workbook.add_worksheet(self.env._("What is missing"))
        titles = {column.name: column.title for column in columns}
        heads = [
            (self.env._("No."), 6),
            (self.env._("Surname"), 24),
            (self.env._("First names"), 24),
            (self.env._("To fill in"), 70),
        ]
        for index, (title, width) in enumerate(heads):
            sheet.set_column(index, index, width)
            sheet.write(0, index, title, styles["head"])
        row = 0
        for line in lines:
            if line["missing"]:
                row += 1
                words = ", ".join(titles[name] for name in line["missing"])
                values = (line["number"], line["surname"], line["first_names"], words)
                for index, value in enumerate(values):
                    sheet.write(row, index, value or "", styles["text"])
        if not row:
            sheet.write(1, 0, self.env._("Nothing: every line is complete."))
        sheet.freeze_panes(1, 0)
