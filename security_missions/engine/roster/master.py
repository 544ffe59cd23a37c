"""The master problem: one schedule a guard, needs covered at least cost (HiGHS)."""

import highspy
import numpy as np

from .pricing import Column

MISSING_COLUMN = 1e6


class Master:
    """A linear programme over the columns of some guards; the others count in
    ``heads`` already.

    :param guards: numbers of the guards that are free
    :param heads: guards each need still wants (below 0: too many already)
    """

    def __init__(self, guards, heads, under, over):
        self.guards = list(guards)
        self.row = {guard: i for i, guard in enumerate(self.guards)}
        self.heads, self.under, self.over = heads, under, over
        self.columns: list[Column] = []
        self.known = set()
        self.lp = _quiet()
        # Columns are added to a solved programme: it stays primal feasible.
        self.lp.setOptionValue("simplex_strategy", 4)
        self.lp.setOptionValue("presolve", "off")
        self._build()

    def _build(self):
        lp, size = self.lp, len(self.guards)
        for _guard in self.guards:
            lp.addRow(1.0, 1.0, 0, np.array([], np.int32), np.array([]))
        for head in self.heads:
            lp.addRow(float(head), float(head), 0, np.array([], np.int32), np.array([]))
        for i in range(size):
            self._add(MISSING_COLUMN, [i], [1.0])
        for i, (under, over) in enumerate(zip(self.under, self.over, strict=True)):
            self._add(under, [size + i], [1.0])
            # a need that may not have one too many may still have had it from the start
            self._add(MISSING_COLUMN if np.isinf(over) else over, [size + i], [-1.0])
        self.first = size + 2 * len(self.heads)

    def _add(self, cost, rows, values):
        rows = np.array(rows, dtype=np.int32)
        self.lp.addCol(
            float(cost), 0.0, highspy.kHighsInf, len(rows), rows, np.array(values)
        )

    def add(self, column: Column) -> bool:
        """Add a column; False when it is there already."""
        key = (column.guard, column.needs)
        if key in self.known:
            return False
        self.known.add(key)
        self.columns.append(column)
        size = len(self.guards)
        rows = [self.row[column.guard], *(size + n for n in column.needs)]
        self._add(column.cost, rows, [1.0] * len(rows))
        return True

    def solve(self, seconds: float):
        """Solve the relaxation.

        :return: (cost, duals of the guards, worth of one more guard on each need), or
            None when the time was too short
        """
        self.lp.setOptionValue("time_limit", self.lp.getRunTime() + max(0.05, seconds))
        self.lp.run()
        if self.lp.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        duals = np.array(self.lp.getSolution().row_dual)
        size = len(self.guards)
        return self.lp.getInfo().objective_function_value, duals[:size], duals[size:]

    def values(self):
        """Shares of the columns in the last relaxation."""
        return np.array(self.lp.getSolution().col_value)[self.first :]

    def reduced(self):
        """Reduced costs of the columns in the last relaxation."""
        return np.array(self.lp.getSolution().col_dual)[self.first :]

    def fix(self, place: int):
        """Take the column of that place for sure."""
        self.lp.changeColBounds(self.first + place, 1.0, highspy.kHighsInf)

    def free(self, place: int):
        """Take back ``fix``."""
        self.lp.changeColBounds(self.first + place, 0.0, highspy.kHighsInf)

    def whole(self, seconds, cutoff, places=None, start=None, stop=None):
        """Best whole choice among the columns (or those of ``places``).

        :param start: ``{guard: Column}`` to begin from
        :return: ``{guard: Column}`` cheaper than ``cutoff``, or None
        """
        places = range(len(self.columns)) if places is None else places
        chosen = Master(self.guards, self.heads, self.under, self.over)
        for place in places:
            chosen.add(self.columns[place])
        lp = chosen.lp
        if start is not None:
            for column in start.values():
                chosen.add(column)
            chosen._begin(start)
        where = np.arange(chosen.first, lp.getNumCol(), dtype=np.int32)
        kinds = np.full(len(where), highspy.HighsVarType.kInteger)
        lp.changeColsIntegrality(len(where), where, kinds)
        lp.setOptionValue("time_limit", max(0.1, seconds))
        lp.setOptionValue("mip_rel_gap", 1e-6)
        lp.setOptionValue("simplex_strategy", 1)
        lp.setOptionValue("presolve", "choose")
        lp.setOptionValue("objective_bound", float(cutoff))
        lp.run()
        return chosen._taken(cutoff)

    def _begin(self, start):
        solution = highspy.HighsSolution()
        values = np.zeros(self.lp.getNumCol())
        left = np.array(self.heads, dtype=float)
        for place, column in enumerate(self.columns):
            if start.get(column.guard) == column:
                values[self.first + place] = 1.0
                left[list(column.needs)] -= 1
        size = len(self.guards)
        values[size : self.first : 2] = np.maximum(0, left)
        values[size + 1 : self.first : 2] = np.maximum(0, -left)
        solution.col_value = list(values)
        self.lp.setSolution(solution)

    def _taken(self, cutoff):
        info = self.lp.getInfo()
        if info.primal_solution_status != 2:
            return None
        if info.objective_function_value > cutoff - 1e-6:
            return None
        taken = {}
        for column, value in zip(self.columns, self.values(), strict=True):
            if value > 0.5:
                taken[column.guard] = column
        return taken if len(taken) == len(self.guards) else None


def _quiet():
    lp = highspy.Highs()
    for name, value in (
        ("log_to_console", False),
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 1),
    ):
        lp.setOptionValue(name, value)
    return lp
