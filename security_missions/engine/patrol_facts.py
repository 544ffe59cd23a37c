"""What is known of a round: as it was asked, as it was walked, what came of it.

Pure Python: instants are naive UTC, positions (latitude, longitude) in degrees,
distances metres.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt

EARTH_M = 6_371_000
ORDERS = ("free", "strict", "timed", "random")
# Orders in which the points of a round are to be passed one after the other.
ORDERED = ("strict", "timed", "random")
# Somebody who reads the round has to make up his mind about these.
DOUBTS = (
    "burst",
    "same_place",
    "speed",
    "far",
    "no_position",
    "clock",
    "no_shift",
    "stale_code",
    "wrong_code",
    "typed",
)
# The round was walked, though not as it was asked.
REMARKS = ("out_of_order", "too_fast", "too_slow", "off_route", "out_of_range")
CLOSED = ("done", "incomplete", "missed")


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on something is doubtful: seconds, metres a second."""

    same_place: int = 60
    burst: int = 10
    skew: int = 120
    walking: float = 5.0
    driving: float = 45.0
    code_age: int = 90
    # Minutes after the end of a round without word until it is closed.
    settle: int = 60


@dataclass(frozen=True, slots=True)
class Point:
    """A visit that is asked: ``since`` and ``until`` are its window, None when free.

    ``task`` is "", ``yes_no``, ``value`` (between ``low`` and ``high``, None when
    open) or ``photo``.
    """

    key: str
    place: int
    since: datetime | None = None
    until: datetime | None = None
    position: tuple[float, float] | None = None
    radius: float = 20.0
    technology: str = "qr"
    task: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A round as it is asked: ``start`` is None when nobody planned it.

    ``gap_min`` and ``gap_max`` are minutes between two points, 0 for no limit;
    ``grace`` minutes are granted at the start, at the end and around each window.
    """

    points: tuple[Point, ...]
    start: datetime | None = None
    minutes: int = 30
    order: str = "free"
    grace: int = 15
    gap_min: int = 0
    gap_max: int = 0
    vehicle: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """A point passed. ``at`` is the fact, ``skew`` what its clock was off by (s).

    ``place`` is None when the code is none of ours; ``code_age`` the seconds since a
    code that changes was shown, None for a printed one; ``accuracy`` in metres.
    """

    key: int
    place: int | None
    at: datetime
    skew: float = 0.0
    position: tuple[float, float] | None = None
    accuracy: float = 0.0
    answer: str = ""
    photos: int = 0
    on_shift: bool = True
    typed: bool = False
    code_age: float | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """What became of a point: ``due``, ``done`` or ``missed``.

    ``late`` and ``early`` against its window; ``unfinished``: passed, task not done.
    """

    point: Point
    scan: Scan | None = None
    state: str = "due"
    late: bool = False
    early: bool = False
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """``state`` is planned, late, running, done, incomplete or missed.

    ``late_start`` and ``late_end`` are minutes beyond the planned time, 0 within the
    grace; ``flags`` is {scan key: codes in the order of DOUBTS and REMARKS}.
    """

    state: str
    visits: tuple[Visit, ...] = ()
    late_start: int = 0
    late_end: int = 0
    flags: dict = field(default_factory=dict)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Codes of DOUBTS that some scan carries, the gravest first."""
        found = {code for codes in self.flags.values() for code in codes}
        return tuple(code for code in DOUBTS if code in found)

    def count(self, state) -> int:
        """How many points are in this state."""
        return sum(visit.state == state for visit in self.visits)


def distance(one, two) -> float:
    """Metres between two positions, on the great circle."""
    (lat, lon), (lat2, lon2) = (map(radians, one), map(radians, two))
    half = sin((lat2 - lat) / 2) ** 2
    half += cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(half)))


def number(text) -> float | None:
    """A figure as typed on a phone, with a point or a comma; None when it is none."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) < 1e12 else None


def minutes(count) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=count)
