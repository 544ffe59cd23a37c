from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.security_workforce.engine.event_schema import (
    Group,
    Id,
    Kind,
    Many,
    Text,
    Uuid,
)

# A shift counts as the guard's place so long before its start and after its end.
AROUND = timedelta(hours=12)


class SecurityInbox(models.Model):
    """Entries of the log book that guards write on their phone."""

    _inherit = "security.inbox"

    @api.model
    def _kinds(self):
        person = {"role": Text(20), "name": Text(200, required=False)}
        return super()._kinds() | {
            "log_entry": Kind(
                "_apply_log_entry",
                {
                    "shift": Id(required=False),
                    "site": Id(required=False),
                    "category": Id(required=False),
                    "text": Text(10_000),
                    "persons": Many(Group(person), 20, required=False),
                    "photos": Many(Uuid(), 8, required=False),
                    "corrects": Uuid(required=False),
                },
            ),
        }

    def _apply_log_entry(self):
        """The guard wrote in the log book (one row); the entry."""
        # sudo: the row is the guard's own, whom the device vouched for.
        row, payload = self.sudo(), self.sudo().payload
        shift = self._log_shift(payload)
        Entry = self.env["security.logbook.entry"]
        values = {
            "text": payload["text"],
            "persons": payload.get("persons") or [],
            "shift": shift,
            "entered_at": row.happened_at,
            "received_at": row.received_at,
            "device": str(row.device_id.id),
            "uuid": row.uuid,
            "employee": row.employee_id,
        }
        kind = "note"
        if payload.get("corrects"):
            kind, values["target"] = "correction", self._log_target(payload, shift)
        values["category"] = self._log_category(payload, values.get("target"))
        entry = Entry._note(shift.sudo().site_id, kind, row.happened_at, **values)
        return entry.with_env(self.env)

    def _log_shift(self, payload):
        """The shift of the guard's own that the entry is written on."""
        if payload.get("shift"):
            shift = self._shift_of_mine()
        else:
            shift = self._shift_around(payload.get("site") or 0)
        if not shift:
            raise UserError(
                self.env._(
                    "This entry is not of a shift of yours: choose the shift it was "
                    "written on, or give it to the office."
                )
            )
        return shift

    def _shift_around(self, site_id):
        """The shift of the guard's own on a site, about the time of this fact."""
        at = self.sudo().happened_at
        domain = [
            ("employee_id", "=", self.sudo().employee_id.id),
            ("site_id", "=", site_id),
            ("date_start", "<", at + AROUND),
            ("date_stop", ">", at - AROUND),
        ]
        return self.env["security.shift"].search(domain, order="date_start", limit=1)

    def _log_target(self, payload, shift):
        """The entry that is corrected, of the same site."""
        # sudo: it may be of yesterday, which the guard no longer reads.
        found = [
            ("uuid", "=", payload["corrects"]),
            ("site_id", "=", shift.sudo().site_id.id),
        ]
        target = self.env["security.logbook.entry"].sudo().search(found)
        if not target:
            raise UserError(
                self.env._(
                    "The entry that is corrected is not in the log book of this site."
                )
            )
        return target

    def _log_category(self, payload, target):
        # sudo: guards have no right to read what a category is called in the office.
        categories = self.env["security.logbook.category"].sudo()
        found = categories.browse(payload.get("category") or 0).exists()
        return found or (target and target.category_id) or "other"

    @api.model
    def _kind_words(self):
        return super()._kind_words() | {
            "log_entry": self.env._("Log book entry"),
        }

    @api.model
    def _payload_models(self):
        return super()._payload_models() | {
            "category": "security.logbook.category",
            "site": "security.site",
        }
