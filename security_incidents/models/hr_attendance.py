from odoo import api, models
from odoo.tools import format_datetime

TIMES = ("check_in", "check_out")


class HrAttendance(models.Model):
    """What is clocked on a shift is written in the log book of its site."""

    _inherit = "hr.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        attendances = super().create(vals_list)
        self._note_clocked(
            (presence, name, None) for presence in attendances for name in TIMES
        )
        return attendances

    def write(self, vals):
        watched = {*TIMES, "security_shift_id"} & vals.keys()
        # sudo: the log book does not depend on what the writer may read.
        before = {
            presence.id: (presence.security_shift_id, *(presence[n] for n in TIMES))
            for presence in (self.sudo() if watched else self.browse())
        }
        result = super().write(vals)
        if watched:
            self._note_clocked(self._changed_times(before))
        return result

    def unlink(self):
        notes = [
            presence._clock_note("clock_change", presence.check_in, "removed")
            for presence in self.sudo().filtered("security_shift_id")
        ]
        result = super().unlink()
        if notes:
            self.env["security.logbook.entry"]._note_many(notes)
        return result

    def _changed_times(self, before):
        """(presence, name of the time, what it was) of those that changed."""
        for presence in self.sudo():
            shift, *times = before[presence.id]
            is_new = shift != presence.security_shift_id
            for name, was in zip(TIMES, times, strict=True):
                if is_new or presence[name] != was:
                    yield presence, name, None if is_new else was

    def _note_clocked(self, changes):
        """Entries of ``(presence, "check_in" or "check_out", old time or None)``."""
        notes = []
        for presence, name, was in changes:
            presence = presence.sudo()
            if presence.security_shift_id and was:
                notes.append(presence._clock_note("clock_change", was, name))
            elif presence.security_shift_id and presence[name]:
                kind = "clock_in" if name == "check_in" else "clock_out"
                notes.append(presence._clock_note(kind, presence[name], kind))
        if notes:
            self.env["security.logbook.entry"]._note_many(notes)

    def _clock_note(self, kind, at, what):
        shift = self.security_shift_id
        lang = shift.company_id.partner_id.lang
        env = self.with_context(lang=lang or self.env.lang).env
        guard = self.employee_id.name

        def told(instant):
            return format_datetime(env, instant, shift.tz, "short") if instant else "-"

        text = {
            "clock_in": lambda: env._("%(guard)s takes up the post.", guard=guard),
            "clock_out": lambda: env._("%(guard)s leaves the post.", guard=guard),
            "removed": lambda: env._(
                "The presence of %(guard)s from %(time)s was removed.",
                guard=guard,
                time=told(at),
            ),
            "check_in": lambda: env._(
                "Clock-in of %(guard)s: %(old)s becomes %(new)s.",
                guard=guard,
                old=told(at),
                new=told(self.check_in),
            ),
            "check_out": lambda: env._(
                "Clock-out of %(guard)s: %(old)s becomes %(new)s.",
                guard=guard,
                old=told(at),
                new=told(self.check_out),
            ),
        }[what]()
        return {
            "site": shift.site_id,
            "kind": kind,
            "at": at,
            "shift": shift,
            "employee": self.employee_id,
            "text": text,
            "category": "clock",
        }
