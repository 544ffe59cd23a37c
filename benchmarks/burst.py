"""200 phones that send their whole queue at once, while the office works.

    script/odoo shell --no-http < benchmarks/burst.py

Copies the demo database (script/server must have made it, and not run now), gives a
firm of 200 guards a phone each, serves it as a firm does on two cores (``WORKERS="4"``,
0 for threads; several are measured one after the other) and drops it again. Each phone
has 30 facts (``FACTS``) of two hours without network: clocked in, read an order, walked
two rounds, wrote in the log book, gave signs of life. All of them send at once, by the
rules of the page (benchmarks/burst_phones.py); one user of the web client looks at the
control list and at the shifts meanwhile, every half second. Prints the time until the
last fact was accepted, what the user waited before and meanwhile, and the queries of
one request. ``PARAMETERS='{"security_workforce.phones_at_once": "1000"}'`` shows the
same where all phones are heard together.
"""

import json
import logging
import os
import re
import subprocess
import sys
import threading
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from statistics import median, quantiles

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import odoo.addons.security_missions as missions
from odoo.addons.security_workforce.engine import signed_request

ROOT = Path(missions.__path__[0]).parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]
os.environ.setdefault("SUITE_CLUSTER", str(Path(os.environ["ODOO_RC"]).parent))

from burst_firm import FIRM  # noqa: E402
from lab import Lab  # noqa: E402

logging.disable(logging.INFO)
PHONES = int(os.environ.get("PHONES", "200"))
FACTS = int(os.environ.get("FACTS", "30"))
WORKERS = [int(number) for number in os.environ.get("WORKERS", "4").split()]
DATABASE = "security_burst_benchmark"
FIRM_DATABASE = f"{DATABASE}_firm"
# Phones whose requests are counted, one by one, before the others send.
SIZES = (1, 10, 50)
# Phones that make every process of the server warm before.
WARM = 12
PATIENCE = 8
CALM = 10  # seconds of the web client alone
EVERY = 0.5
SECONDS_OF_PATIENCE = 600
STATES = """
    SELECT state, count(*), count(DISTINCT (device_id, uuid)), min(message)
    FROM security_inbox WHERE company_id = %s GROUP BY state ORDER BY state
"""
LINE = re.compile(r'"POST /guard/api/sync[^"]*" 200 - (\d+) ([\d.]+) ([\d.]+)')


def keys(number):
    """``[(seed, public key)]``, both as the phones write them."""
    made = [Ed25519PrivateKey.generate() for _phone in range(number)]
    return [
        (
            key.private_bytes_raw().hex(),
            signed_request.encode(
                key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
            ),
        )
        for key in made
    ]


class Office(threading.Thread):
    """One user of the web client, who looks again and again."""

    def __init__(self, base, company):
        super().__init__(daemon=True)
        self.base, self.company = base, company
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar())
        )
        self.ended = threading.Event()
        # [(when it was asked, seconds)]
        self.waited, self.turned_away = [], 0
        who = {"db": DATABASE, "login": "burst_operator", "password": "burst_operator"}
        self.ask("/web/session/authenticate", who)

    def ask(self, path, params):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        request = urllib.request.Request(
            self.base + path, body.encode(), {"Content-Type": "application/json"}
        )
        with self.opener.open(request, timeout=SECONDS_OF_PATIENCE) as response:
            answer = json.load(response)
        if "error" in answer:
            raise RuntimeError(answer["error"]["data"]["debug"])
        return answer["result"]

    def call(self, model, method, **kwargs):
        params = {"model": model, "method": method, "args": []}
        kwargs["context"] = {"allowed_company_ids": [self.company], "lang": "en_US"}
        self.ask(f"/web/dataset/call_kw/{model}/{method}", {**params, "kwargs": kwargs})

    def seen(self, number):
        """Whether there was an answer; the user waits on when he is turned away."""
        try:
            self.look(number)
        except OSError:
            self.turned_away += 1
            return self.ended.is_set()
        return True

    def look(self, number):
        if number % 2:
            self.call("security.alert", "control_list")
            return
        names = ("post_id", "employee_id")
        fields = {name: {"fields": {"display_name": {}}} for name in names}
        fields |= {name: {} for name in ("date_start", "date_stop", "state")}
        self.call(
            "security.shift",
            "web_search_read",
            domain=[["company_id", "=", self.company]],
            specification=fields,
            limit=80,
        )

    def run(self):
        number = 0
        while not self.ended.is_set():
            begin = time.monotonic()
            while not self.seen(number):
                self.ended.wait(EVERY)
            spent = time.monotonic() - begin
            self.waited.append((begin, spent))
            number += 1
            self.ended.wait(max(0, EVERY - spent))


