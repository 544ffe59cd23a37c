"""Swaps: two guards exchange their shifts, or one gives his."""

import re
from contextlib import closing, contextmanager

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, SecurityMissionsCase, utc
from .test_portal import PortalCase

DAY = ("2027-05-03 08:00", "2027-05-03 16:00")
# On the same day: freeing one after the other would collide.
LATER = ("2027-05-03 14:00", "2027-05-03 22:00")
PAGE = "/my/security/swaps"


class SwapMixin:
    @classmethod
    def setup_swaps(cls):
        cls.obey_the_law()
        cls.post, cls.west = cls.make_post(), cls.make_post("West")
        for guard in cls.guard | cls.other_guard:
            guard.work_email = f"{guard.name.split()[0].lower()}@guards.example.com"
        cls.mine = cls.make_shift(cls.post, *DAY, cls.guard, state="published")
        cls.his = cls.make_shift(cls.west, *LATER, cls.other_guard, state="published")
        cls.planner = cls.make_user(
            "swapplanner",
            "base.group_user",
            "security_workforce.group_security_planner",
        )

    def swap(self, other=True, **values):
        swap = self.env["security.shift.swap"].with_user(self.planner)
        return swap.create(
            {
                "shift_id": self.mine.id,
                "other_guard_id": self.other_guard.id,
                "other_shift_id": self.his.id if other else False,
                **values,
            }
        )


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSwap(SwapMixin, SecurityMissionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_swaps()

    def holders(self):
        return self.mine.employee_id, self.his.employee_id

    def test_two_shifts_of_the_same_day_change_hands(self):
        swap = self.swap()
        self.assertEqual((swap.taker_eligibility, swap.giver_eligibility), ("ok", "ok"))
        with self.assertRaisesRegex(UserError, "has not accepted"):
            swap.action_approve()
        swap.action_accept()
        self.assertEqual(self.holders(), (self.guard, self.other_guard))
        swap.action_approve()
        self.assertEqual(self.holders(), (self.other_guard, self.guard))
        self.assertEqual(set((self.mine | self.his).mapped("state")), {"published"})
        self.assertEqual((self.mine | self.his).mapped("eligibility"), ["ok", "ok"])
        self.assertEqual((swap.state, swap.approved_by_id), ("done", self.planner))
        mails = self.env["mail.mail"].search([("model", "=", swap._name)])
        self.assertEqual(len(mails), 3)

    def test_a_swap_ends_the_offer_of_its_shift(self):
        offer = self.env["security.shift.offer"].create({"shift_id": self.mine.id})
        offer._open(self.make_guard("Mia Test"))
        swap = self.swap()
        swap.action_accept()
        swap.action_approve()
        self.assertEqual((offer.state, offer.closing), ("cancelled", "hand"))

    def test_one_shift_is_given(self):
        self.his.action_cancel()
        swap = self.swap(other=False)
        swap.action_accept()
        swap.action_approve()
        self.assertEqual(self.mine.employee_id, self.other_guard)

    def test_given_on_top_of_his_own_is_refused(self):
        swap = self.swap(other=False)
        self.assertEqual(swap.taker_eligibility, "blocked")
        swap.action_accept()
        with self.assertRaisesRegex(UserError, "may not take"):
            swap.action_approve()
        self.assertEqual(self.mine.employee_id, self.guard)

    def test_without_approval_when_both_are_allowed(self):
        self.company.security_swap_auto = True
        swap = self.swap()
        swap.action_accept()
        self.assertEqual(swap.state, "done")
        self.assertEqual(self.holders(), (self.other_guard, self.guard))

    def test_without_approval_waits_when_a_rule_speaks(self):
        self.company.security_swap_auto = True
        swap = self.swap()
        self.cards_of(self.other_guard).action_suspend()
        swap.action_accept()
        self.assertEqual(swap.state, "accepted")
        with self.assertRaisesRegex(UserError, "PRO-01"):
            swap.action_approve()
        self.assertEqual(self.holders(), (self.guard, self.other_guard))

    def test_a_change_of_either_shift_ends_the_swap(self):
        """Another guard, place or time: that is not what both have agreed on."""
        mia = self.make_guard("Mia Test")
        for act in (
            lambda: self.his.write({"employee_id": mia.id}),
            lambda: self.his.write({"post_id": self.make_post("North").id}),
            lambda: self.mine.write({"date_stop": utc("2027-05-03 17:00")}),
            lambda: self.mine.action_cancel(),
            lambda: self.mine._give_to(mia, "absence", "phone", "said so"),
        ):
            with self.subTest(act), self.undone():
                swap = self.swap()
                swap.action_accept()
                mails = self.mails(swap)
                act()
                self.assertEqual(swap.state, "cancelled")
                self.assertEqual(len(self.mails(swap) - mails), 2)
                with self.assertRaisesRegex(UserError, "has ended already"):
                    swap.action_approve()

    @contextmanager
    def undone(self):
        with closing(self.cr.savepoint()):
            yield

    def mails(self, swap):
        return self.env["mail.mail"].search(
            [("model", "=", swap._name), ("res_id", "=", swap.id)]
        )

    def test_a_note_ends_no_swap(self):
        swap = self.swap()
        self.mine.note = "Bring a torch"
        self.mine.write({"employee_id": self.guard.id})
        self.assertEqual(swap.state, "asked")

    def test_what_has_begun_is_not_swapped(self):
        swap = self.swap()
        with self.at("2027-05-03 08:00"):
            with self.assertRaisesRegex(UserError, "has begun"):
                swap.action_accept()
            self.assertEqual(swap.state, "asked")

    def test_a_swap_makes_one_version_for_each(self):
        swap = self.swap()
        swap.action_accept()
        swap.action_approve()
        for guard in self.guard | self.other_guard:
            versions = self.env["security.publication"].search(
                [("employee_id", "=", guard.id)], order="number"
            )
            self.assertEqual(versions.mapped("shift_count"), [1, 1])
        notices = self.env["security.notice"].search(
            [("shift_id", "in", (self.mine | self.his).ids)]
        )
        self.assertEqual(len(notices), 4)
        self.assertEqual(set(notices.mapped("ground")), {"guard"})

    def test_a_swap_is_between_two_guards(self):
        with self.assertRaises(ValidationError):
            self.swap(other=False, other_guard_id=self.guard.id)

    def test_no_state_is_forged(self):
        swap = self.swap()
        for values in ({"state": "done"}, {"other_guard_id": self.guard.id}):
            with self.assertRaises(UserError):
                swap.write(values)
        with self.assertRaises(UserError):
            self.swap(state="accepted")
        reader = self.make_user(
            "swapreader", "base.group_user", "security_workforce.group_security_user"
        )
        for method in ("action_accept", "action_refuse", "action_approve"):
            with self.assertRaises(AccessError):
                getattr(swap.with_user(reader), method)()


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSwapPortal(SwapMixin, PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_swaps()

    def send(self, path, **data):
        token = re.search(r'csrf_token: "([^"]+)"', self.url_open("/my").text)[1]
        return self.url_open(path, data={"csrf_token": token, **data})

    def test_ask_then_accept(self):
        response = self.send(
            f"{PAGE}/ask",
            shift_id=self.mine.id,
            colleague_id=self.other_guard.id,
            day="2027-05-03",
        )
        self.assertIn("Your colleague is asked.", response.text)
        swap = self.env["security.shift.swap"].search([("shift_id", "=", self.mine.id)])
        self.assertEqual(swap.other_shift_id, self.his)
        # Not his to accept.
        with mute_logger("odoo.http"):
            self.assertEqual(self.send(f"{PAGE}/{swap.id}/yes").status_code, 404)
        self.authenticate("colleague", "colleague")
        self.assertIn("Your yes is noted.", self.send(f"{PAGE}/{swap.id}/yes").text)
        self.env.invalidate_all()
        self.assertEqual((swap.state, swap.channel), ("accepted", "portal"))

    def test_not_with_the_shift_of_another_nor_on_an_empty_day(self):
        ask = {"colleague_id": self.other_guard.id}
        with mute_logger("odoo.http"):
            for shift_id in (self.his.id, "x", "²", 2**40):
                response = self.send(f"{PAGE}/ask", shift_id=shift_id, **ask)
                self.assertEqual(response.status_code, 404)
            ask_nobody = {"shift_id": self.mine.id, "colleague_id": "²"}
            response = self.send(f"{PAGE}/ask", **ask_nobody)
            self.assertEqual(response.status_code, 404)
        for day in ("2027-05-04", "tomorrow", "9999-12-31", "0001-01-01"):
            response = self.send(f"{PAGE}/ask", shift_id=self.mine.id, day=day, **ask)
            self.assertIn("alert-warning", response.text)
        self.assertFalse(self.env["security.shift.swap"].search([]))

    def test_refuse_and_withdraw(self):
        swap = self.swap()
        self.authenticate("colleague", "colleague")
        self.send(f"{PAGE}/{swap.id}/no")
        self.env.invalidate_all()
        self.assertEqual(swap.state, "refused")
        swap = self.swap()
        self.authenticate("guard", "guard")
        self.send(f"{PAGE}/{swap.id}/withdraw")
        self.env.invalidate_all()
        self.assertEqual(swap.state, "cancelled")
