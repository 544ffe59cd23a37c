"""What every rule has, and how it speaks."""

from datetime import date

from ..plan import hours_between
from ..verdict import Finding, Remedy
from ..worktime import local, named_zone, split

WORKED_SEVERITY = {"block": "warn", "override": "warn"}


class Rule:
    """One line of the catalogue: ``check`` yields a ``Finding`` for each breach.

    ``texts`` are templates filled with the facts. ``source`` is the article; that of
    the figure used comes first when it has one. ``each_alone``: what it says of a slot
    depends on no other slot, so it is shown those that are asked about only.
    """

    id = ""
    each_alone = False
    severity = "warn"
    source = ""
    texts = {"en": "", "fr": ""}

    def check(self, person, plan):
        """Yield the findings about ``plan`` (``engine.plan.Plan``) of ``person``."""
        raise NotImplementedError

    def figure(self, person, code, day):
        """The ``Parameter`` of that day, or None: a rule without figure is silent."""
        return person.parameters.find(code, day)

    def find(self, on, involved=None, *, figure=None, severity=None, **answer):
        """Yield one finding on these items; what was worked is a fact, not refused.

        :param on: items it is shown on
        :param involved: all items that take part, when more
        :param figure: the ``Parameter`` that is the limit
        :param answer: ``texts``, ``source``, ``limit``, ``value``, ``unit``,
            ``remedies``; every other name is a fact for the sentence
        """
        texts = answer.pop("texts", self.texts)
        source = answer.pop("source", None) or (figure and figure.source) or self.source
        limit = answer.pop("limit", figure and figure.value)
        value = answer.pop("value", None)
        unit = answer.pop("unit", "")
        remedies = tuple(answer.pop("remedies", ()))
        severity = severity or self.severity
        # The night from Sunday to Monday has a part in both weeks: told once.
        on = list(dict.fromkeys(on))
        taking_part = tuple(dict.fromkeys(item.slot.key for item in involved or on))
        for worked in (False, True):
            keys = tuple(item.slot.key for item in on if item.slot.worked is worked)
            if keys:
                yield Finding(
                    rule=self.id,
                    severity=WORKED_SEVERITY.get(severity, severity)
                    if worked
                    else severity,
                    texts=texts,
                    source=source,
                    keys=keys,
                    involved=taking_part,
                    facts={"limit": limit, "value": value, **answer},
                    limit=limit if isinstance(limit, int | float) else None,
                    value=round(value, 2) if isinstance(value, float) else value,
                    unit=unit,
                    remedies=remedies,
                )


def wall(instant, item):
    """The wall clock of a naive UTC instant where ``item`` is worked."""
    return local(instant, named_zone(item.slot.tz)).replace(tzinfo=None)


def night_hours(person, item, codes=("night_start", "night_end")):
    """Hours of an item in the night band of that day; 0 when no band is known."""
    parameters, day = person.parameters, item.first_day
    if not all(parameters.has(code, day) for code in codes):
        return 0.0
    band = tuple(parameters.value(code, day) for code in codes)
    pieces = split(item.slot.start, item.slot.stop, item.slot.tz, (), band)
    return sum(piece.hours for piece in pieces if piece.night)


def is_night(person, item):
    """At least half of it is in the night."""
    return night_hours(person, item) * 2 >= item.hours


def minutes_between(one, two):
    """From the end of one item to the start of the other."""
    return hours_between(one.slot.stop, two.slot.start) * 60


def remedy(kind, en, fr, **facts) -> Remedy:
    """A remedy with its sentence in both languages."""
    return Remedy(kind, {"en": en, "fr": fr}, facts)


def crossing(pairs, limit):
    """The items from the one that takes the sum of hours over ``limit`` on.

    :param pairs: [(Item, hours)] in order
    """
    total = 0.0
    for position, (_item, hours) in enumerate(pairs):
        total += hours
        if total > limit + 1e-9:
            return [item for item, _hours in pairs[position:]]
    return []


def add_months(day, months) -> date:
    """The same day ``months`` later, or the last day of that month."""
    month = day.month - 1 + int(months)
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError("a month has at least 28 days")


def take_off(hours, monday) -> Remedy:
    """The remedy of a week too long."""
    return remedy(
        "remove",
        "Take %(hours)s h off the week of %(week)s.",
        "Retirez %(hours)s h de la semaine du %(week)s.",
        hours=float(hours),
        week=monday,
    )
