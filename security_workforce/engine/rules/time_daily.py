"""The day: length of a shift, of a day, breaks and shortest period."""

from datetime import timedelta

from .base import Rule, crossing, minutes_between, remedy, wall


class LongestShift(Rule):
    """More hours of work in a day than allowed."""

    id = "TPS-01"
    severity = "override"
    source = "CCN 7.08; Code du travail L3121-18, L3121-19"
    texts = {
        "en": "%(guard)s works %(value)s h from %(start)s, %(limit)s h at most.",
        "fr": "%(guard)s travaille %(value)s h à partir du %(start)s, %(limit)s h au "
        "plus.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for vacation in plan.vacations:
            figure = self.figure(person, "max_vacation_h", vacation.first.first_day)
            if not figure or vacation.hours <= figure.value + 1e-9:
                continue
            last = vacation.last
            over = vacation.hours - figure.value
            remedies = []
            if last.hours > over:
                remedies = [
                    remedy(
                        "shorten",
                        "End at %(time)s at the latest.",
                        "Terminez au plus tard le %(time)s.",
                        time=wall(last.slot.stop - timedelta(hours=over), last),
                    )
                ]
            yield from self.find(
                vacation.items,
                figure=figure,
                value=vacation.hours,
                unit="h",
                remedies=remedies,
                guard=person.name,
                start=vacation.first.start,
            )


class CivilDay(Rule):
    """Two shifts that bring the hours of one civil day, 0h to 24h, above the limit.

    The branch counts a night as one service (CCN 7.08); the law speaks of the day.
    Both are looked at: the second reading only warns.
    """

    id = "TPS-01"
    source = "Code du travail L3121-18"
    texts = {
        "en": "%(guard)s works %(value)s h on the day of %(day)s, %(limit)s h at most.",
        "fr": "%(guard)s travaille %(value)s h dans la journée du %(day)s, %(limit)s h "
        "au plus.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for day, pairs in plan.civil_days.items():
            figure = self.figure(person, "max_civil_day_h", day)
            if not figure or len(pairs) == 1:
                continue
            on = crossing(pairs, figure.value)
            if on and not any(_holds_all(v, pairs) for v in plan.vacations):
                yield from self.find(
                    on,
                    [item for item, _hours in pairs],
                    figure=figure,
                    value=sum(hours for _item, hours in pairs),
                    unit="h",
                    guard=person.name,
                    day=day,
                )


def _holds_all(vacation, pairs):
    """All of it is one shift with short cuts, which ``LongestShift`` looks at."""
    return all(item in vacation.items for item, _hours in pairs)


class BreakMissing(Rule):
    """A long shift on a post without a break."""

    id = "TPS-11"
    source = "Code du travail L3121-16"
    texts = {
        "en": "%(value)s h without a break of %(minutes)s minutes (from %(limit)s h "
        "on).",
        "fr": "%(value)s h sans pause de %(minutes)s minutes (due dès %(limit)s h).",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for run in self._without_break(person, plan):
            figure = self.figure(person, "break_after_h", run[0].first_day)
            length = self.figure(person, "break_min", run[0].first_day)
            hours = sum(item.hours for item in run)
            if figure and length and hours >= figure.value:
                yield from self.find(
                    run,
                    figure=figure,
                    value=hours,
                    unit="h",
                    minutes=length.value,
                )

    def _without_break(self, person, plan):
        """Items worked in a row, none with a break of its own or long enough
        between."""
        runs, previous = [], None
        for item in plan.items:
            if item.slot.paid_break:
                previous = None
                continue
            length = self.figure(person, "break_min", item.first_day)
            if previous and length and minutes_between(previous, item) < length.value:
                runs[-1].append(item)
            else:
                runs.append([item])
            previous = item
        return runs


class ShortestPeriod(Rule):
    """A period of work shorter than the minimum that is paid."""

    id = "TPS-12"
    source = "CCN 7.12, 7.13; accord du 1er avril 2021"
    texts = {
        "en": "%(guard)s works %(value)s h in a row: %(limit)s h are paid at least.",
        "fr": "%(guard)s travaille %(value)s h d'affilée : %(limit)s h sont payées au "
        "moins.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for vacation in plan.vacations:
            figure = self.figure(person, "min_work_period_h", vacation.first.first_day)
            if figure and vacation.hours < figure.value - 1e-9:
                yield from self.find(
                    vacation.items,
                    figure=figure,
                    value=vacation.hours,
                    unit="h",
                    guard=person.name,
                )


RULES = (
    LongestShift(),
    CivilDay(),
    BreakMissing(),
    ShortestPeriod(),
)
