from psycopg2 import IntegrityError

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime, mute_logger

from .security_shift_candidates import STOPPED
from .security_shift_notice import DEFAULT_GROUND

READERS = "security_workforce.group_security_user"

# What the ledger of notices calls the ground of an offer.
NOTICE_GROUND = {"absence": "absence", "client": "client"}


class SecurityShiftOfferAnswer(models.Model):
    """What one guard was asked, and what he said: nobody writes it by hand."""

    _name = "security.shift.offer.answer"
    _description = "Answer to an Offer"
    # Made in the order of the rank, which a guard may not read.
    _order = "id"
    _rec_name = "employee_id"
    _check_company_auto = True

    offer_id = fields.Many2one(
        "security.shift.offer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="offer_id.company_id", store=True, index=True, precompute=True
    )
    shift_id = fields.Many2one(related="offer_id.shift_id")
    # Stored: a guard reads his answers, and not the offers themselves.
    offer_state = fields.Selection(
        related="offer_id.state", string="State of the Offer", store=True
    )
    mode = fields.Selection(related="offer_id.mode")
    employee_id = fields.Many2one(
        "hr.employee",
        "Guard",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    rank = fields.Integer(groups=READERS)
    rank_reason = fields.Text("Why This Rank", groups=READERS)
    asked_at = fields.Datetime("Asked on")
    deadline = fields.Datetime("Answer by")
    answer = fields.Selection(
        [
            ("none", "None yet"),
            ("yes", "Yes"),
            ("no", "No"),
            ("late", "Not in time"),
            ("not_chosen", "Not chosen"),
            ("withdrawn", "No longer allowed"),
        ],
        default="none",
        required=True,
    )
    reason = fields.Text("Why Withdrawn")
    answered_at = fields.Datetime("Answered on")
    channel = fields.Selection(
        [
            ("portal", "Portal"),
            ("link", "Link in the mail"),
            ("phone", "Typed after a call"),
        ]
    )
    typed_by_id = fields.Many2one("res.users", "Typed by")
    told_at = fields.Datetime("Told of the Result on")
    no_address = fields.Boolean(
        "Without Address",
        groups=READERS,
        help="No mail could be sent: call this guard, he sees the offer on his portal.",
    )

    _once = models.UniqueIndex(
        "(offer_id, employee_id)", "A guard is asked once in an offer."
    )
    _open_guard_idx = models.Index(
        "(employee_id) WHERE answer IN ('none', 'yes')",
    )

    # ------------------------------------------------------------
    # ACTIONS OF THE PLANNER
    # ------------------------------------------------------------

    def action_typed_yes(self):
        """The guard said yes on the phone."""
        return self._typed("yes")

    def action_typed_no(self):
        """The guard said no on the phone."""
        return self._typed("no")

    def action_choose(self):
        """Give the shift to this one of those who said yes."""
        self.ensure_one()
        self.offer_id.check_access("write")
        answer, offer = self.sudo(), self.offer_id.sudo()
        offer._lock()
        if offer.state != "open" or answer.answer != "yes":
            raise UserError(
                self.env._(
                    "Only a yes to an open offer can be chosen: reload the page."
                )
            )
        return self._notify(*answer._take())

    def _typed(self, said):
        self.ensure_one()
        self.offer_id.check_access("write")
        return self._notify(*self._reply(said, "phone"))

    def _notify(self, outcome, sentence):
        good = outcome in ("won", "noted", "no")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": sentence,
                "type": "success" if good else "warning",
                "sticky": not good,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # ------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------

    def _ask(self, deadline):
        """Ask these guards now; by mail, for those who have an address."""
        self.write({"asked_at": fields.Datetime.now(), "deadline": deadline})
        self._send("mail_template_offer_asked")
        self.employee_id._wake_phones(
            lambda env: env._("A shift is offered to you: answer yes or no."), "offers"
        )

    def _reply(self, said, channel):
        """Take an answer; the caller has checked whose it is.

        :param said: ``yes`` or ``no``
        :param channel: ``portal``, ``link`` or ``phone``
        :return: (outcome, sentence for whoever answers); the outcome is ``won``,
            ``noted``, ``no``, ``closed`` or ``stopped``
        """
        self.ensure_one()
        answer = self.sudo()
        offer = answer.offer_id
        offer._lock()
        offer._catch_up()
        if told := answer._why_not():
            return "closed", told
        answer.write(
            {
                "answer": said,
                "answered_at": fields.Datetime.now(),
                "channel": channel,
                "typed_by_id": self.env.uid if channel == "phone" else False,
            }
        )
        if said == "no":
            offer._go_on()
            return "no", self.env._("Your no is noted. Thank you for answering.")
        if offer.mode == "bid":
            return answer._bid()
        return answer._take()

    def _why_not(self):
        """The sentence that says why no answer is taken any more, or None."""
        offer = self.offer_id
        if self.answer == "withdrawn":
            return self._withdrawn_sentence()
        if offer.state == "won":
            if offer.winner_id == self.employee_id:
                return self.env._("This shift is yours already.")
            return self.env._("This shift is already taken by somebody else.")
        if offer.state != "open":
            return self.env._("This offer has ended: there is nothing left to answer.")
        if self.answer == "late" or (self.deadline and self.deadline <= self._now()):
            return self.env._("The time to answer is over.")
        if self.answer != "none":
            return self.env._("You have answered already.")
        if not self.asked_at:
            return self.env._("It is not the turn of this guard yet.")
        return None

    def _now(self):
        return fields.Datetime.now()

    def _bid(self):
        """A yes among others: kept when the rules still allow it."""
        verdicts = self.shift_id._verdicts_of(self.employee_id)
        eligibility, reasons = verdicts[self.employee_id.id]
        if eligibility in STOPPED:
            return self._stop(reasons)
        if not self.offer_id._pending():
            self.offer_id._to_be_chosen()
        return "noted", self.env._(
            "Your yes is noted. Your planner chooses and you will be told."
        )

    def _take(self):
        """Give the shift to this guard, or say why the rules do not allow it now."""
        offer = self.offer_id
        try:
            # The log would hold as an error what is told to the guard.
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                offer.shift_id._give_to(
                    self.employee_id,
                    NOTICE_GROUND.get(offer.ground, DEFAULT_GROUND),
                    self.channel,
                    self._proof(),
                )
        except IntegrityError as error:
            # Somebody gave him another shift at this instant.
            return self._stop(self._overlap_sentence(error))
        except UserError as refusal:
            return self._stop(str(refusal))
        offer._won_by(self)
        return "won", self.env._("The shift is yours. Thank you.")

    def _overlap_sentence(self, error):
        if error.pgcode != "23P01":
            raise error
        return self.env._("Another shift was given to this guard at that time.")

    def _stop(self, reasons):
        self._withdraw(reasons, tell=False)
        self.offer_id._go_on()
        return "stopped", self._withdrawn_sentence()

    def _withdraw(self, reasons, tell=True):
        """Take the offer back from a guard whom a rule stops."""
        self.write({"answer": "withdrawn", "reason": reasons})
        if tell:
            self.filtered("asked_at")._tell_result()

    def _withdrawn_sentence(self):
        return self.env._(
            "You may not take this shift as things are now: %(reasons)s",
            reasons=self.reason,
        )

    def _proof(self):
        """How the consent of the guard is known, in words."""
        on = format_datetime(self.env, self.answered_at, tz=self.shift_id.tz)
        if self.channel == "phone":
            return self.env._(
                "yes by phone, typed by %(user)s on %(date)s",
                user=self.typed_by_id.name,
                date=on,
            )
        if self.channel == "link":
            return self.env._("yes by the signed link, on %(date)s", date=on)
        return self.env._("yes on the portal, on %(date)s", date=on)
