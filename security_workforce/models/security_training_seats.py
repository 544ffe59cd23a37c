from odoo import models
from odoo.exceptions import LockError, UserError

from .security_training_session import OPEN_STATES, SEATED


class SecurityTrainingSession(models.Model):
    """The seats of a session, one change at a time."""

    _inherit = "security.training.session"

    def _lock_seats(self):
        """Two people who fill the last seat: the second one waits his turn.

        The number of seats taken is written on the session, so whoever started before
        the first one was done is made to start again and sees what is left.
        """
        # sudo: whoever may change the attendees may lock their session.
        try:
            self.sudo().lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is changing the attendees of this session right "
                    "now: try again in a moment."
                )
            ) from error

    def _check_attendees_open(self):
        if closed := self.filtered(lambda s: s.state not in OPEN_STATES):
            raise UserError(
                self.env._(
                    "“%s” is over or cancelled: nobody joins it any more.",
                    closed[0].display_name,
                )
            )

    def _fill_seats(self):
        """Give the free seats to those who wait, soonest end first.

        Whoever is not free then keeps his place on the list.
        """
        for session in self.filtered(lambda s: s.state in OPEN_STATES):
            waiting = session.attendee_ids.filtered(lambda a: a.state == "waiting")
            if not waiting:
                continue
            # Cards and certificates may have come since they were put on the list.
            self.env.add_to_compute(waiting._fields["title_end"], waiting)
            taken = sum(a.state in SEATED for a in session.attendee_ids)
            free = session.seats - taken if session.seats else len(waiting)
            ready = waiting._soonest_first(waiting - waiting._taken_elsewhere())
            ready[: max(free, 0)]._move("proposed")
