"""Who the person is: part-time, minor, employed elsewhere too; and lone work."""

from ..plan import hours_between
from .base import Rule, add_months, crossing, night_hours

MONTHS_A_YEAR = 12
MINOR_NIGHT = ("minor_night_start", "minor_night_end")


class PartTimeHours(Rule):
    """A part-timer beyond the share of extra hours, or at full time."""

    id = "TPS-13"
    source = "Code du travail L3123-9, L3123-20, L3123-28"
    texts = {
        "en": "%(guard)s works %(value)s h in the week of %(week)s for a contract of "
        "%(contract)s h: %(limit)s h at most.",
        "fr": "%(guard)s travaille %(value)s h dans la semaine du %(week)s pour un "
        "contrat de %(contract)s h : %(limit)s h au plus.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        if person.full_time or not person.weekly_hours:
            return
        for monday, pairs in plan.weeks.items():
            total = sum(hours for _item, hours in pairs)
            for figure, limit, severity in self._limits(person, monday):
                over = total > limit + 1e-9
                if over or (severity == "override" and total >= limit == figure.value):
                    yield from self.find(
                        crossing(pairs, limit) or [pairs[-1][0]],
                        [item for item, _hours in pairs],
                        figure=figure,
                        severity=severity,
                        limit=round(limit, 2),
                        value=total,
                        unit="h",
                        guard=person.name,
                        week=monday,
                        contract=person.weekly_hours,
                    )
                    break

    def _limits(self, person, day):
        """[(figure, hours, severity)], the hardest first."""
        full = self.figure(person, "full_time_week_h", day)
        most = self.figure(person, "part_time_extra_max_pct", day)
        first = self.figure(person, "part_time_extra_pct", day)
        contract = person.weekly_hours
        limits = [(full, full.value, "override")] if full else []
        for figure, severity in ((most, "override"), (first, "warn")):
            if figure:
                limits.append((figure, contract * (1 + figure.value / 100), severity))
        return sorted(limits, key=lambda limit: (limit[2] == "warn", -limit[1]))


class PartTimeCuts(Rule):
    """A part-timer with too many cuts in a day, or one too long."""

    id = "TPS-13"
    severity = "override"
    source = "Code du travail L3123-30"
    texts = {
        "en": "%(guard)s, part-time, has %(value)s cuts on %(day)s, the longest of "
        "%(longest)s h: %(limit)s of %(hours)s h at most.",
        "fr": "%(guard)s, à temps partiel, a %(value)s coupures le %(day)s, la plus "
        "longue de %(longest)s h : %(limit)s de %(hours)s h au plus.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        if person.full_time or not person.weekly_hours:
            return
        for day, items in plan.days.items():
            number = self.figure(person, "part_time_max_cuts", day)
            length = self.figure(person, "part_time_max_cut_h", day)
            cuts = [
                hours_between(one.slot.stop, two.slot.start)
                for one, two in zip(items, items[1:], strict=False)
            ]
            cuts = [cut for cut in cuts if cut > 0]
            if not number or not length or not cuts:
                continue
            if len(cuts) > number.value or max(cuts) > length.value + 1e-9:
                yield from self.find(
                    items[1:],
                    items,
                    figure=number,
                    value=len(cuts),
                    guard=person.name,
                    day=day,
                    longest=max(cuts),
                    hours=length.value,
                )


class Minor(Rule):
    """A minor beyond his daily or weekly hours, at night, or with too little rest."""

    id = "TPS-17"
    severity = "override"
    source = "Code du travail L3162-1, L3163-2, L3164-1"
    texts = {
        "en": "%(guard)s is under %(age)s: %(value)s h in a row, %(limit)s h at most.",
        "fr": "%(guard)s a moins de %(age)s ans : %(value)s h d'affilée, %(limit)s h "
        "au plus.",
    }
    week_texts = {
        "en": "%(guard)s is under %(age)s: %(value)s h in the week of %(week)s, "
        "%(limit)s h at most.",
        "fr": "%(guard)s a moins de %(age)s ans : %(value)s h dans la semaine du "
        "%(week)s, %(limit)s h au plus.",
    }
    nights = {
        "en": "%(guard)s is under %(age)s and works %(value)s h at night, between "
        "%(begin)s and %(end)s.",
        "fr": "%(guard)s a moins de %(age)s ans et travaille %(value)s h de nuit, "
        "entre %(begin)s et %(end)s.",
    }
    rests = {
        "en": "%(guard)s is under %(age)s and rests %(value)s h, %(limit)s h at least.",
        "fr": "%(guard)s a moins de %(age)s ans et se repose %(value)s h, %(limit)s h "
        "au moins.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        if person.birth_date is None:
            return
        for vacation in plan.vacations:
            day = vacation.first.first_day
            figure = self.figure(person, "minor_day_h", day)
            if figure and self._is_minor(person, day) and vacation.hours > figure.value:
                yield from self._over(person, vacation.items, figure, vacation.hours)
        for monday, pairs in plan.weeks.items():
            figure = self.figure(person, "minor_week_h", monday)
            if figure and self._is_minor(person, monday):
                if on := crossing(pairs, figure.value):
                    total = sum(hours for _item, hours in pairs)
                    yield from self._over(
                        person,
                        on,
                        figure,
                        total,
                        texts=self.week_texts,
                        involved=[item for item, _hours in pairs],
                        week=monday,
                    )
        yield from self._nights(person, plan)
        yield from self._short_rests(person, plan)

    def _is_minor(self, person, day):
        age = self.figure(person, "minor_age", day)
        return age and day < add_months(person.birth_date, age.value * MONTHS_A_YEAR)

    def _over(self, person, on, figure, value, **answer):
        age = self.figure(person, "minor_age", on[0].first_day).value
        return self.find(
            on,
            figure=figure,
            value=value,
            unit="h",
            guard=person.name,
            age=age,
            **answer,
        )

    def _nights(self, person, plan):
        for item in plan.items:
            if self._is_minor(person, item.first_day):
                if hours := night_hours(person, item, MINOR_NIGHT):
                    begin, end = (
                        self.figure(person, code, item.first_day)
                        for code in MINOR_NIGHT
                    )
                    yield from self.find(
                        [item],
                        texts=self.nights,
                        source=begin.source,
                        limit=0,
                        value=hours,
                        unit="h",
                        guard=person.name,
                        age=self.figure(person, "minor_age", item.first_day).value,
                        begin=begin.value,
                        end=end.value,
                    )

    def _short_rests(self, person, plan):
        for one, two in zip(plan.vacations, plan.vacations[1:], strict=False):
            day = two.first.first_day
            figure = self.figure(person, "minor_rest_h", day)
            rest = hours_between(one.last.slot.stop, two.first.slot.start)
            if figure and self._is_minor(person, day) and rest < figure.value - 1e-9:
                yield from self.find(
                    two.items,
                    [*one.items, *two.items],
                    figure=figure,
                    texts=self.rests,
                    value=rest,
                    unit="h",
                    guard=person.name,
                    age=self.figure(person, "minor_age", day).value,
                )


class OtherEmployer(Rule):
    """Hours declared with another employer bring the week above its limit."""

    id = "TPS-18"
    source = "Code du travail L8261-1"
    texts = {
        "en": "%(guard)s works %(value)s h in the week of %(week)s with those of "
        "another "
        "employer, %(limit)s h at most.",
        "fr": "%(guard)s travaille %(value)s h dans la semaine du %(week)s avec celles "
        "d'un autre employeur, %(limit)s h au plus.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        if not person.other_hours:
            return
        for monday, pairs in plan.weeks.items():
            figure = self.figure(person, "max_week_h", monday)
            if not figure:
                continue
            if on := crossing(pairs, figure.value - person.other_hours):
                yield from self.find(
                    on,
                    [item for item, _hours in pairs],
                    figure=figure,
                    source=self.source,
                    value=person.other_hours + sum(hours for _item, hours in pairs),
                    unit="h",
                    guard=person.name,
                    week=monday,
                )


class LoneWork(Rule):
    """A lone post without an alarm device or a grid of check-ins."""

    id = "LON-01"
    each_alone = True
    source = "Code du travail R4512-13; CCN 10.02"
    texts = {
        "en": "%(post)s is held alone, without a lone-worker alarm or check-ins.",
        "fr": "%(post)s est tenu seul, sans dispositif PTI ni prises de contact.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for item in plan.items:
            if item.slot.alone and not item.slot.lone_plan:
                yield from self.find([item], post=item.slot.name)


RULES = (
    PartTimeHours(),
    PartTimeCuts(),
    Minor(),
    OtherEmployer(),
    LoneWork(),
)
