"""Medical follow-up and right to work: dates only, never a diagnosis."""

from datetime import timedelta

from .base import Rule, add_months, remedy

SATURDAY = 5


class FirstVisit(Rule):
    """No visit within the months after hiring, or before the first night."""

    id = "MED-01"
    each_alone = True
    source = "Code du travail R4624-10"
    texts = {
        "en": "%(guard)s had no medical visit within %(limit)s months of %(hired)s.",
        "fr": "%(guard)s n'a pas eu de visite médicale dans les %(limit)s mois suivant "
        "le %(hired)s.",
    }
    at_night = {
        "en": "%(guard)s is a night worker and had no medical visit before %(day)s.",
        "fr": "%(guard)s est travailleur de nuit et n'a pas eu de visite médicale "
        "avant "
        "le %(day)s.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        if person.hired_on is None:
            return
        for item in plan.items:
            day = item.first_day
            figure = self.figure(person, "visit_within_months", day)
            if not figure or any(visit.day <= day for visit in person.visits):
                continue
            told = {"guard": person.name, "hired": person.hired_on, "day": day}
            if person.night_worker:
                yield from self.find(
                    [item],
                    severity="override",
                    texts=self.at_night,
                    source="Code du travail R4624-18",
                    **told,
                )
            elif day > add_months(person.hired_on, figure.value):
                yield from self.find([item], figure=figure, unit="month", **told)


class VisitDue(Rule):
    """The next visit is overdue."""

    id = "MED-02"
    each_alone = True
    source = "Code du travail R4624-16, R4624-17"
    texts = {
        "en": "The medical visit of %(guard)s was due on %(due)s.",
        "fr": "La visite médicale de %(guard)s était à faire avant le %(due)s.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        code = "visit_night_months" if person.night_worker else "visit_months"
        for item in plan.items:
            figure = self.figure(person, code, item.last_day)
            done = [visit for visit in person.visits if visit.day <= item.last_day]
            if not figure or not done:
                continue
            last = max(done, key=lambda visit: visit.day)
            due = add_months(last.day, figure.value)
            due = min(due, last.next_day or due)
            if item.last_day > due:
                yield from self.find(
                    [item],
                    figure=figure,
                    unit="month",
                    guard=person.name,
                    due=due,
                    remedies=[
                        remedy(
                            "book",
                            "Book a medical visit.",
                            "Demandez une visite médicale.",
                        )
                    ],
                )


class WorkPermit(Rule):
    """The work permit is missing, or ends before the shift does."""

    id = "TRA-01"
    severity = "block"
    source = "Code du travail L8251-1"
    texts = {
        "en": "The work permit of %(guard)s ends on %(end)s.",
        "fr": "L'autorisation de travail de %(guard)s prend fin le %(end)s.",
    }
    no_permit = {
        "en": "%(guard)s needs a work permit: none is recorded.",
        "fr": "%(guard)s doit avoir une autorisation de travail : aucune n'est "
        "enregistrée.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        if not person.needs_permit:
            return
        if not person.permit_recorded:
            yield from self._none(person, plan)
        if person.permit_end is None:
            return
        for item in plan.items:
            if item.last_day > person.permit_end:
                yield from self.find([item], guard=person.name, end=person.permit_end)

    def _none(self, person, plan):
        if plan.items:
            yield from self.find(
                plan.items,
                texts=self.no_permit,
                guard=person.name,
                remedies=[
                    remedy(
                        "record",
                        "Record the permit in the guard's file.",
                        "Enregistrez le titre dans le dossier de l'agent.",
                    )
                ],
            )


class PrefectCheck(Rule):
    """The prefect was not asked in time before hiring a foreign worker."""

    id = "TRA-02"
    severity = "override"
    source = "Code du travail R5221-41, R5221-42"
    texts = {
        "en": "The permit of %(guard)s was not checked with the prefect %(limit)s "
        "working days before hiring.",
        "fr": "Le titre de %(guard)s n'a pas été vérifié auprès du préfet %(limit)s "
        "jours ouvrables avant l'embauche.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        if not person.needs_permit or person.hired_on is None or not plan.items:
            return
        figure = self.figure(person, "prefect_check_days", person.hired_on)
        if not figure:
            return
        latest = _working_days_before(person.hired_on, int(figure.value))
        if person.permit_checked_on is None or person.permit_checked_on > latest:
            yield from self.find(plan.items, figure=figure, unit="d", guard=person.name)


class Declared(Rule):
    """The declaration before hiring (DPAE) is missing on the first day."""

    id = "TRA-03"
    each_alone = True
    severity = "override"
    source = "Code du travail L1221-10"
    texts = {
        "en": "The declaration before hiring of %(guard)s is missing.",
        "fr": "La déclaration préalable à l'embauche de %(guard)s manque.",
    }

    def check(self, person, plan):
        """See ``Rule``. Silent while the day of hiring is unknown."""
        if person.hired_on is None:
            return
        for item in plan.items:
            declared = person.declared_on
            if item.first_day >= person.hired_on and (
                declared is None or declared > item.first_day
            ):
                yield from self.find([item], guard=person.name)


def _working_days_before(day, number):
    """The day that lies ``number`` working days (Monday to Friday) before ``day``."""
    while number:
        day -= timedelta(days=1)
        number -= day.weekday() < SATURDAY
    return day


RULES = (FirstVisit(), VisitDue(), WorkPermit(), PrefectCheck(), Declared())
