import base64
import io
from datetime import timedelta
from zoneinfo import ZoneInfo

from PIL import Image
from reportlab.graphics.barcode.qr import QrCodeWidget

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.security_missions.engine.demand import to_utc

# White squares around the code, and pixels of a square.
QUIET, DOT = 4, 5


class SecurityLogbookDay(models.Model):
    """The day sheet of a log book: printed, and released to the client."""

    _name = "security.logbook.day"
    _description = "Day Sheet of a Log Book"
    _order = "date desc, id desc"
    _check_company_auto = True

    logbook_id = fields.Many2one(
        "security.logbook",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="logbook_id.company_id", store=True, index=True, precompute=True
    )
    site_id = fields.Many2one(
        related="logbook_id.site_id", store=True, index=True, precompute=True
    )
    date = fields.Date(
        "Day", required=True, default=lambda self: fields.Date.context_today(self)
    )
    released_at = fields.Datetime("Released to the Client On", readonly=True)
    released_by = fields.Many2one("res.users", readonly=True)
    is_released = fields.Boolean("Released", compute="_compute_is_released")
    entry_count = fields.Integer("Number of Entries", compute="_compute_entry_count")

    _day_unique = models.Constraint(
        "UNIQUE(logbook_id, date)", "This day has its sheet already."
    )

    @api.depends("released_at")
    def _compute_is_released(self):
        for day in self:
            day.is_released = bool(day.released_at)

    @api.depends("logbook_id", "date")
    def _compute_entry_count(self):
        for day in self:
            day.entry_count = len(day._entries()) if day.logbook_id and day.date else 0

    @api.depends("logbook_id", "date")
    def _compute_display_name(self):
        for day in self:
            date = format_date(self.env, day.date) if day.date else ""
            day.display_name = f"{day.site_id.name or ''} {date}".strip()

    def write(self, vals):
        if {"released_at", "released_by"} & vals.keys() and not self.env.su:
            raise UserError(self.env._("Days are released with their button."))
        if {"logbook_id", "date"} & vals.keys() and any(self.mapped("released_at")):
            raise UserError(
                self.env._("This day is released: take it back before you change it.")
            )
        return super().write(vals)

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_print(self):
        """The sheet as PDF, with the signed checkpoint."""
        self.check_access("read")
        return self.env.ref("security_incidents.logbook_day_report").report_action(self)

    def action_release(self):
        """Let the client read these days on his portal."""
        self.check_access("write")
        self.sudo().write(
            {"released_at": fields.Datetime.now(), "released_by": self.env.uid}
        )

    def action_take_back(self):
        """The client reads these days no more."""
        self.check_access("write")
        self.sudo().write({"released_at": False, "released_by": False})

    def action_open_entries(self):
        """What is on this sheet, to look at before it is released."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_incidents.security_logbook_entry_action"
        )
        return {**action, "domain": self._domain_of_day(), "context": {}}

    # ------------------------------------------------------------
    # CONTENT
    # ------------------------------------------------------------

    def _bounds(self):
        """First instant of the local day and of the next one, naive UTC: a day of 23 or
        25 hours has its own length."""
        self.ensure_one()
        zone = ZoneInfo(self.site_id.tz)
        return to_utc(self.date, 0, zone), to_utc(
            self.date + timedelta(days=1), 0, zone
        )

    def _domain_of_day(self):
        start, stop = self._bounds()
        return [
            ("logbook_id", "=", self.logbook_id.id),
            ("happened_at", ">=", start),
            ("happened_at", "<", stop),
        ]

    def _entries(self, for_client=False):
        """Entries of the day, oldest first."""
        domain = self._domain_of_day()
        if for_client:
            domain.append(("category_id.is_for_client", "=", True))
        return self.env["security.logbook.entry"].search(
            domain, order="happened_at, id"
        )

    def _sheet(self):
        """What the printed sheet shows: entries, first and last hash, checkpoint.

        The checkpoint is made now if there is none that covers the last entry.
        """
        self.ensure_one()
        entries = self._entries()
        sealed = entries.filtered("seq").sorted("seq")
        book = self.logbook_id.sudo()
        points = self.env["security.seal.checkpoint"].sudo()
        covers = [("chain", "=", book.chain), ("seq", ">=", sealed[-1:].seq)]
        point = sealed and (
            points.search(covers, order="seq", limit=1) or book._sign_checkpoint()
        )
        return {
            "entries": entries,
            "first": sealed[:1],
            "last": sealed[-1:],
            "point": point or points,
            "qr": point and self._qr(point.token),
        }

    def _qr(self, token):
        """PNG of the signed text, as base64."""
        # The squares are drawn here: a server may lack what reportlab draws with.
        code = QrCodeWidget(token, barLevel="M").qr
        code.make()
        size, out = code.getModuleCount() + 2 * QUIET, io.BytesIO()
        picture = Image.new("1", (size, size), 1)
        for row, squares in enumerate(code.modules, QUIET):
            for column, dark in enumerate(squares, QUIET):
                picture.putpixel((column, row), 0 if dark else 1)
        picture.resize((size * DOT, size * DOT)).save(out, "PNG")
        return base64.b64encode(out.getvalue()).decode()
