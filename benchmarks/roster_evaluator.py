"""Cost and violations of a plan for a public instance, straight from its file.

Shares no code with the solver nor with the reader of ``roster_instances.py``.
"""

from collections import Counter
from pathlib import Path


class Instance:
    """The file, line by line."""

    def __init__(self, path):
        self.lines = {}
        name = None
        for text in Path(path).read_text().splitlines():
            if text.startswith("SECTION"):
                name = text.strip()
                self.lines[name] = []
            elif text.strip() and not text.startswith("#"):
                self.lines[name].append(text.strip())
        self.days = int(self.lines["SECTION_HORIZON"][0])
        self.length, self.after = {}, {}
        for text in self.lines["SECTION_SHIFTS"]:
            shift, minutes, banned = text.split(",")
            self.length[shift] = int(minutes)
            self.after[shift] = set(filter(None, banned.split("|")))

    def rows(self, name):
        """Fields of the lines of a section."""
        return [text.split(",") for text in self.lines.get(name, [])]


def evaluate(path, plan) -> tuple[int, list[str]]:
    """(cost, violations in words) of ``plan``, ``{(name, day): shift}``."""
    instance = Instance(path)
    faults = []
    for row in instance.rows("SECTION_STAFF"):
        week = [plan.get((row[0], day), "") for day in range(instance.days)]
        faults += [f"{row[0]}: {fault}" for fault in _faults(instance, row, week)]
    for row in instance.rows("SECTION_DAYS_OFF"):
        for day in row[1:]:
            if plan.get((row[0], int(day))):
                faults.append(f"{row[0]}: works on day off {day}")
    return _cost(instance, plan), faults


def _cost(instance, plan):
    cost = 0
    for name, day, shift, weight in instance.rows("SECTION_SHIFT_ON_REQUESTS"):
        cost += int(weight) * (plan.get((name, int(day))) != shift)
    for name, day, shift, weight in instance.rows("SECTION_SHIFT_OFF_REQUESTS"):
        cost += int(weight) * (plan.get((name, int(day))) == shift)
    there = Counter((day, shift) for (_name, day), shift in plan.items())
    for day, shift, wanted, under, over in instance.rows("SECTION_COVER"):
        gap = int(wanted) - there[int(day), shift]
        cost += gap * int(under) if gap > 0 else -gap * int(over)
    return cost


def _faults(instance, row, week):
    _name, most_of, most, least, longest, shortest, free, weekends = row
    minutes = sum(instance.length[s] for s in week if s)
    if not int(least) <= minutes <= int(most):
        yield f"{minutes} minutes"
    for pair in most_of.split("|"):
        shift, number = pair.split("=")
        if week.count(shift) > int(number):
            yield f"{week.count(shift)} x {shift}"
    for day in range(1, len(week)):
        if week[day] and week[day - 1] and week[day] in instance.after[week[day - 1]]:
            yield f"{week[day - 1]} then {week[day]} on day {day}"
    yield from _run_faults(week, int(longest), int(shortest), int(free))
    worked = sum(any(week[day : day + 2]) for day in range(5, len(week), 7))
    if worked > int(weekends):
        yield f"{worked} weekends"


def _run_faults(week, longest, shortest, free):
    runs, begin = [], 0
    for day in range(1, len(week) + 1):
        if day == len(week) or bool(week[day]) != bool(week[begin]):
            runs.append((begin, day, bool(week[begin])))
            begin = day
    for begin, end, works in runs:
        edge = begin == 0 or end == len(week)
        if works and end - begin > longest:
            yield f"{end - begin} days in a row from day {begin}"
        if works and not edge and end - begin < shortest:
            yield f"only {end - begin} days of work from day {begin}"
        if not works and not edge and end - begin < free:
            yield f"only {end - begin} days off from day {begin}"
