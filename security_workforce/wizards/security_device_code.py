import base64
import hashlib
import io
import secrets
from datetime import timedelta

import qrcode

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

LIFE = timedelta(minutes=10)
CODE_BYTES = 16


class SecurityDeviceCode(models.TransientModel):
    """A code that enrols one phone, once, within ten minutes.

    Only its hash is kept: whoever reads the database cannot use it. The dialog shows
    the code at the moment it is made.
    """

    _name = "security.device.code"
    _description = "Enrolment of a Phone"

    employee_id = fields.Many2one(
        "hr.employee", "Guard", required=True, readonly=True, ondelete="cascade"
    )
    digest = fields.Char(readonly=True, groups="base.group_system")
    expires_at = fields.Datetime("Valid until", readonly=True)
    used_at = fields.Datetime(readonly=True)
    link = fields.Char(compute="_compute_link")
    picture = fields.Char("QR Code", compute="_compute_link")

    @api.depends_context("security_device_code")
    def _compute_link(self):
        """The code travels in the fragment: no server and no log ever sees it.

        The picture is in the answer itself: a request of its own for it would carry
        neither the context nor, therefore, the code.
        """
        shown = self.env.context.get("security_device_code") or ""
        key, __, secret = shown.partition(":")
        base = self.get_base_url()
        for code in self:
            text = secret if str(code.id) == key else ""
            code.link = f"{base}/guard/#enrol={text}" if text else False
            code.picture = self._draw(code.link) if text else False

    @api.model
    def _draw(self, text):
        # From version 7 on a code has alignment marks enough for a tilted phone.
        drawing = qrcode.QRCode(version=7, error_correction=qrcode.ERROR_CORRECT_M)
        drawing.add_data(text)
        drawing.make(fit=True)
        picture = io.BytesIO()
        drawing.make_image().save(picture)
        encoded = base64.b64encode(picture.getvalue()).decode()
        return f"data:image/png;base64,{encoded}"

    @api.model
    def _open_for(self, employee):
        """The dialog with a new code for ``employee``."""
        employee.ensure_one()
        # sudo: planners read no HR file; which firm he is of is checked here.
        employee = employee.sudo()
        groups = ("group_security_planner", "group_security_operator")
        if employee.company_id not in self.env.companies or not any(
            self.env.user.has_group(f"security_workforce.{group}") for group in groups
        ):
            raise AccessError(
                self.env._("Planners and operators enrol the phones of their guards.")
            )
        if not employee.user_id:
            raise UserError(
                self.env._(
                    "%(guard)s has no access to the portal: grant it first, then enrol "
                    "the phone.",
                    guard=employee.name,
                )
            )
        text = secrets.token_urlsafe(CODE_BYTES)
        code = self.sudo().create(
            {
                "employee_id": employee.id,
                "digest": self._digest(text),
                "expires_at": fields.Datetime.now() + LIFE,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Enrol a Phone"),
            "res_model": self._name,
            "res_id": code.id,
            "view_mode": "form",
            "target": "new",
            "context": {"security_device_code": f"{code.id}:{text}"},
        }

    @api.model
    def _redeem(self, text):
        """The employee whose code this is, once; empty when wrong, used or old."""
        code = self.sudo().search(
            [
                ("digest", "=", self._digest(text)),
                ("used_at", "=", False),
                ("expires_at", ">", fields.Datetime.now()),
            ],
            limit=1,
        )
        if code:
            # Two phones at once: the second fails and is run again, without the code.
            code.used_at = fields.Datetime.now()
        return code.employee_id

    def _digest(self, text):
        return hashlib.sha256(text.encode()).hexdigest()
