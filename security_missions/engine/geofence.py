"""Where a phone said it was, against the place where it should be."""

import math
from dataclasses import dataclass

EARTH_RADIUS_M = 6_371_008.8
INSIDE, OUTSIDE, UNCERTAIN, UNKNOWN = "inside", "outside", "uncertain", "unknown"


@dataclass(frozen=True)
class Position:
    """Degrees (WGS 84) and the radius in metres in which the phone says it is."""

    latitude: float
    longitude: float
    accuracy: float = 0.0


@dataclass(frozen=True)
class Place:
    """A verdict on a position: its distance in metres to the place, if known."""

    verdict: str
    distance: float | None = None


def is_position(latitude, longitude):
    """Whether these are coordinates of the Earth; 0, 0 is what nobody entered."""
    return (
        latitude is not None
        and longitude is not None
        and -90 <= latitude <= 90
        and -180 <= longitude <= 180
        and (latitude, longitude) != (0, 0)
    )


def distance_m(one, other):
    """Metres along the great circle between two positions (haversine)."""
    phi, psi = math.radians(one.latitude), math.radians(other.latitude)
    half_lat = (psi - phi) / 2
    half_lon = math.radians(other.longitude - one.longitude) / 2
    chord = (
        math.sin(half_lat) ** 2
        + math.cos(phi) * math.cos(psi) * math.sin(half_lon) ** 2
    )
    # Rounding may carry antipodes a hair beyond 1.
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, chord)))


def judge(position, centre, radius):
    """Say whether a position is within ``radius`` metres of the centre.

    The phone only knows that it is somewhere in a disc: ``inside`` when the whole disc
    is, ``outside`` when none of it is, ``uncertain`` between the two. ``unknown`` when
    the position or the centre is missing.
    """
    if position is None or centre is None:
        return Place(UNKNOWN)
    distance = distance_m(position, centre)
    accuracy = max(0.0, position.accuracy)
    if distance - accuracy > radius:
        verdict = OUTSIDE
    elif distance + accuracy <= radius:
        verdict = INSIDE
    else:
        verdict = UNCERTAIN
    return Place(verdict, distance)
