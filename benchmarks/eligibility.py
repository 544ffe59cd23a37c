"""Judge 50, then 500 guards over a month, and one drag with two years behind.

Run in an Odoo shell on the demo database; everything is rolled back. Prints seconds and
queries; the ratio of the two sizes is what counts.
"""

# The shell provides env.
# ruff: noqa: F821
import logging
import time
from datetime import datetime, timedelta

logging.disable(logging.INFO)
SIZES = (50, 500)
START = datetime(2031, 1, 6, 7)
HISTORY_WEEKS = 104
FIELDS = ("eligibility", "eligibility_findings")
Shift = env["security.shift"]
post = env["security.post"].search([], limit=1)


def make_guards(number):
    guards = env["hr.employee"].create(
        [
            {"name": f"Benchmark {n}", "company_id": post.company_id.id}
            for n in range(number)
        ]
    )
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
    return guards


def make_shifts(guards, days, first=START):
    """Five days a week, ten hours of them at the weekend."""
    return Shift.create(
        [
            {
                "post_id": post.id,
                "employee_id": guard.id,
                "date_start": first + timedelta(days=day),
                "date_stop": first + timedelta(days=day, hours=8),
            }
            for guard in guards
            for day in range(days)
            if (first + timedelta(days=day)).weekday() < 5
        ]
    )


def measured(work):
    """(seconds, queries) of a piece of work, from a cold cache, flushed."""
    env.flush_all()
    env.invalidate_all()
    before, begin = env.cr.sql_log_count, time.perf_counter()
    work()
    env.flush_all()
    return time.perf_counter() - begin, env.cr.sql_log_count - before


def judge(shifts):
    def work():
        for name in FIELDS:
            env.add_to_compute(Shift._fields[name], shifts)
        shifts._recompute_recordset(FIELDS)

    return measured(work)


def main():
    seconds = {}
    for number in SIZES:
        guards = make_guards(number)
        shifts = make_shifts(guards, 31)
        shifts.flush_recordset()
        seconds[number], queries = judge(shifts)
        print(
            f"{number} guards x 31 days, {len(shifts)} shifts: "
            f"{seconds[number]:.2f} s, {queries} queries"
        )
        slot = shifts[0]._engine_slot()
        spent, queries = measured(lambda: guards._security_verdicts([slot]))
        print(
            f"  who can take one shift, {number} guards: {spent:.2f} s, {queries} queries"
        )
    small, large = SIZES
    print(
        f"  {large / small:.0f} times the guards: {seconds[large] / seconds[small]:.1f} times the time"
    )
    for weeks in (12, HISTORY_WEEKS):
        guard = make_guards(1)
        make_shifts(guard, 7 * weeks, START - timedelta(weeks=weeks))
        dragged = make_shifts(guard, 5)[2]
        spent, queries = measured(
            lambda: dragged.write({"date_stop": dragged.date_stop + timedelta(hours=1)})
        )
        print(
            f"one drag, {weeks} weeks behind: {spent * 1000:.0f} ms, {queries} queries"
        )
    env.cr.rollback()


main()
