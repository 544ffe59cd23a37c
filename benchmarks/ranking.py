"""Who can take one shift, ranked with costs, among 50 and then 500 guards.

Run in an Odoo shell on the demo database; everything is rolled back. Prints the seconds
(the least of three) and the queries of the verdicts alone and of the
ranked list, side by side.
"""

# The shell provides env.
# ruff: noqa: F821
import logging
import time
from datetime import datetime, timedelta
from functools import partial

logging.disable(logging.INFO)
SIZES = (50, 500)
START = datetime(2031, 1, 6, 7)
DAYS = 31
post = env["security.post"].search([], limit=1)


def make_guards(number):
    guards = env["hr.employee"].create(
        [
            {"name": f"Benchmark {n}", "company_id": post.company_id.id}
            for n in range(number)
        ]
    )
    guards.version_id.write({"wage": 2000.0, "security_weekly_hours": 35.0})
    cards = env["security.card"].create(
        [
            {
                "employee_id": guard.id,
                "number": f"CAR-075-2035-01-01-2019{guard.id:07}",
                "activity_id": post.activity_id.id,
                "date_issued": "2025-01-01",
                "date_expiry": "2035-01-01",
            }
            for guard in guards
        ]
    )
    env["security.card.check"].create(
        [{"card_id": card.id, "result": "valid"} for card in cards]
    )
    cards.action_attach()
    env["security.shift"].create(
        [
            {
                "post_id": post.id,
                "employee_id": guard.id,
                "date_start": START + timedelta(days=day),
                "date_stop": START + timedelta(days=day, hours=8),
            }
            for guard in guards
            for day in range(DAYS)
            if (START + timedelta(days=day)).weekday() < 5
        ]
    )
    return guards


def measured(work):
    """(seconds, queries), the least of three, from a cold cache."""
    found = []
    for _time in range(3):
        env.flush_all()
        env.invalidate_all()
        queries, begin = env.cr.sql_log_count, time.perf_counter()
        work()
        found.append((time.perf_counter() - begin, env.cr.sql_log_count - queries))
    return min(found)


def main():
    for number in SIZES:
        guards = make_guards(number)
        vacant = env["security.shift"].create(
            {
                "post_id": post.id,
                "date_start": START + timedelta(days=12, hours=13),
                "date_stop": START + timedelta(days=12, hours=22),
            }
        )
        slot = vacant._engine_slot()
        alone = measured(partial(guards._security_verdicts, [slot]))
        ranked = measured(vacant._candidates)
        for name, (spent, queries) in (("verdicts", alone), ("ranked", ranked)):
            print(f"{number} guards, {name}: {spent:.3f} s, {queries} queries")
        env.cr.rollback()


main()
