"""Turns the lines of a workbook into guards, and says what is wrong with each line.

A guard is all or nothing: one wrong line, in whatever sheet, keeps him out whole.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from .. import card_number
from .cells import Unusable
from .cells import read as read_cell
from .columns import SHEETS, fold
from .problems import ERROR, REMARK, Problem

DEFAULT_KIND = "card"


@dataclass(slots=True)
class Line:
    """One line: ``values`` holds what could be read, by key of column."""

    row: int
    values: dict


@dataclass(slots=True)
class Guard:
    """One person: his line, and those of the other sheets that are his."""

    reference: str
    row: int
    values: dict
    cards: list = field(default_factory=list)
    qualifications: list = field(default_factory=list)

    @property
    def name(self):
        """First names and surname, as the file writes them."""
        parts = (self.values.get("first_names"), self.values.get("surname"))
        return " ".join(filter(None, parts))

    @property
    def nubs(self):
        """Each NUB that his cards carry."""
        read = (card_number.parse(card.values.get("number")) for card in self.cards)
        return {number.nub for number in read if number}


@dataclass(slots=True)
class Result:
    """What the file says: guards without an error, and every problem found."""

    guards: list
    bad: list
    problems: list


def check(book, lists, today) -> Result:
    """Judge every line.

    :param book: what ``workbook.read`` returns
    :param lists: ``{name of a choice: {folded label: key}}``
    :param today: nobody is born, nor a qualification obtained, after that day
    """
    return _Check(lists, today).run(book)


class _Check:
    def __init__(self, lists, today):
        self.lists = lists
        self.today = today
        self.problems = []

    def run(self, book):
        lines = {
            key: [self._line(SHEETS[key], row, cells) for row, cells in rows]
            for key, rows in book.items()
        }
        guards = [self._guard(line) for line in lines["guards"]]
        self._refuse_same(guards)
        self._attach(guards, lines)
        self._check_nubs(guards)
        for guard in guards:
            self._check_guard(guard)
        wrong_rows, wrong = set(), set()
        for problem in self.problems:
            if problem.is_error:
                wrong.add(fold(problem.reference))
                if problem.sheet == "guards":
                    wrong_rows.add(problem.row)
        bad = [g for g in guards if g.row in wrong_rows or fold(g.reference) in wrong]
        kept = {guard.row for guard in bad}
        return Result(
            guards=[guard for guard in guards if guard.row not in kept],
            bad=bad,
            problems=self.problems,
        )

    # === Lines ===

    def _line(self, sheet, row, cells):
        values, found = {}, []
        for column in sheet.columns:
            if column.key in cells:
                try:
                    values[column.key] = read_cell(
                        column, cells[column.key], self.lists
                    )
                except Unusable as reason:
                    found.append((column.key, reason.code, reason.facts))
            elif column.required:
                found.append((column.key, "missing", {}))
        reference = values.get("reference", "")
        for column, code, facts in found:
            self._say(sheet.key, row, column, code, facts, reference)
        return Line(row, values)

    def _guard(self, line):
        return Guard(line.values.get("reference", ""), line.row, line.values)

    def _attach(self, guards, lines):
        """Give each guard the lines of the other sheets that name him."""
        by_reference = {fold(guard.reference): guard for guard in guards}
        by_reference.pop("", None)
        for key in ("cards", "qualifications"):
            for line in lines.get(key, ()):
                reference = line.values.get("reference")
                if not reference:
                    continue
                guard = by_reference.get(fold(reference))
                if guard:
                    getattr(guard, key).append(line)
                else:
                    self._say(
                        key, line.row, "reference", "unknown_guard", {}, reference
                    )

    # === Twice the same ===

    def _refuse_same(self, guards):
        keys = (
            ("reference", "same_reference", ("reference",)),
            ("email", "same_email", ("email",)),
            ("surname", "same_person", ("surname", "first_names", "birthday")),
        )
        for column, code, names in keys:
            groups = defaultdict(list)
            for guard in guards:
                if all(guard.values.get(name) for name in names):
                    same = tuple(fold(guard.values[name]) for name in names)
                    groups[same].append(guard)
            for group in groups.values():
                self._refuse_group("guards", column, code, group, group)

    def _check_nubs(self, guards):
        holders, numbers = defaultdict(list), defaultdict(list)
        for guard in guards:
            for nub in guard.nubs:
                holders[nub].append(guard)
            for card in guard.cards:
                if number := card.values.get("number"):
                    numbers[number].append((guard, card))
        for nub, group in holders.items():
            if len(group) > 1:
                rows = [guard.row for guard in group]
                for guard in group:
                    facts = {"nub": nub, "rows": rows}
                    self._say_of(guard, "surname", "same_nub", facts)
        for uses in numbers.values():
            if len({guard.row for guard, _card in uses}) > 1:
                rows = [card.row for _guard, card in uses]
                for guard, card in uses:
                    self._say(
                        "cards",
                        card.row,
                        "number",
                        "same_number",
                        {"rows": rows},
                        guard.reference,
                    )

    def _refuse_group(self, sheet, column, code, lines, guards):
        """Say of each line of a group of several that the others are the same."""
        if len(lines) > 1:
            rows = [line.row for line in lines]
            for line, guard in zip(lines, guards, strict=True):
                self._say(
                    sheet, line.row, column, code, {"rows": rows}, guard.reference
                )

    # === One guard ===

    def _check_guard(self, guard):
        values = guard.values
        birthday, entry, stop = (
            values.get(name) for name in ("birthday", "entry", "exit")
        )
        if birthday and birthday >= min(entry or self.today, self.today):
            self._say_of(guard, "birthday", "born_late")
        if entry and stop and stop < entry:
            self._say_of(guard, "exit", "ends_before")
        if values.get("visit_kind") and not values.get("visit"):
            self._say_of(guard, "visit", "visit_without_day")
        if (visit := values.get("visit")) and visit > self.today:
            self._say_of(guard, "visit", "in_future")
        if len(guard.nubs) > 1:
            facts = {"nubs": sorted(guard.nubs)}
            self._say_of(guard, "reference", "several_nubs", facts, REMARK)
        self._refuse_twice(guard, "cards", ("number", "activity"), "number")
        self._refuse_twice(guard, "qualifications", ("skill", "valid_from"), "skill")
        for card in guard.cards:
            self._check_card(guard, card)
        for line in guard.qualifications:
            self._check_qualification(guard, line)

    def _refuse_twice(self, guard, sheet, names, column):
        groups = defaultdict(list)
        for line in getattr(guard, sheet):
            if all(name in line.values for name in names):
                groups[tuple(line.values[name] for name in names)].append(line)
        for lines in groups.values():
            self._refuse_group(sheet, column, "same_line", lines, [guard] * len(lines))

    def _check_card(self, guard, card):
        values = card.values
        values.setdefault("kind", DEFAULT_KIND)
        parsed = card_number.parse(values.get("number"))
        if not values.get("date_expiry") and parsed and parsed.end:
            values["date_expiry"] = parsed.end
        issued, end = values.get("date_issued"), values.get("date_expiry")

        def say(column, code, **facts):
            self._say("cards", card.row, column, code, facts, guard.reference)

        if values.get("number") and not end:
            say("date_expiry", "no_expiry")
        if issued and end and end < issued:
            say("date_expiry", "ends_before")

    def _check_qualification(self, guard, line):
        start, end = line.values.get("valid_from"), line.values.get("valid_to")

        def say(column, code):
            self._say("qualifications", line.row, column, code, {}, guard.reference)

        if start and end and end < start:
            say("valid_to", "ends_before")
        if start and start > self.today:
            say("valid_from", "in_future")

    # === Words ===

    def _say_of(self, guard, column, code, facts=None, level=ERROR):
        self._say("guards", guard.row, column, code, facts, guard.reference, level)

    def _say(self, sheet, row, column, code, facts=None, reference="", level=ERROR):
        self.problems.append(
            Problem(sheet, row, column, code, facts or {}, reference, level)
        )


def frozen(guard) -> dict:
    """A guard as plain JSON, days as text."""
    return {
        "reference": guard.reference,
        "row": guard.row,
        "values": _plain(guard.values),
        "cards": [[line.row, _plain(line.values)] for line in guard.cards],
        "qualifications": [
            [line.row, _plain(line.values)] for line in guard.qualifications
        ],
    }


def thawed(data) -> Guard:
    """The guard that ``frozen`` wrote."""
    return Guard(
        data["reference"],
        data["row"],
        _read_plain("guards", data["values"]),
        [Line(row, _read_plain("cards", v)) for row, v in data["cards"]],
        [
            Line(row, _read_plain("qualifications", v))
            for row, v in data["qualifications"]
        ],
    )


def _plain(values):
    return {
        key: value.isoformat() if hasattr(value, "isoformat") else value
        for key, value in values.items()
    }


def _read_plain(sheet, values):
    days = {column.key for column in SHEETS[sheet].columns if column.kind == "date"}
    return {
        key: date.fromisoformat(value) if key in days else value
        for key, value in values.items()
    }
