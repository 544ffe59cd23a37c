from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged

from .common import NOW, WorkforceCase


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestRights(WorkforceCase):
    def test_a_guard_reads_his_own_card_only(self):
        guard = new_test_user(
            self.env,
            "workforce_guard",
            groups="base.group_portal",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self.anna.user_id = guard
        card = self.new_card()
        other = self.new_card(self.boris, number="CAR-075-2029-02-01-20240123457")
        Card = self.Card.with_user(guard)
        self.assertEqual(Card.search([]), card)
        (read,) = card.with_user(guard).read(["display_name", "state", "date_expiry"])
        self.assertEqual(read["state"], "valid")
        with self.assertRaises(AccessError):
            other.with_user(guard).read(["number"])
        for forbidden in (
            lambda: card.with_user(guard).write({"kind": "manager"}),
            lambda: card.with_user(guard).action_suspend(),
            lambda: card.with_user(guard).read(["check_ids"]),
            lambda: card.with_user(guard).message_post(body="Hello"),
        ):
            with self.assertRaises(AccessError):
                forbidden()

    def test_another_firm_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Second Guarding"})
        officer = new_test_user(
            self.env,
            "workforce_other_officer",
            groups="security_workforce.group_security_credential_officer",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        card = self.new_card()
        env = self.env(user=officer, context={"allowed_company_ids": other.ids})
        self.assertFalse(env["security.card"].search([]))
        self.assertFalse(env["security.card.check"].search([]))
        for forbidden in (
            lambda: card.with_env(env).read(["number"]),
            lambda: card.with_env(env).action_suspend(),
            lambda: env["security.card.check"].create(
                {"card_id": card.id, "result": "invalid"}
            ),
            lambda: env["security.card"].create(
                {"employee_id": self.anna.id, "activity_id": self.sh.id}
            ),
        ):
            with self.assertRaises(AccessError):
                forbidden()
        self.assertEqual(card.state, "valid")

    def test_a_planner_presses_no_button(self):
        planner = self.new_user("planner", "group_security_planner")
        card = self.new_card(date_expiry="2027-01-01").with_user(planner)
        self.assertEqual(card.state, "to_renew")
        for step in (
            card.action_suspend,
            card.action_withdraw,
            card.action_draft,
            lambda: card._record_receipt(card.date_expiry.replace(month=3)),
        ):
            with self.assertRaises(AccessError):
                step()
        self.assertEqual(card.state, "to_renew")
