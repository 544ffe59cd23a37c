import base64
import hmac
import io
import secrets

import qrcode

from odoo import api, fields, models

MODES = [
    ("none", "Nothing asked"),
    ("flag", "Accept and ask why"),
    ("block", "Refuse"),
]
# What the sheet of the post says before its secret: a phone knows what it scanned.
PREFIX = "SECPOST:"
DIGITS = 6
OFFICE = (
    "security_workforce.group_security_planner,"
    "security_workforce.group_security_operator"
)


class SecurityPost(models.Model):
    """How a guard proves that he is there when he clocks in and out."""

    _inherit = "security.post"

    clock_in_mode = fields.Selection(
        MODES,
        "Clock In Elsewhere",
        required=True,
        default="none",
        help="What happens when the guard cannot show that he is at the post.",
    )
    clock_out_mode = fields.Selection(
        MODES,
        "Clock Out Elsewhere",
        required=True,
        default="none",
        help="The same when he leaves.",
    )
    clock_radius = fields.Integer(
        "Radius (m)",
        required=True,
        default=150,
        help="How far from the site the guard may be when he clocks.",
    )
    clock_token = fields.Char(
        "Secret of the Sheet",
        default=lambda self: self._new_clock_token(),
        copy=False,
        groups=OFFICE,
        export_string_translation=False,
    )
    clock_code = fields.Char(
        "Short Code",
        default=lambda self: self._new_clock_code(),
        copy=False,
        groups=OFFICE,
        help="Typed by a guard whose phone cannot scan the sheet.",
    )

    _clock_radius_positive = models.Constraint(
        "CHECK (clock_radius BETWEEN 10 AND 20000)",
        "The radius of a post is between 10 m and 20 km.",
    )

    def _auto_init(self):
        """Posts of before each get a secret of their own, not one default for all."""
        result = super()._auto_init()
        self.env.cr.execute(
            """SELECT id FROM security_post WHERE id NOT IN (
                SELECT min(id) FROM security_post GROUP BY clock_token
            ) OR clock_token IS NULL"""
        )
        for (post_id,) in self.env.cr.fetchall():
            self.env.cr.execute(
                "UPDATE security_post SET clock_token = %s, clock_code = %s"
                " WHERE id = %s",
                (self._new_clock_token(), self._new_clock_code(), post_id),
            )
        return result

    @api.model
    def _new_clock_token(self):
        return secrets.token_urlsafe(18)

    @api.model
    def _new_clock_code(self):
        return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"

    def action_renew_clock_code(self):
        """A new sheet and code: those printed before prove nothing any more."""
        self.check_access("write")
        for post in self:
            post.write(
                {
                    "clock_token": self._new_clock_token(),
                    "clock_code": self._new_clock_code(),
                }
            )

    def _clock_code_holds(self, code):
        """Whether what was scanned or typed is the sheet or the code of the post."""
        self.ensure_one()
        # sudo: guards do not read the secret, they show it.
        post = self.sudo()
        given = (code or "").strip().removeprefix(PREFIX).encode()
        return any(
            known and hmac.compare_digest(given, known.encode())
            for known in (post.clock_token, post.clock_code)
        )

    def _clock_sheet_qr(self):
        """The QR of the sheet as a data address, never as a link with the secret."""
        self.ensure_one()
        picture = io.BytesIO()
        qrcode.make(
            PREFIX + (self.clock_token or ""),
            error_correction=qrcode.constants.ERROR_CORRECT_Q,
            box_size=12,
            border=2,
        ).save(picture)
        return f"data:image/png;base64,{base64.b64encode(picture.getvalue()).decode()}"
