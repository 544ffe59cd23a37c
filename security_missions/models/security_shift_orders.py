from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.security_workforce.engine.worktime import local, named_zone

from ..engine import post_orders


class SecurityPost(models.Model):
    """The orders of a post."""

    _inherit = "security.post"

    order_gate = fields.Selection(
        [
            ("none", "Nothing"),
            ("warn", "Clock in and explain"),
            ("block", "No clock-in"),
        ],
        "Post Orders not Read",
        help="Empty: as the settings say.",
    )
    order_count = fields.Integer("Orders", compute="_compute_order_count")

    def _compute_order_count(self):
        for post in self:
            post.order_count = self.env["security.post.order"].search_count(
                post._orders_domain()
            )

    def _orders_domain(self):
        """Orders for these posts, or for the whole of their sites."""
        return Domain("post_ids", "in", self.ids) | (
            Domain("post_ids", "=", False) & Domain("site_ids", "in", self.site_id.ids)
        )

    def action_open_orders(self):
        """Orders of this post."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_missions.security_post_order_action"
        )
        return {
            **action,
            "domain": list(self._orders_domain()),
            "context": {"default_post_ids": self.ids},
        }


class SecurityShift(models.Model):
    """What the guard of a shift has still to read."""

    _inherit = "security.shift"

    def _unread_orders(self):
        """{shift: security.post.order} to be read by the guards of these shifts."""
        # sudo: asked for the guard himself, and by the clock.
        shifts = self.sudo()
        orders = (
            self.env["security.post.order"]
            .sudo()
            .search(shifts.post_id._orders_domain() & Domain("version", ">", 0))
        )
        told = [order._engine_order() for order in orders]
        receipts = orders.receipt_ids.filtered(
            lambda r: r.employee_id in shifts.employee_id
        ).grouped("employee_id")
        result = {}
        for shift in shifts:
            mine = receipts.get(shift.employee_id)
            unread = post_orders.unread(
                told,
                mine._engine_receipts() if mine else [],
                shift.post_id.id,
                local(shift.date_start, named_zone(shift.tz)).date(),
                shift.id,
            )
            result[shift.id] = orders.browse([order.id for order in unread])
        return result

    def _order_doubts(self, at, offline):
        """Kinds of exceptions for orders not read; refuses where the post does.

        What was published after the fact could not be read before it. A phone without
        network may not have had the text: its fact is never refused for that.
        """
        self.ensure_one()
        post = self.sudo().post_id
        gate = post.order_gate or self.sudo().company_id.security_order_gate
        if gate == "none":
            return ()
        unread = self._unread_orders()[self.id].filtered(
            lambda order: (
                order.must_read and max(order.version_ids.mapped("published_at")) <= at
            )
        )
        if not unread:
            return ()
        if gate == "block" and not offline:
            raise UserError(
                self.env._(
                    "Read these orders of %(post)s before you clock in, in the app of "
                    "the guards: %(orders)s.",
                    post=post.display_name,
                    orders=", ".join(unread.mapped("name")),
                )
            )
        return ("orders_unread",)
