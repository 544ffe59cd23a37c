import base64
import hashlib
import io
import secrets

import qrcode

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq
from odoo.tools.misc import hmac

from ..engine import checkpoint_code as codes

# At least version 7 (45 modules): read from afar and with a scratch across it.
QR_VERSION = 7
QR_SCALE = 6
SCOPE = "security-checkpoint"


class SecurityCheckpoint(models.Model):
    """The codes of a checkpoint: made with the secret of the database, never kept."""

    _inherit = "security.checkpoint"

    def action_renew_code(self):
        """Make what is printed and shown so far worthless, after a theft of a tag."""
        self.check_access("write")
        for point in self:
            # sudo: the key is nobody's to read.
            point.sudo().code_key = secrets.token_hex(16)

    def _digest(self, purpose):
        """Keyed digest (32 bytes) of this checkpoint for a purpose."""
        self.ensure_one()
        point = self.sudo()
        message = (point.id, point.code_key, purpose)
        return bytes.fromhex(hmac(point.env, SCOPE, message, hashlib.sha256))

    def _printed_code(self):
        """The text of the printed QR code."""
        return codes.printed(self.id, self._digest("printed"))

    def _typed_code(self):
        """What is typed when the tag cannot be read, eight letters and figures."""
        return codes.mark(self._digest("typed"))[: codes.TYPED_LENGTH]

    def _shown_code(self, step):
        """The text of the code that a screen shows during a step."""
        return codes.shown(self.id, step, self._digest(f"shown {step}"))

    def _screen_token(self):
        """What the address of the screen holds instead of a login."""
        return codes.mark(self._digest("screen")).lower()

    def _screen_url(self):
        return f"/security/checkpoint/{self.id}/{self._screen_token()}"

    def action_open_screen(self):
        """The page that a screen at the checkpoint shows."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_url",
            "url": self._screen_url(),
            "target": "new",
        }

    # ------------------------------------------------------------
    # READ
    # ------------------------------------------------------------

    @api.model
    def _recognise(self, text, technology, company, among):
        """The checkpoint whose code this is, and when that code was shown.

        :param technology: ``qr``, ``nfc`` or ``typed``
        :param among: checkpoints of the round: those where a typed code is looked for
        :return: (checkpoint or empty, naive UTC of a code that changes or None)
        """
        if technology == "nfc":
            return self._with_tag(codes.typed(text), company), None
        if technology == "typed":
            return among._with_typed(codes.typed(text)), None
        nothing = self.browse()
        code = codes.parse(text)
        # The number of a row is an int4: what is greater was never one of ours.
        point = among._with_id(code.number if code and code.number < 2**31 else 0)
        point = point.filtered(lambda p: p.company_id == company)
        if not point or (code.step is not None) != point.is_shown:
            return nothing, None
        purpose = "printed" if code.step is None else f"shown {code.step}"
        if not consteq(codes.mark(point._digest(purpose)), code.mark):
            return nothing, None
        return point, None if code.step is None else codes.moment_of(code.step)

    def _with_id(self, number):
        """The checkpoint of this id: mostly one of these, which costs no query."""
        return self.filtered(lambda p: p.id == number) or self.browse(number).exists()

    @api.model
    def _with_tag(self, tag, company):
        """The checkpoint of a firm on which this NFC tag is."""
        if not tag:
            return self.browse()
        return self.search([("company_id", "=", company.id), ("nfc_uid", "=", tag)])

    def _with_typed(self, text):
        """The one of these under whose printed code this is written."""
        if text.isascii():
            for point in self:
                if consteq(point._typed_code(), text):
                    return point
        return self.browse()

    # ------------------------------------------------------------
    # PRINT
    # ------------------------------------------------------------

    def _to_print(self):
        """Those of these that have a printed code.

        :raises UserError: a screen, a tag or a position alone has none
        """
        printed = self.filtered(lambda p: p.technology == "qr" and not p.is_shown)
        if not printed:
            raise UserError(
                self.env._(
                    "None of these checkpoints has a printed QR code: choose some that "
                    "are read by QR code and not shown on a screen."
                )
            )
        return printed

    def _qr_image(self, text=None):
        """The QR code as a data address: never a link, which would show the code."""
        image = qrcode.QRCode(
            version=QR_VERSION,
            error_correction=qrcode.constants.ERROR_CORRECT_Q,
            box_size=QR_SCALE,
            border=4,
        )
        image.add_data(text or self._printed_code())
        image.make(fit=True)
        png = io.BytesIO()
        image.make_image().save(png)
        return f"data:image/png;base64,{base64.b64encode(png.getvalue()).decode()}"

    def _spaced_code(self):
        """The typed code as it is printed: two groups of four."""
        code = self._typed_code()
        return f"{code[:4]} {code[4:]}"

    def _public(self):
        """What a phone keeps to recognise these checkpoints without network.

        No code is in it: only fingerprints of them, so that a copied phone cannot
        print a sheet. The position is where the guard is sent anyway.
        """
        return {
            str(point.id): {
                "id": point.id,
                "name": point.name,
                "site": point.site_id.name,
                "zone": point.zone or "",
                "instruction": point.instruction or "",
                "technology": point.technology,
                "shown": f"{codes.SHOWN}:{codes.number_text(point.id)}:"
                if point.is_shown
                else "",
                "code": ""
                if point.is_shown
                else codes.fingerprint(point._printed_code()),
                "typed": codes.fingerprint(point._typed_code()),
                "tag": codes.fingerprint(point.nfc_uid) if point.nfc_uid else "",
                "position": point._position(),
                "radius": point.radius,
                "task": point.task,
                "question": point.question or "",
                "unit": point.unit or "",
                "low": point._limits_of_figure()[0],
                "high": point._limits_of_figure()[1],
            }
            for point in self.sudo()
        }

    @api.model
    def _now_step(self):
        return codes.step_of(fields.Datetime.now())
