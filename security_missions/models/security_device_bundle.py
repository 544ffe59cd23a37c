from datetime import timedelta

from odoo import fields, models

from odoo.addons.security_workforce.engine.worktime import local, named_zone

# A guard sees what is behind him for a while, and the five weeks to come.
BEHIND = timedelta(days=2)
AHEAD = timedelta(days=35)
MOST = 80


def zulu(moment):
    """A naive UTC instant as the phone reads it; None for nothing."""
    return f"{moment.isoformat(timespec='seconds')}Z" if moment else None


class SecurityDevice(models.Model):
    """What the phone keeps of its guard's shifts, to work without network."""

    _inherit = "security.device"

    def _bundle(self):
        """``shifts``: the published shifts of this guard, with where they are."""
        shifts = self._bundle_shift_records()
        return super()._bundle() | {
            "shifts": [self._bundle_shift(shift) for shift in shifts]
        }

    def _bundle_shift_records(self):
        """His shifts of these weeks, found by his own rights; the place comes with
        them, which he may not read by himself."""
        now = fields.Datetime.now()
        return (
            self.env["security.shift"]
            .search(
                [
                    ("employee_id", "=", self.sudo().employee_id.id),
                    ("state", "in", ("published", "started", "done")),
                    ("date_stop", ">", now - BEHIND),
                    ("date_start", "<", now + AHEAD),
                ],
                order="date_start, id",
                limit=MOST,
            )
            .sudo()
        )

    def _bundle_shift(self, shift):
        """One shift, JSON types only."""
        stays = shift.attendance_ids.sorted("check_in")
        first, last = stays[:1], stays[-1:]
        return {
            "id": shift.id,
            "start": zulu(shift.date_start),
            "stop": zulu(shift.date_stop),
            "tz": shift.tz,
            "day": local(shift.date_start, named_zone(shift.tz)).date().isoformat(),
            "hours": round(shift.hours, 2),
            "state": shift.state,
            "site": shift.site_id.name,
            "site_id": shift.site_id.id,
            "post": shift.post_id.name,
            "post_id": shift.post_id.id,
            "mission": shift.mission_id.name or "",
            "activity": shift.activity_id.name or "",
            "note": shift.note or "",
            "place": self._bundle_place(shift.site_id),
            "on_my_way": zulu(shift.on_my_way_date),
            "clock_in": zulu(first.check_in),
            "clock_out": zulu(last.check_out),
        }

    def _bundle_place(self, site):
        """Where a guard goes, for the maps of his phone."""
        address = site.address_id
        parts = (address.street, address.street2, address.zip, address.city)
        return {"address": ", ".join(part for part in parts if part)}
