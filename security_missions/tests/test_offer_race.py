"""Two guards say yes at the same instant, on two real connections."""

from datetime import timedelta
from functools import partial

from odoo import SUPERUSER_ID, fields
from odoo.api import Environment
from odoo.tests import tagged

from odoo.addons.base.tests.common import DISABLED_MAIL_CONTEXT

from .test_two_connections import TwoConnections


@tagged("post_install", "-at_install")
class TestOfferRace(TwoConnections):
    """The committed data of two connections, with an offer to two guards."""

    def setUp(self):
        self.answers = []
        super().setUp()

    def make(self, env):
        result = super().make(env)
        second = env["hr.employee"].create({"name": "As Quick"})
        card = env["security.card"].create(
            {
                "employee_id": second.id,
                "number": "CAR-075-2099-01-01-20260000003",
                "activity_id": env.ref("security_workforce.activity_sh").id,
                "date_issued": "2020-01-01",
                "date_expiry": "2099-01-01",
            }
        )
        env["security.card.check"].create({"card_id": card.id, "result": "valid"})
        self.made["hr.employee"].append(second.id)
        self.made["security.card"].append(card.id)
        shift = env["security.shift"].browse(self.made["security.shift"][0])
        start = fields.Datetime.now().replace(hour=8, minute=0) + timedelta(days=3)
        shift.write({"date_start": start, "date_stop": start + timedelta(hours=6)})
        offer = env["security.shift.offer"].create({"shift_id": shift.id})
        offer._open(env["hr.employee"].browse(self.made["hr.employee"]))
        self.answers = offer.answer_ids.sorted("rank").ids
        self.assertEqual(len(self.answers), 2)
        return result

    def remove(self):
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            shift_ids = tuple(self.made["security.shift"])
            answers = env["security.shift.offer.answer"].browse(self.answers)
            offers = answers.offer_id
            for model, ids in (
                (answers._name, answers.ids),
                (offers._name, offers.ids),
            ):
                env["mail.mail"].search(
                    [("model", "=", model), ("res_id", "in", ids)]
                ).unlink()
                env["mail.message"].search(
                    [("model", "=", model), ("res_id", "in", ids)]
                ).unlink()
            cr.execute(
                "DELETE FROM security_shift_offer WHERE shift_id IN %s", [shift_ids]
            )
        return super().remove()

    def reply(self, index, env, said="yes"):
        answer = env["security.shift.offer.answer"].browse(self.answers[index])
        return answer._reply(said, "portal")

    def offered(self, env):
        return env["security.shift.offer.answer"].browse(self.answers).offer_id

    def both_say_yes(self, outcome=lambda: None):
        return self.race(partial(self.reply, 0), partial(self.reply, 1), outcome)

    def test_one_wins_and_the_other_is_told(self):
        one, two = self.both_say_yes()
        self.assertIsNone(one.error)
        self.assertIsNone(two.error)
        self.assertEqual(one.result[0], "won")
        self.assertEqual(two.result[0], "closed")
        self.assertIn("already taken", two.result[1])
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, DISABLED_MAIL_CONTEXT)
            answers = env["security.shift.offer.answer"].browse(self.answers)
            self.assertEqual(answers.mapped("answer"), ["yes", "not_chosen"])
            self.assertEqual(answers.offer_id.winner_id, answers[0].employee_id)
            self.assertEqual(answers.shift_id.employee_id, answers[0].employee_id)

    def test_the_second_wins_when_the_first_is_undone(self):
        def give_up():
            raise ValueError

        one, two = self.both_say_yes(give_up)
        self.assertIsInstance(one.error, ValueError)
        self.assertEqual(two.result[0], "won")

    def test_two_no_at_once_end_the_offer(self):
        """Each sees that of the other: nobody is left to wait for."""
        no = partial(self.reply, said="no")
        one, two = self.race(partial(no, 0), partial(no, 1))
        self.assertEqual((one.error, two.error), (None, None))
        self.assertEqual((one.result[0], two.result[0]), ("no", "no"))
        with self.registry.cursor() as cr:
            offer = self.offered(Environment(cr, SUPERUSER_ID, {}))
            self.assertEqual((offer.state, offer.closing), ("expired", "nobody"))

    def test_two_bids_at_once_are_to_be_chosen_from(self):
        with self.registry.cursor() as cr:
            self.offered(Environment(cr, SUPERUSER_ID, {}))._move(mode="bid")
        one, two = self.both_say_yes()
        self.assertEqual((one.error, two.error), (None, None))
        self.assertEqual((one.result[0], two.result[0]), ("noted", "noted"))
        with self.registry.cursor() as cr:
            offer = self.offered(Environment(cr, SUPERUSER_ID, {}))
            self.assertEqual((offer.state, offer.time_over), ("open", True))

    def test_a_no_while_a_rule_stops_the_other_ends_the_offer(self):
        def stopped(env):
            env["security.card"].browse(self.made["security.card"][1]).action_suspend()
            env.cr.flush()

        def says_no(env):
            return self.reply(self.index_of(env, 0), env, "no")

        one, two = self.race(says_no, stopped)
        self.assertEqual((one.error, two.error), (None, None))
        with self.registry.cursor() as cr:
            offer = self.offered(Environment(cr, SUPERUSER_ID, {}))
            self.assertEqual((offer.state, offer.closing), ("expired", "nobody"))

    def index_of(self, env, guard):
        """Which answer is that of this guard of the committed data."""
        answers = env["security.shift.offer.answer"].browse(self.answers)
        return answers.employee_id.ids.index(self.made["hr.employee"][guard])
