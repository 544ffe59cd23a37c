"""Offers of a shift: who is asked, who wins, and who is told."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import NOW, SecurityMissionsCase

DAY = ("2027-05-03 08:00", "2027-05-03 16:00")


class OfferMixin:
    """Three guards with an address, a vacant shift, a planner."""

    @classmethod
    def setup_offers(cls):
        cls.obey_the_law()
        # Mails to guards of whom no language is known are in that of the firm.
        cls.company.partner_id.lang = "en_US"
        cls.third = cls.make_guard("Mia Test")
        for guard in cls.guard | cls.other_guard | cls.third:
            guard.work_email = f"{guard.name.split()[0].lower()}@guards.example.com"
        cls.expired = cls.make_guard("Ed Expired", date_expiry="2027-05-02")
        cls.post = cls.make_post()
        cls.shift = cls.make_shift(cls.post, *DAY)
        cls.planner = cls.make_user(
            "offerplanner",
            "base.group_user",
            "security_workforce.group_security_planner",
        )

    def offer(self, guards=None, mode="first_accept", **values):
        offer = self.env["security.shift.offer"].with_user(self.planner)
        offer = offer.create({"shift_id": self.shift.id, "mode": mode, **values})
        offer._open(guards)
        return offer.sudo()

    def answer_of(self, offer, guard):
        return offer.answer_ids.filtered(lambda a: a.employee_id == guard)

    def mails_to(self, guard):
        return self.env["mail.mail"].search([("email_to", "like", guard.work_email)])


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOffer(OfferMixin, SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_offers()

    # ------------------------------------------------------------
    # Who is asked
    # ------------------------------------------------------------

    def test_all_who_may_are_asked_and_nobody_else(self):
        offer = self.offer()
        asked = offer.answer_ids.employee_id
        self.assertEqual(asked, self.guard | self.other_guard | self.third)
        self.assertTrue(all(offer.answer_ids.mapped("asked_at")))
        self.assertEqual(len(self.mails_to(self.guard)), 1)
        self.assertFalse(self.mails_to(self.guard).filtered(lambda m: not m.body_html))
        self.assertIn("/security/offer/", self.mails_to(self.guard).body_html)

    def test_a_blocked_guard_is_never_asked_though_chosen(self):
        offer = self.offer(self.guard | self.expired)
        self.assertEqual(offer.answer_ids.employee_id, self.guard)
        self.assertIn("Ed Expired: ", offer.message_ids[0].body)
        offer.action_cancel()
        with self.assertRaisesRegex(UserError, "PRO-01"):
            self.offer(self.expired)

    def test_the_dialog_asks_the_ticked_ones(self):
        wizards = self.env["security.shift.candidates"].with_user(self.planner)
        wizard = wizards.create({"shift_id": self.shift.id})
        with self.assertRaisesRegex(UserError, "Tick the guards"):
            wizard.action_ask_chosen()
        line = wizard.line_ids.filtered(lambda l: l.employee_id == self.third)
        line.chosen = True
        action = wizard.action_ask_chosen()
        offer = self.env["security.shift.offer"].browse(action["res_id"])
        self.assertEqual(offer.answer_ids.employee_id, self.third)
        self.assertEqual(offer.state, "open")

    def test_one_open_offer_for_a_shift(self):
        self.offer(self.guard)
        with self.assertRaises(Exception) as caught, self.cr.savepoint():
            self.offer(self.third)
        self.assertIn("one_open", str(caught.exception))

    def test_no_time_left_to_answer(self):
        with self.assertRaisesRegex(UserError, "before the shift does"):
            self.offer(deadline="2027-05-03 20:00:00")
        with self.assertRaisesRegex(UserError, "in the future"):
            self.offer(deadline="2027-04-15 08:00:00")

    # ------------------------------------------------------------
    # First yes
    # ------------------------------------------------------------

    def test_the_first_yes_wins_and_the_others_are_told(self):
        offer = self.offer()
        outcome, _told = self.answer_of(offer, self.third)._reply("yes", "portal")
        self.assertEqual(outcome, "won")
        self.assertEqual(self.shift.employee_id, self.third)
        self.assertEqual((offer.state, offer.winner_id), ("won", self.third))
        second = self.answer_of(offer, self.guard)
        self.assertEqual(second.answer, "not_chosen")
        self.assertTrue(second.told_at)
        self.assertIn("somebody else", self.mails_to(self.guard)[0].body_html)
        self.assertIn("is yours", self.mails_to(self.third)[0].body_html)
        outcome, told = second._reply("yes", "portal")
        self.assertEqual(outcome, "closed")
        self.assertIn("already taken", told)
        self.assertEqual(self.shift.employee_id, self.third)

    def test_typed_after_a_call_keeps_who_typed(self):
        offer = self.offer().with_user(self.planner)
        answer = self.answer_of(offer, self.guard)
        action = answer.action_typed_yes()
        self.assertEqual(action["params"]["type"], "success")
        self.assertEqual(answer.channel, "phone")
        self.assertEqual(answer.typed_by_id, self.planner)
        self.assertEqual(self.shift.employee_id, self.guard)

    def test_all_say_no(self):
        offer = self.offer(self.guard | self.third)
        self.answer_of(offer, self.guard)._reply("no", "portal")
        self.assertEqual(offer.state, "open")
        self.answer_of(offer, self.third)._reply("no", "portal")
        self.assertEqual((offer.state, offer.closing), ("expired", "nobody"))
        self.assertFalse(self.shift.employee_id)

    def test_the_firm_may_publish_what_is_accepted(self):
        self.company.security_offer_publish = True
        self.answer_of(self.offer(), self.guard)._reply("yes", "portal")
        self.assertEqual(self.shift.state, "published")

    def test_a_published_shift_changes_its_guard_and_stays_published(self):
        self.shift.employee_id = self.guard
        self.shift.action_publish()
        offer = self.offer()
        self.assertEqual(offer.ground, "absence")
        self.assertNotIn(self.guard, offer.answer_ids.employee_id)
        self.answer_of(offer, self.third)._reply("yes", "portal")
        self.assertEqual(self.shift.employee_id, self.third)
        self.assertEqual(self.shift.state, "published")

    def test_no_longer_allowed_when_he_says_yes(self):
        """He took another shift in between; the offer goes on without him."""
        offer = self.offer()
        answer = self.answer_of(offer, self.guard)
        self.make_shift(
            self.make_post("West"), "2027-05-03 10:00", "2027-05-03 18:00", self.guard
        )
        outcome, told = answer._reply("yes", "portal")
        self.assertEqual(outcome, "stopped")
        self.assertIn("two places", told)
        self.assertEqual(answer.answer, "withdrawn")
        self.assertEqual(offer.state, "open")
        self.assertFalse(self.shift.employee_id)
        self.answer_of(offer, self.third)._reply("yes", "portal")
        self.assertEqual(self.shift.employee_id, self.third)

    # ------------------------------------------------------------
    # Bids
    # ------------------------------------------------------------

    def test_bids_are_collected_and_the_planner_chooses(self):
        offer = self.offer(self.guard | self.third, mode="bid")
        first, second = (self.answer_of(offer, g) for g in (self.guard, self.third))
        self.assertEqual(first._reply("yes", "portal")[0], "noted")
        self.assertFalse(self.shift.employee_id)
        self.assertFalse(offer.time_over)
        second._reply("yes", "portal")
        self.assertTrue(offer.time_over)
        second.with_user(self.planner).action_choose()
        self.assertEqual(self.shift.employee_id, self.third)
        self.assertEqual((first.answer, second.answer), ("not_chosen", "yes"))

    def test_bids_after_the_deadline(self):
        offer = self.offer(self.guard | self.third, mode="bid")
        self.answer_of(offer, self.guard)._reply("yes", "portal")
        with freeze_time(offer.deadline + timedelta(minutes=1)):
            late = self.answer_of(offer, self.third)
            outcome, told = late._reply("yes", "portal")
            self.assertEqual((outcome, late.answer), ("closed", "late"))
            self.assertIn("time to answer is over", told)
            self.assertEqual((offer.state, offer.time_over), ("open", True))

    # ------------------------------------------------------------
    # Cascade
    # ------------------------------------------------------------

    def cron(self):
        cron = self.env.ref("security_missions.ir_cron_shift_offers")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()

    def asked(self, offer):
        self.env.invalidate_all()
        return offer._pending().employee_id.mapped("name")

    def test_cascade_goes_on_at_no_and_when_the_time_is_over(self):
        offer = self.offer(mode="cascade", minutes=30)
        self.assertEqual(self.asked(offer), ["Amine Test"])
        self.assertFalse(self.mails_to(self.third))
        self.answer_of(offer, self.guard)._reply("no", "portal")
        self.assertEqual(self.asked(offer), ["Mia Test"])
        later = fields.Datetime.to_datetime(NOW) + timedelta(minutes=29)
        with freeze_time(later):
            self.cron()
            self.assertEqual(self.asked(offer), ["Mia Test"])
        # The cron was down for two hours: the next one has all of his time.
        late = later + timedelta(hours=2)
        with freeze_time(late):
            self.cron()
            self.assertEqual(self.asked(offer), ["Zoe Test"])
            self.assertEqual(self.answer_of(offer, self.third).answer, "late")
            answer = self.answer_of(offer, self.other_guard)
            self.assertEqual(answer.deadline, late + timedelta(minutes=30))
        with freeze_time(late + timedelta(minutes=31)):
            self.cron()
            self.env.invalidate_all()
            self.assertEqual((offer.state, offer.closing), ("expired", "nobody"))

    def test_cascade_skips_whom_a_rule_stops_meanwhile(self):
        offer = self.offer(mode="cascade")
        self.cards_of(self.third).action_suspend()
        self.answer_of(offer, self.guard)._reply("no", "portal")
        self.assertEqual(self.asked(offer), ["Zoe Test"])
        self.assertEqual(self.answer_of(offer, self.third).answer, "withdrawn")

    def test_the_deadline_ends_an_offer(self):
        offer = self.offer()
        with freeze_time(offer.deadline):
            self.cron()
            self.env.invalidate_all()
            self.assertEqual((offer.state, offer.closing), ("expired", "time"))
            self.assertEqual(set(offer.answer_ids.mapped("answer")), {"late"})

    # ------------------------------------------------------------
    # Withdrawn
    # ------------------------------------------------------------

    def test_a_suspended_card_takes_the_offer_back_at_once(self):
        offer = self.offer()
        self.cards_of(self.guard).action_suspend()
        self.cr.flush()
        answer = self.answer_of(offer, self.guard)
        self.assertEqual(answer.answer, "withdrawn")
        self.assertIn("PRO-01", answer.reason)
        self.assertEqual(len(self.mails_to(self.guard)), 2)
        self.assertEqual(offer.state, "open")
        self.assertEqual(answer._reply("yes", "portal")[0], "closed")

    def test_another_shift_takes_the_offer_back(self):
        offer = self.offer()
        post = self.make_post("West")
        self.make_shift(post, "2027-05-03 10:00", "2027-05-03 18:00", self.guard)
        self.cr.flush()
        self.assertEqual(self.answer_of(offer, self.guard).answer, "withdrawn")
        self.assertEqual(self.answer_of(offer, self.third).answer, "none")

    def test_by_hand_cancelled_or_moved_ends_the_offer(self):
        for act, closing in (
            (lambda: self.shift.write({"employee_id": self.third.id}), "hand"),
            (lambda: self.shift.action_cancel(), "gone"),
            (
                lambda: self.shift.write(
                    {"date_stop": self.shift.date_stop + timedelta(hours=1)}
                ),
                "changed",
            ),
        ):
            with self.subTest(closing):
                self.shift.employee_id = False
                if self.shift.state == "cancelled":
                    self.shift.action_draft()
                offer = self.offer(self.guard)
                act()
                self.assertEqual((offer.state, offer.closing), ("cancelled", closing))
                self.assertTrue(offer.answer_ids.told_at)

    def test_a_note_or_publishing_ends_nothing(self):
        self.shift.employee_id = self.guard
        offer = self.offer(self.third)
        self.shift.note = "Bring a torch"
        self.shift.action_publish()
        self.assertEqual(offer.state, "open")

    # ------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------

    def test_no_state_is_forged(self):
        offer = self.offer().with_user(self.planner)
        for values in (
            {"state": "won"},
            {"winner_id": self.guard.id},
            {"deadline": "2028-01-01"},
            {"answer_ids": []},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                offer.write(values)
        with self.assertRaises(UserError):
            offer.create({"shift_id": self.shift.id, "state": "won"})
        with self.assertRaises(AccessError):
            offer.answer_ids[0].write({"answer": "yes"})
        reader = self.make_user(
            "offerreader", "base.group_user", "security_workforce.group_security_user"
        )
        for method in ("action_typed_yes", "action_choose"):
            with self.assertRaises(AccessError):
                getattr(offer.answer_ids[0].with_user(reader), method)()
        with self.assertRaises(AccessError):
            offer.with_user(reader).action_cancel()

    def test_asking_costs_the_same_whatever_the_number_of_guards(self):
        counts = []
        for _size in range(2):
            for number in range(8):
                self.make_guard(f"Guard {number}")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            offer = self.offer()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            offer.action_cancel()
        self.assertLessEqual(counts[1], counts[0] + 2)
