"""What a post asks of the team and not of each guard: at least so many who have it."""

from itertools import pairwise

from .plan import Plan
from .rules.base import Rule, wall
from .rules.qualifications import holds, in_force


class TeamRequirement(Rule):
    """Too few guards of the team have what the post asks for, at some moment."""

    id = "QUA-01"
    severity = "block"
    source = "Accord du 26 septembre 2016, art. 4"
    texts = {
        "en": "%(post)s: %(value)s of %(limit)s guards with %(needed)s from %(start)s "
        "to %(stop)s (asked by: %(scope)s).",
        "fr": "%(post)s : %(value)s agent(s) sur %(limit)s avec %(needed)s du "
        "%(start)s au %(stop)s (demandé par : %(scope)s).",
    }

    def shortages(self, members, asked):
        """Yield one finding for each stretch of time that is short of guards.

        :param members: [(Item, Person or None)]
        """
        able = {
            item: person is not None
            and any(
                holds(person, option, item.first_day, item.last_day)[0]
                for option in asked.options
            )
            for item, person in members
        }
        for start, stop, least, items, fillable in _stretches(
            members, able, asked.team
        ):
            severity = asked.enforcement
            if fillable and severity in ("block", "override"):
                severity = "warn"
            yield from self.find(
                items,
                severity=severity,
                source=asked.source,
                limit=asked.team,
                value=least,
                post=items[0].slot.name or items[0].slot.site_name,
                needed=" / ".join(option.name for option in asked.options),
                start=wall(start, items[0]),
                stop=wall(stop, items[0]),
                scope=asked.scope,
            )


def check_team(members, requirement) -> list:
    """The findings about one requirement of the team of a post.

    Two guards who relieve each other are looked at minute by minute: each moment that
    somebody is there, at least ``requirement.team`` of those present must have it.

    :param members: [(``facts.Person``, ``facts.Slot``)] of one post, in any order;
        the person is None when nobody holds the shift yet: as long as such shifts are
        enough to bring what is missing, the finding only warns
    :return: ``verdict.Finding``, shown on every slot of the stretch; none when the
        requirement is asked of each guard
    """
    if not requirement.team:
        return []
    persons = {slot.key: person for person, slot in members}
    items = Plan(None, [slot for _person, slot in members]).items
    members = [
        (item, persons[item.slot.key]) for item in items if in_force(requirement, item)
    ]
    asked = {item.slot.key for item in items if item.slot.asked}
    return [
        finding
        for finding in TeamRequirement().shortages(members, requirement)
        if not asked.isdisjoint(finding.involved)
    ]


def _stretches(members, able, team):
    """[[start, stop, fewest able, items present, can still be filled]] of the times
    when they are fewer than asked."""
    marks = sorted(
        {mark for item, _p in members for mark in (item.slot.start, item.slot.stop)}
    )
    coming = sorted(members, key=lambda member: member[0].slot.start, reverse=True)
    there, found = [], []
    for start, stop in pairwise(marks):
        there = [member for member in there if member[0].slot.stop > start]
        while coming and coming[-1][0].slot.start <= start:
            there.append(coming.pop())
        present = [item for item, person in there if person is not None]
        # One guard with two slots at once is one guard.
        number = len({person.key for item, person in there if able[item]})
        if not present or number >= team:
            continue
        fillable = number + len(there) - len(present) >= team
        if found and found[-1][1] == start and found[-1][4] is fillable:
            last = found[-1]
            last[1], last[2] = stop, min(last[2], number)
            last[3] = list(dict.fromkeys([*last[3], *present]))
        else:
            found.append([start, stop, number, present, fillable])
    return found
