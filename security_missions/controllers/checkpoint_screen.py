from odoo import http
from odoo.http import request
from odoo.tools import consteq


class CheckpointScreen(http.Controller):
    """The page of a screen at a checkpoint: a QR code that changes."""

    @http.route(
        "/security/checkpoint/<int:checkpoint_id>/<string:token>",
        type="http",
        auth="public",
        readonly=True,
        save_session=False,
    )
    def checkpoint_screen(self, checkpoint_id, token, **kwargs):
        """The code of now; the page asks for the next one by itself.

        sudo: the screen has no login; its address, renewed with the code, lets it in.
        """
        point = request.env["security.checkpoint"].sudo().browse(checkpoint_id)
        point = point.exists().filtered(lambda p: p.is_shown and p.active)
        known = point and token.isascii() and consteq(point._screen_token(), token)
        if not known:
            raise request.not_found()
        code = point._shown_code(point._now_step())
        return request.render(
            "security_missions.checkpoint_screen",
            {"point": point, "image": point._qr_image(code)},
            headers={"Cache-Control": "no-store"},
        )
