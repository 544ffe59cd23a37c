from odoo import api, models

from odoo.addons.security_workforce.engine.event_schema import (
    Id,
    Kind,
    Many,
    Number,
    Text,
    Uuid,
)

TECHNOLOGIES = ("qr", "nfc", "gps", "typed")
# Which round: its number on the phone, and what it is made from when it is new.
ROUND = {
    "round": Uuid(),
    "route": Id(),
    "shift": Id(required=False),
    "patrol": Id(required=False),
}


class SecurityInbox(models.Model):
    """Rounds as a phone tells them; each fact finds or makes its round by itself."""

    _inherit = "security.inbox"

    @api.model
    def _kinds(self):
        return super()._kinds() | {
            "round_start": Kind("_apply_round_start", ROUND),
            "round_scan": Kind(
                "_apply_round_scan",
                {
                    **ROUND,
                    "technology": Text(10, TECHNOLOGIES),
                    "checkpoint": Id(required=False),
                    "code": Text(500, required=False),
                    "latitude": Number(-90, 90, required=False),
                    "longitude": Number(-180, 180, required=False),
                    "accuracy": Number(0, 1e6, required=False),
                    "answer": Text(200, required=False),
                    "photos": Many(Uuid(), 8, required=False),
                },
            ),
            "round_end": Kind(
                "_apply_round_end", {**ROUND, "reason": Text(500, required=False)}
            ),
        }

    def _apply_round_start(self):
        """The guard begins a round (one row)."""
        patrol = self._patrol()
        patrol._begin(self.sudo().happened_at)
        return patrol

    def _apply_round_scan(self):
        """The guard passed a point (one row)."""
        row = self.sudo()
        fact, told = row.payload, row.payload.get
        scan = self._patrol()._pass(
            row.happened_at,
            {
                "technology": fact["technology"],
                "uuid": row.uuid,
                "device_time": row.device_time,
                "received_at": row.received_at,
                "skew": row.skew,
                "latitude": told("latitude") or 0,
                "longitude": told("longitude") or 0,
                "accuracy": told("accuracy") or 0,
                "answer": told("answer"),
                "photo_count": len(told("photos") or ()),
            },
            told("code") or "",
            told("checkpoint"),
        )
        if scan.has_doubt:
            self._flag(scan.flag_summary.capitalize())
        return scan

    def _apply_round_end(self):
        """The round is over, early with a reason (one row)."""
        patrol = self._patrol()
        patrol._end(self.sudo().happened_at, self.sudo().payload.get("reason"))
        return patrol

    def _patrol(self):
        """The round this fact is of, as superuser.

        The shift is read by the guard's own rights: one that is not his sets the fact
        aside. The route is none of his to read; that it is of his firm is checked.
        """
        row = self.sudo()
        fact = row.payload
        shift = self.env["security.shift"].browse(fact.get("shift") or [])
        if shift:
            shift.check_access("read")
        return self.env["security.patrol"]._of_phone(
            row.employee_id,
            fact["round"],
            self.env["security.patrol.route"].browse(fact["route"]),
            fact.get("patrol"),
            row.happened_at,
            shift.sudo(),
        )

    @api.model
    def _kind_words(self):
        return super()._kind_words() | {
            "round_start": self.env._("Round begun"),
            "round_scan": self.env._("Point passed"),
            "round_end": self.env._("Round ended"),
        }

    @api.model
    def _payload_models(self):
        return super()._payload_models() | {
            "route": "security.patrol.route",
            "patrol": "security.patrol",
            "checkpoint": "security.checkpoint",
        }
