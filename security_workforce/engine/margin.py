"""What a shift costs with one guard, and what is left of its price.

Pay follows the collective agreement (IDCC 1351): night and Sunday premiums on the
conventional minimum of the coefficient, additive (accord of 29 October 2003), the
public holiday on the salary (9.05), never less than the minimum period of work (7.12,
7.13). A cost is the difference between the guard's plan with and without the shift.
Amounts are euros, hours are real hours, instants naive UTC.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from .plan import ONE_WEEK, Plan
from .worktime import NIGHT, split

WEEKS_A_MONTH = 52 / 12


@dataclass(frozen=True, slots=True)
class Pay:
    """How a guard is paid: gross euros an hour, the conventional minimum of his
    coefficient, and what the employer pays on top, in percent of the gross."""

    hourly: float
    minimum: float
    charges: float = 0.0


@dataclass(frozen=True, slots=True)
class Price:
    """Euros an hour billed, and its premiums ``{"night", "sunday", "holiday"}``."""

    hourly: float
    premiums: tuple[tuple[str, float], ...] = ()


def hourly_pay(wage, minimum_month, weekly_hours, full_month, charges) -> Pay | None:
    """The pay of a contract; None when neither wage nor minimum is known.

    :param wage: gross euros a month, for the hours of the contract; 0: not recorded
    :param minimum_month: conventional minimum of a full month; 0: unknown
    :param weekly_hours: of the contract; 0 counts as a full month
    :param full_month: hours of a full-time month (151.67)
    """
    if not full_month or not (wage or minimum_month):
        return None
    month = min(full_month, weekly_hours * WEEKS_A_MONTH or full_month)
    minimum = minimum_month / full_month
    hourly = max(wage / month, minimum)
    return Pay(hourly, minimum or hourly, charges)


def cost(person, slot, pay, holidays, others=(), travel=0.0) -> float:
    """Euros that this shift adds to what the guard costs.

    :param person: ``facts.Person``, for the figures of his contract
    :param slot: ``facts.Slot``
    :param others: his other slots around it: its day and its civil weeks at least
    :param holidays: local public holidays
    :param travel: euros paid for the way there
    """
    own = Plan(person, [slot])
    near = _between(others, slot.start - _AROUND, slot.stop + _AROUND)
    with_it, without = Plan(person, [*near, slot]), Plan(person, near)
    day = own.items[0].first_day
    paid = _paid_hours(with_it) - _paid_hours(without)
    overtime = _overtime(own, others)
    premiums = _premiums(person.parameters, day, slot, holidays)
    gross = pay.hourly * (paid + overtime + premiums["holiday"] + premiums["rest"])
    gross += pay.minimum * (premiums["night"] + premiums["sunday"])
    meals = _meals(with_it) - _meals(without)
    return gross * (1 + pay.charges / 100) + meals + travel


def price(slot, billed, holidays, band=NIGHT) -> float:
    """Euros billed for a shift at ``billed``, a ``Price``."""
    pieces = split(slot.start, slot.stop, slot.tz, holidays, band)
    premiums = dict(billed.premiums)
    return sum(
        piece.hours
        * (
            billed.hourly
            + sum(premiums.get(kind, 0.0) for kind in KINDS if getattr(piece, kind))
        )
        for piece in pieces
    )


KINDS = ("night", "sunday", "holiday")
# No period of work is longer; more than the clocks of two places are apart.
_AROUND = timedelta(days=2)


def _between(slots, start, stop):
    return [slot for slot in slots if slot.stop > start and slot.start < stop]


def _figure(parameters, code, day):
    row = parameters.find(code, day)
    return row.value if row else 0.0


def _paid_hours(plan):
    """Hours paid: each period of work at least the minimum (7.12, 7.13)."""
    figures = plan.person.parameters
    return sum(
        max(
            period.hours,
            _figure(figures, "min_work_period_h", period.first.first_day),
        )
        for period in plan.vacations
    )


def _meals(plan):
    """Meal allowances: one for each period with enough work in a row."""
    figures, total = plan.person.parameters, 0.0
    for period in plan.vacations:
        day = period.first.first_day
        least = _figure(figures, "panier_min_hours", day)
        run, longest, end = 0.0, 0.0, None
        for item in period.items:
            run = run + item.hours if end == item.slot.start else item.hours
            end, longest = item.slot.stop, max(longest, run)
        if least and longest >= least - 1e-9:
            total += _figure(figures, "panier", day)
    return total


def _overtime(own, others):
    """Hours that the premiums of overtime are worth that a plan of one slot adds to its
    civil weeks."""
    figures, worth = own.person.parameters, 0.0
    mondays = [datetime.combine(day, datetime.min.time()) for day in own.weeks]
    near = _between(others, mondays[0] - _AROUND, mondays[-1] + ONE_WEEK + _AROUND)
    held = Plan(own.person, near).weeks
    for monday, pairs in own.weeks.items():
        before = sum(hours for _item, hours in held.get(monday, ()))
        after = before + sum(hours for _item, hours in pairs)
        worth += _premium(figures, monday, after) - _premium(figures, monday, before)
    return worth


def _premium(figures, monday, hours):
    """Hours that the premiums of overtime of so many hours in a week are worth."""
    full = _figure(figures, "full_time_week_h", monday)
    over = max(0.0, hours - full) if full else 0.0
    if not over:
        return 0.0
    first = min(over, _figure(figures, "overtime_first_h", monday))
    return (
        first * _figure(figures, "overtime_first_pct", monday)
        + (over - first) * _figure(figures, "overtime_second_pct", monday)
    ) / 100


def _premiums(figures, day, slot, holidays):
    """{kind: hours that its premium is worth}."""
    clocks = [figures.find(code, day) for code in ("night_start", "night_end")]
    band = tuple(row.value for row in clocks) if all(clocks) else NIGHT
    hours = _hours_of_kinds(slot.start, slot.stop, slot.tz, frozenset(holidays), band)
    worth = {
        kind: hours[kind] * _figure(figures, f"{kind}_premium_pct", day) / 100
        for kind in KINDS
    }
    rest = _figure(figures, "night_comp_rest_pct", day)
    return {**worth, "rest": hours["night"] * rest / 100}


# Asked for each guard who might take one shift.
@lru_cache(maxsize=64)
def _hours_of_kinds(start, stop, tz, holidays, band):
    """{kind: hours of it}."""
    hours = dict.fromkeys(KINDS, 0.0)
    for piece in split(start, stop, tz, holidays, band):
        for kind in KINDS:
            hours[kind] += piece.hours * getattr(piece, kind)
    return hours
