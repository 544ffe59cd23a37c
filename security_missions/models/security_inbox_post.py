from odoo import api, models
from odoo.exceptions import MissingError, UserError

from odoo.addons.security_workforce.engine.event_schema import (
    Flag,
    Group,
    Id,
    Kind,
    Many,
    Number,
    Text,
    Whole,
)

from ..engine import geofence
from ..engine.clock_proof import Evidence

# A PNG of a signature as a data address.
SIGNATURE = 280_000
CLOCKED = {
    "shift": Id(),
    "method": Text(4, choices=("geo", "qr", "code", "none")),
    "latitude": Number(-90, 90, required=False),
    "longitude": Number(-180, 180, required=False),
    "accuracy": Number(0, 100_000, required=False),
    "code": Text(200, required=False),
}
ANSWER = Group(
    {
        "item": Id(),
        "ok": Flag(required=False),
        "number": Number(-(10**9), 10**9, required=False),
        "comment": Text(500, required=False),
    }
)


class SecurityInbox(models.Model):
    """What a guard's phone tells of the life of his post."""

    _inherit = "security.inbox"

    @api.model
    def _kinds(self):
        causes = (
            self.env["security.clock.exception"]._fields["cause"].get_values(self.env)
        )
        return super()._kinds() | {
            "on_my_way": Kind("_apply_on_my_way", {"shift": Id()}),
            "clock_in": Kind("_apply_clock_in", CLOCKED),
            "clock_out": Kind("_apply_clock_out", CLOCKED),
            "clock_justify": Kind(
                "_apply_clock_justify",
                {
                    "exception": Id(),
                    "cause": Text(20, choices=tuple(causes)),
                    "text": Text(2000),
                },
            ),
            "order_read": Kind(
                "_apply_order_read",
                {
                    "order": Id(),
                    "version": Whole(1, 10**6),
                    "shift": Id(required=False),
                },
            ),
            "handover_give": Kind(
                "_apply_handover_give",
                {
                    "shift": Id(),
                    "lines": Many(ANSWER, 60),
                    "remarks": Text(4000, required=False),
                    "signature": Text(SIGNATURE),
                },
            ),
            "handover_take": Kind(
                "_apply_handover_take",
                {
                    "handover": Id(required=False),
                    "shift": Id(required=False),
                    "reserve": Text(4000, required=False),
                    "signature": Text(SIGNATURE),
                },
            ),
        }

    def _shift_told(self):
        """The shift that the payload names, if the guard may see it."""
        shift = self.env["security.shift"].browse(self.payload["shift"])
        shift.check_access("read")
        return shift

    def _shift_of_mine(self):
        """The shift that the payload names; none unless it is the guard's own.

        A phone tells much of one shift: after the first fact no query is needed.
        """
        row = self.sudo()
        shift = self.env["security.shift"].browse(row.payload["shift"])
        try:
            own = shift.sudo().employee_id == row.employee_id
        except MissingError:
            own = False
        return shift if own and shift.has_access("read") else shift.browse()

    def _evidence(self):
        """engine.clock_proof.Evidence of the act."""
        told = self.payload
        here = told.get("latitude"), told.get("longitude")
        position = None
        if geofence.is_position(*here):
            position = geofence.Position(*here, told.get("accuracy") or 0)
        return Evidence(
            method=told["method"],
            position=position,
            code=told.get("code") or "",
            device_time=self.device_time,
            received_at=self.received_at,
            skew=self.skew,
        )

    def _apply_on_my_way(self):
        """The guard sets out (one row)."""
        shift = self._shift_told()
        shift._on_my_way(self.happened_at)
        return shift

    def _apply_clock_in(self):
        """The guard arrives (one row)."""
        attendance = self._shift_told()._clock_in(self.happened_at, self._evidence())
        return self._flag_doubts(attendance, "in")

    def _apply_clock_out(self):
        """The guard leaves (one row)."""
        attendance = self._shift_told()._clock_out(self.happened_at, self._evidence())
        return self._flag_doubts(attendance, "out")

    def _flag_doubts(self, attendance, side):
        # sudo: the guard reads his own exceptions, not the attendance they hang on.
        doubts = attendance.sudo().security_exception_ids.filtered(
            lambda e: e.side == side and e.state == "open"
        )
        labels = dict(doubts._fields["kind"]._description_selection(self.env))
        if doubts:
            self._flag(
                self.env._(
                    "To be explained: %(doubts)s.",
                    doubts=", ".join(labels[doubt.kind].lower() for doubt in doubts),
                )
            )
        return attendance

    def _apply_clock_justify(self):
        """The guard explains what was doubtful (one row)."""
        exception = self.env["security.clock.exception"].browse(
            self.payload["exception"]
        )
        exception.check_access("read")
        exception._justify(
            self.payload["cause"], self.payload["text"], self.happened_at
        )
        return exception

    def _apply_order_read(self):
        """The guard has read a version of an order (one row)."""
        told = self.payload
        order = self.env["security.post.order"].browse(told["order"])
        shift = self._shift_told() if told.get("shift") else None
        if shift:
            shift._check_own()
        return order._acknowledge(told["version"], self.happened_at, shift)

    def _apply_handover_give(self):
        """The guard hands his post over (one row)."""
        told = self.payload
        handover = self.env["security.handover"]._give(
            self._shift_told(),
            told["lines"],
            told.get("remarks"),
            told["signature"],
            self.happened_at,
        )
        if handover.sudo().difference_count:
            self._flag(self.env._("Something handed over is not as expected."))
        return handover

    def _apply_handover_take(self):
        """The next guard accepts the post (one row).

        A phone without network does not know the relief: it names its own shift.
        """
        told = self.payload
        handover = self.env["security.handover"].browse(told.get("handover"))
        if handover:
            handover.check_access("read")
        elif told.get("shift"):
            handover = self._shift_told()._handover_waiting()
        if not handover:
            raise UserError(
                self.env._(
                    "Nothing was handed over at this post yet: apply this again once "
                    "the leaving guard has signed."
                )
            )
        shift = (
            self._shift_told()
            if told.get("shift")
            else handover.sudo().shift_in_id.with_env(self.env)
        )
        handover = handover.with_env(self.env)._take(
            shift, told.get("reserve"), told["signature"], self.happened_at
        )
        if handover.state == "reserves":
            self._flag(self.env._("Accepted with reserves."))
        return handover

    @api.model
    def _kind_words(self):
        return super()._kind_words() | {
            "on_my_way": self.env._("On the way"),
            "clock_in": self.env._("Clock-in"),
            "clock_out": self.env._("Clock-out"),
            "clock_justify": self.env._("Explanation of an exception"),
            "order_read": self.env._("Post order read"),
            "handover_give": self.env._("Relief handed over"),
            "handover_take": self.env._("Relief accepted"),
        }

    @api.model
    def _payload_models(self):
        return super()._payload_models() | {
            "shift": "security.shift",
            "exception": "security.clock.exception",
            "order": "security.post.order",
            "handover": "security.handover",
        }
