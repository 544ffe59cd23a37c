"""What the rules look at: a person, and the slots he holds or might hold.

The models fill these from the database in a fixed number of queries; the rules read
nothing else. Instants are naive UTC, days are local days of the place of work.
"""

from dataclasses import dataclass
from datetime import date, datetime

from .availability import Wish
from .card_cover import Title
from .parameters import Parameters


@dataclass(frozen=True, slots=True)
class Qualification:
    """A certification held: ``skill`` and ``rank`` (level, 0 to 100) as in the
    requirements; ``end`` is the last day of validity, None when it has none."""

    skill: object
    name: str
    rank: int = 0
    start: date | None = None
    end: date | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One way to meet a requirement: a skill at a rank or above."""

    skill: object
    name: str
    rank: int = 0
    code: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a post asks of a guard: one of ``options`` on every day of the slot.

    ``scope`` says in words where it comes from ("Site Tour A"). ``team`` 0 asks it of
    each guard; a number n asks it of at least n guards of the team (see ``limits``):
    those at work at once at ``place``, ("site", its key) for instance.
    """

    key: object
    options: tuple[Option, ...]
    enforcement: str = "block"
    scope: str = ""
    source: str = ""
    team: int = 0
    place: tuple | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A medical visit: its day, the day the next one is due. Never a diagnosis."""

    day: date
    next_day: date | None = None


@dataclass(frozen=True, slots=True)
class Dog:
    """A handler's dog: its number, whether the card names it, last day of its
    documents (None when one is missing)."""

    number: str
    on_card: bool
    documents_end: date | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """A time the person is not there: ``kind`` is ``leave`` or ``training``."""

    start: datetime
    stop: datetime
    name: str = ""
    kind: str = "leave"


@dataclass(frozen=True, slots=True)
class Slot:
    """A shift: planned, asked for, or worked (``worked``: flagged, never refused).

    ``asked`` False: it counts in the windows of the rules, no verdict is wanted.
    ``tasks`` holds any of ``patrol``, ``control_room``, ``alarm``, ``video``, ``dog``,
    ``mobile``. ``position`` is (latitude, longitude) in degrees.
    """

    key: object
    start: datetime
    stop: datetime
    tz: str
    activity: object = None
    activity_code: str = ""
    activity_name: str = ""
    name: str = ""
    site: object = None
    site_name: str = ""
    position: tuple[float, float] | None = None
    event: bool = False
    airport: bool = False
    tasks: frozenset = frozenset()
    requirements: tuple[Requirement, ...] = ()
    min_coefficient: int = 0
    alone: bool = False
    lone_plan: bool = True
    paid_break: bool = True
    trained_colleague: bool = True
    asked: bool = True
    worked: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """One guard, with the parameters that apply to him.

    ``weekly_hours`` is the contract (35 = full time; 0 = unknown), ``other_hours``
    those declared with another employer, a week. The terms are those of the days from
    ``terms_from`` to ``terms_to`` included; None is open. ``overtime``: a Monday, and
    the hours of overtime of its year in the weeks before it. ``None`` in a flag or
    a date of the file means "not recorded": the rule says so, or is silent as the
    law wants.
    """

    key: object
    name: str
    parameters: Parameters
    terms_from: date | None = None
    terms_to: date | None = None
    today: date | None = None
    overtime: tuple[date, float] | None = None
    birth_date: date | None = None
    hired_on: date | None = None
    night_worker: bool = False
    weekly_hours: float = 0.0
    full_time: bool = True
    cycle: bool = True
    coefficient: int = 0
    other_hours: float = 0.0
    titles: tuple[Title, ...] = ()
    last_check: date | None = None
    attached: bool | None = None
    qualifications: tuple[Qualification, ...] = ()
    visits: tuple[Visit, ...] = ()
    needs_permit: bool = False
    permit_recorded: bool = True
    permit_end: date | None = None
    permit_checked_on: date | None = None
    declared_on: date | None = None
    dogs: tuple[Dog, ...] = ()
    absences: tuple[Absence, ...] = ()
    wishes: tuple[Wish, ...] = ()
    # (English, French) names of the mandatory steps of his joining list not yet met
    joining_missing: tuple[tuple[str, str], ...] = ()
