from collections import namedtuple

from odoo import fields, models
from odoo.tools import format_date

# Title, width in characters, name of its style, and the value of a card.
Column = namedtuple("Column", "title width style value")
HEAD_ROW = 3


class SecurityCardExpiry(models.AbstractModel):
    """XLSX register of cards, the first to expire on top."""

    _name = "report.security_compliance.card_expiry"
    _description = "Register of Expiring Cards"
    _inherit = "report.report_xlsx.abstract"

    def get_workbook_options(self):
        """A name that starts with “=” is a name, not a formula."""
        return {"strings_to_formulas": False, "strings_to_urls": False}

    def generate_xlsx_report(self, workbook, data, objs):
        """One sheet with one row per card."""
        styles = self._styles(workbook)
        columns = self._columns()
        cards = objs.sorted(lambda card: card.date_last_day or fields.Date.today())
        sheet = workbook.add_worksheet(self.env._("Cards"))
        self._write_title(sheet, cards, styles)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            sheet.write(HEAD_ROW, index, column.title, styles["head"])
        for row, card in enumerate(cards, start=HEAD_ROW + 1):
            for index, column in enumerate(columns):
                value = column.value(card)
                if value is not False:
                    sheet.write(row, index, value, styles[column.style])
        last_row = HEAD_ROW + len(cards)
        sheet.autofilter(HEAD_ROW, 0, last_row, len(columns) - 1)
        sheet.freeze_panes(HEAD_ROW + 1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)

    def _write_title(self, sheet, cards, styles):
        companies = ", ".join(cards.company_id.mapped("name"))
        today = format_date(self.env, fields.Date.context_today(self))
        sheet.write(0, 0, self.env._("Professional cards"), styles["title"])
        sheet.write(
            1,
            0,
            self.env._("%(firm)s, on %(day)s", firm=companies, day=today),
            styles["text"],
        )

    def _styles(self, workbook):
        return {
            "title": workbook.add_format({"bold": True, "font_size": 14}),
            "head": workbook.add_format(
                {"bold": True, "bottom": 1, "bg_color": "#E9ECEF"}
            ),
            "text": workbook.add_format(),
            "date": workbook.add_format({"num_format": "dd/mm/yyyy"}),
            "number": workbook.add_format({"num_format": "0"}),
        }

    def _columns(self):
        states = self._labels("state")
        methods = self._labels("last_check_method")
        return [
            Column(self.env._("Guard"), 28, "text", lambda card: card.employee_id.name),
            Column(
                self.env._("Activity"), 38, "text", lambda card: card.activity_id.name
            ),
            Column(self.env._("Number"), 34, "text", lambda card: card.number),
            Column(self.env._("NUB"), 11, "text", lambda card: card.nub),
            Column(self.env._("Valid from"), 12, "date", lambda card: card.date_issued),
            Column(
                self.env._("Valid until"), 12, "date", lambda card: card.date_expiry
            ),
            Column(
                self.env._("Last day of work"),
                16,
                "date",
                lambda card: card.date_last_day,
            ),
            Column(self.env._("Days left"), 11, "number", self._days_left),
            Column(self.env._("State"), 14, "text", lambda card: states[card.state]),
            Column(self.env._("Last verified on"), 18, "date", self._check_day),
            Column(
                self.env._("Last verified with"),
                26,
                "text",
                lambda card: methods.get(card.last_check_method, False),
            ),
        ]

    def _labels(self, name):
        field = self.env["security.card"]._fields[name]
        return dict(field._description_selection(self.env))

    def _days_left(self, card):
        return card.days_left if card.date_last_day else False

    def _check_day(self, card):
        """The local day: a spreadsheet knows no timezone."""
        if not card.last_check_date:
            return False
        return fields.Datetime.context_timestamp(card, card.last_check_date).date()
