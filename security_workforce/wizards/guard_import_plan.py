"""Who the firm knows, and what becomes of one guard of a file."""

from collections import defaultdict
from dataclasses import dataclass, field

from odoo import fields

from ..engine.guard_import import fold


@dataclass
class Plan:
    """What one guard of the file becomes in the database."""

    guard: object
    employee: object
    problems: list
    # Column by column, only what differs.
    vals: dict = field(default_factory=dict)
    job: str = ""
    new: dict = field(default_factory=lambda: defaultdict(list))
    # [(record, values)]
    corrections: list = field(default_factory=list)

    @property
    def is_bad(self):
        return any(problem.is_error for problem in self.problems)

    @property
    def is_same(self):
        changed = self.vals or self.job or any(self.new.values()) or self.corrections
        return bool(self.employee) and not changed

    @property
    def changes(self):
        return bool(self.employee) and not self.is_same


class Known:
    """The firm's staff by each thing that tells somebody."""

    def __init__(self, staff, nubs):
        self.nubs = nubs
        self.by = defaultdict(set)
        for employee in staff:
            for key in (
                ("reference", employee.security_registration_number),
                ("email", employee.work_email),
                ("email", employee.private_email),
            ):
                if key[1]:
                    self.by[key[0], fold(key[1])].add(employee.id)
            self.by[self._person(employee)].add(employee.id)

    def of(self, guard):
        """The ids of everybody that the line could mean."""
        found = set()
        for nub in guard.nubs:
            found |= self.nubs.get(nub, set())
        for column in ("reference", "email"):
            if value := guard.values.get(column):
                found |= self.by.get((column, fold(value)), set())
        values = guard.values
        names = (values["surname"], values["first_names"])
        person = self._key(names, values["birthday"])
        return sorted(found | self.by.get(person, set()))

    def contradicts(self, guard, employee):
        """Whether the file and the record found are two different people."""
        values = guard.values
        if employee.birthday:
            return employee.birthday != values["birthday"]
        names = (values["surname"], values["first_names"])
        return _words(*names) != _words(employee.name)

    def _person(self, employee):
        names = (employee.security_surname, employee.security_first_names)
        return self._key(names, employee.birthday or None)

    def _key(self, names, birthday):
        # Somebody whose birth date is not recorded is never told by his name alone.
        day = fields.Date.to_string(birthday) if birthday else object()
        return ("person", _words(*names), day)


def _words(*names):
    """The words of a name, whatever their order."""
    return tuple(sorted(fold(" ".join(filter(None, names))).split()))
