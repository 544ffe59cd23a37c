"""The cheapest schedules of one guard for given prices of the needs."""

from dataclasses import dataclass

import numpy as np

from . import kernel as k
from .ahead import look_ahead
from .prepare import GuardArrays, Prepared

LABELS = 150_000
WRONG = 1e6


@dataclass(frozen=True, slots=True)
class Column:
    """One schedule of one guard; ``needs`` are sorted indices, ``cost`` is his own."""

    guard: int
    needs: tuple[int, ...]
    cost: float


class Pricing:
    """Schedules on demand; the buffers are shared by all guards."""

    def __init__(self, prepared: Prepared):
        self.prepared = prepared
        self.week_starts = prepared.calendar.week_starts
        self.labels = None
        self.frozen = {}
        for number, arrays in enumerate(prepared.guards):
            if arrays.frozen is not None:
                self.freeze(number, arrays.frozen)

    def freeze(self, guard: int, needs: tuple):
        """Leave that guard with these shifts, whatever the rules say."""
        self.frozen[guard] = self.column(guard, needs)

    def column(self, guard: int, needs) -> Column:
        """The column of given shifts, its cost added up again."""
        return Column(guard, tuple(sorted(needs)), self.cost(guard, needs))

    def allowed(self, guard: int, needs) -> bool:
        """Whether the rules let that guard have exactly these shifts."""
        duals = np.full(len(self.prepared.shifts), -WRONG)
        duals[list(needs)] = WRONG
        found, _exact = self.cheapest(guard, duals, width=3)
        return bool(found) and set(found[0][1].needs) == set(needs)

    def cost(self, guard: int, needs) -> float:
        """Cost of a schedule, without the cover."""
        arrays = self.prepared.guards[guard]
        where = {int(n): i for i, n in enumerate(arrays.options)}
        minutes = sum(self.prepared.shifts[n].minutes for n in needs)
        place = minutes // self.prepared.unit
        final = arrays.final[place] if place < len(arrays.final) else np.inf
        base = sum(arrays.base[where[n]] for n in needs if n in where)
        if np.isinf(final):
            final = 0.0
        return float(arrays.constant + base + final + self._fair(guard, needs))

    def _fair(self, guard, needs):
        arrays = self.prepared.guards[guard]
        figures, total = arrays.figures, 0.0
        shifts = [self.prepared.shifts[n] for n in needs]
        counts = (sum(s.need.night for s in shifts), sum(s.weekend for s in shifts))
        for share, count, weight in zip(
            (figures[k.SHARE_NIGHTS], figures[k.SHARE_WEEKENDS]),
            counts,
            arrays.fair,
            strict=True,
        ):
            if share >= 0:
                above = max(0, count - int(share))
                total += weight * above * (above + 1) / 2
        return total

    def cheapest(
        self,
        guard: int,
        duals,
        most: int = 1,
        width: int = 10**6,
        grain: int = 1,
        below: float = np.inf,
    ):
        """The best schedules of a guard, cheapest first.

        :param duals: worth of one guard more on each need
        :param most: columns wanted
        :param width: labels kept per key; a small one is quick and not exact
        :param grain: units of time within which schedules count as equally long
        :param below: only schedules cheaper than that, needs paid for
        :return: [(reduced cost, Column)], True when the first is proven the cheapest
        """
        if guard in self.frozen:
            column = self.frozen[guard]
            return [(column.cost - sum(duals[n] for n in column.needs), column)], True
        arrays = self.prepared.guards[guard]
        best, ends, exact = self._spread(
            arrays, duals, width, grain, below - arrays.constant
        )
        values = self.costs[ends[-2] : ends[-1]]
        totals = self.labels[ends[-2] : ends[-1], k.TOTAL]
        values = values + arrays.final[totals] + arrays.constant
        order = self._order(values, totals, most)
        found = [
            (
                float(values[at]),
                self._column(guard, arrays, best, ends[-2] + at, values[at], duals),
            )
            for at in order
        ]
        return found, bool(exact)

    def _order(self, values, totals, most):
        """Places of the best ends: the best of all, then the best of other lengths."""
        order = np.argsort(values, kind="stable")
        order = order[np.isfinite(values[order])]
        if most == 1 or len(order) <= most:
            return order[:most]
        seen, picked = set(), []
        for at in order:
            if totals[at] not in seen:
                seen.add(totals[at])
                picked.append(at)
        rest = [at for at in order[: 3 * most] if at not in set(picked)]
        return sorted(
            picked[: most // 2 + 1] + rest[: most // 2], key=lambda a: values[a]
        )

    def _spread(self, arrays: GuardArrays, duals, width, grain, below):
        count = len(arrays.class_start) - 1
        cost, best = np.empty(count), np.empty(count, dtype=np.int64)
        k.cheapest_options(
            arrays.base, duals, arrays.options, arrays.class_start, cost, best
        )
        runs = self._runs(arrays)
        shape = (len(arrays.days), runs, arrays.compat.shape[0], len(arrays.final))
        keys = runs * shape[2] * shape[3]
        self._buffers(keys, len(arrays.days))
        ahead = self.ahead[: len(arrays.days) * keys].reshape(shape)
        look_ahead(
            arrays.days, arrays.classes, cost, arrays.must, arrays.figures,
            arrays.compat, arrays.final, ahead,
        )  # fmt: skip
        ends = np.zeros(len(arrays.days), dtype=np.int64)
        exact = k.spread(
            arrays.first, arrays.days, arrays.classes, cost, arrays.must,
            arrays.figures, arrays.compat, arrays.caps, arrays.kinds, self.week_starts,
            arrays.crossing, arrays.fair, width, self.labels, self.costs, self.links,
            self.heads[:keys], ends, ahead, below, grain,
        )  # fmt: skip
        return best, ends, exact

    def _buffers(self, keys, days):
        if self.labels is None:
            widest = max(len(g.first) for g in self.prepared.guards)
            for arrays in self.prepared.guards:
                arrays.first = np.pad(arrays.first, (0, widest - len(arrays.first)))
            self.labels = np.empty((LABELS, widest), dtype=np.int64)
            self.costs, self.links = np.empty(LABELS), np.empty(LABELS, dtype=np.int64)
            self.heads = np.empty(keys, dtype=np.int64)
            self.ahead = np.empty(keys * days)
        if len(self.heads) < keys:
            self.heads = np.empty(keys, dtype=np.int64)
            self.ahead = np.empty(keys * days)

    def _runs(self, arrays):
        """How many states the run of days has: days off, a spare one, days on."""
        longest = arrays.figures[k.MAX_ON]
        if longest < 0:
            longest = len(arrays.days) - 1
        longest = max(longest, arrays.figures[k.HISTORY_ON])
        return int(arrays.figures[k.CAP_OFF] + longest + 2)

    def _column(self, guard, arrays, best, at, value, duals):
        days = len(arrays.days) - 1
        choice = np.empty(days, dtype=np.int64)
        k.trace(self.labels, at, days, choice)
        needs = [int(arrays.options[best[c]]) for c in choice if c >= 0]
        cost = float(value) + sum(duals[n] for n in needs)
        return Column(guard, tuple(sorted(needs)), cost)
