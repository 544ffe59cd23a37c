"""How fast the rules are by themselves, over plain Python objects, without Odoo.

    python benchmarks/engine_speed.py [SHIFTS]

One person at a time: two years of five shifts a week. Prints shifts judged in a second,
for all the rules and for each file of rules beside it.
"""

import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "engine")]

import conftest  # noqa: E402, F401 - makes the engines importable without Odoo
from plans import PARIS, person  # noqa: E402

from security_workforce.engine.facts import Slot  # noqa: E402
from security_workforce.engine.limits import check  # noqa: E402
from security_workforce.engine.rules import (  # noqa: E402
    absence,
    contracts,
    health,
    joining,
    qualifications,
    time_daily,
    time_long,
    time_rest,
    time_weekly,
    titles,
    travel,
)

WEEKS = 104
FILES = (
    titles,
    absence,
    qualifications,
    health,
    time_daily,
    time_rest,
    travel,
    time_weekly,
    time_long,
    contracts,
    joining,
)


def plan_of(number):
    """Two years of shifts of one guard; nights in every other week."""
    monday = datetime(2026, 1, 5)
    return [
        Slot(
            key=(number, week, day),
            start=start,
            stop=start + timedelta(hours=8 + 4 * (day == 0)),
            tz=PARIS,
            activity="sh",
            site=1,
        )
        for week in range(WEEKS)
        for day in range(5)
        for start in [
            monday + timedelta(days=7 * week + day, hours=7 + 12 * (week % 2))
        ]
    ]


def measure(shifts, rules=None):
    """Shifts a second; making the objects is not counted."""
    done, spent = 0, 0.0
    arguments = () if rules is None else (rules,)
    while done < shifts:
        slots = plan_of(done)
        begin = time.perf_counter()
        check(person(), slots, *arguments)
        spent += time.perf_counter() - begin
        done += len(slots)
    return done / spent


def main():
    shifts = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    print(f"all rules: {measure(shifts):,.0f} shifts a second over {shifts:,} shifts")
    for module in FILES:
        speed = measure(max(shifts // 20, WEEKS * 5), module.RULES)
        print(f"  {module.__name__.rpartition('.')[2]:15} {speed:>12,.0f}")


if __name__ == "__main__":
    main()
