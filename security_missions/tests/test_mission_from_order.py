"""Confirming an order makes its mission and posts, once."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PARIS, SecurityMissionsCase


@tagged("post_install", "-at_install")
class TestMissionFromOrder(SecurityMissionsCase):
    def test_confirming_makes_mission_site_and_post(self):
        order = self.make_order(confirm=False)
        self.assertFalse(order.security_mission_ids)
        order.action_confirm()
        mission = order.security_mission_ids
        self.assertEqual(mission.state, "active")
        self.assertEqual(mission.partner_id, self.client)
        self.assertEqual(mission.company_id, self.company)
        self.assertEqual(mission.site_ids, self.site)
        self.assertEqual(mission.post_ids.site_id, self.site)
        self.assertEqual(mission.post_ids.activity_id, self.activity)
        self.assertEqual(mission.post_ids.sale_line_id, order._guarding_lines())

    def test_order_without_guarding_makes_nothing(self):
        product = self.env["product.product"].create({"name": "Audit"})
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client.id,
                "order_line": [(0, 0, {"product_id": product.id})],
            }
        )
        order.action_confirm()
        self.assertFalse(order.security_mission_ids)
        self.assertFalse(order.has_security_lines)

    def test_site_of_the_delivery_address(self):
        address = self.env["res.partner"].create(
            {"name": "Dock", "parent_id": self.client.id, "type": "delivery"}
        )
        sites = self.env["security.site"]
        for __ in range(2):
            order = self.make_order(partner_shipping_id=address.id, confirm=False)
            order._guarding_lines().security_site_id = False
            order.action_confirm()
            sites |= order.security_mission_ids.site_ids
        self.assertEqual(len(sites), 1, "the site is found again, not made twice")
        self.assertEqual(sites.address_id, address)
        self.assertEqual(sites.tz, PARIS)

    def test_activity_of_the_product(self):
        dog = self.product.copy(
            {
                "name": "Dog handler",
                "security_activity_id": self.env.ref(
                    "security_workforce.activity_cyno"
                ).id,
            }
        )
        order = self.make_order(confirm=False)
        order._guarding_lines().product_id = dog
        order.action_confirm()
        self.assertEqual(self.post_of(order).activity_id.code, "CYNO")

    def test_cancelled_and_confirmed_again(self):
        order = self.make_order()
        mission, post = order.security_mission_ids, self.post_of(order)
        shift = self.make_shift(
            post, "2027-05-03 08:00", "2027-05-03 16:00", self.guard, state="published"
        )
        order._action_cancel()
        self.assertEqual((mission.state, shift.state), ("cancelled", "cancelled"))
        order.action_draft()
        order.action_confirm()
        self.assertEqual(order.security_mission_ids, mission)
        self.assertEqual(mission.state, "active")
        self.assertEqual(self.post_of(order), post)
        self.assertEqual(len(order.order_line), 4)

    def test_cancelling_the_order_keeps_what_was_worked(self):
        order = self.make_order()
        post = self.post_of(order)
        worked = self.work(post, "2027-04-06 08:00", "2027-04-06 16:00")
        order._action_cancel()
        self.assertEqual(worked.state, "done")
        self.assertEqual(worked.work_line_ids.mapped("hours"), [8])

    def test_called_again_makes_nothing(self):
        order = self.make_order()
        order._make_security_missions()
        self.assertEqual(len(order.security_mission_ids), 1)
        self.assertEqual(len(order.security_mission_ids.post_ids), 1)

    def test_salesperson_without_security_rights(self):
        seller = self.make_user("seller", "sales_team.group_sale_salesman")
        order = (
            self.env["sale.order"]
            .with_user(seller)
            .create(
                {
                    "partner_id": self.client.id,
                    "order_line": [(0, 0, {"product_id": self.product.id})],
                }
            )
        )
        self.assertEqual(len(order.order_line), 4)
        order.security_night_percent = 12
        order.action_confirm()
        self.assertEqual(order.security_mission_ids.state, "active")
        order._action_cancel()
        self.assertEqual(order.security_mission_ids.state, "cancelled")

    def test_mission_starts_on_the_day_of_the_order(self):
        order = self.make_order()
        self.assertEqual(str(order.security_mission_ids.date_start), "2027-04-15")
        order = self.make_order(commitment_date="2027-05-31 22:30:00")
        # 00:30 on the first of June in Paris.
        self.assertEqual(str(order.security_mission_ids.date_start), "2027-06-01")

    def test_no_second_life_after_done(self):
        order = self.make_order()
        order.security_mission_ids.action_done()
        with self.assertRaisesRegex(UserError, "is done and cannot become active"):
            order.security_mission_ids.action_activate()

    def test_actions_lead_there(self):
        order = self.make_order()
        action = order.action_open_security_mission()
        mission = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(mission, order.security_mission_ids)
        self.assertEqual(mission.action_open_sale_order()["res_id"], order.id)
        self.make_shift(self.post_of(order), "2027-05-03 08:00", "2027-05-03 16:00")
        domain = mission.action_open_shifts()["domain"]
        self.assertEqual(self.env["security.shift"].search_count(domain), 1)
        self.assertEqual((mission.shift_count, mission.open_shift_count), (1, 1))
