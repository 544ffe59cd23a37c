"""How good the rota solver is: public instances, and a generated firm.

    python benchmarks/rostering.py Instance1.txt Instance2.txt --seconds 60
    python benchmarks/rostering.py --firm 200x31 --seconds 300

Prints ``name cost bound seconds violations`` for each file; cost and violations come
from ``roster_evaluator.py``, which shares nothing with the solver.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import conftest  # noqa: E402, F401 - makes the engines importable without Odoo

from benchmarks.roster_checker import violations  # noqa: E402
from benchmarks.roster_evaluator import evaluate  # noqa: E402
from benchmarks.roster_firm import firm, most_covered  # noqa: E402
from benchmarks.roster_instances import read  # noqa: E402
from security_missions.engine.roster.search import solve  # noqa: E402


def main():
    """Read the arguments, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", help="public instances")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--trace", action="store_true", help="print each better plan")
    parser.add_argument("--firm", help="guards x days, as 200x31")
    asked = parser.parse_args()
    solve(firm(1, 7), 30.0)  # the first use compiles, once for all
    if asked.firm:
        run_firm(asked)
    if asked.files:
        print("name cost bound seconds violations", flush=True)
    for path in asked.files:
        run_instance(path, asked)


def run_instance(path, asked):
    """One line for a public instance."""
    solution = solve(read(path), asked.seconds, Trace() if asked.trace else None)
    plan = {(who, day): kind for who, (day, kind) in solution.assignments}
    cost, faults = evaluate(path, plan)
    bound = "-" if solution.bound is None else f"{solution.bound:.1f}"
    name = Path(path).stem
    print(name, cost, bound, f"{solution.seconds:.1f}", len(faults), flush=True)
    for fault in faults:
        print("   ", fault)


def run_firm(asked):
    """One line for the generated firm."""
    guards, days = map(int, asked.firm.split("x"))
    problem = firm(guards, days)
    solution = solve(problem, asked.seconds, Trace() if asked.trace else None)
    covered, most = len(solution.assignments), most_covered(problem)
    faults = violations(problem, solution.assignments)
    bound = "-" if solution.bound is None else f"{solution.bound:.1f}"
    print("name needs covered most share cost bound seconds violations")
    print(
        f"firm{asked.firm} {len(problem.needs)} {covered} {most}",
        f"{100 * covered / most:.2f}% {solution.cost:.1f} {bound}",
        f"{solution.seconds:.1f} {len(faults)}",
        flush=True,
    )
    for fault in faults[:20]:
        print("   ", fault)


class Trace:
    """Prints when the plan or the bound gets better; never stops."""

    def __init__(self):
        self.last = None

    def __call__(self, progress):
        now = (progress.cost, progress.bound, progress.phase)
        if now != self.last:
            bound = "-" if progress.bound is None else f"{progress.bound:.1f}"
            row = f"{progress.seconds:8.2f} {progress.cost:10.1f} {bound}"
            print(" ", row, progress.phase, flush=True)
        self.last = now
        return False


if __name__ == "__main__":
    main()
