"""Dated legal figures, and which of them applies to whom on which day.

The law is data: each figure is a row with its dates, its source and the people it is
for. The most precise row wins: company before annex before regime before everybody.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Parameter:
    """One figure: ``value`` is a number or a text ("21:00"); None in ``regime``,
    ``annex`` or ``company`` means "any"; dates are included, None is open."""

    code: str
    value: float | str
    source: str = ""
    regime: object = None
    annex: object = None
    company: object = None
    start: date | None = None
    end: date | None = None


class MissingParameter(LookupError):
    """No figure is known on that day: ``code`` and ``day`` say which."""

    def __init__(self, code, day):
        super().__init__(f"No parameter {code!r} on {day}.")
        self.code, self.day = code, day


class Parameters:
    """The figures of one kind of person, each of each day looked up once."""

    def __init__(self, rows, regime=None, annex=None, company=None):
        """:param rows: all the ``Parameter`` known, in any order"""
        wanted = {"regime": regime, "annex": annex, "company": company}
        by_code = {}
        for row in rows:
            if all(getattr(row, n) in (None, v) for n, v in wanted.items()):
                by_code.setdefault(row.code, []).append(row)
        self._timelines = {code: _timeline(found) for code, found in by_code.items()}
        # Hundreds of guards ask for the same figure of the same day.
        self._found = {}

    def get(self, code, day, default=None) -> Parameter:
        """The row in force on ``day``.

        :param default: a ``Parameter`` given back when there is none
        :raises MissingParameter: none is in force and there is no default
        """
        row = self.find(code, day)
        if row is None and default is None:
            raise MissingParameter(code, day)
        return row or default

    def find(self, code, day) -> Parameter | None:
        """The row in force on ``day``, or None."""
        try:
            return self._found[code, day]
        except KeyError:
            days, rows = self._timelines.get(code, ((), ()))
            position = bisect_right(days, day) - 1
            row = rows[position] if position >= 0 else None
            self._found[code, day] = row
            return row

    def value(self, code, day):
        """The figure in force on ``day``; same errors as ``get``."""
        return self.get(code, day).value

    def has(self, code, day) -> bool:
        """A figure is in force on ``day``: a rule without its figure does not run."""
        return self.find(code, day) is not None


def _timeline(rows):
    """(days, rows): ``rows[i]`` is in force from ``days[i]`` to the next day."""
    marks = {row.start or date.min for row in rows}
    marks |= {
        date.fromordinal(row.end.toordinal() + 1)
        for row in rows
        if row.end and row.end < date.max
    }
    days = sorted(marks)
    return days, [_most_precise(rows, day) for day in days]


def _most_precise(rows, day):
    """The row that wins on ``day``; of two as precise, the one that started last."""
    active = [
        row for row in rows if (row.start or date.min) <= day <= (row.end or date.max)
    ]
    return max(
        active,
        key=lambda row: (
            row.company is not None,
            row.annex is not None,
            row.regime is not None,
            row.start or date.min,
        ),
        default=None,
    )
