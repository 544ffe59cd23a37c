import uuid
from datetime import UTC, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.security_workforce.engine import signed_request

OFFERS = 3
ASKED = 3
TRIED = 12


class SecurityDemo(models.AbstractModel):
    """The office at work: shifts offered, a swap asked, a phone that has told."""

    _inherit = "security.demo"

    def _live_posts(self):
        result = super()._live_posts()
        planner = self._demo_as("planner")
        planner._offer_shifts()
        planner._ask_a_swap()
        self._hear_a_phone()
        return result

    def _shifts_ahead(self, *domain):
        """Shifts that begin in the next days, the nearest first."""
        now = fields.Datetime.now()
        return self.env["security.shift"].search(
            Domain("company_id", "=", self.env.company.id)
            & Domain("date_start", ">", fields.Datetime.add(now, days=1))
            & Domain.AND(domain),
            order="date_start, id",
            limit=TRIED,
        )

    def _offer_shifts(self):
        """One waits for answers, one was refused by the first, one is taken."""
        made = 0
        for shift in self._shifts_ahead(
            [("employee_id", "=", False), ("state", "=", "draft")]
        ):
            able = [row for row in shift._candidates() if row["eligibility"] == "ok"]
            guards = self.env["hr.employee"].browse(
                [row["employee_id"] for row in able[:ASKED]]
            )
            if len(guards) < ASKED or made == OFFERS:
                continue
            offer = self.env["security.shift.offer"].create({"shift_id": shift.id})
            offer._open(guards)
            if made:
                first = offer.sudo().answer_ids[0]
                first._reply("no" if made == 1 else "yes", "portal")
            made += 1

    def _ask_a_swap(self):
        for shift in self._shifts_ahead(
            [("employee_id", "!=", False), ("state", "=", "published")]
        ):
            able = [row for row in shift._candidates() if row["eligibility"] == "ok"]
            if able:
                self.env["security.shift.swap"].create(
                    {
                        "shift_id": shift.id,
                        "other_guard_id": able[0]["employee_id"],
                        "note": "Rendez-vous médical le matin.",
                    }
                )
                return

    def _hear_a_phone(self):
        """The guard of the login has a phone: one fact is taken, one set aside."""
        user = self.sudo()._demo_user("guard")
        guard = user.employee_id
        order = self.env["security.post.order"].search(
            [("company_id", "=", self.env.company.id), ("version", ">", 0)],
            order="id desc",
            limit=1,
        )
        if not (guard and order):
            return
        key = Ed25519PrivateKey.generate().public_key()
        raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
        device = self.env["security.device"]._enrol(
            guard, signed_request.encode(raw), "Android, Chrome", "demo"
        )
        told = [
            ("order_read", {"order": order.id, "version": order.version}),
            # Of a version that nobody has published yet.
            ("order_read", {"order": order.id, "version": order.version + 1}),
        ]
        self._tell_by_phone(device.with_user(user), told)

    def _tell_by_phone(self, device, told):
        now = fields.Datetime.now()
        last, events = signed_request.FIRST, []
        for number, (kind, data) in enumerate(told, 1):
            event = {
                "uuid": str(uuid.uuid4()),
                "n": number,
                "kind": kind,
                "at": self._milliseconds(now - timedelta(minutes=30 // number)),
                "data": data,
                "prev": last,
            }
            event["h"] = last = signed_request.link(last, event)
            events.append(event)
        inbox = device.env["security.inbox"].with_company(self.env.company)
        inbox._receive(device, events, self._milliseconds(now))

    def _milliseconds(self, moment):
        return int(moment.replace(tzinfo=UTC).timestamp()) * 1000
