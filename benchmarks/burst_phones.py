"""The phones of benchmarks/burst.py: each sends its queue by the rules of the page.

Reads what they are on the standard input, as JSON, and writes what became of them. The
rules are those of ``guard/core/sync.js`` and ``api.js``: at most 50 facts in a request,
8 s of patience, waits that double, the time that a busy office asks for, then the
bundle.
"""

import asyncio
import json
import random
import re
import sys
import time
import uuid
from collections import Counter
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

MOST, OK = 50, 200
FIRST_WAIT, LONGEST_WAIT = 0.25, 30
# Where others came first, the page leaves the office alone so long before it asks for
# the bundle.
REST = 40, 60
MINUTE = 60
WAIT = re.compile(rb"(?i)\r\nretry-after: (\d+)")
ACCEPTED = {"accepted", "flagged"}


def day(phone):
    """``[(minute of the shift, kind, data)]``: two hours of a guard."""
    shift = phone["shift"]
    here = {"latitude": 48.85, "longitude": 2.35, "accuracy": 8}
    yield 0, "clock_in", {"shift": shift, "method": "geo", **here}
    yield 1, "order_read", {"order": phone["order"], "version": 1, "shift": shift}
    for begin in (10, 60):
        about = {"round": str(uuid.uuid4()), "route": phone["route"], "shift": shift}
        yield begin, "round_start", about
        for rank, point in enumerate(phone["points"]):
            scan = {name: point[name] for name in ("code", "latitude", "longitude")}
            scan |= {"technology": "qr", "checkpoint": point["id"], "accuracy": 6}
            yield begin + 4 + 4 * rank, "round_scan", about | scan
        yield begin + 30, "round_end", about
    for number in range(8):
        text = f"Ronde {number} faite, rien à signaler sur le parcours."
        yield 15 + 12 * number, "log_entry", {"shift": shift, "text": text}
    # Signs of life, as many as it takes.
    for number in range(64):
        yield 12 + number, "heartbeat", {"shift": shift, "battery": 80}


class Phone:
    """One guard's page, with a key and a queue of its own."""

    def __init__(self, about, phone, link, sign):
        place = urlsplit(about["base"])
        self.host, self.port = place.hostname, place.port
        self.patience = about["patience"]
        self.phone, self.sign = phone, sign
        self.queue = self.record(about["begin"], link)
        self.answers, self.verdicts = Counter(), Counter()
        self.sent_at = self.fetched_at = None

    def record(self, begin, link):
        """The chain of the facts, in the order they happened."""
        facts = list(day(self.phone))[: self.phone["size"]]
        facts.sort(key=lambda fact: fact[0])
        chain, last = [], "0" * 64
        for number, (minute, kind, data) in enumerate(facts, 1):
            event = {
                "uuid": str(uuid.uuid4()),
                "n": number,
                "kind": kind,
                "at": int((begin + MINUTE * minute) * 1000),
                "mono": 1,
                "offset": 0,
                "data": data,
                "prev": last,
            }
            last = event["h"] = link(last, event)
            chain.append(event)
        return chain

    async def run(self):
        crowded = await self.insist(self.send)
        self.sent_at = time.monotonic()
        if crowded:
            await asyncio.sleep(random.uniform(*REST))
        await self.insist(self.fetch)
        self.fetched_at = time.monotonic()

    async def insist(self, act):
        """Until it worked, with the waits of the page; whether the office was busy."""
        failures, busy = 0, False
        while (answer := await self.attempt(act)) is not True:
            if answer:
                busy = True
                await asyncio.sleep(answer * random.uniform(0.5, 1.5))
            else:
                longest = min(LONGEST_WAIT, FIRST_WAIT * 2**failures)
                await asyncio.sleep(longest * random.uniform(0.5, 1))
                failures += 1
        return busy

    async def attempt(self, act):
        """True, or the seconds that the office asks for, or 0."""
        try:
            return await act()
        except (OSError, EOFError, TimeoutError) as error:
            self.answers[type(error).__name__] += 1
            return 0

    async def send(self):
        while batch := self.queue[:MOST]:
            body = {"batch": str(uuid.uuid4()), "sent_at": int(time.time() * 1000)}
            body |= {"app_version": "1", "events": batch}
            status, wait, answer = await self.request(
                "POST", "/guard/api/sync", json.dumps(body).encode()
            )
            if status != OK:
                return wait
            named = {result["uuid"] for result in answer["results"]}
            self.verdicts.update(result["verdict"] for result in answer["results"])
            self.queue = [event for event in self.queue if event["uuid"] not in named]
        return True

    async def fetch(self):
        status, wait, _answer = await self.request("GET", "/guard/api/bundle", b"")
        return True if status == OK else wait

    async def request(self, method, path, body):
        """(status, seconds to wait, answer)"""
        when = str(int(time.time() * 1000))
        signature = self.sign(self.phone["seed"], method, path, body, when)
        lines = (
            f"{method} {path} HTTP/1.1",
            f"Host: {self.host}:{self.port}",
            "Connection: close",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            f"X-Security-Device: {self.phone['token']}",
            f"X-Security-Time: {when}",
            f"X-Security-Signature: {signature}",
        )
        head = "\r\n".join((*lines, "", "")).encode()
        async with asyncio.timeout(self.patience):
            response = await self.exchange(head + body)
        told, _blank, content = response.partition(b"\r\n\r\n")
        if not told:
            raise EOFError
        status = int(told.split()[1])
        self.answers[f"{method} {status}"] += 1
        found = WAIT.search(told)
        answer = json.loads(content) if status == OK else None
        return status, int(found[1]) if found else 0, answer

    async def exchange(self, request):
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            writer.write(request)
            return await reader.read(-1)
        finally:
            writer.close()


async def main():
    about = json.load(sys.stdin)
    sys.path.insert(0, about["engine"])
    import signed_request

    def sign(seed, *request):
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
        return signed_request.encode(key.sign(signed_request.message(*request)))

    phones = [
        Phone(about, phone, signed_request.link, sign) for phone in about["phones"]
    ]
    begin = time.monotonic()
    await asyncio.gather(*(phone.run() for phone in phones))
    verdicts, answers = Counter(), Counter()
    for phone in phones:
        verdicts += phone.verdicts
        answers += phone.answers
    sent = sorted(phone.sent_at - begin for phone in phones)
    print(
        json.dumps(
            {
                "sent": sum(phone.phone["size"] for phone in phones),
                "accepted": sum(verdicts[name] for name in ACCEPTED),
                "verdicts": verdicts,
                "answers": answers,
                "half": sent[len(sent) // 2],
                "last": sent[-1],
                "whole": max(phone.fetched_at for phone in phones) - begin,
            }
        )
    )


asyncio.run(main())
