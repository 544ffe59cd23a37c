"""Write, seal and verify a log book.

Run in an Odoo shell on a database with security_incidents; the entries are made in the
transaction of the shell and rolled back. ENTRIES in the environment says how many
(100,000 by default). Prints the queries of one entry at two sizes, the rate of the
seal, the seconds of a verification beside those of SHA-256 over the same bytes, and how
busy the machine was. PROFILE=1 shows where the verification spends its time.
"""

# The shell provides env.
# ruff: noqa: F821
import cProfile
import hashlib
import logging
import os
import pstats
import time

from psycopg2.extras import execute_values

from odoo import fields

from odoo.addons.security_workforce.engine.seal import new_salt
from odoo.addons.security_workforce.engine.verify_logbook import (
    canonical,
    commit,
    verify,
)

logging.disable(logging.INFO)
ENTRIES = int(os.environ.get("ENTRIES", "100000"))
Entry = env["security.logbook.entry"]
client = env["res.partner"].create({"name": "Benchmark"})
site = env["security.site"].create({"name": "Benchmark", "partner_id": client.id})
book = env["security.logbook"]._of(site)


def write_cost():
    """(queries, seconds) of one entry, from a cold cache."""
    env.flush_all()
    env.invalidate_all()
    before, begin = env.cr.sql_log_count, time.perf_counter()
    Entry._note(
        site, "note", fields.Datetime.now(), text="Ronde faite, rien à signaler"
    )
    env.flush_all()
    return env.cr.sql_log_count - before, time.perf_counter() - begin


def fill(number):
    """Copies of the last entry, each with its own salt, commitment and identifier."""
    model = Entry.search([("logbook_id", "=", book.id)], limit=1)
    names = [
        name
        for name, field in Entry._fields.items()
        if field.store
        and field.column_type
        and name not in ("id", "seq", "hash")
        and name not in ("salt", "commitment", "uuid", "text", "prev_hash", "sealed_at")
    ]
    rows = []
    for n in range(number):
        salt, text = new_salt(), f"Ronde {n} faite, rien à signaler sur le parcours."
        content = {"text": text, "persons": None, "author_name": model.author_name}
        rows.append((salt, commit(salt, content), f"{n}-{salt}", text))
    columns = ", ".join(names)
    execute_values(
        env.cr._obj,
        f"INSERT INTO security_logbook_entry ({columns}, salt, commitment, uuid, text)"
        f" SELECT {columns}, v.s, v.c, v.u, v.t FROM security_logbook_entry e,"
        f" (VALUES %s) AS v(s, c, u, t) WHERE e.id = {model.id}",
        rows,
        page_size=5000,
    )


write_cost()
few = write_cost()
fill(ENTRIES)
many = write_cost()
print(f"write: {few[0]} queries, {1000 * few[1]:.1f} ms with an empty book;", end=" ")
print(f"{many[0]} queries, {1000 * many[1]:.1f} ms with {ENTRIES} entries")
begin, sealed = time.perf_counter(), 0
while done := book._seal_batch():
    sealed += done
spent = time.perf_counter() - begin
print(f"seal: {sealed} entries in {spent:.2f} s, {sealed / spent:.0f} a second")
book._sign_checkpoint()
if os.environ.get("PROFILE"):
    with cProfile.Profile() as profile:
        book._verify_chain()
    pstats.Stats(profile).sort_stats("tottime").print_stats(25)
begin, cpu = time.perf_counter(), time.process_time()
report = book._verify_chain()
spent, cpu = time.perf_counter() - begin, time.process_time() - cpu
assert not report.breaks and report.count == sealed
print(f"verify from the tables: {report.count} entries in {spent:.2f} s,", end=" ")
print(f"{cpu:.2f} s of them in Python")
entries = list(book._entries())
begin = time.perf_counter()
verify(entries)
engine = time.perf_counter() - begin
data = [(canonical(e.head), canonical(e.content)) for e in entries]
begin = time.perf_counter()
for head, content in data:
    hashlib.sha256(head).hexdigest()
    hashlib.sha256(content).hexdigest()
floor = time.perf_counter() - begin
print(f"verify in memory: {engine:.2f} s; SHA-256 of the same bytes: {floor:.2f} s")
print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
env.cr.rollback()
