"""Who of those who may take a shift is asked first, and why in words.

Each criterion gives 0 to 1 (0.5: unknown, neither for nor against); the score, 0 to
100, is their mean by weight. Distances are km, hours are hours, costs euros.
"""

from dataclasses import dataclass, field

UNKNOWN = 0.5
# Hours on a site in a year from which on somebody knows it well.
KNOWN_AFTER_H = 200
NEAR_KM = 20
LEAST_REST_H = 11
AMPLE_REST_H = 36


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who may take it. ``site_hours``: on the site in the last 12 months.
    ``burdens``: nights and weekends held lately; ``hours_due``: hours of the contract
    still to be given this month, negative when over, None when unknown;
    ``rest``: the shorter rest before and after, None when far from any other shift;
    ``wish``: 1 wants it, -1 does not, 0 said nothing."""

    key: object
    site_hours: float = 0.0
    burdens: int = 0
    hours_due: float | None = None
    km: float | None = None
    rest: float | None = None
    cost: float | None = None
    wish: int = 0


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each criterion counts; 0 leaves it out."""

    site: float = 25.0
    fairness: float = 15.0
    hours_due: float = 25.0
    distance: float = 10.0
    rest: float = 10.0
    cost: float = 15.0
    wish: float = 10.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place in the list: ``reasons`` are (key of ``TEXTS``, facts)."""

    key: object
    score: float
    reasons: tuple = field(default=(), hash=False)


TEXTS = {
    "site": {
        "en": "%(hours)s h on this site in 12 months",
        "fr": "%(hours)s h sur ce site en 12 mois",
    },
    "new_site": {"en": "new to this site", "fr": "ne connaît pas ce site"},
    "due": {
        "en": "%(hours)s h of the contract still due this month",
        "fr": "%(hours)s h du contrat encore dues ce mois-ci",
    },
    "over": {
        "en": "%(hours)s h beyond the contract this month",
        "fr": "%(hours)s h au-delà du contrat ce mois-ci",
    },
    "burdens": {
        "en": "%(count)s nights or weekend shifts in 4 weeks",
        "fr": "%(count)s nuits ou week-ends en 4 semaines",
    },
    "distance": {"en": "%(km)s km away", "fr": "à %(km)s km"},
    "rest": {
        "en": "%(hours)s h of rest around it",
        "fr": "%(hours)s h de repos autour",
    },
    "wanted": {"en": "wishes to work then", "fr": "souhaite travailler ce jour-là"},
    "unwanted": {
        "en": "wishes not to work then",
        "fr": "souhaite ne pas travailler ce jour-là",
    },
}


def rank(candidates, weights, burden=False) -> list[Ranked]:
    """The candidates, best first; equals stay in the order they came in.

    :param burden: the shift is a night or on a weekend: fairness counts
    """
    candidates = list(candidates)
    costs = [one.cost for one in candidates if one.cost is not None]
    cheapest = min(costs, default=None)
    found = [
        Ranked(
            one.key,
            _score(_values(one, cheapest, burden), weights),
            tuple(_reasons(one, burden)),
        )
        for one in candidates
    ]
    return sorted(found, key=lambda ranked: -ranked.score)


def _score(values, weights):
    counted = {name: getattr(weights, name) for name in values}
    total = sum(counted.values())
    if total <= 0:
        return 0.0
    score = sum(values[name] * counted[name] for name in values)
    return round(100 * score / total, 1)


def _values(one, cheapest, burden):
    due, full = one.hours_due, 151.67
    return {
        "site": min(1.0, one.site_hours / KNOWN_AFTER_H),
        "fairness": 1 / (1 + one.burdens) if burden else UNKNOWN,
        "hours_due": UNKNOWN if due is None else _share(due + full, 2 * full),
        "distance": UNKNOWN if one.km is None else NEAR_KM / (NEAR_KM + one.km),
        "rest": 1.0
        if one.rest is None
        else _share(one.rest - LEAST_REST_H, AMPLE_REST_H - LEAST_REST_H),
        "cost": UNKNOWN if one.cost is None else _cheap(one.cost, cheapest),
        "wish": UNKNOWN + one.wish / 2,
    }


def _cheap(cost, cheapest):
    # A piece paid within the minimum of another one costs nothing, or less.
    return (1 + max(0.0, cheapest)) / (1 + max(0.0, cost))


def _share(value, whole):
    return min(1.0, max(0.0, value / whole))


def _reasons(one, burden):
    """(key, facts), what speaks most first."""
    if one.wish:
        yield ("wanted" if one.wish > 0 else "unwanted"), {}
    if one.site_hours:
        yield "site", {"hours": round(one.site_hours)}
    else:
        yield "new_site", {}
    if one.hours_due is not None:
        key = "due" if one.hours_due >= 0 else "over"
        yield key, {"hours": round(abs(one.hours_due))}
    if burden:
        yield "burdens", {"count": one.burdens}
    if one.km is not None:
        yield "distance", {"km": round(one.km)}
    if one.rest is not None and one.rest < AMPLE_REST_H:
        yield "rest", {"hours": round(one.rest, 1)}
