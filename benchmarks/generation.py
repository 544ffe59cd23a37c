"""Generate 1,000, then 10,000 shifts from the needs of a firm's posts.

Run in an Odoo shell on the demo database; everything is rolled back. Prints seconds and
queries of each size, first run and second run, which finds nothing to add; the ratio
of the two sizes is what counts.
"""

# The shell provides env.
# ruff: noqa: F821
import logging
import time
from datetime import date, timedelta

logging.disable(logging.INFO)
DAYS = 100
# Posts: each asks for two guards a day, whatever the day.
SIZES = (5, 50)
FIRST = date(2031, 1, 1)
Shift = env["security.shift"]
model = env["security.post"].search([("mission_id", "=", False)], limit=1) or env[
    "security.post"
].search([], limit=1)


def make_posts(number):
    """Posts held day and night by one guard, every day of the week."""
    return env["security.post"].create(
        [
            {
                "name": f"Benchmark {number} {place}",
                "site_id": model.site_id.id,
                "activity_id": model.activity_id.id,
                "need_ids": [
                    (0, 0, {"weekday": str(day), "hour_start": start, "duration": 12})
                    for day in range(7)
                    for start in (7, 19)
                ],
            }
            for place in range(number)
        ]
    )


def measured(work, *arguments):
    """(what it gives, seconds, queries), from a cold cache, flushed."""
    env.flush_all()
    env.invalidate_all()
    before, begin = env.cr.sql_log_count, time.perf_counter()
    found = work(*arguments)
    env.flush_all()
    return found, time.perf_counter() - begin, env.cr.sql_log_count - before


print("posts shifts seconds queries again_seconds again_queries")
figures = []
for size in SIZES:
    posts = make_posts(size)
    period = (FIRST, FIRST + timedelta(days=DAYS - 1))
    shifts, seconds, queries = measured(Shift._generate, posts, *period)
    again, seconds_again, queries_again = measured(Shift._generate, posts, *period)
    assert len(shifts) == size * DAYS * 2 and not again
    figures.append((seconds, queries))
    print(
        size,
        len(shifts),
        f"{seconds:.2f}",
        queries,
        f"{seconds_again:.2f}",
        queries_again,
        flush=True,
    )
(small, few), (large, many) = figures
print(f"ratio of seconds {large / small:.1f}, of queries {many / few:.1f}")
env.cr.rollback()
