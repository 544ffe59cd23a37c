from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.security_workforce.engine.worktime import local, named_zone

from ..engine import snapshot

TOLD = ("published", "started", "done")


class SecurityShift(models.Model):
    """What the guard was told of a shift, and whether he has read it."""

    _inherit = "security.shift"

    acknowledgement = fields.Selection(
        [
            ("pending", "Not acknowledged"),
            ("acknowledged", "Acknowledged"),
            ("changed", "Changed since"),
        ],
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Whether the guard has read this shift in a published version of his "
        "rota; “Changed since”: he was told something else before.",
    )

    def _is_told(self):
        return self.state in TOLD and bool(self.employee_id)

    def _publication_key(self):
        """(company id, employee id, first day of the month on the site's clock)."""
        day = local(self.date_start, named_zone(self.tz)).date()
        return self.company_id.id, self.employee_id.id, day.replace(day=1)

    def _publication_row(self):
        """This shift as a guard is told it: texts and whole numbers only."""
        self.ensure_one()
        shift = self.sudo()
        zone = named_zone(shift.tz)
        address = shift.site_id.address_id
        lasts = shift.date_stop - shift.date_start
        return {
            "shift_id": shift.id,
            "post_id": shift.post_id.id,
            "post": shift.post_id.name,
            "site": shift.site_id.name,
            "address": ", ".join(
                part for part in (address.street, address.zip, address.city) if part
            ),
            "start": fields.Datetime.to_string(shift.date_start),
            "stop": fields.Datetime.to_string(shift.date_stop),
            "tz": shift.tz,
            "local_start": local(shift.date_start, zone).isoformat(timespec="minutes"),
            "local_stop": local(shift.date_stop, zone).isoformat(timespec="minutes"),
            "minutes": int(lasts.total_seconds()) // 60,
        }

    def _mark_told(self, versions):
        """Say of each shift whether its guard has read it as it is now.

        :param versions: the versions that tell them
        """
        Publication = self.env["security.publication"]
        read = Publication._last_read(versions)
        before = {v: _rows_of(v.previous_id) for v in versions}
        marks = defaultdict(list)
        for version in versions:
            known = _rows_of(read.get(version._key()))
            shifts = self.browse(row["shift_id"] for row in version._told())
            for shift, row in zip(shifts, version._told(), strict=True):
                state = snapshot.acknowledged_state(
                    row,
                    known.get(shift.id),
                    before[version].get(shift.id),
                    shift.acknowledgement,
                )
                if state != shift.acknowledgement:
                    marks[state].append(shift.id)
        for state, ids in marks.items():
            self.browse(ids)._mark(state)

    def _mark(self, state):
        """One statement whatever the number of shifts: nothing else changes of them."""
        self.env.execute_query(
            SQL(
                """UPDATE security_shift
                SET acknowledgement = %s, write_uid = %s, write_date = %s
                WHERE id = ANY(%s)""",
                state or None,
                self.env.uid,
                self.env.cr.now(),
                self.ids,
            )
        )
        field = self._fields["acknowledgement"]
        for shift in self:
            field._update_cache(shift, state or None)
        self.modified(["acknowledgement"])

    @api.model_create_multi
    def create(self, vals_list):
        # Set here so that a default of the context makes no acknowledged shift.
        return super().create(
            [{**vals, "acknowledgement": False} for vals in vals_list]
        )

    def write(self, vals):
        if "acknowledgement" in vals:
            raise UserError(
                self.env._(
                    "A shift is acknowledged with the rota it is published in: see "
                    "Published Rotas."
                )
            )
        return super().write(vals)


class SecurityPublication(models.Model):
    """The shifts that versions tell."""

    _inherit = "security.publication"

    def _last_read(self, versions):
        """{key: the last version its guard has read}, in one query."""
        found = self.sudo().search(
            [
                ("employee_id", "in", versions.employee_id.ids),
                ("month", "in", list(set(versions.mapped("month")))),
                ("acknowledged_at", "!=", False),
            ],
            order="number",
        )
        return {version._key(): version for version in found}

    def _mark_shifts(self):
        """Carry what these versions tell, read or not, to the shifts."""
        self.env["security.shift"].sudo()._mark_told(self)

    def _publish(self, keys):
        versions = super()._publish(keys)
        versions._mark_shifts()
        return versions


def _rows_of(version):
    return {row["shift_id"]: row for row in version._told()} if version else {}
