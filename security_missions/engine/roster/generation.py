"""Columns for a master until none is worth adding: the heart of the search."""

from collections.abc import Callable

# How pricing looks: labels kept per key, and units of time within which schedules count
# as equally long. Few and coarse in a quick pass, as good as all of them in an exact
# one: with still more of them one guard may take longer than the whole search has.
LEVELS = (
    {"width": 1, "grain": 6},
    {"width": 1, "grain": 1},
    {"width": 4, "grain": 1},
    {"width": 200, "grain": 1},
)
# Without a bound to prove, what this level does not find is left out.
QUICK_LEVEL = 2
# Guards asked between two relaxations: the prices follow before too many guards run
# after the same dear needs.
CHUNK = 5
# Columns of one guard at once: with a bound to prove, and without.
MOST_EXACT, MOST_QUICK = 6, 4


class Stopped(Exception):
    """The time is over, or the caller said stop."""


class Generation:
    """Asks the guards for columns in turn.

    :param check: called with the phase; raises ``Stopped`` when it is enough
    :param left: seconds left
    :param keep: told each column that was added
    """

    def __init__(self, pricing, check: Callable, left: Callable, keep: Callable):
        self.pricing, self.check, self.left, self.keep = pricing, check, left, keep

    def run(
        self,
        master,
        phase: str,
        bound: Callable | None = None,
        rounds: int = 10**6,
        fixed=(),
        enough: Callable | None = None,
    ):
        """Add columns to ``master`` until it is optimal, or for some rounds.

        :param bound: told each proven bound; without it, quick pricing is enough
        :param rounds: how often each guard is asked at the most
        :param fixed: guards whose column is chosen already
        :param enough: answers True when this phase has had its time
        :return: cost of the relaxation, None when the time was too short
        """
        asked = [row for row, who in enumerate(master.guards) if who not in fixed]
        last = len(LEVELS) - 1 if bound else QUICK_LEVEL
        level = quiet = at = 0
        while True:
            self.check(phase)
            solved = master.solve(self.left())
            if solved is None:
                self.check(phase)
                return None
            if at >= rounds * len(asked) or (enough and enough()):
                return solved[0]
            proving = bound is not None and level == last
            rows = asked if proving else _turn(asked, at)
            added, lagrange, exact = self._ask(
                master, rows, solved, level, phase, MOST_EXACT if bound else MOST_QUICK
            )
            if proving and exact:
                bound(lagrange)
            at += len(rows)
            quiet = 0 if added else quiet + len(rows)
            if quiet >= len(asked):
                if level == last:
                    return solved[0]
                level, quiet = level + 1, 0

    def _ask(self, master, rows, solved, level, phase, most):
        """Columns of some guards at the prices of the last relaxation.

        :return: (columns added, bound if all guards were asked, whether it is proven)
        """
        cost, sigma, duals = solved
        added, exact = 0, True
        for row in rows:
            self.check(phase)
            found, proven = self.pricing.cheapest(
                master.guards[row],
                duals,
                most=most,
                below=sigma[row] - 1e-6,
                **LEVELS[level],
            )
            exact = exact and proven
            if found:
                cost += min(0.0, found[0][0] - sigma[row])
            for value, column in found:
                if value - sigma[row] < -1e-6 and master.add(column):
                    self.keep(column)
                    added += 1
        return added, cost, exact


def _turn(asked, at):
    """The guards whose turn it is."""
    count = min(CHUNK, len(asked))
    return [asked[(at + i) % len(asked)] for i in range(count)]
