from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_datetime

from .security_training_session import OPEN_STATES


class SecurityTrainingSlot(models.Model):
    """A half-day of a training session: its attendees are away then, and only then."""

    _name = "security.training.slot"
    _description = "Half-day of a Training Session"
    _order = "date_start, id"

    session_id = fields.Many2one(
        "security.training.session", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="session_id.company_id", store=True)
    course_id = fields.Many2one(related="session_id.course_id")
    date_start = fields.Datetime(string="Start", required=True, index=True)
    date_stop = fields.Datetime(string="End", required=True)
    hours = fields.Float(compute="_compute_hours", store=True)

    _dates_check = models.Constraint(
        "CHECK(date_stop > date_start)",
        "A half-day of training ends after it starts: check both times.",
    )
    _one_day_at_most = models.Constraint(
        "CHECK(date_stop <= date_start + interval '12 hours')",
        "A half-day of training lasts 12 hours at most: enter each half-day by itself.",
    )

    @api.depends("date_start", "date_stop")
    def _compute_hours(self):
        for slot in self:
            start, stop = slot.date_start, slot.date_stop
            seconds = start and stop and (stop - start).total_seconds()
            slot.hours = max(seconds or 0, 0) / 3600

    @api.depends("date_start", "date_stop")
    def _compute_display_name(self):
        for slot in self:
            slot.display_name = slot.date_start and format_datetime(
                self.env, slot.date_start, tz=slot.session_id._zone().key
            )

    @api.constrains("date_start", "date_stop", "session_id")
    def _check_dates(self):
        """Hours are counted once, and whoever is booked is free at the new time."""
        for session in self.session_id:
            slots = session.slot_ids.sorted("date_start")
            for one, two in zip(slots, slots[1:], strict=False):
                if two.date_start < one.date_stop:
                    raise ValidationError(
                        self.env._(
                            "“%(one)s” and “%(two)s” of %(session)s overlap: change "
                            "the times of one of them.",
                            one=one.display_name,
                            two=two.display_name,
                            session=session.display_name,
                        )
                    )
        self.session_id.attendee_ids._check_free()

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        slots = super().create(vals_list)
        slots.session_id._check_dates_open()
        slots.session_id._dates_changed()
        return slots

    def write(self, vals):
        self.session_id._check_dates_open()
        result = super().write(vals)
        self.session_id._check_dates_open()
        self.session_id._dates_changed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_last(self):
        self.session_id._check_dates_open()
        for session in self.session_id:
            if session.state == "confirmed" and not session.slot_ids - self:
                raise UserError(
                    self.env._(
                        "“%s” is confirmed: it keeps one half-day at least.",
                        session.display_name,
                    )
                )

    def unlink(self):
        sessions = self.session_id
        result = super().unlink()
        sessions._dates_changed()
        return result


class SecurityTrainingSession(models.Model):
    """What follows from the half-days of a session."""

    _inherit = "security.training.session"

    def _check_dates_open(self):
        if closed := self.filtered(lambda s: s.state not in OPEN_STATES):
            raise UserError(
                self.env._(
                    "“%s” is over or cancelled: its half-days stay what they were.",
                    closed[0].display_name,
                )
            )
