from odoo import fields, models
from odoo.fields import Command, Domain

from ..engine.geofence import Place
from .post_data import ITEMS, ORDERS, PIXEL, PLACES

RELIEFS = 12
ELSEWHERE = Place("outside", 640)


class SecurityDemo(models.AbstractModel):
    """The life of the posts: places, orders, reliefs, and what is to be explained."""

    _inherit = "security.demo"

    def _live_posts(self):
        planner = self._demo_as("planner")
        sites = planner.env["security.site"].search(
            [("company_id", "=", self.env.company.id)]
        )
        for site in sites.filtered(lambda s: s.name in PLACES):
            site.latitude, site.longitude = PLACES[site.name]
        sites.post_ids.write(
            {
                "clock_in_mode": "flag",
                "clock_out_mode": "flag",
                "handover_item_ids": [
                    Command.create(
                        {"name": name, "answer": answer, "expected": expected}
                    )
                    for name, answer, expected in ITEMS
                ],
            }
        )
        planner._publish_orders(sites)
        self._relieve(sites.post_ids)
        self._doubt(sites.post_ids)

    def _publish_orders(self, sites):
        orders = self.env["security.post.order"].create(
            [
                {
                    "name": title,
                    "classification": classification,
                    "must_read": must_read,
                    "body": body,
                    "site_ids": [Command.set(sites.ids)],
                    "company_id": self.env.company.id,
                }
                for title, classification, must_read, body in ORDERS
            ]
        )
        orders.action_publish()
        # The guard of the login has read the last one only.
        guard = self.sudo()._demo_user("guard")
        mine = orders[-1:].with_user(guard)
        if mine.has_access("read"):
            mine._acknowledge(1, fields.Datetime.now())

    def _relieve(self, posts):
        """The last shifts that another followed were handed over and accepted."""
        done = self.env["security.shift"].search(
            Domain("post_id", "in", posts.ids) & Domain("state", "=", "done"),
            order="date_stop desc",
            limit=5 * RELIEFS,
        )
        pairs = [(shift, shift._next_on_post()) for shift in done]
        pairs = [(shift, after) for shift, after in pairs if after][:RELIEFS]
        reliefs = self.env["security.handover"]
        for rank, (shift, after) in enumerate(pairs):
            keys = 11 if rank == 2 else 12
            answers = [
                {"item": item.id, "ok": True, "number": keys if item.expected else 0}
                for item in shift.post_id.handover_item_ids
            ]
            remarks = "Rien à signaler."
            relief = reliefs._write_given(
                shift, answers, remarks, PIXEL, shift.date_stop
            )
            if rank and after.state in ("started", "done"):
                reserve = "Une clé manque au trousseau." if rank == 2 else ""
                relief._write_taken(after, reserve, PIXEL, after.date_start)

    def _doubt(self, posts):
        """Two guards clocked elsewhere; one of them has nothing to show."""
        attendances = self.env["hr.attendance"].search(
            [("security_shift_id.post_id", "in", posts.ids)],
            order="check_in desc",
            limit=2,
        )
        for attendance, kind in zip(
            attendances, ("out_of_place", "no_position"), strict=False
        ):
            attendance.security_shift_id._open_clock_exceptions(
                attendance,
                "in",
                attendance.check_in,
                (kind,),
                ELSEWHERE if kind == "out_of_place" else None,
            )
