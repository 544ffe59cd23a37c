from collections import namedtuple

from odoo import models

from odoo.addons.security_workforce.engine.worktime import local, named_zone

Column = namedtuple("Column", "title width style")


class InvoiceAnnex(models.AbstractModel):
    """XLSX annex of an invoice: one row per approved piece of work."""

    _name = "report.security_missions.invoice_annex"
    _description = "Annex of Worked Hours"
    _inherit = "report.report_xlsx.abstract"

    def get_workbook_options(self):
        """A post called “=1+1” is a name, not a formula for whoever opens the file."""
        return {"strings_to_formulas": False, "strings_to_urls": False}

    def generate_xlsx_report(self, workbook, data, objs):
        """One sheet per invoice, ending with its untaxed total."""
        styles = self._styles(workbook)
        for move in objs:
            title = (move.name or self.env._("Draft")).replace("/", "-")[:31]
            sheet = workbook.add_worksheet(title)
            self._write_sheet(sheet, move, styles)

    def _styles(self, workbook):
        return {
            "title": workbook.add_format({"bold": True, "font_size": 14}),
            "head": workbook.add_format(
                {"bold": True, "bottom": 1, "bg_color": "#E9ECEF"}
            ),
            "text": workbook.add_format(),
            "date": workbook.add_format({"num_format": "dd/mm/yyyy"}),
            "time": workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            "hours": workbook.add_format({"num_format": "0.00"}),
            "money": workbook.add_format({"num_format": "#,##0.00"}),
            "total": workbook.add_format(
                {"bold": True, "top": 1, "num_format": "#,##0.00"}
            ),
        }

    def _columns(self, move):
        return [
            Column(self.env._("Date"), 12, "date"),
            Column(self.env._("Site"), 26, "text"),
            Column(self.env._("Post"), 24, "text"),
            Column(self.env._("Guard"), 16, "text"),
            Column(self.env._("Card"), 32, "text"),
            Column(self.env._("Start"), 18, "time"),
            Column(self.env._("End"), 18, "time"),
            Column(self.env._("Hours"), 9, "hours"),
            Column(self.env._("Kind"), 26, "text"),
            Column(self.env._("Amount (%s)", move.currency_id.name), 14, "money"),
        ]

    def _write_sheet(self, sheet, move, styles):
        columns = self._columns(move)
        sheet.write(
            0, 0, self.env._("Annex to invoice %s", move.name or ""), styles["title"]
        )
        sheet.write(1, 0, f"{move.company_id.name} - {move.partner_id.display_name}")
        head = 3
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            sheet.write(head, index, column.title, styles["head"])
        rows = move._security_annex_rows()
        cards = self._card_numbers([line for line, __, __ in rows if line])
        row = head
        for row, (line, label, amount) in enumerate(rows, start=head + 1):
            values = self._row_values(line, label, amount, cards)
            for index, (value, column) in enumerate(zip(values, columns, strict=True)):
                if value is not None:
                    sheet.write(row, index, value, styles[column.style])
        sheet.write(row + 1, 0, self.env._("Untaxed total"), styles["total"])
        sheet.write(
            row + 1,
            len(columns) - 1,
            move.currency_id.round(sum(amount for *__, amount in rows)),
            styles["total"],
        )
        sheet.freeze_panes(head + 1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head)
        sheet.write(row + 3, 0, move.company_id.security_legal_notice or "")

    def _row_values(self, line, label, amount, cards):
        if not line:
            return [None, None, label, None, None, None, None, None, None, amount]
        start = self._local(line, line.date_start)
        stop = self._local(line, line.date_stop)
        return [
            start.date(),
            line.site_id.name,
            line.post_id.name,
            line.employee_id.name.split()[0],
            cards.get(line.id, ""),
            start,
            stop,
            line.hours,
            label,
            amount,
        ]

    def _local(self, line, instant):
        """Wall clock of the site, without timezone as spreadsheets want it."""
        return local(instant, named_zone(line.site_id.tz)).replace(tzinfo=None)

    def _card_numbers(self, lines):
        """{work line id: number of the card that covers it}.

        sudo: whoever may print the invoice may say who was on which post.
        """
        work_lines = self.env["security.work.line"].sudo()
        lines = work_lines.browse([line.id for line in lines])
        cards = (
            self.env["security.card"]
            .sudo()
            .search_fetch(
                [
                    ("employee_id", "in", lines.employee_id.ids),
                    ("kind", "!=", "manager"),
                    ("state", "!=", "draft"),
                ],
                ["employee_id", "activity_id", "number", "date_issued", "date_expiry"],
                order="date_expiry",
            )
        )
        by_guard = cards.grouped("employee_id")
        return {
            line.id: self._card_number(
                line, by_guard.get(line.employee_id, cards.browse())
            )
            for line in lines
        }

    def _card_number(self, line, cards):
        """Card of the post's activity first; one that was valid on the day first."""
        activity = line.post_id.activity_id
        day = self._local(line, line.date_start).date()
        ranked = cards.sorted(
            lambda card: (
                card.activity_id == activity,
                (card.date_issued or day) <= day <= (card.date_expiry or day),
            ),
            reverse=True,
        )
        return ranked[:1].number or ""
