"""The best plan so far, as one column a guard."""

import numpy as np

from .prepare import Prepared
from .pricing import Column, Pricing

# Cost of one guard too many where none may be.
FORBIDDEN = 1e7


class Incumbent:
    """One column for each guard, how many each need has, and what it costs."""

    def __init__(self, prepared: Prepared, pricing: Pricing):
        self.prepared, self.pricing = prepared, pricing
        self.columns: list[Column] = []
        self._over = self.over_costs(1e6)
        self._broken = {}
        previous = {}
        for who, need in prepared.problem.previous:
            if need in prepared.index:
                previous.setdefault(who, set()).add(prepared.index[need])
        self._fresh = set()
        for number, guard in enumerate(prepared.problem.guards):
            self.columns.append(self._column(number, previous.get(guard.id, set())))
        self._count()

    def _column(self, number, needs):
        guard = self.prepared.problem.guards[number]
        locked = {self.prepared.index[key] for key in guard.locked}
        column = self.pricing.frozen.get(number)
        if column is None and needs >= locked and self.pricing.allowed(number, needs):
            return self.pricing.column(number, needs)
        self._fresh.add(number)
        return column or self.pricing.column(number, locked)

    def _count(self):
        self.counts = np.zeros(len(self.prepared.shifts))
        for column in self.columns:
            self.counts[list(column.needs)] += 1
        self.cost = self._total()

    def _total(self):
        own = sum(column.cost for column in self.columns)
        return own + self.cover(self.counts)

    def over_costs(self, forbidden):
        """Cost of one guard too many on each need, where ``forbidden`` is for never."""
        return np.where(np.isinf(self.prepared.over), forbidden, self.prepared.over)

    def cover(self, counts):
        """Cost of the needs when they have these numbers of guards."""
        return self._cover(counts - self.prepared.heads)

    def _cover(self, above):
        cost = self.prepared.under @ np.maximum(0, -above)
        return float(cost + self._over @ np.maximum(0, above))

    def started(self, number) -> bool:
        """Whether that guard has his shifts of the plan before, or any since."""
        return number not in self._fresh

    def stuck(self, number, column):
        """Note a guard whose locked shifts break the rules."""
        self._broken[number] = "locked"
        self.replace({number: column})

    def replace(self, columns):
        """Take these columns, better or not."""
        for number, column in columns.items():
            self.columns[number] = column
            self._fresh.discard(number)
        self._count()

    def offer(self, columns) -> bool:
        """Take these columns when the plan gets cheaper."""
        before = {number: self.columns[number] for number in columns}
        cost = self.cost
        for number, column in columns.items():
            self.columns[number] = column
        self._count()
        if self.cost < cost - 1e-9:
            return True
        for number, column in before.items():
            self.columns[number] = column
        self._count()
        return False

    def worth(self, forbidden, number):
        """What one guard more is worth on each need, without that guard."""
        counts = self.counts.copy()
        counts[list(self.columns[number].needs)] -= 1
        over = self.over_costs(forbidden)
        return np.where(counts < self.prepared.heads, self.prepared.under, -over)

    def left_without(self, numbers):
        """Guards each need wants when these guards have nothing."""
        left = self.prepared.heads - self.counts
        for number in numbers:
            left[list(self.columns[number].needs)] += 1
        return left

    def cost_of(self, columns, heads):
        """Cost of these columns where so many heads are wanted."""
        counts = np.zeros(len(heads))
        for column in columns.values():
            counts[list(column.needs)] += 1
        return sum(c.cost for c in columns.values()) + self._cover(counts - heads)

    def columns_of(self, schedules):
        """``{guard: Column}`` of the shifts of each guard, where they differ."""
        return {
            number: self.pricing.column(number, needs)
            for number, needs in enumerate(schedules)
            if tuple(needs) != self.columns[number].needs
        }

    def free(self):
        """Guards whose schedule may change."""
        frozen = self.pricing.frozen
        return [n for n in range(len(self.columns)) if n not in frozen]

    def related(self, random, size):
        """Guards worth looking at together: around a need that is not met, or by
        chance; [] when nobody is free."""
        free = self.free()
        if not free:
            return []
        wrong = np.flatnonzero(np.abs(self.counts - self.prepared.heads) > 0)
        if not len(wrong) or random.random() < 0.4:
            return random.sample(free, min(size, len(free)))
        need = int(random.choice(list(wrong)))
        day = self.prepared.shifts[need].day
        near = [n for n in free if self._touches(n, need, day)]
        picked = random.sample(near, min(len(near), (size + 1) // 2))
        others = [n for n in free if n not in picked]
        return picked + random.sample(others, min(len(others), size - len(picked)))

    def _touches(self, number, need, day):
        arrays = self.prepared.guards[number]
        return need in arrays.option_set

    def assignments(self) -> frozenset:
        """``{(guard id, need key)}``."""
        guards, shifts = self.prepared.problem.guards, self.prepared.shifts
        return frozenset(
            (guards[column.guard].id, shifts[n].need.key)
            for column in self.columns
            for n in column.needs
        )

    def violations(self) -> tuple:
        """``((guard id, rule code), …)`` known before the search began."""
        guards = self.prepared.problem.guards
        frozen = set(self._broken) | set(self.pricing.frozen)
        return tuple((guards[n].id, "locked") for n in sorted(frozen))
