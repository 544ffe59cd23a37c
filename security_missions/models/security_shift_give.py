from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError

from .security_shift_candidates import STOPPED
from .security_shift_notice import Change

# Says to the offers of a shift that it is one of them that gives it. An object cannot
# be sent through an API.
GIVING = object()
# How a guard agreed, in the words of the ledger of notices.
CHANNELS = {"link": "mail", "planner": "spoken"}


class SecurityShift(models.Model):
    """The one way in which an offer, a swap or a bid changes the guard of a shift."""

    _inherit = "security.shift"

    def _give_to(self, employee, ground, channel, proof, agreed=None):
        """Write the guard of this shift, and publish it when the firm says so.

        A published shift stays published. The rules have the last word, of a draft too.

        :param employee: the ``hr.employee`` who takes it
        :param ground: why the guard changes, a key of security_notice.GROUNDS
        :param channel: ``portal``, ``link``, ``phone`` or ``planner``
        :param proof: how the guard's consent is known, in words
        :param agreed: ``hr.employee`` who have agreed; who takes it when not given
        :raise UserError: with the reason, and nothing is changed when the caller has
            opened a savepoint
        """
        self.ensure_one()
        shift = self.sudo().with_context(security_shift_giving=GIVING)
        shift._check_can_be_given(employee)
        before = shift.employee_id
        change = Change(
            ground, CHANNELS.get(channel, channel), guards=agreed or employee
        )
        # Kept until it is published: what he has agreed to is told to him then.
        shift = shift._because(change)
        shift.write({"employee_id": employee.id})
        shift._refuse_stopped()
        if shift.state == "draft" and shift.company_id.security_offer_publish:
            shift.action_publish()
            shift.flush_recordset()
        shift._tell_mission(before, ground, proof)

    def _refuse_stopped(self):
        """The rules have the last word, of a draft too."""
        self.flush_recordset()
        stopped = self.filtered(lambda shift: shift.eligibility in STOPPED)
        if stopped:
            raise UserError("\n".join(stopped._refusals(set(stopped.ids))))

    def _check_can_be_given(self, employee):
        if self.state not in ("draft", "published"):
            raise UserError(
                self.env._(
                    "“%(shift)s” is %(state)s: it is not given to anybody any more.",
                    shift=self.display_name,
                    state=self._state_label(self.state).lower(),
                )
            )
        if self.employee_id == employee:
            raise UserError(
                self.env._(
                    "“%(shift)s” is already that of %(guard)s.",
                    shift=self.display_name,
                    guard=employee.name,
                )
            )

    def _tell_mission(self, before, ground, proof):
        """A line in the thread of the mission: who replaces whom, and why."""
        if not self.mission_id:
            return
        said = self.env._(
            "“%(shift)s” is given to %(guard)s (before: %(before)s). "
            "Ground: %(ground)s. Consent: %(proof)s.",
            shift=self.display_name,
            guard=self.employee_id.name,
            before=before.name or self.env._("nobody"),
            ground=self._ground_in_words(ground),
            proof=proof,
        )
        self.mission_id.message_post(body=Markup("<p>%s</p>") % said)

    def _ground_in_words(self, ground):
        field = self.env["security.notice"]._fields["ground"]
        return dict(field._description_selection(self.env))[ground]
