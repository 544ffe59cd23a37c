import json
import logging
from datetime import UTC, datetime, timedelta

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.exceptions import AccessError, ConcurrencyError, MissingError, UserError

from ..engine import device_clock, signed_request
from ..engine.event_schema import (
    LARGEST_ID,
    UUID,
    BadEvent,
    Group,
    Number,
    Text,
    Uuid,
    Value,
    Whole,
)
from .security_device import ENROLLING

_logger = logging.getLogger(__name__)

LATEST = 4_102_444_800_000  # 2100, in milliseconds
MOST_EVENTS = 50
# Bytes of one payload; photos travel apart.
MOST_BYTES = 20_000
DEEPEST = 6


class Anything(Value):
    def check(self, value, path):
        """The payload is checked by the kind it is of."""
        if not isinstance(value, dict):
            raise BadEvent(path, "type")


ENVELOPE = Group(
    {
        "uuid": Uuid(),
        "n": Whole(1, 2**31 - 1),
        "kind": Text(40),
        "at": Whole(0, LATEST),
        "mono": Number(0, 1e13, required=False),
        "offset": Number(-LATEST, LATEST, required=False),
        "data": Anything(),
        "prev": Text(64),
        "h": Text(64),
    }
)


class SecurityInbox(models.Model):
    """How facts come in: each alone, once, in the order the device counted them."""

    _inherit = "security.inbox"

    def _receive(self, device, events, sent_at):
        """Keep and apply the ``events`` of a device; one bad one never stops the rest.

        :param device: ``security.device``
        :param events: what the device sent: at most ``MOST_EVENTS`` JSON values
        :param sent_at: milliseconds of the device's clock when it sent them
        :return: one ``{uuid, verdict, message}`` for each event, in their order
        """
        device = device.sudo()
        now = fields.Datetime.now()
        skew = self._skew(sent_at)
        # Locks the device: two requests of one phone are read one after the other.
        device.with_context(security_device=ENROLLING).write(
            {"last_seen": now, "clock_skew": -_seconds(skew)}
        )
        device.flush_recordset()
        answers, rows = [], []
        for event in events:
            answer, row = self._read_event(device, event, skew, now)
            answers.append(answer)
            if row:
                rows.append(row)
        self._keep(rows)
        new = [row["id"] for row in rows if row["id"] and row["state"] == "new"]
        if new:
            self.browse(new)._apply_in_order()
        self._count_on(device, rows)
        known = self._known(device, [row["uuid"] for row in rows])
        return [self._answer_of(answer, known) for answer in answers]

    # ------------------------------------------------------------
    # READING
    # ------------------------------------------------------------

    def _skew(self, sent_at):
        """What to add to the clock of the device, ``timedelta``."""
        ours = datetime.now(UTC).timestamp() * 1000
        return timedelta(milliseconds=ours - sent_at)

    def _read_event(self, device, event, skew, now):
        """What is answered about one event, and the row to keep, if any."""
        uuid = event.get("uuid") if isinstance(event, dict) else None
        named = isinstance(uuid, str) and UUID.fullmatch(uuid)
        answer = {"uuid": uuid if named else None, "h": None}
        try:
            ENVELOPE.check(event, "")
            self._check_size(event["data"])
        except BadEvent as bad:
            answer.update(verdict="refused", message=self._say(bad))
            return answer, None
        digest = signed_request.link(event["prev"], event)
        answer["h"] = digest
        row = self._row(device, event, digest, skew, now)
        problem = self._problem(event, digest, row)
        if problem:
            row.update(state="quarantined", message=problem)
        return answer, row

    def _check_size(self, data):
        """Refuse what no app of ours sends: too much, too deep, not storable."""
        try:
            size = len(signed_request.canonical(data))
        except (ValueError, UnicodeEncodeError, RecursionError):
            raise BadEvent("data", "format") from None
        if size > MOST_BYTES:
            raise BadEvent("data", "length")
        if _depth(data) > DEEPEST or b"\\u0000" in json.dumps(data).encode():
            raise BadEvent("data", "format")

    def _row(self, device, event, digest, skew, now):
        offset = event.get("offset")
        offset = skew if offset is None else timedelta(milliseconds=offset)
        at = datetime.fromtimestamp(event["at"] / 1000, UTC).replace(
            tzinfo=None, microsecond=0
        )
        try:
            fact = device_clock.correct(at, offset, now)
        except OverflowError:
            fact = device_clock.Fact(now, skew, "future")
        return {
            "device_id": device.id,
            "employee_id": device.employee_id.id,
            "company_id": device.company_id.id,
            "uuid": event["uuid"],
            "number": event["n"],
            "kind": event["kind"],
            "payload": event["data"],
            "digest": digest,
            "device_time": at,
            "happened_at": fact.happened_at.replace(microsecond=0),
            "received_at": now,
            "skew": _seconds(fact.skew),
            "state": "new",
            "message": None,
            "prev": event["prev"],
            "verdict": fact.verdict,
        }

    def _problem(self, event, digest, row):
        """Why a whole event cannot be applied, in words; ``None`` if it can."""
        if digest != event["h"]:
            return self.env._("What arrived is not what the phone says it recorded.")
        if row["verdict"] == "future":
            return self.env._(
                "It is said to happen in the future: put the clock of the phone right."
            )
        if row["verdict"] == "old":
            return self.env._("It is older than the forty-five days a phone may keep.")
        kind = self._kinds().get(event["kind"])
        if kind is None:
            return self._unknown_kind()
        try:
            kind.check(event["data"])
        except BadEvent as bad:
            return self._say(bad)
        return None

    def _unknown_kind(self):
        return self.env._("This version of the server does not know such a fact.")

    def _say(self, bad):
        """What is wrong with an event, in words."""
        reasons = {
            "missing": self.env._("it is missing"),
            "unknown": self.env._("there is no such field"),
            "type": self.env._("it is of another kind than expected"),
            "length": self.env._("it is too long"),
            "range": self.env._("it is out of its bounds"),
            "choice": self.env._("it is not among the answers expected"),
            "format": self.env._("it is not written as expected"),
        }
        return self.env._(
            "The phone sent a fact that cannot be read: “%(field)s”, %(reason)s.",
            field=bad.path or "-",
            reason=reasons[bad.reason],
        )

    # ------------------------------------------------------------
    # ANSWERING
    # ------------------------------------------------------------

    def _known(self, device, uuids):
        """``{(uuid, digest): row}`` of what the device told under these identities."""
        # sudo: what becomes of a fact is told to whoever sent it.
        rows = self.sudo().search(
            [("device_id", "=", device.id), ("uuid", "in", uuids)]
        )
        return {(row.uuid, row.digest): row for row in rows}

    def _answer_of(self, answer, known):
        row = known.get((answer["uuid"], answer.pop("h")))
        if row:
            answer.update(
                verdict="quarantined" if row.state == "dismissed" else row.state,
                message=row.message or None,
            )
        return answer

    def _count_on(self, device, rows):
        """Remember where the chain of the device stands; a gap or a fork is flagged.

        :param rows: those without ``id`` were received before and count no more
        """
        number, last = device.last_number, device.last_hash or signed_request.FIRST
        for row in rows:
            if not row["id"]:
                continue
            follows = row["number"] == number + 1 and row["prev"] == last
            fact = self.browse(row["id"])
            if not follows and fact.sudo().state in ("accepted", "flagged"):
                fact._flag(
                    self.env._(
                        "Facts are missing or double before this one in what the phone "
                        "sent."
                    )
                )
            if row["number"] > number:
                number, last = row["number"], row["digest"]
        device.with_context(security_device=ENROLLING).write(
            {"last_number": number, "last_hash": last}
        )

    # ------------------------------------------------------------
    # APPLYING
    # ------------------------------------------------------------

    def _apply_in_order(self):
        """Do what these facts say. One that cannot be done never stops the others.

        Nearly always all of them can be done, together: that is half of the queries.
        """
        try:
            with self.env.cr.savepoint():
                for fact in self:
                    fact._do()
        except (ConcurrencyError, OperationalError):
            raise
        except Exception:
            # Undone as a whole; alone, each one that is at fault says why.
            for fact in self:
                fact._apply()

    def _do(self):
        """Do what this fact says, or raise why it cannot be done."""
        kind = self._kinds()[self.sudo().kind]
        record = getattr(self, kind.handler)()
        self._tell_clock()
        self._settle(record)

    def _apply(self):
        """Do what this fact says, alone; what cannot be done is set aside with why.

        Only a clash with another transaction goes up: Odoo runs the request again.
        """
        self.ensure_one()
        kind = self._kinds().get(self.sudo().kind)
        if kind is None:
            self._set_aside(self._unknown_kind())
            return
        try:
            kind.check(self.sudo().payload)
            with self.env.cr.savepoint():
                if self.sudo().state != "new":
                    self._answer({"state": "new", "message": False})
                self._do()
        except BadEvent as bad:
            self._set_aside(self._say(bad))
        except (AccessError, MissingError):
            self._set_aside(
                self.env._("It speaks of something that is not this guard's to see.")
            )
        except UserError as refusal:
            self._set_aside(str(refusal))
        except (ConcurrencyError, OperationalError):
            raise
        except Exception:
            _logger.exception("Fact %s of kind %s", self.id, self.sudo().kind)
            self._set_aside(
                self.env._(
                    "It could not be read. The administrator finds why in the log."
                )
            )

    def _tell_clock(self):
        """A clock that was far off is worth a word."""
        skew = abs(timedelta(seconds=self.sudo().skew))
        if skew >= device_clock.WORTH_TELLING:
            self._flag(
                self.env._(
                    "The clock of the phone was %(minutes)s min off; the time was put "
                    "right.",
                    minutes=int(skew.total_seconds() // 60),
                )
            )


def _seconds(duration):
    """Whole seconds, as the database holds them: a clock may be a century off."""
    return max(-LARGEST_ID, min(LARGEST_ID, int(duration.total_seconds())))


def _depth(value):
    """How deep lists and groups are nested; the parser of JSON bounds the recursion."""
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0
