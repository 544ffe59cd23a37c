from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.security_workforce.engine.event_schema import (
    Flag,
    Id,
    Kind,
    Number,
    Text,
    Uuid,
    Whole,
)

from ..engine import lone_worker

# A call for help between two shifts belongs to the nearest one within so long.
NEAR = timedelta(hours=2)
# Later than that, a message says when it was written.
LATE = timedelta(minutes=5)


class SecurityInbox(models.Model):
    """What the phone of a guard sends about his safety, and what he reads and says."""

    _inherit = "security.inbox"

    @api.model
    def _kinds(self):
        position = {
            "latitude": Number(-90, 90, required=False),
            "longitude": Number(-180, 180, required=False),
            "accuracy": Number(0, 1_000_000, required=False),
        }
        return super()._kinds() | {
            "sos": Kind(
                "_apply_sos",
                {
                    "shift": Id(required=False),
                    **position,
                    "silent": Flag(required=False),
                },
            ),
            "sos_cancel": Kind("_apply_sos_cancel", {"sos": Uuid()}),
            "sos_position": Kind(
                "_apply_sos_position",
                {
                    "sos": Uuid(),
                    "latitude": Number(-90, 90),
                    "longitude": Number(-180, 180),
                    "accuracy": Number(0, 1_000_000),
                },
            ),
            "check_ok": Kind("_apply_check_ok", {"shift": Id()}),
            "heartbeat": Kind(
                "_apply_heartbeat",
                {"shift": Id(), "battery": Whole(0, 100, required=False)},
            ),
            "bulletin_read": Kind("_apply_bulletin_read", {"bulletin": Id()}),
            "message": Kind("_apply_message", {"channel": Id(), "text": Text(2000)}),
        }

    def _count_on(self, device, rows):
        """A call for help that went past the queue has its turn when the queue comes.

        Nothing is missing before it, and it is not double: the phone sends it twice.
        """
        if self.env.context.get("security_ahead"):
            return None
        late = [
            row
            for row in rows
            if row["kind"] == "sos" and row["number"] > device.last_number
        ]
        known = self._known(device, [row["uuid"] for row in late])
        for row in late:
            if fact := known.get((row["uuid"], row["digest"])):
                row["id"] = fact.id
        return super()._count_on(device, rows)

    # ------------------------------------------------------------
    # SOS
    # ------------------------------------------------------------

    def _apply_sos(self):
        """The guard calls for help: whatever else he sent, this becomes an alarm.

        A shift that is not his is no reason to lose a call: it is raised without it.
        """
        shift = self._shift_of_sos()
        # sudo: a guard reads neither this row nor files; all of it is about himself.
        fact = self.sudo()
        alert = self.env["security.alert"]._raise_alert(
            "sos",
            shift=shift,
            employee=fact.employee_id,
            company=fact.company_id,
            raised_at=fact.happened_at,
            key=fact.uuid,
            silent=bool(fact.payload.get("silent")),
        )
        self._add_sos_position(alert)
        if shift:
            self.env["security.life.sign"].sudo()._hear(shift, self.sudo().happened_at)
        return alert

    def _shift_of_sos(self):
        """The shift named, else the one that is worked, else the nearest one."""
        own = self._own_shifts()
        named = self.sudo().payload.get("shift")
        if named and (shift := own.filtered(lambda s: s.id == named)):
            return shift
        if named:
            self._flag(
                self.env._("The shift named is not one of this guard: look for him.")
            )
        started = own.filtered(lambda s: s.state == "started")
        return (started or own)[:1]

    def _own_shifts(self):
        """Shifts of this guard around the fact, the nearest first."""
        at = self.sudo().happened_at
        return (
            self.env["security.shift"]
            .search(
                [
                    ("employee_id", "=", self.sudo().employee_id.id),
                    ("state", "not in", ("draft", "cancelled")),
                    ("date_start", "<", at + NEAR),
                    ("date_stop", ">", at - NEAR),
                ]
            )
            .sorted(lambda s: abs(s.date_start - at))
        )

    def _apply_sos_cancel(self):
        """A mistake, says the guard: an operator makes sure, and closes."""
        alert = self._own_sos()
        alert._withdraw(self.sudo().happened_at)
        return alert

    def _apply_sos_position(self):
        alert = self._own_sos()
        self._add_sos_position(alert)
        if alert.shift_id:
            self.env["security.life.sign"].sudo()._hear(
                alert.shift_id, self.sudo().happened_at
            )
        return alert

    def _own_sos(self):
        """The call for help of this guard that the payload names, in sudo.

        :raises UserError: there is none; it may still be on its way
        """
        # sudo: a guard reads no register of alarms; his own is found by his name.
        alert = (
            self.env["security.alert"]
            .sudo()
            .search(
                [
                    ("kind", "=", "sos"),
                    ("key", "=", self.sudo().payload["sos"]),
                    ("employee_id", "=", self.sudo().employee_id.id),
                ]
            )
        )
        if not alert:
            raise UserError(
                self.env._(
                    "The call for help that this belongs to is not known here yet: "
                    "apply this again once it has arrived."
                )
            )
        return alert

    def _add_sos_position(self, alert):
        place = self.sudo().payload
        if place.get("latitude") is not None and place.get("longitude") is not None:
            alert._add_position(
                self.sudo().happened_at,
                place["latitude"],
                place["longitude"],
                place.get("accuracy"),
            )

    # ------------------------------------------------------------
    # LONE WORKERS
    # ------------------------------------------------------------

    def _apply_check_ok(self):
        """All is well, says the guard: it ends a silence, also when it comes late."""
        shift = self._own_shift()
        check = self._check_answered(shift)
        answer = (
            self.env["security.lone.check"]
            .sudo()
            .create(
                {
                    "shift_id": shift.id,
                    "employee_id": self.sudo().employee_id.id,
                    "date": self.sudo().happened_at,
                    "due": check and check.due,
                }
            )
        )
        self._hear(shift)
        shift.sudo()._end_alerts(
            "check_missed",
            self.sudo().happened_at,
            self.env._(
                "The guard has answered, at %(time)s.",
                time=shift.sudo()._clock_text(self.sudo().happened_at),
            ),
        )
        return answer

    def _check_answered(self, shift):
        """The check whose window holds the time of the answer."""
        facts = shift.sudo()._lone_facts()[shift.sudo()]
        if not facts:
            return None
        return next(
            (
                check
                for check in facts["checks"]
                if check.opens <= self.sudo().happened_at < check.ends
            ),
            None,
        )

    def _apply_heartbeat(self):
        shift = self._own_shift()
        self._hear(shift, self.sudo().payload.get("battery"))

    def _hear(self, shift, battery=None):
        """The phone was heard; when that is recent, contact is no longer lost."""
        # sudo: a guard writes no sign of life but through here.
        self.env["security.life.sign"].sudo()._hear(
            shift, self.sudo().happened_at, battery
        )
        rules = shift.sudo().company_id._lone_worker_rules()
        now = fields.Datetime.now()
        if not lone_worker.link_lost(self.sudo().happened_at, now, rules):
            shift.sudo()._end_alerts(
                "lost_contact",
                self.sudo().happened_at,
                self.env._("The phone is heard again."),
            )

    def _own_shift(self):
        """The shift the payload names, by the rights of the guard.

        :raises UserError: it is not his
        """
        shift = self._shift_of_mine()
        if not shift:
            raise UserError(
                self.env._(
                    "This shift is not one of %(guard)s: look at the rota, then apply "
                    "this again.",
                    guard=self.sudo().employee_id.name,
                )
            )
        return shift

    # ------------------------------------------------------------
    # BULLETINS AND MESSAGES
    # ------------------------------------------------------------

    def _apply_bulletin_read(self):
        """He confirms that he has read it; one that is over counts as well."""
        reading = self.env["security.bulletin.reading"].search(
            [
                ("bulletin_id", "=", self.sudo().payload["bulletin"]),
                ("employee_id", "=", self.sudo().employee_id.id),
            ]
        )
        if not reading:
            raise UserError(
                self.env._(
                    "This bulletin was not sent to this guard: nothing was read."
                )
            )
        reading._acknowledge(self.sudo().happened_at)
        return reading

    def _apply_message(self):
        """Say it in the conversation, as the guard; other conversations are refused."""
        channel = self.env["discuss.channel"]._own_security_channels()
        channel = channel.filtered(lambda c: c.id == self.sudo().payload["channel"])
        if not channel:
            raise UserError(
                self.env._(
                    "This guard does not work where this conversation belongs, now or "
                    "within a week: pass the message on yourself."
                )
            )
        text = self.sudo().payload["text"]
        if fields.Datetime.now() - self.sudo().happened_at > LATE:
            text = self.env._(
                "[written at %(time)s] %(text)s",
                time=fields.Datetime.context_timestamp(
                    self, self.sudo().happened_at
                ).strftime("%d/%m %H:%M"),
                text=text,
            )
        return channel.message_post(
            body=text, message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    @api.model
    def _kind_words(self):
        return super()._kind_words() | {
            "sos": self.env._("Call for help"),
            "sos_cancel": self.env._("Call for help withdrawn"),
            "sos_position": self.env._("Position during a call for help"),
            "check_ok": self.env._("Sign of life"),
            "heartbeat": self.env._("Contact of a lone worker"),
            "bulletin_read": self.env._("Bulletin read"),
            "message": self.env._("Message"),
        }

    @api.model
    def _payload_models(self):
        return super()._payload_models() | {
            "bulletin": "security.bulletin",
        }
