from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .security_shift_candidates import STOPPED


class SecurityShiftOffer(models.Model):
    """The life of an open offer: who is asked when, and how it ends."""

    _inherit = "security.shift.offer"

    def _lock(self):
        """Wait for whoever answers at this instant.

        Whoever comes second finds the row changed: his transaction fails as a
        concurrent update does, is run again by Odoo, and reads what the first one said.
        A lock alone would not do, for one who says no changes only his own answer.
        """
        shift_ids = tuple(self.sudo().shift_id.ids) or (0,)
        self.env.cr.execute(
            SQL(
                "SELECT id FROM security_shift WHERE id IN %s"
                " ORDER BY id FOR NO KEY UPDATE",
                shift_ids,
            )
        )
        self.env.cr.execute(
            SQL(
                "UPDATE security_shift_offer SET write_date = write_date WHERE id IN ("
                "SELECT id FROM security_shift_offer WHERE id IN %s"
                " ORDER BY id FOR NO KEY UPDATE)",
                tuple(self.ids) or (0,),
            )
        )

    # ------------------------------------------------------------
    # ASKING
    # ------------------------------------------------------------

    def _pending(self):
        """The answers that are waited for."""
        return self.answer_ids.filtered(lambda a: a.asked_at and a.answer == "none")

    def _ask_first(self):
        if self.mode == "cascade":
            self._go_on()
        else:
            self.answer_ids._ask(self.deadline)

    def _go_on(self):
        """Ask the next one when it is his turn; end when nobody is left."""
        self.ensure_one()
        offer = self.sudo()
        if offer.mode == "cascade" and not offer._pending():
            offer._ask_next()
        if offer._pending():
            return
        if offer.answer_ids.filtered(lambda a: a.answer == "yes"):
            offer._to_be_chosen()
        else:
            offer._close("expired", "nobody")

    def _ask_next(self):
        """The next one in rank whom no rule stops now, with all of his time."""
        waiting = self.answer_ids.filtered(lambda a: not a.asked_at).filtered(
            lambda a: a.answer == "none"
        )
        verdicts = self.shift_id._verdicts_of(waiting.employee_id)
        for answer in waiting.sorted("rank"):
            eligibility, reasons = verdicts[answer.employee_id.id]
            if eligibility in STOPPED:
                answer._withdraw(reasons)
                continue
            now = fields.Datetime.now().replace(microsecond=0)
            answer._ask(min(now + timedelta(minutes=self.minutes), self.deadline))
            return

    # ------------------------------------------------------------
    # ENDING
    # ------------------------------------------------------------

    def _won_by(self, answer):
        """Given: the winner and the others are told."""
        others = self.answer_ids - answer
        others = others.filtered(lambda a: a.answer in ("none", "yes"))
        told = (answer | others).filtered("asked_at")
        others.write({"answer": "not_chosen"})
        self._move(state="won", closing="taken", winner_id=answer.employee_id.id)
        told._tell_result()

    def _close(self, state, closing):
        """End without a winner; those who were asked and might still hope are told."""
        for offer in self.sudo():
            hoping = offer.answer_ids.filtered(lambda a: a.answer in ("none", "yes"))
            told = hoping.filtered("asked_at")
            hoping.write({"answer": "not_chosen"})
            offer._move(state=state, closing=closing)
            told._tell_result()

    def _to_be_chosen(self):
        if not self.time_over:
            self._move(time_over=True)
            self.message_post(
                body=self.env._(
                    "All have answered or the time is over: choose among the yes."
                )
            )

    def _catch_up(self):
        """Do what the clock asks for, however long nobody looked at it.

        Whoever is next in a cascade has his whole time from now on.
        """
        now = fields.Datetime.now()
        for offer in self.sudo().filtered(lambda o: o.state == "open"):
            late = offer._pending().filtered(lambda a: a.deadline <= now)
            late.write({"answer": "late"})
            over = offer.shift_id.date_stop <= now
            if not over and offer.deadline > now:
                if late:
                    offer._go_on()
                continue
            yes = offer.answer_ids.filtered(lambda a: a.answer == "yes")
            if yes and not over:
                offer._to_be_chosen()
            else:
                offer._close("expired", "time")

    @api.model
    def _cron_follow(self):
        """Every minute: answers that are late, cascades that go on, offers that end."""
        now = fields.Datetime.now()
        waited = Domain("answer", "=", "none") & Domain("deadline", "<=", now)
        offers = self.search(
            Domain("state", "=", "open")
            & (
                (Domain("deadline", "<=", now) & Domain("time_over", "=", False))
                | Domain("shift_id.date_stop", "<=", now)
                | Domain("answer_ids", "any", waited)
            )
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(offers))
        for offer in offers:
            # Whoever answers at this instant does it himself.
            offer.try_lock_for_update(allow_referencing=True)._catch_up()
            if not cron._commit_progress(1):
                break
