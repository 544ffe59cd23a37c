"""Annealing over whole schedules: a guard gives his up and takes another.

Prices are shaken a little, so that he does not take the same again; a plan that got
dearer stays now and then, ever more seldom as it cools. Quick where plans are far from
the best, and it needs neither relaxation nor bound.
"""

import math
import random

import numpy as np

from .plan import FORBIDDEN, Incumbent
from .pricing import Pricing

# Temperatures, as shares of what a need without guard costs.
HOT, WARM, COLD = 0.25, 0.06, 0.007
# Only the cheapest of the labels that share a key is followed.
WIDTH = {"width": 1, "grain": 1}
PAIRS = 0.25


class Annealing:
    """Cools one plan; whatever is better than ``best`` is offered to it at once.

    :param check: called before each move; raises to end
    :param keep: told each column that a better plan is made of
    """

    def __init__(self, best: Incumbent, pricing: Pricing, check, keep, seed: int):
        self.best, self.pricing, self.check, self.keep = best, pricing, check, keep
        self.random = random.Random(seed)
        self.noise = np.random.default_rng(seed)
        self.over = best.over_costs(FORBIDDEN)
        under = best.prepared.under
        self.scale = float(np.median(under)) if len(under) else 0.0
        self.free = best.free()

    def run(self, share, hot=HOT) -> bool:
        """Cool from the best plan while ``share()`` goes from 0 to 1.

        :param hot: first temperature, as a share of what a need without guard costs
        :return: False when no guard is free or no need costs anything
        """
        if not self.free or self.scale <= 0:
            return False
        self.columns, self.counts = list(self.best.columns), self.best.counts.copy()
        self.cost = self.best.cost
        while (done := share()) < 1:
            self.check("annealing")
            self._move(self.scale * hot * (COLD / hot) ** done)
        return True

    def _move(self, heat):
        """One or two guards choose again; keep it or not."""
        size = 2 if len(self.free) > 1 and self.random.random() < PAIRS else 1
        numbers = self.random.sample(self.free, size)
        counts = self.counts.copy()
        for number in numbers:
            counts[list(self.columns[number].needs)] -= 1
        taken = {}
        for number in numbers:
            taken[number] = self._choice(number, counts, heat)
            counts[list(taken[number].needs)] += 1
        if all(column is self.columns[n] for n, column in taken.items()):
            return
        own = sum(column.cost - self.columns[n].cost for n, column in taken.items())
        more = self.best.cover(counts) - self.best.cover(self.counts)
        cost = self.cost + own + more
        if cost <= self.cost - heat * math.log(1 - self.random.random()):
            self._take(taken, counts, cost)

    def _choice(self, number, counts, heat):
        """The best column of a guard at shaken prices; his own one if it still is."""
        prepared = self.best.prepared
        prices = np.where(counts < prepared.heads, prepared.under, -self.over)
        prices += self.noise.normal(0, heat, len(prices))
        own = self.columns[number]
        below = own.cost - prices[list(own.needs)].sum() - 1e-9
        found, _exact = self.pricing.cheapest(number, prices, **WIDTH, below=below)
        return found[0][1] if found and found[0][1].needs != own.needs else own

    def _take(self, taken, counts, cost):
        for number, column in taken.items():
            self.columns[number] = column
        self.counts, self.cost = counts, cost
        if cost < self.best.cost - 1e-6:
            self.best.offer(dict(enumerate(self.columns)))
            for column in taken.values():
                self.keep(column)
