"""What must hold after a run: the ledger of the guard against what the office has."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from security_workforce.engine import signed_request

from .plan import SET_ASIDE

ROWS = """
SELECT device.token, device.employee_id, inbox.uuid, inbox.number, inbox.kind,
    inbox.digest, inbox.state, inbox.device_time, inbox.happened_at, inbox.received_at,
    inbox.payload, inbox.message
FROM security_inbox inbox JOIN security_device device ON device.id = inbox.device_id
ORDER BY inbox.id
"""
FIELDS = (
    *("token", "guard", "uuid", "number", "kind", "digest", "state", "device_time"),
    *("happened_at", "received_at", "payload", "message"),
)
# What the facts have made, by the identity or the number of those that made it.
ENTRIES = """
SELECT device.token, entry.uuid, count(*), min(entry.text)
FROM security_logbook_entry entry
JOIN security_device device ON device.id::text = entry.device
WHERE entry.kind = 'note' GROUP BY device.token, entry.uuid
"""
CHECKS = "SELECT employee_id, count(*) FROM security_lone_check GROUP BY employee_id"
CHAINS = "SELECT token, last_number, last_hash FROM security_device"
TIMES = ("device_time", "happened_at", "received_at")
# A time of fact is the clock of the phone put right by what a request took on its way;
# the page waits no longer for one.
CLOCK = timedelta(seconds=8)
FAULTS = (
    *("lost", "unanswered", "twice", "foreign", "disorder", "time", "chain", "verdict"),
)


@dataclass
class Ledger:
    """What the guards recorded, by the driver's own clock and not by the page's."""

    # {serial: (Event, when the driver asked for it)}
    asked: dict = field(default_factory=dict)
    # {serial: (when the driver heard of it, what the page said)}
    kept: dict = field(default_factory=dict)

    def hear(self, told):
        """Note what the pages said; a refusal is no promise."""
        for when, fact in told:
            if "error" not in fact:
                self.kept.setdefault(fact["serial"], (when, fact))


def rows(cluster):
    """All facts that the office has, in the order it took them, as dicts."""
    return [dict(zip(FIELDS, row, strict=True)) for row in cluster.query(ROWS)]


def lost_answers(cluster, answered):
    """Identities of facts that the office has answered and does not have."""
    there = {uuid for (uuid,) in cluster.query("SELECT uuid FROM security_inbox")}
    return sorted(set(answered) - there)


def utc(milliseconds):
    """Naive UTC, as the office stores it: without the part of a second."""
    at = datetime.fromtimestamp(milliseconds / 1000, timezone.utc)
    return at.replace(tzinfo=None, microsecond=0)


class Judge:
    """Compares what was recorded with what is there: ``found`` is by fault."""

    def __init__(self, ledger, cluster, tokens):
        """
        :param tokens: what the device of each phone calls itself
        """
        self.ledger, self.cluster, self.tokens = ledger, cluster, tokens
        self.all_rows = rows(cluster)
        self.rows = [row for row in self.all_rows if row["token"] in tokens]
        self.found = {fault: [] for fault in FAULTS}

    def judge(self, outboxes, answered):
        """
        :param outboxes: per phone, the rows that its page keeps
        :param answered: identities that the office has answered during the run
        """
        self._everything_once()
        self._nothing_else()
        self._effects_once()
        self._times()
        for phone, token in enumerate(self.tokens):
            mine = [row for row in self.rows if row["token"] == token]
            self._in_order(phone, mine)
            self._chain(token, mine, outboxes[phone])
        self.found["unanswered"] += sorted(set(answered) - {*self._by_uuid()})
        return self.found

    def _by_uuid(self):
        return {row["uuid"]: row for row in self.rows}

    def _everything_once(self):
        counts = Counter(row["uuid"] for row in self.rows)
        by_uuid = self._by_uuid()
        for serial, (_when, fact) in self.ledger.kept.items():
            event, _asked = self.ledger.asked[serial]
            count = counts[fact["uuid"]]
            if not count:
                self.found["lost"].append(serial)
                continue
            if count > 1:
                self.found["twice"].append(serial)
            row = by_uuid[fact["uuid"]]
            wanted = "quarantined" if event.name in SET_ASIDE else "accepted"
            if row["token"] != self.tokens[event.phone] or row["state"] != wanted:
                self.found["verdict"].append((serial, row["state"], row["message"]))

    def _nothing_else(self):
        """What nobody promised may be there only where a browser died over it."""
        promised = {fact["uuid"] for _when, fact in self.ledger.kept.values()}
        open_ends = Counter(
            (self.tokens[event.phone], "log_entry" if foreign else event.name)
            for serial, (event, _asked) in self.ledger.asked.items()
            if serial not in self.ledger.kept
            for foreign in [event.name == "foreign"]
        )
        more = [row for row in self.rows if row["uuid"] not in promised]
        surplus = Counter((row["token"], row["kind"]) for row in more) - open_ends
        self.found["foreign"] += surplus.elements()
        # The same words under two identities are one fact recorded twice.
        texts = Counter(row["payload"].get("text") for row in self.rows)
        self.found["twice"] += [text for text, n in texts.items() if text and n > 1]

    def _effects_once(self):
        """Each fact that was accepted has made one record, and no other made any."""
        wanted = {
            row["uuid"]: row["payload"]["text"]
            for row in self.rows
            if row["kind"] == "log_entry" and row["state"] == "accepted"
        }
        made = [row[1:] for row in self.cluster.query(ENTRIES) if row[0] in self.tokens]
        self.found["twice"] += [uuid for uuid, count, _text in made if count > 1]
        there = {uuid: text for uuid, _count, text in made}
        self.found["lost"] += [u for u in wanted if there.get(u) != wanted[u]]
        self.found["foreign"] += [uuid for uuid in there if uuid not in wanted]
        # A check says who answered, not with which phone.
        checks = Counter(dict(self.cluster.query(CHECKS)))
        accepted = Counter(
            row["guard"]
            for row in self.all_rows
            if row["kind"] == "check_ok" and row["state"] == "accepted"
        )
        self.found["lost"] += (accepted - checks).elements()
        self.found["twice"] += (checks - accepted).elements()

    def _times(self):
        """The time of fact is when the guard did it, however late it came."""
        by_uuid = self._by_uuid()
        for serial, (heard, fact) in self.ledger.kept.items():
            row = by_uuid.get(fact["uuid"])
            _event, asked = self.ledger.asked[serial]
            if row and not (
                1000 * asked - 1000 <= fact["at"] <= 1000 * heard + 1000
                and row["device_time"] == utc(fact["at"])
                and abs(row["happened_at"] - row["device_time"]) <= CLOCK
            ):
                told = [str(row[name]) for name in TIMES]
                self.found["time"].append((serial, asked, fact["at"], heard, *told))

    def _in_order(self, phone, mine):
        """Numbers without a gap, taken in their order, and in that of the recording."""
        numbers = [row["number"] for row in mine]
        if numbers != list(range(1, len(numbers) + 1)):
            self.found["disorder"].append((phone, numbers))
        facts = sorted(
            (fact["n"], serial, heard)
            for serial, (heard, fact) in self.ledger.kept.items()
            if self.ledger.asked[serial][0].phone == phone
        )
        last, earliest = {}, float("inf")
        for number, serial, heard in reversed(facts):
            event, asked = self.ledger.asked[serial]
            # One asked for after another was kept has the higher number; in one tab,
            # each has a higher number than those asked for before.
            if asked > earliest or serial > last.get(event.tab, serial):
                self.found["disorder"].append((phone, number, serial))
            earliest = min(earliest, heard)
            last[event.tab] = serial
        by_uuid = {row["uuid"]: row["number"] for row in mine}
        for _heard, fact in self.ledger.kept.values():
            if by_uuid.get(fact["uuid"], fact["n"]) != fact["n"]:
                self.found["disorder"].append((phone, fact["n"], "renumbered"))

    def _chain(self, token, mine, outbox):
        """From the first fact to the last, by the hashes of page and office."""
        digests = {row["number"]: row["digest"] for row in mine}
        previous = signed_request.FIRST
        for event in outbox:
            digest = signed_request.link(previous, event)
            chained = event["prev"] == previous and event["h"] == digest
            state = self._by_uuid().get(event["uuid"], {}).get("state")
            shown = event["state"] == state or event["state"] == "duplicate"
            if not chained or digests.get(event["n"]) != digest or not shown:
                self.found["chain"].append((event["n"], event["state"], state))
            previous = digest
        ends = {name: (n, last) for name, n, last in self.cluster.query(CHAINS)}
        if mine and ends[token] != (len(mine), previous):
            self.found["chain"].append((token, ends[token], len(mine)))
