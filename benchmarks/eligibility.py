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
    cards.action_attach()
    return guards


def make_shifts(guards, days, first=START):
    """Eight hours a day, five days a week."""
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
    # As if nothing had been said yet: an answer that stays the same is not written.
    env.cr.execute(
        "UPDATE security_shift SET eligibility = NULL, eligibility_findings = NULL "
        "WHERE id = ANY(%s)",
        [shifts.ids],
    )

    def work():
        for name in FIELDS:
            env.add_to_compute(Shift._fields[name], shifts)
        shifts._recompute_recordset(FIELDS)

    return measured(work)


def month_of(number):
    """Seconds to judge a month of that many guards; who can take one of the shifts."""
    guards = make_guards(number)
    shifts = make_shifts(guards, 31)
    shifts.flush_recordset()
    spent, queries = judge(shifts)
    print(f"{number} guards x 31 days, {len(shifts)} shifts: {told(spent, queries)}")
    slot = shifts[0]._engine_slot()
    asked = measured(lambda: guards._security_verdicts([slot]))
    print(f"  who can take one shift: {told(*asked)}")
    return spent


def drag_after(weeks):
    """One hour more on a shift, that many weeks behind and a week ahead."""
    guard = make_guards(1)
    make_shifts(guard, 7 * weeks, START - timedelta(weeks=weeks))
    dragged = make_shifts(guard, 5)[2]
    stop = dragged.date_stop + timedelta(hours=1)
    drag = measured(lambda: dragged.write({"date_stop": stop}))
    print(f"one drag, {weeks} weeks behind: {told(*drag)}")


def told(seconds, queries):
    return f"{seconds:.3f} s, {queries} queries"


def main():
    small, large = (month_of(number) for number in SIZES)
    print(
        f"  {SIZES[1] // SIZES[0]} times the guards: {large / small:.1f} times as long"
    )
    for weeks in (12, HISTORY_WEEKS):
        drag_after(weeks)
    env.cr.rollback()


main()
