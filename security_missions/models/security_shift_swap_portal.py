from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.security_workforce.engine.worktime import local, named_zone


class SecurityShiftSwap(models.Model):
    """What a guard may ask for himself, without reading the rota of the others."""

    _inherit = "security.shift.swap"

    @api.model
    def _ask_from_portal(self, shift, colleague_id, day, note):
        """Ask a colleague to take a shift, the caller having checked whose it is.

        :param shift: a published ``security.shift`` of the one who asks
        :param colleague_id: id of an ``hr.employee`` of the same firm
        :param day: ISO date of the colleague's shift taken in exchange, or empty
        :return: the swap
        """
        shift = shift.sudo()
        colleague = shift._candidate_guards().filtered(lambda g: g.id == colleague_id)
        if not colleague or colleague == shift.employee_id:
            raise UserError(self.env._("Choose a colleague of your firm."))
        if shift.state != "published" or shift.date_start <= fields.Datetime.now():
            raise UserError(self.env._("Only a published shift to come is swapped."))
        other = self._shift_of_day(colleague, day) if day else shift.browse()
        return self.sudo().create(
            {
                "shift_id": shift.id,
                "other_guard_id": colleague.id,
                "other_shift_id": other.id,
                "note": note[:200],
            }
        )

    def _shift_of_day(self, colleague, day):
        """The one published shift of a guard that begins on that day of its site."""
        try:
            date = fields.Date.to_date(day)
            midnight = fields.Datetime.to_datetime(date)
            first, last = midnight - timedelta(days=1), midnight + timedelta(days=2)
        except (ValueError, OverflowError):
            raise UserError(self.env._("Write the day as in a calendar.")) from None
        shifts = (
            self.env["security.shift"]
            .sudo()
            .search(
                [
                    ("employee_id", "=", colleague.id),
                    ("state", "=", "published"),
                    ("date_start", ">", fields.Datetime.now()),
                    ("date_start", ">=", first),
                    ("date_start", "<", last),
                ]
            )
            .filtered(lambda s: local(s.date_start, named_zone(s.tz)).date() == date)
        )
        if len(shifts) != 1:
            raise UserError(
                self.env._(
                    "%(guard)s has no single published shift on that day: agree on "
                    "another day, or ask your planner.",
                    guard=colleague.name,
                )
            )
        return shifts
