import base64
import io
import textwrap

import qrcode

from odoo import api, models
from odoo.exceptions import UserError

from ..engine import badge_code

# Pixels per module: a whole number keeps the edges sharp.
QR_SCALE = 12
# Letters that fit beside the picture, whose lines are 280 tenths of a millimetre long.
NAME_WIDTH = 13
JOB_WIDTH = 20
NAME_SIZE = 36
LINE_LENGTH = 280
# Mean width of a bold letter, as a share of its size.
LETTER_WIDTH = 0.72


class SecurityBadgeReport(models.AbstractModel):
    """Gathers what is printed: the one place where the code of a badge comes out."""

    _name = "report.security_access.report_badge"
    _description = "Printed Badges"

    @api.model
    def _get_report_values(self, docids, data=None):
        badges = self.env["security.badge"].browse(docids)
        if ended := badges.filtered(lambda badge: badge.state != "issued"):
            raise UserError(
                self.env._(
                    "The badge %s is no longer in use: it is not printed.",
                    ended[0].display_name,
                )
            )
        return {
            "doc_ids": docids,
            "doc_model": "security.badge",
            "docs": badges,
            "cards": [self._card(badge) for badge in badges],
        }

    def _card(self, badge):
        """What one card shows."""
        code = badge._code()
        # sudo: name and picture are for everybody at the gate to see.
        guard = badge.sudo().employee_id
        company = badge.sudo().company_id
        lines = textwrap.wrap(guard.name, NAME_WIDTH)[:4]
        return {
            "badge": badge,
            "company": company,
            "company_short": textwrap.shorten(company.name, 32, placeholder="…"),
            "guard": guard,
            "name_lines": lines,
            "name_size": round(
                min(NAME_SIZE, LINE_LENGTH / LETTER_WIDTH / max(map(len, lines)))
            ),
            "job_lines": textwrap.wrap(guard.job_title or "", JOB_WIDTH)[:2],
            "qr": self._qr(code),
            "code": badge_code.spaced(code.removeprefix(badge_code.PREFIX)),
        }

    def _qr(self, code):
        """The QR code as a data address: never a link, which would show the secret."""
        # Level M still reads with a seventh of the surface scratched. No margin: the
        # card is white around the code.
        image = qrcode.make(
            code,
            error_correction=qrcode.constants.ERROR_CORRECT_M,
            box_size=QR_SCALE,
            border=0,
        )
        png = io.BytesIO()
        image.save(png)
        return f"data:image/png;base64,{base64.b64encode(png.getvalue()).decode()}"
