from odoo import fields, models
from odoo.fields import Domain

ENOUGH = 60


def stamp(instant):
    """A UTC instant as the app reads it."""
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ") if instant else None


# Orders that a phone keeps at most.
MOST_ORDERS = 200


class SecurityDevice(models.Model):
    """What a guard needs at his post without network: orders, relief, the clock."""

    _inherit = "security.device"

    def _bundle(self):
        shifts = self._bundle_post_shifts()
        return super()._bundle() | {
            "posts": self._bundle_posts(shifts),
            "orders": self._bundle_orders(shifts),
            "reliefs": self._bundle_reliefs(shifts),
            "exceptions": self._bundle_exceptions(),
        }

    def _bundle_post_shifts(self):
        """The guard's shifts from yesterday to a week from now, by his own rights."""
        now = fields.Datetime.now()
        return self.env["security.shift"].search(
            Domain("employee_id", "=", self.sudo().employee_id.id)
            & Domain("state", "in", ("published", "started", "done"))
            & Domain("date_stop", ">=", fields.Datetime.subtract(now, days=1))
            & Domain("date_start", "<=", fields.Datetime.add(now, days=7)),
            order="date_start",
            limit=ENOUGH,
        )

    def _bundle_posts(self, shifts):
        """How one clocks at each post, and what is handed over there."""
        # sudo: the posts of his own shifts; the secrets of their sheets stay here.
        return [
            {
                "id": post.id,
                "name": post.name,
                "site": post.site_id.name,
                "address": post.site_id.address_id._display_address(
                    without_company=True
                ),
                "latitude": post.site_id.latitude,
                "longitude": post.site_id.longitude,
                "radius": post.clock_radius,
                "clock_in": post.clock_in_mode,
                "clock_out": post.clock_out_mode,
                "order_gate": post.order_gate or post.company_id.security_order_gate,
                "items": [
                    {
                        "id": item.id,
                        "name": item.name,
                        "answer": item.answer,
                        "expected": item.expected,
                    }
                    for item in post.handover_item_ids
                ],
            }
            for post in shifts.sudo().post_id
        ]

    def _bundle_orders(self, shifts):
        """The orders of these posts, in the language of the guard."""
        # His own rule says which ones he reads.
        orders = self.env["security.post.order"].search([], limit=MOST_ORDERS).sudo()
        unread = shifts._unread_orders()
        waiting = {}
        for shift in shifts:
            for order in unread[shift.id]:
                waiting.setdefault(order.id, []).append(shift.id)
        posts = set(shifts.sudo().post_id.ids)
        return [
            self._bundle_order(order, posts, waiting.get(order.id, []))
            for order in orders
        ]

    def _bundle_order(self, order, posts, waiting):
        text = order.version_ids.sorted("number")[-1]._text(self.env.user.lang)
        return {
            "id": order.id,
            "version": order.version,
            "title": text["title"],
            "body": text["body"],
            "kind": order.kind,
            "classification": order.classification,
            "must_read": order.must_read,
            "ack": order.ack,
            "until": order.date_to and order.date_to.isoformat(),
            "posts": sorted(posts & set(order._posts().ids)),
            "files": order.attachment_ids.mapped("name"),
            # The shifts on which the guard has still to read it.
            "unread_shifts": waiting,
        }

    def _bundle_reliefs(self, shifts):
        """What waits for the guard's signature, and what he has given."""
        reliefs = (
            self.env["security.handover"]
            .sudo()
            .search(
                Domain("state", "=", "given") & Domain("shift_in_id", "in", shifts.ids)
                | Domain("shift_out_id", "in", shifts.ids)
            )
        )
        return [
            {
                "id": relief.id,
                "post": relief.post_id.id,
                "shift_out": relief.shift_out_id.id,
                "shift_in": relief.shift_in_id.id or None,
                "state": relief.state,
                "from": relief.out_employee_id.name,
                "given": stamp(relief.given_at),
                "remarks": relief.remarks or "",
                "open": [item["label"] for item in relief.open_items or []],
                "lines": [
                    {
                        "name": line.name,
                        "answer": line.answer,
                        "ok": line.is_ok,
                        "number": line.number,
                        "expected": line.expected,
                        "comment": line.comment or "",
                        "differs": line.differs,
                    }
                    for line in relief.line_ids
                ],
            }
            for relief in reliefs
        ]

    def _bundle_exceptions(self):
        """What the guard has to explain, and what became of his word."""
        exceptions = self.env["security.clock.exception"].search(
            Domain("state", "in", ("open", "justified"))
            | Domain(
                "date", ">=", fields.Datetime.subtract(fields.Datetime.now(), days=30)
            ),
            limit=ENOUGH,
        )
        labels = dict(exceptions._fields["kind"]._description_selection(self.env))
        return [
            {
                "id": exception.id,
                "shift": exception.shift_id.id,
                "kind": exception.kind,
                "label": labels[exception.kind],
                "side": exception.side,
                "date": stamp(exception.date),
                "deadline": stamp(exception.deadline),
                "state": exception.state,
                "text": exception.justification or "",
            }
            for exception in exceptions
        ]
