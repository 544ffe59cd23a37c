"""Qualifications that the post asks for, and the coefficient of the job."""

from datetime import timedelta

from .base import Rule, add_months, remedy

# Skills whose validity is a dated figure: code begins with, its parameter.
VALIDITY = (
    ("SSIAP", "ssiap_validity_months"),
    ("SST", "sst_validity_months"),
    ("H0B0", "h0b0_validity_months"),
)
REQUIRED = {
    "en": "%(guard)s has no %(needed)s on %(day)s (asked by: %(scope)s).",
    "fr": "%(guard)s n'a pas %(needed)s le %(day)s (demandé par : %(scope)s).",
}
OUT_OF_DATE = {
    "en": "%(needed)s of %(guard)s is valid until %(end)s (asked by: %(scope)s).",
    "fr": "%(needed)s de %(guard)s est valable jusqu'au %(end)s (demandé par : "
    "%(scope)s).",
}


def last_valid_day(person, held, day):
    """Last day of a qualification held, by its own date or the legal figure."""
    ends = [held.end] if held.end else []
    for prefix, code in VALIDITY:
        if held.code.startswith(prefix) and held.start:
            if person.parameters.has(code, day):
                months = person.parameters.value(code, day)
                ends.append(add_months(held.start, months) - timedelta(days=1))
    return min(ends, default=None)


def holds(person, option, first_day, last_day):
    """(True, None) when one qualification covers all days, else (False, last day)."""
    nearest = None
    for held in person.qualifications:
        if held.skill != option.skill or held.rank < option.rank:
            continue
        end = last_valid_day(person, held, last_day)
        started = held.start is None or held.start <= first_day
        if started and (end is None or end >= last_day):
            return True, None
        if started and (nearest is None or end > nearest):
            nearest = end
    return False, nearest


class Required(Rule):
    """A requirement of the post is not met on every day of the shift.

    ``prefix`` restricts the rule to what was held and ran out, of one kind of skill.
    """

    id = "QUA-01"
    each_alone = True
    severity = "block"
    source = "Accord du 26 septembre 2016, art. 4"
    prefix = ""

    def check(self, person, plan):
        """See ``Rule``."""
        for item in plan.items:
            for asked in item.slot.requirements:
                if asked.team or not in_force(asked, item):
                    continue
                yield from self._missing(person, item, asked)

    def _missing(self, person, item, asked):
        end = code = None
        for option in asked.options:
            met, until = holds(person, option, item.first_day, item.last_day)
            if met:
                return
            if until and (end is None or until > end):
                end, code = until, option.code
        if self.prefix != _prefix(code):
            return
        needed = " / ".join(option.name for option in asked.options)
        yield from self.find(
            [item],
            severity=asked.enforcement,
            texts=OUT_OF_DATE if end else REQUIRED,
            source=asked.source,
            guard=person.name,
            needed=needed,
            day=item.first_day,
            end=end,
            scope=asked.scope,
            remedies=[
                remedy(
                    "book",
                    "Book %(needed)s before %(day)s, or choose a guard who holds it.",
                    "Inscrivez-le à %(needed)s avant le %(day)s, ou choisissez un "
                    "agent "
                    "qui l'a.",
                    needed=needed,
                    day=item.first_day,
                )
            ],
        )


class SsiapOutOfDate(Required):
    """The SSIAP of the guard was not refreshed in time."""

    id = "QUA-02"
    source = "Arrêté du 2 mai 2005"
    prefix = "SSIAP"


class FirstAidOutOfDate(Required):
    """The first-aid certificate of the guard ran out."""

    id = "QUA-03"
    source = "INRS, référentiel SST"
    prefix = "SST"


class ElectricalOutOfDate(Required):
    """The electrical clearance of the guard ran out."""

    id = "QUA-04"
    source = "Code du travail R4544-10; NF C 18-510"
    prefix = "H0B0"


class MobileRefresher(Rule):
    """A mobile guard without his yearly refresher."""

    id = "QUA-05"
    each_alone = True
    source = "Accord du 26 septembre 2016, annexe I.5.1"
    texts = {
        "en": "%(guard)s had no mobile-guard refresher within %(limit)s months before "
        "%(day)s.",
        "fr": "%(guard)s n'a pas eu de recyclage d'agent mobile dans les %(limit)s "
        "mois "
        "avant le %(day)s.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        dates = [
            q.start for q in person.qualifications if q.code == "MOBILE" and q.start
        ]
        for item in plan.items:
            figure = self.figure(person, "mobile_refresher_months", item.first_day)
            if not figure or "mobile" not in item.slot.tasks:
                continue
            if not any(
                day <= item.first_day <= add_months(day, figure.value) for day in dates
            ):
                yield from self.find(
                    [item],
                    figure=figure,
                    unit="month",
                    guard=person.name,
                    day=item.first_day,
                )


class CoefficientTooLow(Rule):
    """The coefficient of the contract is below the minimum of the job held."""

    id = "QUA-06"
    each_alone = True
    source = "Accord du 26 septembre 2016, art. 3.3 et annexe II"
    texts = {
        "en": "%(guard)s has coefficient %(value)s, this job asks for %(limit)s.",
        "fr": "%(guard)s a le coefficient %(value)s, cet emploi demande %(limit)s.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for item in plan.items:
            if 0 < person.coefficient < item.slot.min_coefficient:
                yield from self.find(
                    [item],
                    limit=item.slot.min_coefficient,
                    value=person.coefficient,
                    guard=person.name,
                )


def in_force(asked, item):
    """The requirement applies on a day of the item."""
    return (asked.start is None or asked.start <= item.last_day) and (
        asked.end is None or item.first_day <= asked.end
    )


def _prefix(code):
    return next(
        (known for known, _code in VALIDITY if (code or "").startswith(known)), ""
    )


RULES = (
    Required(),
    SsiapOutOfDate(),
    FirstAidOutOfDate(),
    ElectricalOutOfDate(),
    MobileRefresher(),
    CoefficientTooLow(),
)
