"""The entry of the engine: what the rules say of one person's plan.

The same facts give the same findings, whatever the order they come in.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from .plan import Plan, local_day
from .rules import ALL_RULES
from .team import check_team

__all__ = ["by_slot", "check", "check_dated", "check_team", "windows"]

# Rules that look at weeks look at no more than a full week beyond their window.
WEEK_DAYS = 7
MONTH_DAYS = 31
DEFAULT_WEEKS = 12


def check(person, slots, rules=ALL_RULES) -> list:
    """The findings about a plan that touch a slot that was asked about.

    :param person: ``facts.Person``
    :param slots: its ``facts.Slot``, in any order, with those of the windows around
    :return: ``verdict.Finding`` in the order of the rules
    """
    asked = {slot.key for slot in slots if slot.asked}
    if not asked:
        return []
    plan = Plan(person, slots)
    own = plan.asked()
    return [
        finding
        for rule in rules
        for finding in rule.check(person, own if rule.each_alone else plan)
        if not asked.isdisjoint(finding.keys) or not asked.isdisjoint(finding.involved)
    ]


def check_dated(persons, slots, rules=ALL_RULES) -> list:
    """The same for a person whose contract changes: each slot is judged by the terms
    of the day it starts, with all the others around it.

    :param persons: the same ``facts.Person`` with the terms of each time, in order
    """
    if len(persons) == 1:
        return check(persons[0], slots, rules)
    found = []
    for person in persons:
        start, end = person.terms_from or date.min, person.terms_to or date.max
        others = {
            slot.key
            for slot in slots
            if slot.asked and not start <= local_day(slot) <= end
        }
        mine = [
            replace(slot, asked=False) if slot.key in others else slot for slot in slots
        ]
        found += [
            # Shown on the shifts of these terms only: the others have their own.
            replace(f, keys=tuple(key for key in f.keys if key not in others))
            for f in check(person, mine, rules)
        ]
    return found


def by_slot(findings) -> dict:
    """``{slot key: [Finding]}`` of the slots on which each is shown."""
    found = defaultdict(list)
    for finding in findings:
        for key in finding.keys:
            found[key].append(finding)
    return dict(found)


def windows(rows) -> tuple[int, int]:
    """(days before, days after) of a slot that the rules may look at.

    :param rows: ``parameters.Parameter`` known; the longest window of them counts
    """
    longest = {"avg_weeks": DEFAULT_WEEKS, "sundays_off_months": 0}
    for row in rows:
        if row.code in longest:
            longest[row.code] = max(longest[row.code], row.value)
    before = max(
        (longest["avg_weeks"] + 1) * WEEK_DAYS,
        longest["sundays_off_months"] * MONTH_DAYS,
    )
    # What follows is judged by itself; a day more for the rest after a shift.
    return int(before), 2 * WEEK_DAYS
