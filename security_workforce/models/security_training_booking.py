from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import format_datetime

from .security_training_attendee import EXPECTED
from .security_training_session import OPEN_STATES


class Busy(NamedTuple):
    """A time that a guard is taken (naive UTC) and by what: ``record`` is a session, a
    leave, or what another module plans."""

    start: object
    stop: object
    record: object


class HrEmployee(models.Model):
    """When these people cannot follow a course."""

    _inherit = "hr.employee"

    def _training_busy_times(self, start, stop):
        """``{employee id: [Busy]}`` between two instants (naive UTC).

        A module that plans people adds its own. A fixed number of queries. sudo: what
        the user may not see keeps the guard busy all the same.
        """
        busy = defaultdict(list)
        guards = self.sudo()
        for attendee, slots in guards._training_slots(
            start, stop, EXPECTED + ("present",), OPEN_STATES
        ):
            busy[attendee.employee_id.id] += [
                Busy(slot.date_start, slot.date_stop, attendee.session_id)
                for slot in slots
            ]
        for leave in guards.env["hr.leave"].search_fetch(
            [
                ("employee_id", "in", self.ids),
                ("state", "=", "validate"),
                ("date_from", "<", stop),
                ("date_to", ">", start),
            ],
            ["employee_id", "date_from", "date_to"],
        ):
            busy[leave.employee_id.id].append(
                Busy(leave.date_from, leave.date_to, leave)
            )
        return busy

    def _training_slots(self, start, stop, states, session_states):
        """[(attendee, half-days)] of these people between two instants.

        :param states: states of the attendees who count
        :param session_states: states of the sessions that count
        """
        attendees = self.env["security.training.attendee"].search_fetch(
            [
                ("employee_id", "in", self.ids),
                ("state", "in", states),
                ("session_id.state", "in", session_states),
                ("date_start", "<", stop),
                ("date_stop", ">", start),
            ],
            ["employee_id", "session_id"],
            order="id",
        )
        slots = self.env["security.training.slot"].search_fetch(
            [
                ("session_id", "in", attendees.session_id.ids),
                ("date_start", "<", stop),
                ("date_stop", ">", start),
            ],
            ["session_id", "date_start", "date_stop"],
            order="date_start, id",
        )
        by_session = slots.grouped("session_id")
        return [
            (attendee, by_session[attendee.session_id])
            for attendee in attendees
            if attendee.session_id in by_session
        ]


class SecurityTrainingAttendee(models.Model):
    """Nobody is in two places at once: not in a course and somewhere else."""

    _inherit = "security.training.attendee"

    @api.constrains("state", "employee_id", "session_id")
    def _check_free(self):
        expected = self.filtered(
            lambda a: a.state in EXPECTED and a.session_id.state in OPEN_STATES
        )
        expected._refuse_clashes()

    def _refuse_clashes(self):
        for attendee, busy in self._clashes():
            raise ValidationError(
                self.env._(
                    "%(guard)s is not free for “%(session)s”: %(what)s, from %(start)s "
                    "to %(stop)s. Choose another guard or other times.",
                    guard=attendee.employee_id.name,
                    session=attendee.session_id.display_name,
                    what=attendee._busy_with(busy),
                    start=attendee._said(busy.start),
                    stop=attendee._said(busy.stop),
                )
            )

    def _taken_elsewhere(self):
        """Those of them who are somewhere else during the session."""
        return self.browse({attendee.id for attendee, _busy in self._clashes()})

    def _clashes(self):
        """Yield (attendee, Busy) for the times that overlap a half-day."""
        slots = self.session_id.slot_ids
        if not slots:
            return
        busy = self.employee_id._training_busy_times(
            min(slots.mapped("date_start")), max(slots.mapped("date_stop"))
        )
        for attendee in self:
            for time in busy[attendee.employee_id.id]:
                if time.record != attendee.session_id and any(
                    time.start < slot.date_stop and slot.date_start < time.stop
                    for slot in attendee.session_id.slot_ids
                ):
                    yield attendee, time

    def _busy_with(self, busy):
        """What keeps a guard, in words; never the kind of a leave."""
        if busy.record._name == "hr.leave":
            return self.env._("on leave")
        return self.env._("in training, “%s”", busy.record.display_name)

    def _said(self, instant):
        return format_datetime(
            self.env,
            instant,
            tz=self.session_id._zone().key,
            dt_format="short",
        )

    def _start_again(self):
        """As proposed: those who were convoked to a session that was called off."""
        self.filtered(lambda a: a.state in ("invited", "confirmed"))._move(
            "proposed", convoked_on=False, convocation="none"
        )
