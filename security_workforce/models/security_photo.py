import hashlib
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..engine.photo import BadPhoto, clean

MOST_BYTES = 12 * 1024 * 1024
# A photo whose fact never came is not kept for ever.
ORPHAN = timedelta(days=60)


class SecurityPhoto(models.Model):
    """A photo on its way in: taken in pieces, made anew and given to its record."""

    _name = "security.photo"
    _description = "Photo from a Device"

    device_id = fields.Many2one("security.device", required=True, ondelete="cascade")
    uuid = fields.Char(required=True)
    total = fields.Integer(required=True)
    sha256 = fields.Char(required=True)
    received = fields.Integer("Bytes Received", default=0)
    raw = fields.Binary(attachment=False)
    state = fields.Selection(
        [
            ("coming", "Coming"),
            ("whole", "Whole"),
            ("given", "Given"),
            ("bad", "Refused"),
        ],
        required=True,
        default="coming",
    )
    attachment_id = fields.Many2one("ir.attachment", ondelete="set null")
    message = fields.Char("Reason")

    _uuid_uniq = models.UniqueIndex("(device_id, uuid)", "This photo is known already.")

    @api.model
    def _take(self, device, uuid, first, total, sha256, piece):
        """Add one piece; ``(bytes received, sentence when it is refused)``.

        Pieces come in order; one that was received already changes nothing.
        """
        if not 0 < total <= MOST_BYTES or first < 0 or first + len(piece) > total:
            return 0, self.env._("A photo is at most 12 MB.")
        photo = self._find(device, uuid, total, sha256, first == 0)
        if not photo:
            # Its beginning is not here: the phone begins again.
            return 0, None
        if (photo.total, photo.sha256) != (total, sha256):
            return photo.received, self.env._("Another photo bears this identity.")
        if photo.state == "coming" and first == photo.received and piece:
            photo._add(piece)
            if photo.received == total:
                photo._finish()
        return photo.received, photo.message or None

    def _find(self, device, uuid, total, sha256, begins):
        # sudo: guards have no right on what is on its way.
        photos = self.sudo()
        if begins:
            self.env.cr.execute(
                SQL(
                    """INSERT INTO security_photo (device_id, uuid, total, sha256,
                    received, raw, state, create_uid, create_date) VALUES (%s, %s, %s,
                    %s, 0, '', 'coming', %s, now() AT TIME ZONE 'UTC')
                    ON CONFLICT DO NOTHING""",
                    device.id,
                    uuid,
                    total,
                    sha256,
                    self.env.uid,
                )
            )
        return photos.search([("device_id", "=", device.id), ("uuid", "=", uuid)])

    def _add(self, piece):
        self.env.cr.execute(
            SQL(
                "UPDATE security_photo SET raw = raw || %s, received = received + %s"
                " WHERE id = %s",
                piece,
                len(piece),
                self.id,
            )
        )
        self.invalidate_recordset()

    def _finish(self):
        """All is there: check it, make it anew, and give it to its record."""
        self.env.cr.execute(
            SQL("SELECT raw FROM security_photo WHERE id = %s", self.id)
        )
        raw = bytes(self.env.cr.fetchone()[0])
        if hashlib.sha256(raw).hexdigest() != self.sha256:
            self.write(
                {"state": "bad", "raw": False, "message": self._reason("broken")}
            )
            return
        try:
            written = clean(raw)
        except BadPhoto as bad:
            self.write(
                {"state": "bad", "raw": False, "message": self._reason(bad.reason)}
            )
            return
        attachment = self.env["ir.attachment"].create(
            {"name": f"{self.uuid}.jpg", "raw": written, "mimetype": "image/jpeg"}
        )
        self.write({"state": "whole", "raw": False, "attachment_id": attachment.id})
        self._give()

    def _give(self):
        """Attach the photo to the record of the fact that names it, once there."""
        for photo in self.filtered(lambda photo: photo.state == "whole"):
            self.env.cr.execute(
                SQL(
                    """SELECT id FROM security_inbox WHERE device_id = %s
                    AND payload -> 'photos' ? %s AND res_id IS NOT NULL LIMIT 1""",
                    photo.device_id.id,
                    photo.uuid,
                )
            )
            found = self.env.cr.fetchone()
            record = found and self.env["security.inbox"].browse(found[0])._record()
            if record:
                photo.attachment_id.write(
                    {"res_model": record._name, "res_id": record.id}
                )
                photo.state = "given"
                if hasattr(record, "_photo_arrived"):
                    record.sudo()._photo_arrived(photo.attachment_id)

    def _reason(self, code):
        return {
            "kind": self.env._(
                "This file is no photo: send a JPEG, PNG or WebP picture."
            ),
            "size": self.env._("This picture has more pixels than any phone makes."),
            "broken": self.env._("This photo arrived damaged: take it again."),
        }[code]

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if any(photo.state == "given" for photo in self):
            raise UserError(self.env._("This photo belongs to a record that is kept."))

    @api.autovacuum
    def _gc_orphans(self):
        limit = fields.Datetime.now() - ORPHAN
        self.sudo().search(
            [("state", "in", ("coming", "bad", "whole")), ("create_date", "<", limit)]
        ).unlink()
