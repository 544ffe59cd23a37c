"""What the solver is asked, and what it answers: plain data only.

Instants are naive UTC; days and weeks are those of the wall clock of ``Problem.tz``, a
week running from Monday 0h to Sunday 24h. Lengths are minutes. Legal figures come
from the caller (``Limits``); a limit left None does not apply.
"""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Limits:
    """Figures no schedule may break; the caller fills them from dated parameters.

    :param min_rest: minutes between the end of a shift and the start of the next
    :param min_rest_switch: the same between a night and a day shift, or back
    :param max_day: minutes of one shift
    :param max_week: minutes in a civil week
    :param max_average: minutes a week on average over ``average_weeks`` weeks, those
        before the period included (``History.weeks``)
    :param max_days_week: days of a civil week on which a shift starts
    :param max_consecutive_days: days in a row on which a shift starts
    :param min_consecutive_days: fewest such days in a row, free at both ends of the
        period
    :param min_days_off: fewest days off in a row, free at both ends of the period
    :param weekly_rest: minutes of the longest rest of each civil week with work
    :param min_sundays_off: Sundays of the period without work, each beside a Saturday
        or Monday without work
    :param max_weekends: weekends with a shift that starts on Saturday or Sunday
    :param forbidden_successions: pairs of ``Need.kind`` not allowed on two days in a
        row
    """

    min_rest: int | None = None
    min_rest_switch: int | None = None
    max_day: int | None = None
    max_week: int | None = None
    max_average: int | None = None
    average_weeks: int = 12
    max_days_week: int | None = None
    max_consecutive_days: int | None = None
    min_consecutive_days: int | None = None
    min_days_off: int | None = None
    weekly_rest: int | None = None
    min_sundays_off: int | None = None
    max_weekends: int | None = None
    forbidden_successions: frozenset = frozenset()


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much, in the same unit of cost.

    :param cover: an hour of need without a guard
    :param contract_hours: an hour below or above the contract
    :param fairness_nights: the first night above the guard's share, two for the
        second and so on
    :param fairness_weekends: the same for shifts that touch a weekend
    :param continuity: a shift on a post the guard does not know
    :param distance: a kilometre of travel
    :param cost: one unit of money of wages
    :param wishes: a wish of weight 1 not met
    :param moved: a shift of the plan before that its guard loses
    """

    cover: float = 100.0
    contract_hours: float = 1.0
    fairness_nights: float = 0.0
    fairness_weekends: float = 0.0
    continuity: float = 0.0
    distance: float = 0.0
    cost: float = 0.0
    wishes: float = 1.0
    moved: float = 0.0


@dataclass(frozen=True, slots=True)
class Need:
    """A shift to cover by ``headcount`` guards.

    :param key: stable and unique
    :param start: naive UTC, ``stop`` too, after it and at most 24 hours later
    :param kind: for ``forbidden_successions`` and ``Guard.max_kinds``
    :param minutes: of work; those from start to stop when None
    :param premium: of the wage, 0.1 for a tenth more
    :param under_cost: of one guard missing; hours x ``Weights.cover`` when None
    :param over_cost: of one guard too many; None when there may be none
    """

    key: object
    start: datetime
    stop: datetime
    post: object = None
    headcount: int = 1
    kind: object = None
    night: bool = False
    minutes: int | None = None
    premium: float = 0.0
    under_cost: float | None = None
    over_cost: float | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A shift (``need``) or a whole day wanted, or not wanted (``wanted`` False)."""

    need: object = None
    day: date | None = None
    wanted: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class History:
    """What the guard did before the period.

    :param last_stop: end of his last shift, ``last_night`` when it was one of night
    :param days_in_row: days in a row with a shift, up to the day before the period
    :param weeks: minutes of the civil weeks before that of the first day, latest last
    :param week_minutes: minutes of the first week worked before the period
    :param week_days: days of the first week with a shift before the period
    :param week_rested: the first week already has its weekly rest
    """

    last_stop: datetime | None = None
    last_night: bool = False
    days_in_row: int = 0
    weeks: tuple[int, ...] = ()
    week_minutes: int = 0
    week_days: int = 0
    week_rested: bool = False


@dataclass(frozen=True, slots=True)
class Guard:
    """One guard.

    :param contract_min: minutes of the period below which the contract is not kept,
        ``contract_max`` above which; soft (``Weights.contract_hours``)
    :param min_minutes: minutes of the period, never fewer; ``max_minutes`` never more
    :param eligible: keys of the needs he may take; None for all
    :param refused: ``{need key: rule code}``, why not, for the explanation only
    :param unavailable: (start, stop) intervals, naive UTC
    :param locked: keys of needs he keeps whatever happens
    :param known_posts: posts he knows; None when that does not matter
    :param distances: ``{post: kilometres}``
    :param rate: wage of an hour
    :param share_nights: nights of the period above which fairness counts,
        ``share_weekends`` shifts that touch a weekend; None never
    :param max_kinds: ``{Need.kind: shifts of the period}``
    :param limits: his own; those of the problem when None
    """

    id: object
    contract_min: int = 0
    contract_max: int | None = None
    min_minutes: int = 0
    max_minutes: int | None = None
    eligible: frozenset | None = None
    refused: dict = field(default_factory=dict)
    unavailable: tuple = ()
    locked: frozenset = frozenset()
    wishes: tuple[Wish, ...] = ()
    known_posts: frozenset | None = None
    distances: dict = field(default_factory=dict)
    rate: float = 0.0
    share_nights: int | None = None
    share_weekends: int | None = None
    max_kinds: dict = field(default_factory=dict)
    history: History = History()
    limits: Limits | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything of one period, from local day ``first`` to ``last`` included.

    ``previous``: the plan before, ``{(guard id, need key)}``; where the search starts,
    and what ``Weights.moved`` protects.
    """

    first: date
    last: date
    needs: tuple[Need, ...]
    guards: tuple[Guard, ...]
    limits: Limits = Limits()
    weights: Weights = Weights()
    previous: frozenset = frozenset()
    tz: str = "UTC"

    def limits_of(self, guard: Guard) -> Limits:
        """The limits that apply to that guard."""
        return guard.limits or self.limits


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the search is: cost of the best plan, bound no plan goes below (None
    while unknown), seconds since the start, and what it does."""

    cost: float
    bound: float | None
    seconds: float
    phase: str = ""


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A need with ``missing`` guards, and ``{guard id: (rule code, …)}``: rules that
    together keep that guard from it; without any one of them he could take it."""

    need: object
    missing: int
    reasons: dict


@dataclass(frozen=True, slots=True)
class Solution:
    """The answer.

    :param assignments: ``{(guard id, need key)}``, locked ones included
    :param parts: score sheet, ``{name of a weight: cost}``; their sum is ``cost``
    :param bound: no plan costs less; None when the time was too short for one
    :param violations: ``((guard id, rule code), …)`` of guards whose locked shifts
        break the rules already
    :param uncovered: filled when asked for
    """

    assignments: frozenset
    cost: float
    parts: dict
    bound: float | None = None
    seconds: float = 0.0
    violations: tuple = ()
    uncovered: tuple[Uncovered, ...] = ()

    @property
    def gap(self) -> float | None:
        """Share of the cost that might still be won; None without a bound."""
        if self.bound is None:
            return None
        return max(0.0, self.cost - self.bound) / max(abs(self.cost), 1e-9)
