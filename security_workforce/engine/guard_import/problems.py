"""What is wrong with a file or with one of its lines: a code, and what fills it."""

from dataclasses import dataclass, field

ERROR, REMARK = "error", "remark"


class BadFile(Exception):
    """The file as a whole cannot be read: ``code`` names why, ``facts`` fill it."""

    def __init__(self, code, **facts):
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to say about one cell, or about a line when ``column`` is empty.

    :param sheet: key of the sheet
    :param row: number of the row as the spreadsheet shows it, the head being 1
    :param column: key of the column
    :param reference: of the guard concerned, as written
    :param level: an error keeps the guard out, a remark only tells
    """

    sheet: str
    row: int
    column: str
    code: str
    facts: dict = field(default_factory=dict)
    reference: str = ""
    level: str = ERROR

    @property
    def is_error(self):
        return self.level == ERROR