def told(spent):
    """Median and 95th percentile, in milliseconds."""
    if len(spent) < 2:
        return "no figure"
    high = quantiles(spent, n=20)[-1]
    return (
        f"median {1000 * median(spent):.0f} ms, p95 {1000 * high:.0f} ms,"
        f" longest {1000 * max(spent):.0f} ms of {len(spent)}"
    )


def processor():
    """Seconds of processor that the server and PostgreSQL have used for us."""
    ticks = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_text()
            if DATABASE in command and ("serve.py" in command or "postgres" in command):
                used = (process / "stat").read_text().rpartition(")")[2].split()
                ticks += int(used[11]) + int(used[12])
        except OSError:
            continue  # it ended meanwhile
    return ticks / os.sysconf("SC_CLK_TCK")


def phones(base, firm, secrets, sizes, patience=SECONDS_OF_PATIENCE):
    """What the phones of a process of their own say of what became of their queues."""
    about = {
        "base": base,
        "begin": firm["begin"],
        "patience": patience,
        "engine": str(ROOT / "security_workforce/engine"),
        "phones": [
            {**phone, "seed": seed, "size": size}
            for phone, (seed, _public), size in zip(
                firm["phones"], secrets, sizes, strict=True
            )
            if size
        ],
    }
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks/burst_phones.py"],
        input=json.dumps(about),
        stdout=subprocess.PIPE,
        text=True,
        timeout=SECONDS_OF_PATIENCE,
        check=True,
    )
    return json.loads(done.stdout)


def queries(base, log, firm, secrets):
    """Print what one request costs the server, by its number of facts."""
    phones(base, firm, secrets, [0] * (PHONES + len(SIZES)) + [30] * WARM)
    for place, size in enumerate(SIZES):
        sizes = [0] * len(secrets)
        sizes[PHONES + place] = size
        phones(base, firm, secrets, sizes)
    counted = LINE.findall(log.read_text())[-len(SIZES) :]
    for size, line in zip(SIZES, counted, strict=True):
        spent = 1000 * (float(line[1]) + float(line[2]))
        print(f"  a request of {size} facts: {line[0]} queries, {spent:.0f} ms")


def make_firm(lab):
    """(keys of the phones, what the firm is)"""
    secrets = keys(PHONES + len(SIZES) + WARM)
    lab.copy("security_demo", FIRM_DATABASE)
    parameters = json.loads(os.environ.get("PARAMETERS", "{}"))
    publics = [public for _seed, public in secrets]
    return secrets, lab.code(FIRM_DATABASE, FIRM % (publics, parameters))


def measure(lab, workers, secrets, firm):
    lab.copy(FIRM_DATABASE, DATABASE)
    with lab.serve(DATABASE, f"--workers={workers}") as base:
        print(f"{workers} workers:" if workers else "threads:", flush=True)
        office = Office(base, firm["company"])
        log = lab.cluster / "log" / f"{DATABASE}.log"
        queries(base, log, firm, secrets)
        office.start()
        time.sleep(CALM)
        before = [spent for _at, spent in office.waited]
        load, used = os.getloadavg()[0], processor()
        sizes = [FACTS] * PHONES + [0] * (len(SIZES) + WARM)
        found = phones(base, firm, secrets, sizes, PATIENCE)
        end, used = time.monotonic(), processor() - used
        office.ended.set()
        office.join()
    # From the first request to the last phone that had its bundle, too.
    while_busy = [s for at, s in office.waited if end - found["whole"] <= at + s <= end]
    states = lab.query(DATABASE, STATES % firm["company"])
    kept = sum(count for _state, count, _once, _message in states)
    sent = found["sent"]
    print(
        f"  {PHONES} phones, {sent} facts, {found['accepted']} accepted, the last after"
        f" {found['last']:.1f} s ({sent / found['last']:.0f} a second), half after"
        f" {found['half']:.1f} s; all bundles fetched after {found['whole']:.1f} s"
    )
    print(f"  answers: {found['answers']}; in the inbox {kept}: {states}")
    print(f"  web client before: {told(before)}")
    print(
        f"  web client during: {told(while_busy)}; connections refused:"
        f" {office.turned_away}"
    )
    print(
        f"  load of the machine before: {load:.1f}; processor used by the server and"
        f" PostgreSQL: {used:.0f} s",
        flush=True,
    )


def main():
    lab = Lab()
    try:
        made = make_firm(lab)
        for workers in WORKERS:
            measure(lab, workers, *made)
    finally:
        lab.drop(FIRM_DATABASE)
        lab.drop(DATABASE)


main()
